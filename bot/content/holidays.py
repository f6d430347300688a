"""The calendar of working days: the published holidays of a country, corrected by a file of the operator's."""

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

import orjson
import structlog

from bot.content import cache, published
from bot.content.operator_file import OperatorFile
from bot.content.published import Holidays, holidays_of
from bot.domain.calendar import WorkCalendar
from bot.errors import SinauError

log = structlog.get_logger()

NAME: Final = "holidays"
FORM: Final = "days and years"  # of what is kept
NAMES: Final = ("days_off", "working_days")
ONLY: Final = "only days_off and working_days may stand here, each with lines such as 2026-12-24: reason"
YEARS_BACK: Final = 5  # for streaks, which look back
YEARS_AHEAD: Final = 5  # a bot may run for long, and the demo's clock moves forward
PATIENCE_SECONDS: Final = 30.0


class HolidaysError(SinauError):
    """No calendar is known for the country, or the file of corrections can't be used; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Published:
    """The published days off of a country.

    Attributes:
        calendar: of public holidays and, where the country has it, collective leave (cuti bersama).
        leave_years: the years near this one of which the collective leave is known; None for a country that has none.

    """

    calendar: WorkCalendar
    leave_years: frozenset[int] | None


def load_calendar(country: str, corrections: Path | None, cache_dir: Path | None = None) -> WorkCalendar:
    """Return the calendar of a country (ISO code), corrected by a file of the operator's if there is one.

    What `cache_dir` keeps spares asking for the published days again.

    Raises:
        HolidaysError: see there.

    """
    return corrected(load_published(country, cache_dir).calendar, corrections)


def load_published(country: str, cache_dir: Path | None = None) -> Published:
    """Return the published days off: those of the years around this one are asked for once, others when needed; raises HolidaysError."""
    this = datetime.now(UTC).year
    years = range(this - YEARS_BACK, this + YEARS_AHEAD + 1)
    found = _kept(country, years, cache_dir) if cache_dir else _ask(country, years)
    if found is None:
        raise HolidaysError(f"reminders.country: no calendar is known for {country!r}; use a country's two letters, such as ID")
    days = found.days

    @lru_cache(maxsize=8)
    def of_year(year: int) -> frozenset[date]:
        other = holidays_of(country, [year])
        return other.days if other else frozenset()

    return Published(WorkCalendar(lambda day: day in (days if day.year in years else of_year(day.year))), found.leave_years)


def corrected(calendar: WorkCalendar, corrections: Path | None) -> WorkCalendar:
    """Return a calendar with the `days_off` and `working_days` of a YAML file, each mapping days to the reason or decree.

    Raises:
        HolidaysError: the file can't be read, or holds something else.

    """
    if corrections is None:
        return calendar
    file = OperatorFile(corrections, "reminders.holidays_file", HolidaysError)
    days = dict.fromkeys(NAMES, frozenset[date]())
    for name, listed in file.pairs(file.root(), ONLY, NAMES):
        advice = f"{name.value} must have lines such as 2026-12-24: reason"
        days[str(name.value)] = frozenset(file.day(day, advice) for day, _ in file.pairs(listed, advice))
    return replace(calendar, days_off=days["days_off"], working_days=days["working_days"])


def _kept(country: str, years: range, cache_dir: Path) -> Holidays | None:
    """Return the holidays of these years as they were kept for this version of the package; else ask for them, and keep them."""
    made_by = [FORM, version("holidays"), country, str(years[0]), str(years[-1])]
    known = cache.get(cache_dir / NAME, made_by)
    if known is not None:
        return _of_lists(orjson.loads(known))
    found = _ask(country, years)
    if found is not None:
        leave_years = None if found.leave_years is None else sorted(found.leave_years)
        cache.put(cache_dir / NAME, made_by, orjson.dumps([sorted(found.days), leave_years]))
    return found


def _ask(country: str, years: range) -> Holidays | None:
    """Return the holidays of these years from a program that ends afterwards; where none can be run, from this one."""
    command = [sys.executable, "-P", published.__file__, country, str(years[0]), str(years[-1])]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SINAU_")}  # it needs no secrets
    try:
        done = subprocess.run(command, env=environment, capture_output=True, check=True, timeout=PATIENCE_SECONDS)  # noqa: S603 - our own
        lists = orjson.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, orjson.JSONDecodeError) as error:
        log.info("holidays_read_here", reason=type(error).__name__)
        return holidays_of(country, years)
    return lists and _of_lists(lists)


def _of_lists(lists: tuple[list[str], list[int] | None]) -> Holidays:
    days, leave_years = lists
    return Holidays(frozenset(map(date.fromisoformat, days)), None if leave_years is None else frozenset(leave_years))
