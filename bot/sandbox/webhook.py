"""The webhook that a bot registered, and how its last deliveries went."""

from dataclasses import dataclass

DEFAULT_CONNECTIONS = 40


@dataclass(slots=True)
class Webhook:
    """Where updates are pushed; no `url` means that the bot polls. `failed_at` is the Unix time of the last failure."""

    url: str = ""
    secret: str = ""
    connections: int = DEFAULT_CONNECTIONS
    failed_at: int = 0
    failure: str = ""
