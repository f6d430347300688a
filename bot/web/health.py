"""Alive, ready, and what the operator's monitoring reads."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response

from bot.storage.database import StorageUnavailableError

MAX_POLL_AGE: Final = 60.0  # seconds: several polls and the pauses between them
PING_LIMIT: Final = 2.0  # seconds

Check = Callable[[], Awaitable[str | None]]  # what is wrong and what to do, or None


def database_check(ping: Callable[[], Awaitable[None]], *, limit: float = PING_LIMIT) -> Check:
    """Check that the database stores something within `limit` seconds: `ping` writes, since one without room can still be read."""

    async def check() -> str | None:
        try:
            async with asyncio.timeout(limit):
                await ping()
        except StorageUnavailableError as error:
            return f"{error}; see that database.url is right and its server runs"
        except TimeoutError:
            return f"no answer within {limit:g} s; see what keeps the database busy"
        return None

    return check


def polling_check(age: Callable[[], float]) -> Check:
    """Check that Telegram has answered a poll lately; `age` gives the seconds since then, infinity before the first."""

    async def check() -> str | None:
        seconds = age()
        if seconds <= MAX_POLL_AGE:
            return None
        since = f"for {seconds:.0f} s" if seconds < float("inf") else "since the start"
        return f"no successful poll {since}; the log says why, and sinau doctor checks token and network"

    return check


def webhook_check(is_here: Callable[[], bool]) -> Check:
    """Check that Telegram pushed updates to this bot when last looked."""

    async def check() -> str | None:
        return None if is_here() else "another program with this token took it away; stop that one, or give it its own token"

    return check


class Note(str):
    """What an operator has to know, though the bot is ready."""

    __slots__ = ()


def sending_check(is_held: Callable[[], bool], silence: Callable[[], float]) -> Check:
    """Say when nothing is pushed since a restore, and for how many seconds nothing goes out, since Telegram asked for silence."""

    async def check() -> str | None:
        if is_held():
            return Note("sending is held after a restore; sinau db confirm shows what waits, and lets it go")
        seconds = silence()
        return Note(f"Telegram asked for silence (429); nothing is sent for another {seconds:.0f} s") if seconds else None

    return check


def content_check(count_modules: Callable[[], int]) -> Check:
    """Check that there is something to learn."""

    async def check() -> str | None:
        return None if count_modules() else "no module is loaded; sinau check names the faults in content.dir"

    return check


@dataclass(frozen=True, slots=True)
class Health:
    """The routes that tell how the bot is."""

    checks: Mapping[str, Check]
    registry: CollectorRegistry

    async def alive(self, _request: Request) -> Response:
        """Answer 200 as long as the process can."""
        return _json(200, {"alive": True})

    async def ready(self, _request: Request) -> Response:
        """Answer 200 when every check passes or has but a note, else 503, and name what each found."""
        checks = dict(self.checks)  # some are added while the bot starts
        found = dict(zip(checks, await asyncio.gather(*(check() for check in checks.values())), strict=True))
        is_ready = all(fault is None or isinstance(fault, Note) for fault in found.values())
        return _json(200 if is_ready else 503, {"ready": is_ready, "checks": {name: fault or "ok" for name, fault in found.items()}})

    async def metrics(self, _request: Request) -> Response:
        """Answer with the counters in Prometheus' text format."""
        return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_LATEST)


def _json(status: int, content: Mapping[str, Any]) -> Response:
    return Response(orjson.dumps(content), status, media_type="application/json")
