"""Announcements on their way: how fast they go, never too fast, and what a person who is studying notices of them."""

from bisect import bisect_left
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Final

import databases
import programs
from rows import Row, at_least, at_most, median, percentile, told
from seeding import Crowd
from stage import Filled, Stage
from world.load import Load, LoadError
from world.updates import Push, command

from bot.services import announcing

TELEGRAM_SECONDS: Final = 0.04
AUDIENCE: Final = 10_000
PACED: Final = 600  # recipients: 21 s at 29 a second
PAID_SETTINGS: Final = {"sending__paid_broadcast": "true", "sending__per_second": "1000", "sending__at_once": "128"}
TAPS_A_SECOND: Final = 20
COMMANDS_A_SECOND: Final = 2
SECONDS: Final = 8


async def paced(stage: Stage) -> AsyncIterator[Row]:
    """Broadcast at Telegram's ordinary limit."""
    runs = [await _broadcast(stage, stage.some(PACED), {}) for _ in range(stage.runs)]
    yield at_least("broadcast, committed message by message", median(rate(run) for run in runs), "messages/s", 29)
    yield at_most("broadcast, most in any sliding second of all runs", max(most_in_a_second(run) for run in runs), "messages", 30)


async def paid(stage: Stage) -> AsyncIterator[Row]:
    """Broadcast at the limit for paid broadcasts, with 128 sends at once."""
    runs = [await _broadcast(stage, stage.some(AUDIENCE), PAID_SETTINGS) for _ in range(stage.runs)]
    yield at_least("paid broadcast, committed message by message", median(rate(run) for run in runs), "messages/s", 950)
    yield at_most("paid broadcast, most in any sliding second of all runs", max(most_in_a_second(run) for run in runs), "messages", 1000)


async def replies_meanwhile(stage: Stage) -> AsyncIterator[Row]:
    """Compare how soon people are answered in a quiet bot and in one that sends 10,000 announcements."""
    answers: dict[bool, list[float]] = {False: [], True: []}
    commands: dict[bool, list[float]] = {False: [], True: []}
    for _ in range(stage.runs):
        await _replies(stage, answers, commands)
    for name, found in (("answer's edit", answers), ("command's new message", commands)):
        quiet, busy = percentile(found[False], 95) * 1000, percentile(found[True], 95) * 1000
        yield told(f"{name} in a quiet bot, p95", quiet, "ms")
        yield told(f"{name} while 10,000 announcements go out, p95", busy, "ms")
        yield at_most(f"{name}: announcements add to p95", busy - quiet, "ms", 20)


async def _broadcast(stage: Stage, recipients: int, settings: dict[str, str]) -> list[float]:
    """Send an announcement to all, and return the moments at which the messages arrived."""
    filled = stage.filled("sqlite", Crowd(recipients, sittings=1))
    stage.api.reset(TELEGRAM_SECONDS)
    async with programs.sinau(stage.api, stage.fresh_folder(), filled.url, **settings):
        _announce(filled)
        await stage.until(lambda: len(stage.api.shown) >= recipients, seconds=recipients / 10 + 30)
    if {chat for _, chat in stage.api.shown} != set(filled.deck.everybody()):
        raise LoadError("somebody did not get the announcement, or somebody else did")
    return [moment for moment, _ in stage.api.shown]


async def _replies(stage: Stage, answers: dict[bool, list[float]], commands: dict[bool, list[float]]) -> None:
    filled = stage.filled("sqlite", Crowd(AUDIENCE, sittings=2000))
    stage.api.reset(TELEGRAM_SECONDS)
    async with programs.sinau(stage.api, stage.fresh_folder(), filled.url) as program, stage.load_on(program) as load:
        await load.closed(filled.deck.take(100), 4)
        for busy in (False, True):
            if busy:
                _announce(filled)
                await stage.until(lambda: stage.api.calls[b"sendMessage"] > 2 * COMMANDS_A_SECOND * SECONDS, seconds=30)
            answers[busy] += await _latencies(load, filled.deck.take(stage.some(TAPS_A_SECOND * SECONDS)), TAPS_A_SECOND)
            asking = [command(chat, "/bantuan") for chat in filled.deck.everybody()[-COMMANDS_A_SECOND * SECONDS :]]
            commands[busy] += await _latencies(load, asking, COMMANDS_A_SECOND)


async def _latencies(load: Load, pushes: Sequence[Push], per_second: float) -> list[float]:
    return (await load.opened(pushes, per_second)).latencies


def _announce(filled: Filled) -> None:
    now = datetime.now(UTC)
    with databases.opened(filled.url) as engine, engine.begin() as connection:
        announcing.post(connection, "Pengumuman rekaan: kelas daring dibuka besok.", None, now, now)


def rate(moments: Sequence[float]) -> float:
    """Return the messages a second, from the first moment to the last."""
    return (len(moments) - 1) / (moments[-1] - moments[0])


def most_in_a_second(moments: Sequence[float]) -> int:
    """Return the most messages that arrived within one second, wherever that second begins."""
    return max(bisect_left(moments, moment + 1.0) - place for place, moment in enumerate(moments))
