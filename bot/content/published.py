"""The published holidays of a country. As a program it prints them: `python -P published.py ID 2024 2030`.

It is run as a program because the holidays package loads the calendars of 250 countries to tell of one: 13 MB that would stay.
"""

import json
import sys
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Holidays(NamedTuple):
    """Days off as they were published.

    Attributes:
        days: public holidays and, where a country has it, collective leave.
        leave_years: the years of which the collective leave is known; None for a country that has none.

    """

    days: frozenset[date]
    leave_years: frozenset[int] | None


def holidays_of(country: str, years: Iterable[int]) -> Holidays | None:
    """Return the published days off of a country (ISO code); None when no calendar is known for it."""
    import holidays  # noqa: PLC0415 - see above

    if country not in holidays.list_supported_countries():
        return None
    years = list(years)
    days = frozenset(holidays.country_holidays(country, years=years, categories=("public",)))
    if "government" not in getattr(holidays, country).supported_categories:
        return Holidays(days, None)
    leave = frozenset(holidays.country_holidays(country, years=years, categories=("government",)))
    return Holidays(days | leave, frozenset(day.year for day in leave - days))


def main() -> None:
    """Print the days and the years as JSON lists, or null when there is no calendar."""
    country, first, last = sys.argv[1:]
    found = holidays_of(country, range(int(first), int(last) + 1))
    lists = found and [sorted(map(str, found.days)), None if found.leave_years is None else sorted(found.leave_years)]
    print(json.dumps(lists))  # noqa: T201 - its way to answer


if __name__ == "__main__":
    main()
