"""The hold: after a restore nothing is pushed to anybody until the operator agrees. Answers to people go on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, and_, case, delete, func, or_, select, update

from bot.storage.ledger import insert_or_ignore
from bot.storage.tables import WAITING, announcement, delivery, hold, learner

_NAME: Final = "sending"

# For statements that must take nothing while the hold stands.
STANDS: Final = select(hold.c.name).where(hold.c.name == _NAME).exists()


@dataclass(frozen=True, slots=True)
class Hold:
    """Since when nothing is pushed, and when the backup was made that was restored then (None when nobody knows)."""

    since: datetime
    made_at: datetime | None


def begin(connection: Connection, since: datetime, made_at: datetime | None = None) -> bool:
    """Let nothing be pushed from now on; False when that is so already."""
    return insert_or_ignore(connection, hold, {"name": _NAME, "since": since, "made_at": made_at})


def find(connection: Connection) -> Hold | None:
    """Return the hold, None when there is none."""
    row = connection.execute(select(hold.c.since, hold.c.made_at).where(hold.c.name == _NAME)).one_or_none()
    return None if row is None else Hold(*row)


def end(connection: Connection) -> None:
    """Let everything be pushed again."""
    connection.execute(delete(hold).where(hold.c.name == _NAME))


def drop_reminders(connection: Connection, now: datetime) -> int:
    """Drop every reminder that is queued: they all come from the backup. One that was on its way then stays uncertain. Return how many."""
    fate = case((or_(delivery.c.doubtful, delivery.c.state == "claimed"), "uncertain"), else_="cancelled")
    values = {"state": fate, "claimed_by": None, "finished_at": now, "error": "dropped after a restore"}
    return connection.execute(update(delivery).where(WAITING, delivery.c.kind == "reminder").values(values)).rowcount


def doubt(connection: Connection, announcement_id: int) -> None:
    """Note that what waits of an announcement may have arrived already."""
    connection.execute(update(delivery).where(WAITING, delivery.c.announcement_id == announcement_id).values(doubtful=True))


def unclear(connection: Connection, since: datetime) -> list[int]:
    """Return the announcements that had begun when the backup was made, or whose time came between it and `since`."""
    begun = announcement.c.state.in_(("sending", "paused"))
    missed = and_(announcement.c.state == "scheduled", announcement.c.due_at <= since)
    statement = select(announcement.c.id).where(announcement.c.created_at <= since, or_(begun, missed))
    return list(connection.execute(statement.order_by(announcement.c.id)).scalars())


def count_due(connection: Connection, now: datetime) -> tuple[int, int]:
    """Return for how many learners the hour of a reminder has come, and how many deliveries are due."""
    hours = select(func.count()).select_from(learner).where(learner.c.next_reminder_at <= now)
    queued = select(func.count()).select_from(delivery).where(WAITING, delivery.c.state == "due", delivery.c.due_at <= now)
    return connection.execute(hours).scalar_one(), connection.execute(queued).scalar_one()
