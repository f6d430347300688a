"""Today's questions: what is due again by the risk of being forgotten, mixed with what was never asked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.domain.calendar import WorkCalendar
from bot.domain.memory import Memory, Model, risk

LONGEST_BREAK: Final = 60  # days off in a row beyond which nothing is moved before or behind them
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that may be asked, with what the learner remembers of it; None when it was never asked."""

    module_id: str
    item_id: str
    memory: Memory | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many items are to be asked on the next day that has any."""

    day: date
    items: int


def choose(candidates: Sequence[Candidate], count: int, today: date, calendar: WorkCalendar, model: Model) -> list[Candidate]:
    """Return up to `count` items for the learner's local day, none of which was answered on it, those of one module apart.

    What is due comes by its risk of being forgotten. Where all of it fits into the day, one place at least is for an item never asked, and
    so is each that is left over; in a backlog, as after a holiday, nothing new is begun.
    """
    due = [(risk(each.memory, today, model), each) for each in candidates if each.memory and is_due(each.memory, today, calendar)]
    due.sort(key=lambda found: (-found[0], found[1].module_id, found[1].item_id))
    room = max(count - len(due), min(1, count - 1)) if len(due) <= count else 0
    new = _apart([each for each in candidates if each.memory is None], room)
    return _apart([each for _, each in due[: count - len(new)]] + new, count)


def is_due(memory: Memory, today: date, calendar: WorkCalendar) -> bool:
    """Tell whether an item is to be asked on a day; never on the day on which it was answered."""
    return memory.reviewed_on < today and (memory.due_on <= today or practice_day(memory, calendar) <= today)


def practice_day(memory: Memory, calendar: WorkCalendar) -> date:
    """Return the working day on which an item is asked: the day it is due or, where that is a day off, one before or behind the break.

    What falls into the first half of a break is asked before it, mirrored at its beginning so that not all comes on one day, unless that
    would halve the time since the last answer: so soon a review adds little. The rest waits for the first working day, on which
    and after which as many are asked a day as on any other.
    """
    due = memory.due_on
    if calendar.is_working_day(due):
        return due
    into, left = _days_off(due, -_DAY, calendar), _days_off(due, _DAY, calendar)
    if LONGEST_BREAK in {into, left}:
        return due
    if into <= left:
        day = due - into * _DAY + _DAY
        for _ in range(into):
            day = calendar.previous_working_day(day)
        if (day - memory.reviewed_on) * 2 >= due - memory.reviewed_on:
            return day
    return due + left * _DAY


def waiting(candidates: Iterable[Candidate], count: int, today: date, calendar: WorkCalendar) -> Waiting | None:
    """Return what the next day with items brings, at most `count`; None when nothing was ever asked."""
    days = sorted(max(practice_day(each.memory, calendar), today + _DAY) for each in candidates if each.memory)
    return Waiting(days[0], min(count, days.count(days[0]))) if days else None


def _days_off(day: date, step: timedelta, calendar: WorkCalendar) -> int:
    """Count the days off in a row from a day on, the day included, up to the longest break."""
    return next((n for n in range(LONGEST_BREAK) if calendar.is_working_day(day + n * step)), LONGEST_BREAK)


def _apart(candidates: Sequence[Candidate], count: int) -> list[Candidate]:
    """Return up to `count` of them, the first ones first, but two of one module next to each other only where it can't be otherwise.

    Mixed practice is remembered longer than practice in blocks (D. Rohrer, K. Taylor, Instructional Science 35, 2007).
    """
    left, taken = list(candidates), list[Candidate]()
    while left and len(taken) < count:
        last = taken[-1].module_id if taken else None
        taken.append(left.pop(_next(left, last)))
    return taken


def _next(left: Sequence[Candidate], last: str | None) -> int:
    """Return the place of the first one of another module than the last; of that which has more than half, as it would else be in a row."""
    modules = [each.module_id for each in left]
    largest, size = Counter(modules).most_common(1)[0]
    if 2 * size > len(left) and largest != last:
        return modules.index(largest)
    return next((place for place, module in enumerate(modules) if module != last), 0)
