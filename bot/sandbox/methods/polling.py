"""How the bot gets its updates: by asking, or by a webhook."""

import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request, conflict
from bot.sandbox.methods.method import Method
from bot.sandbox.parameters import Parameters
from bot.sandbox.records import JsonObject
from bot.sandbox.state import State
from bot.sandbox.updates import MAX_BATCH
from bot.sandbox.webhook import DEFAULT_CONNECTIONS, Webhook

MAX_TIMEOUT = 50
MAX_CONNECTIONS = 100
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_PORTS = frozenset({None, 80, 88, 443, 8443})


async def get_updates(state: State, parameters: Parameters) -> list[JsonObject]:
    """Acknowledge what lies before `offset`, then return what waits, or wait up to `timeout` seconds for something.

    Raises BotApiError 409 while a webhook is set, and when a newer getUpdates or setWebhook takes over.
    """
    _refuse_beside_webhook(state)
    turn = state.updates.take_turn()
    if parameters.array("allowed_updates") is not None:
        state.updates.allow(parameters.array("allowed_updates") or [])
    if offset := parameters.integer("offset"):
        state.updates.acknowledge_before(offset)
    await _wait(state, turn, min(max(parameters.integer("timeout"), 0), MAX_TIMEOUT))
    if state.updates.turn != turn:
        raise conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
    _refuse_beside_webhook(state)
    limit = parameters.integer("limit", MAX_BATCH)
    return [update.json() for update in state.updates.batch(min(max(limit, 1), MAX_BATCH))]


def _refuse_beside_webhook(state: State) -> None:
    if state.webhook.url:
        raise conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")


async def _wait(state: State, turn: int, timeout: float) -> None:  # noqa: ASYNC109 - Telegram's own parameter
    def ready() -> bool:
        return bool(state.updates.pending or state.closing or state.webhook.url or state.updates.turn != turn)

    if timeout and not ready():
        await state.signal.until(ready, timeout)


def set_webhook(state: State, parameters: Parameters) -> bool:
    """Push updates to `url` from now on; an empty one ends that. Plain HTTP is allowed on this machine only."""
    url = parameters.text("url")
    if not url:
        return delete_webhook(state, parameters)
    _check_address(url)
    secret = parameters.text("secret_token")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = parameters.integer("max_connections", DEFAULT_CONNECTIONS)
    state.webhook = Webhook(url, secret, min(max(connections, 1), MAX_CONNECTIONS))
    _apply_common(state, parameters)
    return True


def delete_webhook(state: State, parameters: Parameters) -> bool:
    """End the pushing; what waits is kept unless it is dropped on purpose."""
    state.webhook = Webhook()
    _apply_common(state, parameters)
    return True


def _apply_common(state: State, parameters: Parameters) -> None:
    allowed: list[Any] | None = parameters.array("allowed_updates")
    if allowed is not None:
        state.updates.allow(allowed)
    if parameters.boolean("drop_pending_updates"):
        state.updates.clear()
    state.signal.ring()


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if _is_local(parts.hostname or ""):
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if parts.port not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _is_local(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def get_webhook_info(state: State, _: Parameters) -> JsonObject:
    """Return where updates are pushed and how the last failure read."""
    webhook = state.webhook
    body: JsonObject = {"url": webhook.url, "has_custom_certificate": False, "pending_update_count": len(state.updates.pending)}
    if webhook.url:
        body["max_connections"] = webhook.connections
    if webhook.failed_at:
        body |= {"last_error_date": webhook.failed_at, "last_error_message": webhook.failure}
    return body | ({"allowed_updates": sorted(state.updates.allowed)} if state.updates.allowed else {})


def log_out(_: State, __: Parameters) -> bool:
    """Do nothing: there is no other server to go to."""
    return True


METHODS: dict[str, Method] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "logOut": log_out,
    "close": log_out,
}
