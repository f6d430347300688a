"""What a learner chooses: language, zone, reminder, pause. Whatever changes, the next reminder is worked out anew."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from bot import views
from bot.domain.calendar import MONDAY_TO_FRIDAY, WEEK
from bot.domain.learner import UNTIL_RESUMED, Learner
from bot.domain.leave import Leave, parse_leave
from bot.domain.reminders import DAY, after_an_hour, after_today, next_reminder, time_of_day, tonight
from bot.services import reminders
from bot.services.turn import Turn
from bot.storage import dialogues, learners, outbox, pauses

LEAVE: Final = "leave"  # what a dialogue awaits
LANGUAGES = ("id", "en")
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
# The times of day that are offered for the reminder, as far as they are not quiet ones.
HOURS = (time(7), time(7, 30), time(8), time(8, 30), time(10), time(12), time(13), time(15), time(16), time(17), time(18), time(19))


def show(turn: Turn) -> views.Preferences:
    """Return the learner's settings."""
    return views.Preferences(
        language=turn.learner.language,
        zone=turn.learner.zone,
        reminder=plan(turn),
        hours=tuple(hour for hour in HOURS if not turn.rules.quiet.cover(hour)),
        next_reminder=_next_reminder(turn, turn.learner),
        now=turn.now,
        low_data=turn.learner.low_data,
    )


def set_language(turn: Turn, language: str) -> views.Preferences:
    """Speak another language; one that the bot does not speak changes nothing."""
    return _changed(turn, language=language) if language in LANGUAGES else show(turn)


def set_zone(turn: Turn, zone: str) -> views.Preferences:
    """Live in another zone; one that is not offered changes nothing."""
    return _changed(turn, zone=zone) if zone in ZONES else show(turn)


def set_low_data(turn: Turn, *, on: bool) -> views.Preferences:
    """Get pictures only when they are asked for, or with their cards."""
    return _changed(turn, low_data=on)


def set_reminder(turn: Turn, at: time | None) -> views.Preferences:
    """Be reminded at another local time of day, or never; a time in the quiet hours changes nothing, since none would come then."""
    if at is not None and turn.rules.quiet.cover(at):
        return show(turn)
    return _renewed(turn, reminder_minute=None if at is None else at.hour * 60 + at.minute)


def set_reminder_day(turn: Turn, day: int, *, on: bool) -> views.Preferences:
    """Be reminded on a weekday (0 is Monday), or not any more; the last one stays, since never is another choice."""
    chosen = _weekdays(turn.learner) | {day} if on else _weekdays(turn.learner) - {day}
    return _renewed(turn, reminder_days=sum(1 << each for each in chosen)) if chosen else show(turn)


def follow_working_days(turn: Turn) -> views.Preferences:
    """Be reminded on working days, whichever they are."""
    return _renewed(turn, reminder_days=None)


def show_pauses(turn: Turn) -> views.Preferences:
    """Return the settings for the choice of a pause; no days are awaited any more."""
    dialogue = dialogues.find(turn.db, turn.learner.id)
    if dialogue is not None and dialogue.awaits == LEAVE:
        dialogues.end(turn.db, turn.learner.id)
    return show(turn)


def pause(turn: Turn, days: int) -> views.Preferences:
    """Pause reminders for some days, today included; 0 means until the learner resumes."""
    today = turn.learner.today(turn.now)
    return _paused(turn, today, today + timedelta(days=days) if 0 < days <= 366 else UNTIL_RESUMED)  # noqa: PLR2004 - a year


def ask_for_leave(turn: Turn) -> None:
    """Take the learner's next message for the days of a leave."""
    dialogues.begin(turn.db, turn.learner.id, LEAVE, None, turn.now)


def take_leave(turn: Turn, text: str) -> views.Preferences | views.LeaveRefused:
    """Pause reminders on the days that somebody wrote, today or later; where they can't be read, others are awaited."""
    leave = parse_leave(text, turn.learner.today(turn.now))
    if not isinstance(leave, Leave):
        ask_for_leave(turn)
        return views.LeaveRefused(leave)
    dialogues.end(turn.db, turn.learner.id)
    return replace(_paused(turn, leave.first, leave.last + DAY), replaced_pause=turn.learner.has_pause(turn.now))


