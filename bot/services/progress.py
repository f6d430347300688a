"""What a learner has done so far."""

from datetime import date, timedelta

from bot import views
from bot.domain import streak
from bot.domain.calendar import WorkCalendar
from bot.services import library, results
from bot.services.turn import Turn
from bot.storage import sittings

WEEK = timedelta(days=7)


def show(turn: Turn) -> views.Progress:
    """Return the learner's progress: last week and this one, modules, and what is firm or has to be repeated."""
    today = turn.learner.today(turn.now)
    active = results.active_days(turn)
    calendar = turn.calendar
    week = calendar.week_of(today)
    lines = library.lines_by_module(turn).values()
    last = sittings.last_attempts(turn.db, turn.learner.id)
    return views.Progress(
        name=turn.learner.name,
        days=_strip(turn, calendar, today, active),
        streak=streak.streak(active, today, calendar),
        active_days=sum(day in active for day in week),
        working_days=len(week),
        minutes=sum(each.minutes for each in sittings.finished(turn.db, turn.learner.id)),
        completed=tuple(each for each in lines if each.state == "completed"),
        current=tuple(each for each in lines if each.state in {"reading", "quiz"}),
        suggested=library.suggestion(turn),
        modules=len(lines),
        strong=sum(correct is True for correct, _ in last.values()),
        to_repeat=sum(correct is False for correct, _ in last.values()),
    )


def _strip(turn: Turn, calendar: WorkCalendar, today: date, active: set[date]) -> tuple[views.Day, ...]:
    """Return the days from Monday of last week up to today."""
    monday = today - timedelta(days=today.weekday()) - WEEK
    answers = sittings.attempt_moments(turn.db, turn.learner.id, turn.now - 2 * WEEK)
    by_day: dict[date, list[bool]] = {}
    for moment, correct in answers:
        by_day.setdefault(turn.learner.today(moment), []).append(correct)
    days = [monday + timedelta(days=n) for n in range((today - monday).days + 1)]
    return tuple(
        views.Day(day, day in active, calendar.is_working_day(day), len(by_day.get(day, [])), sum(by_day.get(day, []))) for day in days
    )
