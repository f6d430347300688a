"""The calendar of working days, and the streak over it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.holidays import HolidaysError, load_calendar
from bot.domain.calendar import WorkCalendar
from bot.domain.streak import streak

PLAIN = WorkCalendar()
MONDAY = date(2026, 3, 2)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 1, 1), False),  # New Year
        (date(2026, 3, 17), True),
        (date(2026, 3, 18), False),  # collective leave before Nyepi
        (date(2026, 3, 19), False),  # Nyepi
        (date(2026, 3, 21), False),  # Idul Fitri
        (date(2026, 3, 23), False),  # collective leave
        (date(2026, 3, 25), True),
        (date(2026, 8, 17), False),  # Independence Day
        (date(2026, 12, 24), False),  # collective leave before Christmas
    ],
)
def test_public_holidays_and_collective_leave_are_days_off(day: date, working: bool) -> None:  # noqa: FBT001 - a table
    assert load_calendar("ID", None).is_working_day(day) is working


@pytest.mark.parametrize("year", [1999, 2024, 2026, 2031, 2090])
def test_a_day_off_is_known_in_whatever_year_the_clock_stands(year: int) -> None:
    calendar = load_calendar("ID", None)
    assert calendar.is_holiday(date(year, 1, 1))
    assert not calendar.is_holiday(date(year, 2, 2))


@pytest.mark.parametrize("country", ["XX", "id", "os", "HolidayBase", "__name__", ""])
def test_a_country_without_a_calendar_is_refused_by_name(country: str) -> None:
    with pytest.raises(HolidaysError, match=rf"no calendar is known for '{country}'"):
        load_calendar(country, None)


def test_the_calendar_is_the_same_where_no_other_program_can_be_run(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = load_calendar("ID", None)
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    read_here = load_calendar("ID", None)
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(730)]
    assert [read_here.is_holiday(day) for day in days] == [asked.is_holiday(day) for day in days]


def test_the_operators_corrections_win_over_the_published_calendar() -> None:
    calendar = WorkCalendar(lambda day: day == MONDAY, frozenset({date(2026, 3, 3)}), frozenset({MONDAY, date(2026, 3, 7)}))
    working = [day for day in (MONDAY + timedelta(days=n) for n in range(7)) if calendar.is_working_day(day)]
    assert working == [MONDAY, date(2026, 3, 4), date(2026, 3, 5), date(2026, 3, 6), date(2026, 3, 7)]


def test_ones_own_leave_is_a_run_of_days_off() -> None:
    calendar = WorkCalendar(working_days=frozenset({date(2026, 3, 7)})).with_leave([(date(2026, 3, 4), date(2026, 3, 9))])
    assert calendar.week_of(MONDAY) == (MONDAY, date(2026, 3, 3))
    assert calendar.is_working_day(date(2026, 3, 9))


def test_without_leave_the_calendar_stays_as_it_is() -> None:
    assert PLAIN.with_leave([]) is PLAIN


@given(day=DAYS)
def test_a_week_holds_only_working_days_of_that_week(day: date) -> None:
    week = PLAIN.week_of(day)
    assert [each.weekday() for each in week] == [0, 1, 2, 3, 4]
    assert all(each.isocalendar()[:2] == day.isocalendar()[:2] for each in week)


@given(day=DAYS)
def test_the_previous_working_day_is_one_and_lies_before(day: date) -> None:
    before = PLAIN.previous_working_day(day)
    assert before < day
    assert PLAIN.is_working_day(before)
    assert (day - before).days <= 3


@pytest.mark.parametrize(
    ("active", "today", "count"),
    [
        ([], 0, 0),
        ([0], 0, 1),
        ([0], 1, 1),  # today is not over
        ([0], 2, 0),  # yesterday was missed
        ([0, 1, 2], 2, 3),
        ([0, 2], 2, 1),
        ([3, 4], 7, 2),  # over the weekend
        ([3, 4, 7], 7, 3),
        ([4, 5, 7], 7, 2),  # Saturday neither adds nor breaks
        ([5, 6], 6, 0),
    ],
)
def test_the_streak_counts_working_days_in_a_row(active: list[int], today: int, count: int) -> None:
    days = {MONDAY + timedelta(days=n) for n in active}
    assert streak(days, MONDAY + timedelta(days=today), PLAIN) == count


def test_a_holiday_pauses_the_streak() -> None:
    calendar = WorkCalendar(days_off=frozenset({date(2026, 3, 3)}))
    assert streak({MONDAY, date(2026, 3, 4)}, date(2026, 3, 4), calendar) == 2


@given(active=st.sets(DAYS, max_size=40), today=DAYS)
def test_a_streak_is_never_longer_than_what_was_done(active: set[date], today: date) -> None:
    done = sum(PLAIN.is_working_day(day) for day in active if day <= today)
    assert 0 <= streak(active, today, PLAIN) <= done


@given(active=st.sets(DAYS, max_size=40), today=DAYS)
def test_studying_today_never_makes_a_streak_shorter(active: set[date], today: date) -> None:
    assert streak(active | {today}, today, PLAIN) >= streak(active, today, PLAIN)
