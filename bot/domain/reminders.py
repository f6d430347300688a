"""When a learner is reminded: at their local hour, on their days, unless they studied that day or are on leave.

Whoever does not study is reminded less and less, and then no more (docs/decisions/0020): see SILENT_STEPS.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkCalendar
from bot.domain.learner import UNTIL_RESUMED, Learner
from bot.quiet import QuietHours

SNOOZE: Final = timedelta(hours=1)
TONIGHT: Final = time(19)
DAY: Final = timedelta(days=1)
HORIZON_DAYS: Final = 366  # a run of days off never looks further than this
SILENT_STEPS: Final = (0, 1, 3, 7, 14)  # so many silent days before, a reminder comes; the last one is said to be the last
LAST_STEP: Final = SILENT_STEPS[-1]


def time_of_day(learner: Learner, quiet: QuietHours) -> time | None:
    """Return the local time at which a learner is reminded, None for never.

    Where the operator has made the chosen hour a quiet one since, that is when the quiet hours end.
    """
    if learner.reminder_minute is None:
        return None
    chosen = time(learner.reminder_minute // 60, learner.reminder_minute % 60)
    return quiet.ends if quiet.cover(chosen) else chosen


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a reminder that is due.

    Attributes:
        comes_at: when it may come on its local day: at once, later, or (None) not at all.
        following: the moment that is planned instead of the present one.

    """

    comes_at: datetime | None
    following: datetime | None


def decide(learner: Learner, now: datetime, calendar: WorkCalendar, quiet: QuietHours) -> Decision:
    """Decide about a reminder that is due or overdue at `now`."""
    comes_at = waits_for_today(learner, now, calendar, quiet) or may_come_at(learner, now, calendar, quiet)
    if comes_at is not None and comes_at > now:
        return Decision(comes_at, following=comes_at)
    return Decision(comes_at, next_reminder(learner, now, calendar, quiet))


def next_reminder(learner: Learner, after: datetime, calendar: WorkCalendar, quiet: QuietHours) -> datetime | None:
    """Return the first moment later than `after` at which a reminder is due, or None when none is to come.

    It is one of the learner's days before which they were silent for one of SILENT_STEPS. The last step is planned for each
    day from its own on, until `fell_silent_at` tells that it was sent.
    """
    before, more = learner.today(after), 0
    silent = silent_days(learner, before, calendar)  # counted on from here, not anew for each day
    for day in _days_ahead(learner, before, calendar):
        silent = min(silent + more, LAST_STEP) if _first_that_counts(learner, day) <= before else 0
        before, more = day, 1
        if silent in SILENT_STEPS and (due := _hour(learner, day, calendar, quiet)) and due > after:
            return due if silent < LAST_STEP or learner.fell_silent_at is None else None
    return None


def silent_days(learner: Learner, day: date, calendar: WorkCalendar) -> int:
    """Return on how many of their days before the local `day` a learner did not study; LAST_STEP stands for that and all above.

    They are counted since the learner last studied, joined, was on leave, or last asked for reminders.
    """
    calendar = calendar.on_days(learner.reminder_days)
    first = _first_that_counts(learner, day)
    count = 0
    while count < LAST_STEP and (day := day - DAY) >= first:
        count += calendar.is_working_day(day)
    return count


def step_of(silent: int) -> int:
    """Return the step that so many silent days have reached: which words a reminder has."""
    return max(step for step in SILENT_STEPS if step <= silent)


def may_come_at(learner: Learner, moment: datetime, calendar: WorkCalendar, quiet: QuietHours) -> datetime | None:
    """Return when a reminder that is due or overdue at `moment` may come on that local day: then, after a break, or (None) not at all."""
    local = learner.local(moment)
    day = local.date()
    wanted = learner.reachable and not learner.stopped and learner.back_on(day) is None and learner.last_studied_on != day
    if not wanted or quiet.cover(local.time()) or not calendar.on_days(learner.reminder_days).is_working_day(day):
        return None
    at = _settle(day, local.time(), calendar, quiet)
    return moment if at == local.time() else _at(learner, day, at)


