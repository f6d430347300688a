"""Tells coordinators how many learners were reminded for the last time: a number without names, at most once a working day."""

from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot import views
from bot.domain.learner import Learner
from bot.services import standing
from bot.services.turn import Rules
from bot.storage import coordination, learners, outbox

KIND: Final = "silent"
BATCH: Final = 50  # coordinators looked at in one transaction, each by a handful of statements: some tens of milliseconds


def queue_reports(db: Connection, rules: Rules, now: datetime, after: int = 0) -> tuple[int, int | None]:
    """Queue today's report for each coordinator of a batch whose hour has come and who has something to be told.

    Return for how many, and where the next batch begins, to be handed in as `after`; None when this was the last one.
    """
    batch = coordination.in_charge(db, rules.admins, after, BATCH)
    told = [each for each in batch if _is_time(each, rules, now) and _count(db, rules, each, each.today(now))]
    outbox.queue(db, [_row(each, now) for each in told])
    return len(told), batch[-1].id if len(batch) == BATCH else None


def compose(db: Connection, rules: Rules, coordinator_id: int, occasion: str, now: datetime) -> tuple[Learner, views.Silence] | None:
    """Return what a report says, or None when nothing is to be told any more, the night has begun, or its day is over.

    Whom a report was about that never left, the next day's is about.
    """
    coordinator = learners.get(db, coordinator_id)
    day = coordinator.today(now)
    is_due = occasion == day.isoformat() and _is_time(coordinator, rules, now)
    count = _count(db, rules, coordinator, day) if is_due else 0
    return (coordinator, views.Silence(count)) if count else None


def _is_time(coordinator: Learner, rules: Rules, now: datetime) -> bool:
    local = coordinator.local(now)
    hour = time(rules.reminder_minute // 60, rules.reminder_minute % 60)
    wanted = coordinator.reachable and not coordinator.stopped and not coordinator.is_paused(now)
    at_peace = rules.quiet.cover(local.time()) or rules.calendar.hours.settle(local.date(), local.time()) != local.time()
    return wanted and not at_peace and local.time() >= hour and rules.calendar.is_working_day(local.date())


def _count(db: Connection, rules: Rules, coordinator: Learner, day: date) -> int:
    """Count who fell silent since the last report that was sent, up to the end of the local day before `day`: of those they coordinate.

    Where there is none, all are counted who fell silent since the coordinator joined, as far back as a report would still be known.
    """
    last = outbox.last_sent(db, coordinator.id, KIND, day.isoformat())
    since = date.fromisoformat(last) if last else max(coordinator.today(coordinator.joined_at), day - rules.deliveries_kept)
    begin, end = (datetime.combine(each, time.min, tzinfo=ZoneInfo(coordinator.zone)) for each in (since, day))
    theirs = standing.of(db, rules.admins, coordinator)
    return learners.count_fallen_silent(db, begin, end, None if theirs.reaches_everybody else theirs.units)


def _row(coordinator: Learner, now: datetime) -> dict[str, object]:
    return {
        "kind": KIND,
        "learner_id": coordinator.id,
        "chat_id": coordinator.telegram_id,
        "occasion": coordinator.today(now).isoformat(),
        "due_at": now,
        "state": "due",
    }
