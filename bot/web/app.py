"""The table of routes."""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry
from starlette.applications import Starlette
from starlette.routing import Route

from bot.web.health import Check, Health
from bot.web.webhook import PATH, Webhook


def make_web(*, checks: Mapping[str, Check], registry: CollectorRegistry, webhook: Webhook | None = None) -> Starlette:
    """Return the web application; without `webhook` (mode polling) that route does not exist.

    `checks` say by name what has to hold for the bot to be ready; `registry` holds the counters.
    """
    health = Health(checks, registry)
    routes = [
        Route("/healthz", health.alive),
        Route("/readyz", health.ready),
        Route("/metrics", health.metrics),
    ]
    if webhook is not None:
        routes.append(Route(PATH, webhook.receive, methods=["POST"]))
    return Starlette(routes=routes)
