"""Reminders: found when due, decided by pure rules, queued as deliveries, and composed when they leave."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot import views
from bot.content.model import Catalogue
from bot.domain import pacing
from bot.domain.learner import Learner
from bot.domain.reminders import decide, may_come_at, next_reminder, silent_days, step_of, tonight
from bot.services import library, practice
from bot.services.turn import Rules, Turn
from bot.storage import learners, outbox

BATCH = 500
FAR = timedelta(days=14)  # longer than any run of days off: a reminder planned beyond is that of a long pause, or a mistake
LIFE = timedelta(hours=6)  # a reminder that could not leave for so long comes at a moment that nobody chose


def queue_due(db: Connection, rules: Rules, now: datetime) -> int:
    """Queue a reminder for each learner whose hour has come, at most once a local day; return how many learners were looked at.

    The next one is worked out from the present, so hours that passed while the machine was off are caught up once. The last one is planned
    again, for the next day: that it was sent takes this back.
    """
    due = [(learner, decide(learner, now, rules.calendar, rules.quiet)) for learner in learners.due(db, now, BATCH)]
    outbox.queue(db, [_row(learner, now) for learner, decision in due if decision.comes_at == now])
    learners.reschedule(db, [(learner.id, decision.following) for learner, decision in due])
    return len(due)


def bring_forward(db: Connection, rules: Rules, now: datetime, since: tuple[datetime, int] | None = None) -> tuple[datetime, int] | None:
    """Work out anew a batch of reminders that are planned too far ahead, as all are when the machine's clock was in the future.

    Return where the next batch begins, to be handed in as `since`; None when this was the last one.
    """
    if since is None:
        woken = learners.wake_silent_after(db, now)
        learners.reschedule(db, [(learner.id, next_reminder(learner, now, rules.calendar, rules.quiet)) for learner in woken])
    found = learners.planned(db, *(since or (now + FAR, 0)), BATCH)
    right = [(learner, next_reminder(learner, now, rules.calendar, rules.quiet)) for learner in found]
    learners.reschedule(db, [(learner.id, moment) for learner, moment in right if moment != learner.next_reminder_at])
    return _end_of(found)


def plan_earlier(db: Connection, rules: Rules, now: datetime, since: tuple[datetime, int] | None = None) -> tuple[datetime, int] | None:
    """Bring a batch of reminders forward to a day that has become a working day since they were planned.

    Return where the next batch begins, to be handed in as `since`; None when this was the last one. One that was put off stays so.
    """
    found = learners.planned(db, *(since or (now, 0)), BATCH)
    moments = [(learner, next_reminder(learner, now, rules.calendar, rules.quiet)) for learner in found]
    learners.reschedule(
        db, [(learner.id, due) for learner, due in moments if due and learner.next_reminder_at and due < learner.next_reminder_at]
    )
    return _end_of(found)


def _end_of(batch: Sequence[Learner]) -> tuple[datetime, int] | None:
    last = batch[-1] if len(batch) == BATCH else None
    return (last.next_reminder_at, last.id) if last and last.next_reminder_at else None


def compose(db: Connection, catalogue: Catalogue, rules: Rules, learner_id: int, now: datetime) -> tuple[Learner, views.Reminder] | None:
    """Return what a reminder says at the moment it leaves, or None when it is no longer wanted."""
    learner = learners.get(db, learner_id)
    moment = may_come_at(learner, now, rules.calendar, rules.quiet)
    if moment != now:
        if moment is not None:
            put_off(db, learner, now, moment)
        return None
    turn = Turn(db, catalogue, rules, learner, now)
    items, module = len(practice.todays(turn)), library.suggestion(turn)
    if not items and module is None:
        _spare(db, rules, learner, now)
        return None
    return learner, views.Reminder(
        name=learner.name,
        items=items,
        minutes=pacing.minutes_for(items),
        module=module,
        hour=learner.local(now).hour,
        step=step_of(silent_days(learner, learner.today(now), rules.calendar)),
        working_days=learner.reminder_days is None,
        tonight=tonight(learner, now, rules.calendar, rules.quiet) is not None,
    )


def put_off(db: Connection, learner: Learner, now: datetime, moment: datetime | None) -> None:
    """Let today's reminder, which is there already, come again at another moment."""
    outbox.forget_occasion(db, learner.id, learner.today(now))
    learners.reschedule(db, [(learner.id, moment)])


def _spare(db: Connection, rules: Rules, learner: Learner, now: datetime) -> None:
    """Let a day on which all is learned and nothing is due be no silent one: who had nothing to do is reminded when something is due."""
    today = learner.today(now)
    learners.change(db, learner.id, renewed_on=today, fell_silent_at=None)
    spared = replace(learner, renewed_on=today, fell_silent_at=None)
    learners.reschedule(db, [(learner.id, next_reminder(spared, now, rules.calendar, rules.quiet))])


def _row(learner: Learner, now: datetime) -> dict[str, object]:
    return {
        "kind": "reminder",
        "learner_id": learner.id,
        "chat_id": learner.telegram_id,
        "occasion": _occasion(learner, now),
        "due_at": now,
        "expires_at": now + LIFE,
        "state": "due",
    }


def _occasion(learner: Learner, now: datetime) -> str:
    """Name the local day, so that a second reminder for it is refused."""
    return learner.today(now).isoformat()
