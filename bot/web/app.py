"""The table of routes."""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.web.dashboard.app import PATH as DASHBOARD
from bot.web.health import Check, Health
from bot.web.webhook import PATH, Webhook


def make_web(
    *, checks: Mapping[str, Check], registry: CollectorRegistry, webhook: Webhook | None = None, dashboard: ASGIApp | None = None
) -> ASGIApp:
    """Return the web application; without `webhook` (mode polling) or `dashboard` these routes do not exist.

    `checks` say by name what has to hold for the bot to be ready; `registry` holds the counters.
    """
    health = Health(checks, registry)
    pages = Starlette(
        routes=[
            Route("/healthz", health.alive),
            Route("/readyz", health.ready),
            Route("/metrics", health.metrics),
        ]
    )

    async def web(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        if webhook is not None and path == PATH:
            await webhook(scope, receive, send)
        elif dashboard is not None and (path == DASHBOARD or path.startswith(f"{DASHBOARD}/")):
            await dashboard(scope, receive, send)
        else:
            await pages(scope, receive, send)

    return web
