"""What the operator does from the command line, beside a bot that may be running: roles, and announcements of anybody."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.services import auditing, roles
from bot.services.auditing import Act
from bot.storage import announcements, coordination, fates, learners, outbox, units
from bot.storage.announcements import UNENDED, Announcement


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A person who is no coordinator any more, and the announcements of theirs that go out all the same."""

    name: str
    announcements: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """An announcement that has not ended; `waiting` deliveries of it have not left, `gone` have."""

    id: int
    state: str
    due_at: datetime | None
    waiting: int
    gone: int


def coordinators(db: Connection) -> list[tuple[int, str, tuple[str, ...]]]:
    """Return the account, the name, and the names from the top down to the unit of each coordinator; no unit is everybody.

    Admins are known by the settings alone.
    """
    tree = units.everything(db)
    found = coordination.everyone(db)
    return [(each.telegram_id, each.name, () if each.unit_id is None else units.path(tree, each.unit_id)) for each in found]


def dismiss(db: Connection, telegram_id: int, now: datetime) -> Dismissed | None:
    """Take every coordinator's role away; None when this account has none. Their drafts can no longer be confirmed by anybody."""
    learner = learners.find(db, telegram_id)
    given = coordination.units_of(db, learner.id) if learner else []
    if learner is None or not given:
        return None
    for unit_id in given:
        roles.dismiss(db, learner.id, unit_id, None, now)
    theirs = (each.id for each in announcements.unended(db) if each.author_id == learner.id)
    return Dismissed(learner.name, tuple(theirs))


def pending(db: Connection) -> list[Pending]:
    """Return the announcements that are scheduled, going out or paused, whoever made them."""
    return [_pending(db, each) for each in announcements.unended(db)]


def withdraw(db: Connection, announcement_id: int, now: datetime) -> Pending | None:
    """Send an announcement to nobody else, whoever made it; None when there is none that has not ended."""
    if not announcements.move(db, announcement_id, UNENDED, "cancelled", finished_at=now):
        return None
    outbox.cancel(db, announcement_id)
    auditing.note(db, Act("announcement.cancel", details={"announcement": announcement_id}), None, now)
    found = announcements.find(db, announcement_id)
    return _pending(db, found) if found else None


def _pending(db: Connection, found: Announcement) -> Pending:
    counts = fates.of_announcement(db, found.id)
    waiting = fates.waiting(counts)
    gone = sum(counts.values()) - waiting - counts.get("cancelled", 0)
    return Pending(found.id, found.state, found.due_at, waiting, gone)
