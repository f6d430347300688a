"""The calendar of working days, and the streak over it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import WorkCalendar
from bot.domain.streak import streak

PLAIN = WorkCalendar()
MONDAY = date(2026, 3, 2)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def test_the_operators_corrections_win_over_the_published_calendar() -> None:
    calendar = WorkCalendar(lambda day: day == MONDAY, frozenset({date(2026, 3, 3)}), frozenset({MONDAY, date(2026, 3, 7)}))
    working = [day for day in (MONDAY + timedelta(days=n) for n in range(7)) if calendar.is_working_day(day)]
    assert working == [MONDAY, date(2026, 3, 4), date(2026, 3, 5), date(2026, 3, 6), date(2026, 3, 7)]


@pytest.mark.parametrize(
    ("off", "working", "today", "gains"),
    [
        ({3}, set(), 0, False),  # as it was
        (set(), set(), 0, True),  # a day off was taken back
        (set(), set(), 3, True),  # today
        (set(), set(), 4, False),  # that day is over
        ({3}, {5}, 0, True),
        ({3, 4}, set(), 0, False),  # another day off
    ],
)
def test_a_day_is_won_where_a_correction_lets_somebody_work(off: set[int], working: set[int], today: int, *, gains: bool) -> None:
    def days(numbers: set[int]) -> frozenset[date]:
        return frozenset(MONDAY + timedelta(days=number) for number in numbers)

    before = WorkCalendar(days_off=days({3}))
    assert WorkCalendar(days_off=days(off), working_days=days(working)).gains_on(before, MONDAY + timedelta(days=today)) is gains


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


@pytest.mark.parametrize(
    ("active", "today", "count"),
    [
        (["2028-02-28", "2028-02-29", "2028-03-01"], "2028-03-01", 3),  # over the leap day
        (["2028-02-28", "2028-03-01"], "2028-03-01", 1),  # the leap day was missed
        (["2026-12-30", "2026-12-31", "2027-01-04"], "2027-01-04", 3),  # New Year is a holiday, then comes a weekend
        (["2026-12-30", "2027-01-04"], "2027-01-04", 1),
        (["2026-12-30", "2026-12-31"], "2027-01-03", 2),
        (["2026-11-24"], "2026-11-25", 1),  # the day after, whatever the hour
        (["2026-11-24"], "2026-11-26", 0),
    ],
)
def test_a_streak_goes_on_over_leap_days_and_years(active: list[str], today: str, count: int) -> None:
    calendar = WorkCalendar(days_off=frozenset({date(2027, 1, 1)}))
    assert streak(set(map(date.fromisoformat, active)), date.fromisoformat(today), calendar) == count


@pytest.mark.parametrize(
    ("leave", "active", "today", "count"),
    [
        ((2, 9), [0, 1, 9], 9, 3),  # a week off
        ((2, 9), [0, 1], 8, 2),  # still away: frozen
        ((2, 9), [0, 1, 4], 8, 2),  # study while away adds nothing and breaks nothing
        ((2, 9), [0, 1], 10, 0),  # back for a day without study
        ((9, 14), [0, 1, 2, 3, 4], 4, 5),  # ahead: nothing yet
    ],
)
def test_leave_freezes_a_streak(leave: tuple[int, int], active: list[int], today: int, count: int) -> None:
    first, until = (MONDAY + timedelta(days=number) for number in leave)
    days = {MONDAY + timedelta(days=number) for number in active}
    assert streak(days, MONDAY + timedelta(days=today), PLAIN.with_leave([(first, until)])) == count
