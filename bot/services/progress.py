"""What a learner has done so far."""

from datetime import date, timedelta

from bot import views
from bot.domain import memory, streak
from bot.domain.calendar import WorkCalendar
from bot.services import library, practice, results
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
    known = [each.memory for each in practice.candidates(turn) if each.memory]
    firm = sum(memory.is_firm(each, today, turn.rules.memory) for each in known)
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
        firm=firm,
        fading=len(known) - firm,
        mistakes=sum(each.mistaken for each in known),
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