def waits_for_today(learner: Learner, now: datetime, calendar: WorkCalendar, quiet: QuietHours) -> datetime | None:
    """Return today's own hour where it is still to come while what is due was missed on an earlier day: that one is waited for."""
    today = learner.today(now)
    if learner.next_reminder_at is None or learner.today(learner.next_reminder_at) == today:
        return None
    following = _next_hour(learner, now, calendar, quiet)
    return following if following is not None and learner.today(following) == today else None


def after_an_hour(learner: Learner, now: datetime, calendar: WorkCalendar, quiet: QuietHours) -> datetime | None:
    """Return the moment of a reminder that was put off for an hour: where none may come then, that of the next day's."""
    return may_come_at(learner, now + SNOOZE, calendar, quiet) or after_today(learner, now, calendar, quiet)


def tonight(learner: Learner, now: datetime, calendar: WorkCalendar, quiet: QuietHours) -> datetime | None:
    """Return the moment of a reminder that is put off until this evening, None where it is too late for that or none may come then."""
    evening = datetime.combine(learner.today(now), TONIGHT, tzinfo=learner.local(now).tzinfo)
    return evening if evening > now and may_come_at(learner, evening, calendar, quiet) == evening else None


def after_today(learner: Learner, now: datetime, calendar: WorkCalendar, quiet: QuietHours) -> datetime | None:
    """Return the learner's hour on their next day later than today, however long they have been silent: they asked for it."""
    local = learner.local(now)
    return _next_hour(learner, datetime.combine(local.date(), time.max, tzinfo=local.tzinfo), calendar, quiet)


def _next_hour(learner: Learner, after: datetime, calendar: WorkCalendar, quiet: QuietHours) -> datetime | None:
    hours = (_hour(learner, day, calendar, quiet) for day in _days_ahead(learner, learner.today(after), calendar))
    return next((due for due in hours if due is not None and due > after), None)


def _days_ahead(learner: Learner, day: date, calendar: WorkCalendar) -> Iterator[date]:
    """Yield the days on which a learner may be reminded, from a local day on."""
    if learner.reminder_minute is None or learner.stopped:
        return
    calendar = calendar.on_days(learner.reminder_days)
    for _ in range(HORIZON_DAYS):
        day = learner.back_on(day) or day
        if day == UNTIL_RESUMED:
            return
        if calendar.is_working_day(day) and day != learner.last_studied_on:
            yield day
        day += DAY


def _hour(learner: Learner, day: date, calendar: WorkCalendar, quiet: QuietHours) -> datetime | None:
    """Return the moment of a learner's hour on a local day, None where that day has none."""
    at = time_of_day(learner, quiet)
    return _at(learner, day, _settle(day, at, calendar, quiet)) if at is not None else None


def _first_that_counts(learner: Learner, day: date) -> date:
    """Return the day from which on the silent days before `day` are counted: they begin anew after study, leave and a wish."""
    studied = learner.last_studied_on and learner.last_studied_on + DAY
    back = learner.paused_until if learner.paused_until is not None and learner.paused_until <= day else None
    known = [each for each in (studied, back, learner.renewed_on) if each is not None]
    return max(known) if known else learner.today(learner.joined_at)


def _settle(day: date, at: time, calendar: WorkCalendar, quiet: QuietHours) -> time | None:
    """Return the first minute of a day, `at` or later, in which a reminder may come; None when there is none."""
    for _ in range(3):  # a break may end in the quiet hours, and these in a break
        at = calendar.hours.settle(day, at)
        if not quiet.cover(at):
            return at
        if quiet.ends <= at:
            return None
        at = quiet.ends
    return None


def _at(learner: Learner, day: date, at: time | None) -> datetime | None:
    return None if at is None else datetime.combine(day, at, tzinfo=ZoneInfo(learner.zone))
