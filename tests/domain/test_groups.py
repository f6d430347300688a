from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import WorkCalendar
from bot.domain.groups import Team, begins_week, best, least_recent, may_be_asked, next_quiz
from bot.quiet import QuietHours

CALENDAR = WorkCalendar(days_off=frozenset({date(2026, 3, 10), date(2026, 3, 16)}), working_days=frozenset({date(2026, 3, 14)}))
NIGHT = QuietHours(time(21), time(6))
TEN = 10 * 60


def local(text: str, zone: str = "Asia/Jakarta") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("after", "due"),
    [
        ("2026-03-02 09:59", "2026-03-02 10:00"),  # Monday, before the hour
        ("2026-03-02 10:00", "2026-03-03 10:00"),  # at the hour: it has come
        ("2026-03-06 10:01", "2026-03-09 10:00"),  # Friday: after the weekend
        ("2026-03-09 11:00", "2026-03-11 10:00"),  # Tuesday is off
        ("2026-03-13 11:00", "2026-03-14 10:00"),  # Saturday is worked
        ("2028-02-28 11:00", "2028-02-29 10:00"),  # a leap day
        ("2026-12-31 11:00", "2027-01-01 10:00"),  # this calendar knows no public holidays
    ],
)
def test_a_question_comes_at_the_hour_of_the_next_working_day(after: str, due: str) -> None:
    assert next_quiz(TEN, "Asia/Jakarta", local(after), CALENDAR) == local(due)


def test_the_hour_is_that_of_the_groups_zone() -> None:
    after = local("2026-03-02 09:00")
    assert next_quiz(TEN, "Asia/Jayapura", after, CALENDAR) == local("2026-03-03 10:00", "Asia/Jayapura")


def test_none_comes_without_an_hour() -> None:
    assert next_quiz(None, "Asia/Jakarta", local("2026-03-02 09:00"), CALENDAR) is None


@pytest.mark.parametrize(
    ("planned", "now", "may"),
    [
        ("2026-03-02 10:00", "2026-03-02 10:00", True),
        ("2026-03-02 10:00", "2026-03-02 12:59", True),
        ("2026-03-02 10:00", "2026-03-02 13:00", False),  # too late
        ("2026-03-02 10:00", "2026-03-02 09:59", False),  # planned by a clock that was ahead
        ("2026-03-10 10:00", "2026-03-10 10:00", False),  # made a day off after it was planned
        ("2026-03-02 22:00", "2026-03-02 22:00", False),  # the operator has made its hour a quiet one
    ],
)
def test_what_was_planned_is_asked_only_if_it_still_may_be(planned: str, now: str, may: bool) -> None:  # noqa: FBT001 - the table's column
    assert may_be_asked(local(planned), "Asia/Jakarta", local(now), CALENDAR, NIGHT) is may


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2026, 3, 9), True),  # Monday
        (date(2026, 3, 11), False),
        (date(2026, 3, 16), False),  # a Monday that is off
        (date(2026, 3, 17), True),  # the Tuesday after it
        (date(2026, 3, 15), False),  # Sunday
    ],
)
def test_a_week_begins_with_its_first_working_day(day: date, begins: bool) -> None:  # noqa: FBT001 - the table's column
    assert begins_week(day, CALENDAR) is begins


@given(st.lists(st.integers(), unique=True, max_size=20), st.integers(0, 2**32), st.integers(0, 20))
def test_what_was_never_asked_comes_first_and_then_what_was_asked_longest_ago(keys: list[int], seed: int, asked: int) -> None:
    begun = datetime(2026, 3, 2, tzinfo=UTC)
    last = {key: begun + timedelta(days=number) for number, key in enumerate(keys[:asked])}
    order = least_recent(keys, last, seed)
    assert sorted(order) == sorted(keys)
    assert set(order[: len(keys) - len(last)]) == set(keys) - set(last)
    assert order[len(keys) - len(last) :] == keys[: len(last)]
    assert order == least_recent(reversed(keys), last, seed)


@pytest.mark.parametrize(
    ("teams", "named"),
    [
        ([], []),
        ([Team("A", 9, 10)], []),  # nobody to be compared with
        ([Team("A", 9, 10), Team("B", 1, 10)], ["A"]),  # never the lower half
        ([Team("A", 9, 9), Team("B", 5, 10), Team("C", 6, 10)], ["C"]),  # too few answers say little
        ([Team("A", 5, 10), Team("B", 6, 10), Team("C", 7, 10), Team("D", 8, 10), Team("E", 9, 10), Team("F", 0, 10)], ["E", "D", "C"]),
        ([Team("B", 5, 10), Team("A", 5, 10), Team("C", 10, 20)], ["C", "A"]),  # equal shares: more answers, then the name
    ],
)
def test_only_the_better_half_is_named_and_three_at_most(teams: list[Team], named: list[str]) -> None:
    assert [team.name for team in best(teams)] == named
