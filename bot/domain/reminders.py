"""When a learner is reminded: at their local hour, on working days, unless they studied that day or paused."""

from datetime import datetime, time, timedelta

from bot.domain.calendar import WorkCalendar
from bot.domain.learner import UNTIL_RESUMED, Learner
from bot.quiet import QuietHours

SNOOZE = timedelta(hours=1)
HORIZON_DAYS = 366  # a pause or a run of days off never looks further than this


def time_of_day(learner: Learner, quiet: QuietHours) -> time | None:
    """Return the local time at which a learner is reminded, None for never.

    Where the operator has made the chosen hour a quiet one since, that is when the quiet hours end.
    """
    if learner.reminder_minute is None:
        return None
    chosen = time(learner.reminder_minute // 60, learner.reminder_minute % 60)
    return quiet.ends if quiet.cover(chosen) else chosen


def next_reminder(learner: Learner, after: datetime, calendar: WorkCalendar, quiet: QuietHours) -> datetime | None:
    """Return the first moment later than `after` at which a reminder is due, or None when the learner wants none.

    The local hour is the learner's own; a zone without daylight saving needs no more care than this.
    """
    at = time_of_day(learner, quiet)
    if at is None or learner.stopped or learner.paused_until == UNTIL_RESUMED:
        return None
    local = learner.local(after)
    first_day = max(local.date(), learner.paused_until or local.date())
    for ahead in range(HORIZON_DAYS):
        day = first_day + timedelta(days=ahead)
        due = datetime.combine(day, at, tzinfo=local.tzinfo)
        if due > after and calendar.is_working_day(day):
            return due
    return None


def shall_remind(learner: Learner, now: datetime, calendar: WorkCalendar, quiet: QuietHours) -> bool:
    """Decide, when a reminder is due or overdue, whether it still makes sense to send it."""
    return learner.reachable and learner.last_studied_on != learner.today(now) and _is_welcome(learner, now, calendar, quiet)


def waits_for_today(learner: Learner, now: datetime, calendar: WorkCalendar, quiet: QuietHours) -> bool:
    """Tell whether what is due was missed on an earlier day while today's own hour is still to come: that one is waited for."""
    today = learner.today(now)
    if learner.next_reminder_at is None or learner.today(learner.next_reminder_at) == today:
        return False
    following = next_reminder(learner, now, calendar, quiet)
    return following is not None and learner.today(following) == today


def after_an_hour(learner: Learner, now: datetime, calendar: WorkCalendar, quiet: QuietHours) -> datetime | None:
    """Return the moment of a reminder that was put off for an hour: where none may come then, that of the next day's."""
    later = now + SNOOZE
    return later if _is_welcome(learner, later, calendar, quiet) else after_today(learner, now, calendar, quiet)


def after_today(learner: Learner, now: datetime, calendar: WorkCalendar, quiet: QuietHours) -> datetime | None:
    """Return the first moment later than the learner's local day at which a reminder is due."""
    local = learner.local(now)
    return next_reminder(learner, datetime.combine(local.date(), time.max, tzinfo=local.tzinfo), calendar, quiet)


def _is_welcome(learner: Learner, moment: datetime, calendar: WorkCalendar, quiet: QuietHours) -> bool:
    local = learner.local(moment)
    wanted = not learner.stopped and not learner.is_paused(moment)
    return wanted and calendar.is_working_day(local.date()) and not quiet.cover(local.time())
