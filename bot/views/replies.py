"""What any feature may have to answer."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Me:
    """Who speaks: for screens that need no more than that."""

    name: str
    coordinator: bool
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """What an old button spoke of is no longer there."""

    what: Literal["module", "card", "prompt", "announcement", "search"]


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """The person may not do this."""
