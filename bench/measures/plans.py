"""How the databases find their rows: no statement of a hot path may read a whole table that grows with the learners."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import databases
from rows import Row, at_most
from seeding import Deck, read_catalogue
from sqlalchemy import Connection, Engine, event
from stage import Kind, Stage, first_reminder

from bot.core import make_rules
from bot.services import announcing, answers, library, reminders, turn
from bot.services.turn import Caller, Rules
from bot.settings import Settings
from bot.storage import announcements, deliveries, replicas, retention

GROWING: Final = ("learner", "enrolment", "sitting", "prompt", "attempt", "memory", "delivery", "seen_update", "dialogue")
SMALL_INDEX: Final = "ix_delivery_claimed"  # holds only what is being sent now
SCANS: Final[dict[Kind, tuple[str, ...]]] = {"sqlite": ("SCAN ",), "postgresql": ("Seq Scan on ",)}

Statement = tuple[str, Any]


async def sqlite(stage: Stage) -> AsyncIterator[Row]:
    """Ask SQLite."""
    yield _row(stage, "sqlite")


async def postgresql(stage: Stage) -> AsyncIterator[Row]:
    """Ask PostgreSQL."""
    yield _row(stage, "postgresql")


def _row(stage: Stage, kind: Kind) -> Row:
    filled = stage.large(kind, stage.million)
    with databases.opened(filled.url) as engine:
        scans = {line for statement in _hot_statements(engine, filled.deck) for line in _scans(engine, kind, statement)}
    for line in sorted(scans):
        print(f"  {line}", flush=True)
    return at_most(f"full scans of growing tables on hot paths, {kind}", len(scans), "statements", 0)


def _hot_statements(engine: Engine, deck: Deck) -> list[Statement]:
    """Do once what happens all the time, and return every statement that it took; what it changed is rolled back."""
    with _overheard(engine) as heard, engine.connect() as connection:
        for work in _hot_paths(deck):
            work(connection)
        connection.rollback()
    return heard


def _hot_paths(deck: Deck) -> Iterator[Callable[[Connection], object]]:
    settings = Settings()
    rules, catalogue = make_rules(settings), read_catalogue()
    now, due = datetime.now(UTC), first_reminder() + timedelta(hours=9)

    def answer(connection: Connection) -> None:
        for chat, prompt in deck.last_sitting():
            turn.see(connection, 1, prompt, now)
            mine = turn.begin(connection, catalogue, rules, Caller(chat, "Rekaan", "id"), now)
            answers.answer(mine, prompt, "a")
        library.browse(mine)

    def announce(connection: Connection) -> None:
        posted = announcing.post(connection, "Rekaan", None, now, now)
        announcements.move(connection, posted, ("scheduled",), "sending")
        announcing.send_due(connection, now)

    yield answer
    yield lambda connection: _remind_and_send(connection, rules, due)
    yield announce
    yield announcing.live
    yield deliveries.count_waiting
    yield lambda connection: deliveries.recover_from_dead(connection, frozenset({"bench"}))
    yield lambda connection: replicas.alive(connection, now, timedelta(minutes=1))
    yield lambda connection: retention.seen_updates(connection, now - timedelta(days=2))
    yield lambda connection: retention.deliveries(connection, now - timedelta(days=180))


def _remind_and_send(connection: Connection, rules: Rules, now: datetime) -> None:
    reminders.queue_due(connection, rules, now)
    claimed = deliveries.claim(connection, "bench", now)
    if claimed is None:
        raise RuntimeError("no reminder was due, so its statements were not seen")
    reminders.compose(connection, read_catalogue(), rules, claimed.learner_id or 0, now)
    deliveries.finish(connection, claimed, "sent", now, message_id=1)


@contextmanager
def _overheard(engine: Engine) -> Iterator[list[Statement]]:
    heard: dict[str, Any] = {}

    def hear(_connection: Connection, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:  # noqa: FBT001 - SQLAlchemy's signature
        heard.setdefault(statement, parameters[0] if many else parameters)

    event.listen(engine, "before_cursor_execute", hear)
    found: list[Statement] = []
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", hear)
        # An INSERT of values finds nothing: SQLite's plan of one names the tables that may refer to its row, which it does not read.
        found += [each for each in heard.items() if each[0].startswith(("SELECT", "UPDATE", "DELETE", "WITH")) or "SELECT" in each[0]]


def _scans(engine: Engine, kind: Kind, statement: Statement) -> Iterator[str]:
    explain = "EXPLAIN QUERY PLAN " if kind == "sqlite" else "EXPLAIN "
    with engine.connect() as connection:
        if kind == "postgresql":
            # Of a table with few rows it reads all, index or not; what is asked is whether it would have to.
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        plan = connection.exec_driver_sql(explain + statement[0], statement[1])
        lines = [str(row[-1]) for row in plan]
    for line in lines:
        if SMALL_INDEX not in line and any(f"{scan}{table}" in f"{line} ".replace("\n", " ") for scan in SCANS[kind] for table in GROWING):
            yield f"{line.strip()}: {' '.join(statement[0].split())[:160]}"
