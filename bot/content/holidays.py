"""The calendar of working days: the published holidays of a country, corrected by a file of the operator's."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.domain.calendar import WorkCalendar
from bot.errors import SinauError


class HolidaysError(SinauError):
    """The file of corrections can't be used; the text says why and what to do."""


def load_calendar(country: str, corrections: Path | None) -> WorkCalendar:
    """Return the calendar of a country (ISO code): public holidays and, where it has them, collective leave (cuti bersama).

    `corrections` is a YAML file with `days_off` and `working_days`, each mapping days to the reason or decree.

    Raises:
        HolidaysError: the file can't be read, or holds something else.

    """
    values = _read(corrections) if corrections else {}
    days_off, working_days = (frozenset(values.get(name) or ()) for name in ("days_off", "working_days"))
    return WorkCalendar(_published(country), days_off, working_days)


def _published(country: str) -> Any:
    """Return a function that answers for the holidays package, which knows the categories public and government."""
    import holidays  # noqa: PLC0415 - takes a quarter of a second to import, which tests and checks need not wait for

    kind = getattr(holidays, country, None)
    if kind is None:
        raise HolidaysError(f"reminders.country: no calendar is known for {country!r}; use a country's two letters, such as ID")
    wanted = [name for name in ("public", "government") if name in kind.supported_categories]

    @lru_cache(maxsize=8)
    def of_year(year: int) -> frozenset[date]:
        return frozenset(holidays.country_holidays(country, years=year, categories=wanted))

    return lambda day: day in of_year(day.year)


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
