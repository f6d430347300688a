"""The quiz of a group: when it comes, which question it is, and which teams are named."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkCalendar
from bot.quiet import QuietHours

HORIZON_DAYS: Final = 366
LIFE: Final = timedelta(hours=3)  # a question that could not leave for so long comes at a moment that nobody chose
NAMED_TEAMS: Final = 3
ENOUGH_ANSWERS: Final = 10  # of a team in a week: fewer say little about it

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Team:
    """A group that takes part in the table of teams, with what it answered in a week."""

    name: str
    right: int
    answers: int

    @property
    def share(self) -> float:
        """How much was right, 0..1."""
        return self.right / self.answers if self.answers else 0.0


def next_quiz(minute: int | None, zone: str, after: datetime, calendar: WorkCalendar) -> datetime | None:
    """Return the first moment later than `after` at which a group is asked: on working days at its minute of the local day.

    None when it is not to be asked.
    """
    if minute is None:
        return None
    local = after.astimezone(ZoneInfo(zone))
    at = time(minute // 60, minute % 60)
    for ahead in range(HORIZON_DAYS):
        due = datetime.combine(local.date() + timedelta(days=ahead), at, tzinfo=local.tzinfo)
        if due > after and calendar.is_working_day(due.date()):
            return due
    return None


def may_be_asked(planned: datetime, zone: str, now: datetime, calendar: WorkCalendar, quiet: QuietHours) -> bool:
    """Tell whether what was planned for a moment may still be asked: on the same working day, not much later, in no quiet hour."""
    local = now.astimezone(ZoneInfo(zone))
    return planned <= now < planned + LIFE and calendar.is_working_day(local.date()) and not quiet.cover(local.time())


def begins_week(day: date, calendar: WorkCalendar) -> bool:
    """Tell whether a day is the first working day of its week."""
    return calendar.week_of(day)[:1] == (day,)


def least_recent(keys: Iterable[Key], last: Mapping[Key, datetime], seed: int) -> list[Key]:
    """Return the keys in the order to ask them: never asked ones first, shuffled by the seed, then those asked longest ago."""
    shuffled = sorted(keys, key=str)
    Random(seed).shuffle(shuffled)  # noqa: S311 - variety, not secrecy
    return sorted(shuffled, key=lambda key: last[key].timestamp() if key in last else 0.0)


def best(teams: Sequence[Team]) -> list[Team]:
    """Return the teams to name, best first: three, and never more than the better half, so that nobody is named for being low."""
    counted = [team for team in teams if team.answers >= ENOUGH_ANSWERS]
    ranked = sorted(counted, key=lambda team: (-team.share, -team.answers, team.name))
    return ranked[: min(NAMED_TEAMS, (len(counted) + 1) // 2)] if len(counted) > 1 else []
