"""Hours of the day in which people are left in peace although the day is a working day."""

from dataclasses import dataclass
from datetime import date, time, timedelta

FRIDAY = 4
LONGEST_LUNAR_YEAR = timedelta(days=355)  # of the Islamic calendar, from one Idul Fitri to the next


@dataclass(frozen=True, slots=True)
class DayHours:
    """Nothing comes before work `begins` (None: no such hour), nor from the beginning of the `friday_break` until its end."""

    begins: time | None = None
    friday_break: tuple[time, time] | None = None

    def settle(self, day: date, at: time) -> time:
        """Return the first minute of `day`, `at` or later, that is outside."""
        if self.begins is not None and at < self.begins:
            at = self.begins
        if self.friday_break is not None and day.weekday() == FRIDAY and self.friday_break[0] <= at < self.friday_break[1]:
            return self.friday_break[1]
        return at


@dataclass(frozen=True, slots=True)
class HoursRule:
    """The hours in force from a day on: the usual ones, and those of Ramadan."""

    since: date
    usual: DayHours
    ramadan: DayHours


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Dated rules, latest first, and the days of Ramadan as (first day, day of Idul Fitri). Without either nothing is moved."""

    rules: tuple[HoursRule, ...] = ()
    ramadan: tuple[tuple[date, date], ...] = ()

    def settle(self, day: date, at: time) -> time:
        """Return the first minute of `day`, `at` or later, in which a reminder may come."""
        for rule in self.rules:
            if rule.since <= day:
                return (rule.ramadan if self.is_ramadan(day) else rule.usual).settle(day, at)
        return at

    def know_next_ramadan(self, today: date) -> bool:
        """Tell whether the days of the Ramadan that is, or comes next, are known; where no rule is about Ramadan, none have to be."""
        matters = any(rule.ramadan != rule.usual for rule in self.rules)
        return not matters or any(today < eid <= today + LONGEST_LUNAR_YEAR for _, eid in self.ramadan)

    def is_ramadan(self, day: date) -> bool:
        """Tell whether `day` is in a Ramadan whose days are known."""
        for first, eid in self.ramadan:  # noqa: SIM110 - asked for every reminder: any() takes four times as long
            if first <= day < eid:
                return True
        return False
