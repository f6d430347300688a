"""Which days are working days."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from bot.domain.hours import WorkingHours

MONDAY_TO_FRIDAY: Final = frozenset(range(5))
WEEK: Final = range(7)


def _no_holiday(_day: date) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Monday to Friday without public holidays and collective leave (cuti bersama), corrected by overrides.

    `is_holiday` answers for the published calendar; `days_off` and `working_days` are corrections that win over it,
    since dates change mid-year. `hours` are those of a working day in which nobody is reminded; `weekdays` count from Monday, 0.
    """

    is_holiday: Callable[[date], bool] = _no_holiday
    days_off: frozenset[date] = field(default_factory=frozenset)
    working_days: frozenset[date] = field(default_factory=frozenset)
    hours: WorkingHours = field(default_factory=WorkingHours)
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY

    def is_working_day(self, day: date) -> bool:
        """Tell whether `day` is a working day."""
        if day in self.working_days:
            return True
        return day.weekday() in self.weekdays and day not in self.days_off and not self.is_holiday(day)

    def gains_on(self, before: "WorkCalendar", today: date) -> bool:
        """Tell whether corrections let somebody work on a day, `today` or later, on which nobody did by the calendar that was in force."""
        gained = (self.working_days - before.working_days) | (before.days_off - self.days_off)
        return any(day >= today for day in gained)

    def with_leave(self, leave: Sequence[tuple[date, date]]) -> "WorkCalendar":
        """Return the calendar of a person who was or is on leave, each time from a first day to the day before another."""
        if not leave:
            return self

        def is_leave(day: date) -> bool:
            return any(first <= day < until for first, until in leave)

        working = frozenset(day for day in self.working_days if not is_leave(day))
        return replace(self, is_holiday=lambda day: is_leave(day) or self.is_holiday(day), working_days=working)

    def on_days(self, days: int | None) -> "WorkCalendar":
        """Return the calendar of a person who chose weekdays: bit 0 is Monday; None means the working days as they are.

        Holidays stay days off. A day that a correction makes a working day is one only where its weekday was chosen.
        """
        if days is None:
            return self
        chosen = frozenset(number for number in WEEK if days >> number & 1)
        return replace(self, weekdays=chosen, working_days=frozenset(day for day in self.working_days if day.weekday() in chosen))

    def week_of(self, day: date) -> tuple[date, ...]:
        """Return the working days of the week (from Monday) that `day` is in."""
        monday = day - timedelta(days=day.weekday())
        return tuple(each for each in (monday + timedelta(days=n) for n in WEEK) if self.is_working_day(each))

    def previous_working_day(self, day: date) -> date:
        """Return the last working day before `day`."""
        day -= timedelta(days=1)
        while not self.is_working_day(day):
            day -= timedelta(days=1)
        return day
