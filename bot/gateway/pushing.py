"""Where Telegram pushes updates to: told at the start, and looked after, since any other program with the token can change it."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import structlog

from bot.gateway.errors import ApiError, reason
from bot.gateway.identity import register_webhook
from bot.gateway.meters import Meters
from bot.gateway.wire import Wire
from bot.logs import describe_error

log = structlog.get_logger()

LOOK_SECONDS: Final = 60.0
LOST_LOOK_SECONDS: Final = 10.0  # until it is known whether it could be set again


class Pushing:
    """Has updates pushed to this bot."""

    def __init__(self, wire: Wire, url: str, secret: str, meters: Meters) -> None:
        """Have them pushed to `url`, with `secret` in a header."""
        self._wire = wire
        self._url = url
        self._secret = secret
        self._lost = meters.webhook_lost
        self._is_here = True

    def is_here(self) -> bool:
        """Tell whether updates were pushed here when last looked."""
        return self._is_here

    async def begin(self) -> None:
        """Tell Telegram where to push, for as long as it takes; raises ApiError when Telegram refuses."""
        await register_webhook(self._wire, self._url, self._secret)

    async def watch(self) -> None:
        """Look now and then, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS if self._is_here else LOST_LOOK_SECONDS)
            try:
                await self.look()
            except ApiError as error:
                log.warning("webhook_not_looked_at", error=reason(error))
            except Exception as error:  # noqa: BLE001 - whatever it is, the next look comes
                log.error("webhook_not_looked_at", error=describe_error(error))  # noqa: TRY400 - told by kind and place

    async def look(self) -> None:
        """See where updates are pushed, and have them pushed here again where another program took them; raises ApiError."""
        info = await self._wire.call("getWebhookInfo", {})
        self._is_here = leads_to(info, self._url)
        self._lost.set(not self._is_here)
        if not self._is_here:
            log.error("webhook_lost", advice="it is set again; one bot token serves one program: stop the other one that has it")
            await self.begin()


def leads_to(info: Mapping[str, Any], url: str) -> bool:
    """Tell whether updates are pushed to an address, by what getWebhookInfo says."""
    return _place(info.get("url", "")) == _place(url)


def _place(url: str) -> tuple[str, str, str]:
    """Return what counts of an address: Telegram may write its host in other letters, and a slash for no path."""
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower(), parts.path or "/"
