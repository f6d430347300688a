"""What a due reminder costs, and what it costs to see that there is none."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any, Final

from rows import Row, at_most, median
from sqlalchemy import Connection
from stage import Kind, Stage, first_reminder

from bot.core import make_rules
from bot.services import announcing, reminders
from bot.services.turn import Rules
from bot.settings import Settings
from bot.storage import deliveries
from bot.storage.database import Storage
from bot.storage.engine import make_engine

DUE: Final = 10_000
HOURS: Final = timedelta(hours=10)  # in which the reminders of all are due
FULL: Final = 4_700_000
EMPTY_TICKS: Final = 200


async def due(stage: Stage) -> AsyncIterator[Row]:
    """Let reminders come due among a million learners, and among all there are where that was asked for."""
    one = await _cost(stage, stage.million)
    yield at_most("due reminder found, decided, rescheduled, queued: 1,000,000 learners, SQLite", one, "µs", 60)
    if stage.full:
        all_of_them = await _cost(stage, FULL)
        yield at_most("due reminder: 4,700,000 learners ÷ 1,000,000", all_of_them / one, "times", 1.6)


async def empty_tick_sqlite(stage: Stage) -> AsyncIterator[Row]:
    """Look for work where there is none, on SQLite."""
    async for row in _empty_ticks(stage, "sqlite"):
        yield row


async def empty_tick_postgresql(stage: Stage) -> AsyncIterator[Row]:
    """Look for work where there is none, on PostgreSQL."""
    async for row in _empty_ticks(stage, "postgresql"):
        yield row


async def _cost(stage: Stage, learners: int) -> float:
    """Return the microseconds that a due reminder takes, as the program's tick does it: in batches, each committed."""
    filled = stage.large("sqlite", learners)
    rules = make_rules(Settings())
    count = stage.some(DUE)
    moments = [first_reminder() + HOURS * (run * count / learners) for run in range(1, stage.runs + 1)]
    with _storage(filled.url) as storage:
        costs = [await _remind(storage, rules, moment) * 1e6 for moment in moments]
        queued = sum((await storage.run(deliveries.count_waiting)).values())
    if queued < stage.runs * (count - 1):
        raise RuntimeError(f"only {queued} reminders were queued, so most were decided against: the measure does not fit the rules")
    return median(costs)


async def _remind(storage: Storage, rules: Rules, now: datetime) -> float:
    """Queue all that is due; return the seconds for each."""
    done, begin = 0, perf_counter()
    while batch := await storage.run(reminders.queue_due, rules, now):
        done += batch
    return (perf_counter() - begin) / done


async def _empty_ticks(stage: Stage, kind: Kind) -> AsyncIterator[Row]:
    filled = stage.large(kind, stage.million)
    rules = make_rules(Settings())
    before = first_reminder() - timedelta(days=1)
    ticks: dict[str, Callable[[Connection], Any]] = {
        "reminders": lambda connection: reminders.queue_due(connection, rules, before),
        "announcements": lambda connection: announcing.send_due(connection, before),
        "deliveries to send": lambda connection: deliveries.claim(connection, "bench", before),
    }
    with _storage(filled.url) as storage:
        for name, tick in ticks.items():
            seconds = [await _timed(storage, tick) for _ in range(EMPTY_TICKS)]
            yield at_most(f"empty tick, {name}: 1,000,000 learners, {kind}", median(seconds) * 1000, "ms", 1)


@contextmanager
def _storage(url: str) -> Iterator[Storage]:
    """Open the program's own door to a database while the block runs."""
    storage = Storage(make_engine(url), threads=4)
    try:
        yield storage
    finally:
        storage.close()


async def _timed(storage: Storage, tick: Callable[[Connection], Any]) -> float:
    begin = perf_counter()
    await storage.run(tick)
    return perf_counter() - begin
