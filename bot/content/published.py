"""The published holidays of a country. As a program it prints them: `python -P published.py ID 2024 2030`.

It is run as a program because the holidays package loads the calendars of 250 countries to tell of one: 13 MB that would stay.
"""

import json
import sys
from collections.abc import Iterable
from datetime import date


def holidays_of(country: str, years: Iterable[int]) -> frozenset[date] | None:
    """Return the public holidays and, where a country (ISO code) has it, collective leave; None when no calendar is known for it."""
    import holidays  # noqa: PLC0415 - see above

    if country not in holidays.list_supported_countries():
        return None
    known = getattr(holidays, country).supported_categories
    wanted = [name for name in ("public", "government") if name in known]
    return frozenset(holidays.country_holidays(country, years=years, categories=wanted))


def main() -> None:
    """Print the days as a JSON list, or null when there is no calendar."""
    country, first, last = sys.argv[1:]
    days = holidays_of(country, range(int(first), int(last) + 1))
    print(json.dumps(days and sorted(day.isoformat() for day in days)))  # noqa: T201 - its way to answer


if __name__ == "__main__":
    main()
