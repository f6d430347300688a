"""What a learner chooses: language, zone, reminder, pause. Whatever changes, the next reminder is worked out anew."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from bot import views
from bot.domain.learner import UNTIL_RESUMED, Learner
from bot.domain.reminders import after_an_hour, after_today, next_reminder
from bot.services.turn import Turn
from bot.storage import learners, outbox

LANGUAGES = ("id", "en")
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


def show(turn: Turn) -> views.Preferences:
    """Return the learner's settings."""
    return views.Preferences(
        language=turn.learner.language,
        zone=turn.learner.zone,
        reminder=plan(turn.learner, turn.now),
        next_reminder=next_reminder(turn.learner, turn.now, turn.rules.calendar),
        now=turn.now,
    )


def set_language(turn: Turn, language: str) -> views.Preferences:
    """Speak another language; one that the bot does not speak changes nothing."""
    return _changed(turn, language=language) if language in LANGUAGES else show(turn)


def set_zone(turn: Turn, zone: str) -> views.Preferences:
    """Live in another zone; one that is not offered changes nothing."""
    return _changed(turn, zone=zone) if zone in ZONES else show(turn)


def set_reminder(turn: Turn, at: time | None) -> views.Preferences:
    """Be reminded at another local time of day, or never."""
    return _changed(turn, reminder_minute=None if at is None else at.hour * 60 + at.minute)


def pause(turn: Turn, days: int) -> views.Preferences:
    """Pause reminders for some days, today included; 0 means until the learner resumes."""
    today = turn.learner.today(turn.now)
    first = turn.learner.paused_from if turn.learner.is_paused(turn.now) else today
    until = today + timedelta(days=days) if 0 < days <= 366 else UNTIL_RESUMED  # noqa: PLR2004 - a year
    return _changed(turn, paused_from=first, paused_until=until)


def resume(turn: Turn) -> views.Preferences:
    """End a pause, and take back a /stop. The days of the pause stay known, since they don't break a streak."""
    today = turn.learner.today(turn.now)
    until = today if turn.learner.is_paused(turn.now) else turn.learner.paused_until
    return _changed(turn, paused_until=until, stopped=False)


def stop(turn: Turn) -> views.Preferences:
    """Push nothing more to this learner, announcements included; everything is kept."""
    outbox.cancel_for(turn.db, turn.learner.id)
    return _changed(turn, stopped=True)


def note_membership(turn: Turn, *, member: bool) -> None:
    """Note that the person blocked the bot, or let it in again: who is blocked gets nothing until they come back."""
    if not member:
        learners.mark_unreachable(turn.db, turn.learner.telegram_id)
        outbox.cancel_for(turn.db, turn.learner.id)


def snooze(turn: Turn, until: str) -> views.Preferences:
    """Move the reminder to an hour from now if it may come then, else to the next working day at the usual hour."""
    calendar = turn.rules.calendar
    an_hour = until == "hour"
    moment = after_an_hour(turn.learner, turn.now, calendar, turn.rules.quiet) if an_hour else after_today(turn.learner, turn.now, calendar)
    outbox.forget_occasion(turn.db, turn.learner.id, turn.learner.today(turn.now), turn.now)
    learners.reschedule(turn.db, [(turn.learner.id, moment)])
    return replace(show(turn), next_reminder=moment)


def plan(learner: Learner, now: datetime) -> views.ReminderPlan:
    """Return when a learner is reminded; a pause that is over is none."""
    minute = learner.reminder_minute
    at = None if minute is None else time(minute // 60, minute % 60)
    paused_until = learner.paused_until if learner.is_paused(now) else None
    return views.ReminderPlan(at, learner.zone, paused_until, learner.stopped)


def reloaded(turn: Turn) -> Turn:
    """Return the turn with the learner as they are now, their next reminder worked out and written."""
    learner = learners.get(turn.db, turn.learner.id)
    learners.reschedule(turn.db, [(learner.id, next_reminder(learner, turn.now, turn.rules.calendar))])
    return replace(turn, learner=learner)


def _changed(turn: Turn, **values: object) -> views.Preferences:
    learners.change(turn.db, turn.learner.id, **values)
    return show(reloaded(turn))
