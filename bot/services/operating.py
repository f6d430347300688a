"""What the operator does from the command line, beside a bot that may be running: roles, and announcements of anybody."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.storage import announcements, dialogues, fates, learners, outbox
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


def coordinators(db: Connection) -> dict[int, str]:
    """Return the name of each coordinator by their Telegram account; admins are known by the settings alone."""
    return learners.coordinator_names(db)


def dismiss(db: Connection, telegram_id: int) -> Dismissed | None:
    """Take the coordinator's role away; None when this account has none. Their drafts can no longer be confirmed by anybody."""
    learner = learners.find(db, telegram_id)
    if learner is None or not learner.coordinator:
        return None
    learners.change(db, learner.id, coordinator=False)
    dialogues.end(db, learner.id)
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
    found = announcements.find(db, announcement_id)
    return _pending(db, found) if found else None


def _pending(db: Connection, found: Announcement) -> Pending:
    counts = fates.of_announcement(db, found.id)
    waiting = fates.waiting(counts)
    gone = sum(counts.values()) - waiting - counts.get("cancelled", 0)
    return Pending(found.id, found.state, found.due_at, waiting, gone)