def resume(turn: Turn) -> views.Preferences:
    """Take back what keeps reminders away: a pause in force, a /stop, silence; where there is none of them, a pause that is ahead.

    The days of a pause that was in force stay known, since they don't break a streak.
    """
    learner, today = turn.learner, turn.learner.today(turn.now)
    if learner.is_paused(turn.now):
        pauses.end(turn.db, learner.id, today, today)
        return _renewed(turn, paused_until=today, stopped=False)
    if learner.stopped or learner.fell_silent_at is not None or not learner.has_pause(turn.now):
        return _renewed(turn, stopped=False)
    pauses.end(turn.db, learner.id, today, today)
    return _renewed(turn, paused_from=None, paused_until=None)


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
    """Move the reminder to an hour from now or to this evening if it may come then, else to the learner's next day at the usual hour.

    Below an older message it may come after the last one: then silent days are counted from now on.
    """
    wanted = turn.learner, turn.now, turn.rules.calendar, turn.rules.quiet
    moment = {"hour": after_an_hour, "tonight": tonight}.get(until, after_today)(*wanted) or after_today(*wanted)
    if turn.learner.fell_silent_at is not None:
        learners.change(turn.db, turn.learner.id, renewed_on=turn.learner.today(turn.now), fell_silent_at=None)
    reminders.put_off(turn.db, turn.learner, turn.now, moment)
    return replace(show(turn), next_reminder=moment)


def plan(turn: Turn) -> views.ReminderPlan:
    """Return when the learner is reminded; a pause that is over is none."""
    learner = turn.learner
    return views.ReminderPlan(
        at=time_of_day(learner, turn.rules.quiet),
        zone=learner.zone,
        paused_until=learner.paused_until if learner.has_pause(turn.now) else None,
        stopped=learner.stopped,
        days=None if learner.reminder_days is None else tuple(sorted(_weekdays(learner))),
        paused_from=learner.paused_from if learner.has_pause(turn.now) and not learner.is_paused(turn.now) else None,
    )


def _weekdays(learner: Learner) -> frozenset[int]:
    return MONDAY_TO_FRIDAY if learner.reminder_days is None else frozenset(day for day in WEEK if learner.reminder_days >> day & 1)


def reloaded(turn: Turn) -> Turn:
    """Return the turn with the learner as they are now, their next reminder worked out and written."""
    learner = learners.get(turn.db, turn.learner.id)
    learners.reschedule(turn.db, [(learner.id, _next_reminder(turn, learner))])
    return replace(turn, learner=learner)


def _next_reminder(turn: Turn, learner: Learner) -> datetime | None:
    """Return when the learner is reminded next: on a local day that had its reminder, none comes at another hour or in another zone."""
    local = learner.local(turn.now)
    had_one = outbox.has_occasion(turn.db, learner.id, "reminder", local.date().isoformat())
    after = datetime.combine(local.date(), time.max, tzinfo=local.tzinfo) if had_one else turn.now
    return next_reminder(learner, after, turn.rules.calendar, turn.rules.quiet)


def _paused(turn: Turn, first: date, until: date) -> views.Preferences:
    """Pause from a local day on; what was in force ends, and what was ahead is given up."""
    today = turn.learner.today(turn.now)
    pauses.end(turn.db, turn.learner.id, today, today)
    pauses.begin(turn.db, turn.learner.id, first, until)
    return _renewed(turn, paused_from=first, paused_until=until)


def _renewed(turn: Turn, **values: object) -> views.Preferences:
    """Change what the learner chose about reminders: silent days are counted from now on."""
    return _changed(turn, renewed_on=turn.learner.today(turn.now), fell_silent_at=None, **values)


def _changed(turn: Turn, **values: object) -> views.Preferences:
    learners.change(turn.db, turn.learner.id, **values)
    return show(reloaded(turn))
