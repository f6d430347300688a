"""The web server's side of the program: there from the first moment on, while the rest may still wait for Telegram."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from prometheus_client import CollectorRegistry
from starlette.types import ASGIApp

from bot.gateway.errors import NotStoredError
from bot.web.app import make_web
from bot.web.health import Check
from bot.web.server import serve
from bot.web.webhook import Accept, Webhook


class Front:
    """Answers health checks at once, and hands on what is pushed as soon as somebody takes it.

    Attributes:
        checks: by name, what has to hold for the bot to be ready; more may be added at any time.
        port: where it listens.

    """

    def __init__(self, registry: CollectorRegistry, secret: str | None, dashboard: ASGIApp | None = None) -> None:
        """Show the counters of `registry`; with a `secret` there is the webhook's route, with a `dashboard` its pages."""
        self.checks: dict[str, Check] = {"telegram": self._is_reached}
        self.port = 0
        self._reached = False
        self._accept: Accept | None = None
        webhook = None if secret is None else Webhook(secret, self._take)
        self._app = make_web(checks=self.checks, registry=registry, webhook=webhook, dashboard=dashboard)

    @asynccontextmanager
    async def serving(self, host: str, port: int) -> AsyncIterator[None]:
        """Serve for as long as the context lasts; raises CannotListenError."""
        async with serve(self._app, host, port) as self.port:
            yield

    def take_in(self, accept: Accept) -> None:
        """Hand pushed updates to `accept` from now on; before, Telegram is told to send them again."""
        self._accept = accept

    def telegram_reached(self) -> None:
        """Note that the start is through with Telegram."""
        self._reached = True

    async def _take(self, update: dict[str, Any]) -> Mapping[str, Any] | None:
        if self._accept is None:
            raise NotStoredError("the bot is still starting")
        return await self._accept(update)

    async def _is_reached(self) -> str | None:
        return None if self._reached else "not reached yet; the log says why, and sinau doctor checks token and network"
