"""The calendar of working days: the published holidays of a country, corrected by a file of the operator's."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

import orjson
import structlog
import yaml

from bot.content import cache, published
from bot.content.published import holidays_of
from bot.domain.calendar import WorkCalendar
from bot.errors import SinauError

log = structlog.get_logger()

NAME: Final = "holidays"
YEARS_BACK: Final = 5  # for streaks, which look back
YEARS_AHEAD: Final = 5  # a bot may run for long, and the demo's clock moves forward
PATIENCE_SECONDS: Final = 30.0


class HolidaysError(SinauError):
    """The file of corrections can't be used; the text says why and what to do."""


def load_calendar(country: str, corrections: Path | None, cache_dir: Path | None = None) -> WorkCalendar:
    """Return the calendar of a country (ISO code): public holidays and, where it has them, collective leave (cuti bersama).

    `corrections` is a YAML file with `days_off` and `working_days`, each mapping days to the reason or decree.
    What `cache_dir` keeps spares asking for the published days again.

    Raises:
        HolidaysError: the file can't be read, or holds something else.

    """
    values = _read(corrections) if corrections else {}
    days_off, working_days = (frozenset(values.get(name) or ()) for name in ("days_off", "working_days"))
    return WorkCalendar(_published(country, cache_dir), days_off, working_days)


def _published(country: str, cache_dir: Path | None) -> Callable[[date], bool]:
    """Return a function that knows the published holidays: those of the years around this one are asked for once, others when needed."""
    this = datetime.now(UTC).year
    years = range(this - YEARS_BACK, this + YEARS_AHEAD + 1)
    days = _kept(country, years, cache_dir) if cache_dir else _ask(country, years)
    if days is None:
        raise HolidaysError(f"reminders.country: no calendar is known for {country!r}; use a country's two letters, such as ID")

    @lru_cache(maxsize=8)
    def of_year(year: int) -> frozenset[date]:
        return holidays_of(country, [year]) or frozenset()

    return lambda day: day in (days if day.year in years else of_year(day.year))


def _kept(country: str, years: range, cache_dir: Path) -> frozenset[date] | None:
    """Return the holidays of these years as they were kept for this version of the package; else ask for them, and keep them."""
    made_by = [version("holidays"), country, str(years[0]), str(years[-1])]
    known = cache.get(cache_dir / NAME, made_by)
    if known is not None:
        return frozenset(map(date.fromisoformat, orjson.loads(known)))
    days = _ask(country, years)
    if days is not None:
        cache.put(cache_dir / NAME, made_by, orjson.dumps(sorted(days)))
    return days


def _ask(country: str, years: range) -> frozenset[date] | None:
    """Return the holidays of these years from a program that ends afterwards; where none can be run, from this one."""
    command = [sys.executable, "-P", published.__file__, country, str(years[0]), str(years[-1])]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SINAU_")}  # it needs no secrets
    try:
        done = subprocess.run(command, env=environment, capture_output=True, check=True, timeout=PATIENCE_SECONDS)  # noqa: S603 - our own
        days = orjson.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, orjson.JSONDecodeError) as error:
        log.info("holidays_read_here", reason=type(error).__name__)
        return holidays_of(country, years)
    return days and frozenset(map(date.fromisoformat, days))


def _read(path: Path) -> dict[str, dict[date, str]]:
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except OSError as error:
        raise HolidaysError(f"{path}: {error.strerror}; correct reminders.holidays_file") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise HolidaysError(f"{path}: this is not valid YAML; write days as 2026-12-24: reason") from error
    if not isinstance(values, dict) or not values.keys() <= {"days_off", "working_days"}:
        raise HolidaysError(f"{path}: only days_off and working_days may stand here, each with lines such as 2026-12-24: reason")
    for name, days in values.items():
        if not isinstance(days, dict | None) or not all(type(day) is date for day in days or ()):
            raise HolidaysError(f"{path}: {name} must have lines such as 2026-12-24: reason")
    return values
