"""Who is who in a group, as Telegram knows it at this moment."""

from typing import Final

import structlog

from bot.gateway.errors import ApiError, RefusedError, reason
from bot.gateway.wire import Wire

log = structlog.get_logger()

_IN_CHARGE: Final = frozenset({"creator", "administrator"})  # core.telegram.org/bots/api#chatmember


async def is_admin(wire: Wire, chat_id: int, person_id: int) -> bool | None:
    """Tell whether somebody is an administrator of a group; None when Telegram did not say."""
    try:
        found = await wire.call("getChatMember", {"chat_id": chat_id, "user_id": person_id})
    except RefusedError:
        return False
    except ApiError as error:
        log.warning("member_not_known", chat_id=chat_id, error=reason(error))
        return None
    return isinstance(found, dict) and found.get("status") in _IN_CHARGE
