"""The hours in which no reminder comes, by the file that ships (Perpres 21/2023)."""

from datetime import date, time

import pytest

from bot.content.working_hours import load_hours


@pytest.mark.parametrize(
    ("day", "at", "comes"),
    [
        (date(2026, 11, 25), time(7), time(7)),  # a Wednesday: nothing keeps it
        (date(2026, 11, 27), time(11, 29), time(11, 29)),  # a Friday, before its break
        (date(2026, 11, 27), time(11, 30), time(13)),
        (date(2026, 11, 27), time(13), time(13)),
        (date(2026, 2, 25), time(7, 30), time(8)),  # Ramadan 1447: work begins later
        (date(2026, 2, 27), time(12), time(12, 30)),  # and Friday's break is shorter
        (date(2026, 2, 18), time(7, 30), time(7, 30)),  # the day before Ramadan
        (date(2026, 3, 23), time(7, 30), time(7, 30)),  # after Idul Fitri
        (date(2023, 4, 11), time(7), time(7)),  # before the rule was in force
    ],
)
def test_a_reminder_comes_at_the_first_minute_that_is_allowed(day: date, at: time, comes: time) -> None:
    assert load_hours().settle(day, at) == comes


def test_a_year_whose_ramadan_is_not_in_the_file_has_none() -> None:
    assert not load_hours().is_ramadan(date(2040, 10, 10))
