"""After a restore: what was about to go out when the backup was made may have gone out since. The operator decides, then it goes on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.domain.reminders import next_reminder
from bot.errors import SinauError
from bot.services import announcing, operating
from bot.services.turn import Rules
from bot.storage import announcements, fates, hold, learners
from bot.storage.hold import Hold

BATCH = 500
EXCERPT = 50  # characters of an announcement: enough to recognise it


class NotHeldError(SinauError):
    """Sending is not held: there is nothing to decide."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """An announcement that may have gone out after the backup was made; the numbers are those of the backup."""

    id: int
    state: str
    due_at: datetime | None
    excerpt: str
    settled: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Review:
    """What waits while sending is held.

    Attributes:
        reminders: for how many learners the hour of a reminder has come since the restore.
        deliveries: how many messages are due, those of unclear announcements included.
        unclear: the announcements that the operator has to decide about.

    """

    hold: Hold
    reminders: int
    deliveries: int
    unclear: tuple[Unclear, ...]


def begin(db: Connection, now: datetime) -> bool:
    """Hold sending, as a restore does by itself; False when it is held already."""
    return hold.begin(db, now)


def drop_reminders(db: Connection, rules: Rules, now: datetime) -> int:
    """Drop the reminders whose hour came before the restore, for a batch of learners; return how many these were.

    Whether they were sent nobody knows, and one too many is worse than one too few. Those whose hour came since stay: nobody sent them.

    Raises:
        NotHeldError: sending is not held.

    """
    since = _held(db).since
    hold.drop_reminders(db, now)
    passed = learners.due(db, since, BATCH)
    learners.reschedule(db, [(each.id, next_reminder(each, since, rules.calendar, rules.quiet)) for each in passed])
    return len(passed)


def review(db: Connection, now: datetime) -> Review:
    """Return what waits; raises NotHeldError."""
    held = _held(db)
    reminders, deliveries = hold.count_due(db, now)
    return Review(held, reminders, deliveries, tuple(_unclear(db, each) for each in hold.unclear(db, held.since)))


def release(db: Connection, go_on: Collection[int], cancel: Collection[int], now: datetime) -> tuple[int, ...]:
    """Let everything go out again but the announcements in `cancel`; what is sent of those in `go_on` counts as uncertain.

    Return the unclear announcements that are in neither: as long as there is one, nothing is changed.

    Raises:
        NotHeldError: sending is not held.

    """
    unclear = hold.unclear(db, _held(db).since)
    undecided = tuple(each for each in unclear if each not in go_on and each not in cancel)
    if undecided:
        return undecided
    for each in unclear:
        if each in cancel:
            operating.withdraw(db, each, now)
        else:
            announcing.send_out(db, each, now)  # one that was scheduled: its deliveries are to be called doubtful too
            hold.doubt(db, each)
    hold.end(db)
    return ()


def _held(db: Connection) -> Hold:
    held = hold.find(db)
    if held is None:
        raise NotHeldError("Sending is not held; there is nothing to confirm.")
    return held


def _unclear(db: Connection, announcement_id: int) -> Unclear:
    found = announcements.find(db, announcement_id)
    if found is None:
        raise RuntimeError("an announcement that was just listed is not there")
    counts = fates.of_announcement(db, announcement_id)
    waiting = fates.waiting(counts)
    body = found.body or ""
    excerpt = body if len(body) <= EXCERPT else f"{body[: EXCERPT - 1]}…"
    return Unclear(announcement_id, found.state, found.due_at, excerpt, sum(counts.values()) - waiting, waiting)
