"""Queries that put deliveries into the outbox, and take them out again before they leave."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, String, case, cast, func, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.tables import announcement, delivery, enrolment, learner

WAITING = ("due", "held")
_FROM_SELECT = ("kind", "learner_id", "chat_id", "announcement_id", "occasion", "due_at", "state")


def queue(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Queue deliveries to single learners; one for an occasion that has its delivery already is left out."""
    if rows:
        connection.execute(_insert(connection).on_conflict_do_nothing(), list(rows))


def forget_occasion(connection: Connection, learner_id: int, day: date) -> None:
    """Let a snoozed reminder no longer count as that local day's, so that it may come again."""
    condition = (delivery.c.learner_id == learner_id, delivery.c.kind == "reminder", delivery.c.occasion == day.isoformat())
    other = literal(f"{day.isoformat()} snoozed ") + cast(delivery.c.id, String)
    connection.execute(update(delivery).where(*condition).values(occasion=other))


def has_occasion(connection: Connection, learner_id: int, kind: str, occasion: str) -> bool:
    """Tell whether a learner has a delivery of a kind for an occasion."""
    own = (delivery.c.learner_id == learner_id, delivery.c.kind == kind, delivery.c.occasion == occasion)
    return connection.execute(select(delivery.c.id).where(*own)).first() is not None


def last_sent(connection: Connection, learner_id: int, kind: str, before: str) -> str | None:
    """Return the last occasion before another one for which a delivery of a kind was sent to a learner, or may have been.

    Occasions are local days.
    """
    sent = delivery.c.state.in_(("sent", "uncertain"))
    own = (delivery.c.learner_id == learner_id, delivery.c.kind == kind, delivery.c.occasion < before, sent)
    last: str | None = connection.execute(select(func.max(delivery.c.occasion)).where(*own)).scalar_one()
    return last


def add_announcement(connection: Connection, announcement_id: int, now: datetime) -> int:
    """Queue an announcement for everybody in its audience who can be reached, once each; return for how many."""
    columns = (
        literal("announcement"),
        learner.c.id,
        learner.c.telegram_id,
        announcement.c.id,
        cast(announcement.c.id, String),
        literal(now, delivery.c.due_at.type),
        literal("due"),
    )
    addressed = learner.join(announcement, announcement.c.id == announcement_id)
    source = select(*columns).select_from(addressed).where(*in_audience(announcement.c.module_id), *reachable())
    return connection.execute(_insert(connection).from_select(_FROM_SELECT, source).on_conflict_do_nothing()).rowcount


def in_audience(module_id: Any) -> tuple[Any, ...]:
    """Return the condition that a learner is in an audience: everybody, or who has not finished the module (a column or a value)."""
    finished = select(enrolment.c.id).where(
        enrolment.c.learner_id == learner.c.id, enrolment.c.module_id == module_id, enrolment.c.state == "completed"
    )
    return (~finished.exists(),)  # a module that is NULL was finished by nobody: that is everybody


def reachable() -> tuple[Any, ...]:
    """Return the condition that a learner can and wants to be reached."""
    return (learner.c.reachable, ~learner.c.stopped)


def count_audience(connection: Connection, module_id: str | None) -> tuple[int, int]:
    """Return how many of an audience can be reached, and how many can't."""
    everybody = connection.execute(select(func.count()).select_from(learner).where(*in_audience(module_id))).scalar_one()
    there = connection.execute(select(func.count()).select_from(learner).where(*in_audience(module_id), *reachable())).scalar_one()
    return there, everybody - there


def move(connection: Connection, announcement_id: int, old: Sequence[str], new: str) -> int:
    """Change the state of an announcement's deliveries that have not left; return of how many."""
    condition = (delivery.c.announcement_id == announcement_id, delivery.c.state.in_(old))
    return connection.execute(update(delivery).where(*condition).values(state=new)).rowcount


def cancel(connection: Connection, announcement_id: int) -> None:
    """Let what has not left of an announcement never leave; where an earlier try may have arrived, that stays uncertain."""
    condition = (delivery.c.announcement_id == announcement_id, delivery.c.state.in_(WAITING))
    fate = case((delivery.c.doubtful, "uncertain"), else_="cancelled")
    connection.execute(update(delivery).where(*condition).values(state=fate))


def cancel_for(connection: Connection, learner_id: int) -> None:
    """Cancel everything that waits for a learner."""
    connection.execute(update(delivery).where(delivery.c.learner_id == learner_id, delivery.c.state.in_(WAITING)).values(state="cancelled"))


def _insert(connection: Connection) -> Any:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(delivery)
