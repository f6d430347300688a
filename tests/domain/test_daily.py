"""Which items a day brings, and on which day an item comes."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.holidays import load_calendar
from bot.domain.calendar import WorkCalendar
from bot.domain.daily import Candidate, Waiting, choose, is_due, practice_day, waiting
from bot.domain.learner import UNTIL_RESUMED
from bot.domain.memory import Memory, Model
from bot.settings import FSRS_6

MODEL = Model(0.9, FSRS_6)
EVERY_DAY_OF_THE_WEEK = WorkCalendar()
INDONESIA = load_calendar("ID", None)
MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def remembered(reviewed: int, due: int, stability: float = 2.0) -> Memory:
    """A memory by days from Monday on."""
    return Memory(stability, 5, MONDAY + reviewed * DAY, MONDAY + due * DAY)


def ids(chosen: list[Candidate]) -> list[str]:
    return [each.item_id for each in chosen]


def test_what_is_likeliest_forgotten_comes_first_and_what_is_not_due_does_not_come() -> None:
    candidates = [
        Candidate("m", "firm", remembered(-9, -1, stability=30)),
        Candidate("m", "weak", remembered(-9, -1, stability=0.2)),
        Candidate("m", "later", remembered(-9, 1)),
        Candidate("m", "today", remembered(0, 1)),
    ]
    assert ids(choose(candidates, 5, MONDAY, EVERY_DAY_OF_THE_WEEK, MODEL)) == ["weak", "firm"]


@pytest.mark.parametrize(
    ("due", "new", "count", "expected"),
    [
        (0, 4, 3, (0, 3)),
        (1, 4, 3, (1, 2)),
        (3, 4, 3, (2, 1)),
        (4, 4, 3, (3, 0)),
        (9, 0, 3, (3, 0)),
        (2, 0, 3, (2, 0)),
        (1, 4, 1, (1, 0)),
        (0, 0, 3, (0, 0)),
    ],
)
def test_new_items_take_a_place_unless_reviews_have_piled_up(due: int, new: int, count: int, expected: tuple[int, int]) -> None:
    candidates = [Candidate("m", f"due{n}", remembered(-5, -1)) for n in range(due)] + [Candidate("m", f"new{n}") for n in range(new)]
    chosen = choose(candidates, count, MONDAY, EVERY_DAY_OF_THE_WEEK, MODEL)
    assert (sum(each.memory is not None for each in chosen), sum(each.memory is None for each in chosen)) == expected


def test_items_of_one_module_stand_apart() -> None:
    candidates = [Candidate(module, item, remembered(-5, -1)) for module in ("a", "b") for item in ("1", "2")]
    assert [each.module_id for each in choose(candidates, 4, MONDAY, EVERY_DAY_OF_THE_WEEK, MODEL)] == ["a", "b", "a", "b"]


def test_what_would_stand_in_a_row_is_spread_from_the_beginning() -> None:
    candidates = [Candidate("b", "1", remembered(-9, -1, stability=0.2)), *(Candidate("a", str(n), remembered(-5, -1)) for n in range(2))]
    assert [each.module_id for each in choose(candidates, 3, MONDAY, EVERY_DAY_OF_THE_WEEK, MODEL)] == ["a", "b", "a"]


@given(sizes=st.lists(st.integers(1, 5), min_size=1, max_size=4), stabilities=st.randoms(use_true_random=False))
def test_two_of_one_module_are_neighbours_only_where_it_can_not_be_otherwise(sizes: list[int], stabilities: Random) -> None:
    candidates = [
        Candidate(str(module), str(n), remembered(-9, -1, stability=stabilities.uniform(0.2, 9)))
        for module, size in enumerate(sizes)
        for n in range(size)
    ]
    chosen = choose(candidates, len(candidates), MONDAY, EVERY_DAY_OF_THE_WEEK, MODEL)
    neighbours = sum(one.module_id == other.module_id for one, other in pairwise(chosen))
    assert neighbours == max(0, 2 * max(sizes) - sum(sizes) - 1)  # what is more than the others can keep apart


CANDIDATES = st.lists(
    st.builds(
        Candidate,
        st.sampled_from("xyz"),
        st.text("abc", min_size=1, max_size=2),
        st.none() | st.builds(remembered, st.integers(-40, 1), st.integers(-40, 40), st.floats(0.01, 100)),
    ),
    max_size=15,
    unique_by=lambda each: (each.module_id, each.item_id),
)


@given(candidates=CANDIDATES, count=st.integers(1, 6))
def test_a_day_brings_each_item_once_as_many_as_fit_and_none_that_was_answered(candidates: list[Candidate], count: int) -> None:
    chosen = choose(candidates, count, MONDAY, INDONESIA, MODEL)
    able = [each for each in candidates if each.memory is None or is_due(each.memory, MONDAY, INDONESIA)]
    assert len(chosen) == len({(each.module_id, each.item_id) for each in chosen})
    assert len(chosen) == min(count, len(able))
    assert all(each.memory is None or each.memory.reviewed_on < MONDAY for each in chosen)


@pytest.mark.parametrize(
    ("calendar", "reviewed", "due", "asked"),
    [
        (INDONESIA, date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 4)),
        (INDONESIA, date(2026, 3, 2), date(2026, 3, 7), date(2026, 3, 6)),  # Saturday: the Friday before
        (INDONESIA, date(2026, 3, 2), date(2026, 3, 8), date(2026, 3, 9)),  # Sunday: the Monday after
        (INDONESIA, date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 9)),  # missed on Friday: not before it was answered
        (INDONESIA, date(2026, 4, 1), date(2026, 5, 1), date(2026, 4, 30)),  # a lone holiday before a weekend
        # Lebaran 2026: no working day from 18 to 24 March. The first half comes before, mirrored; the second waits for the 25th.
        (INDONESIA, date(2026, 2, 2), date(2026, 3, 18), date(2026, 3, 17)),
        (INDONESIA, date(2026, 2, 2), date(2026, 3, 19), date(2026, 3, 16)),
        (INDONESIA, date(2026, 2, 2), date(2026, 3, 20), date(2026, 3, 13)),
        (INDONESIA, date(2026, 2, 2), date(2026, 3, 21), date(2026, 3, 12)),
        (INDONESIA, date(2026, 2, 2), date(2026, 3, 22), date(2026, 3, 25)),
        (INDONESIA, date(2026, 2, 2), date(2026, 3, 24), date(2026, 3, 25)),
        (INDONESIA, date(2026, 3, 11), date(2026, 3, 21), date(2026, 3, 25)),  # the 12th would be a tenth of the way: too soon to help
        (INDONESIA.with_leave([(MONDAY, UNTIL_RESUMED)]), date(2026, 2, 27), date(2026, 3, 4), date(2026, 3, 4)),  # no end to wait for
    ],
)  # fmt: skip
def test_what_falls_due_on_a_day_off_comes_on_a_working_day(calendar: WorkCalendar, reviewed: date, due: date, asked: date) -> None:
    assert practice_day(Memory(5, 5, reviewed, due), calendar) == asked


def test_after_a_long_absence_a_day_brings_no_more_than_any_other() -> None:
    candidates = [Candidate("m", str(n), remembered(-60, -50 + n)) for n in range(30)]
    day, met = MONDAY, list[int]()
    while any(each.memory and each.memory.due_on <= day for each in candidates):
        chosen = choose(candidates, 3, day, EVERY_DAY_OF_THE_WEEK, MODEL)
        met.append(len(chosen))
        answered = Memory(90, 5, day, day + 90 * DAY)
        candidates = [Candidate(each.module_id, each.item_id, answered) if each in chosen else each for each in candidates]
        day += DAY
    assert met == [3] * 10


def test_what_is_due_can_be_practised_on_a_day_off_too() -> None:
    sunday = date(2026, 3, 8)
    assert is_due(Memory(2, 5, date(2026, 3, 6), sunday), sunday, INDONESIA)


@pytest.mark.parametrize(
    ("memories", "expected"),
    [
        ([], None),
        ([remembered(0, 1)], Waiting(MONDAY + DAY, 1)),
        ([remembered(0, 1)] * 9, Waiting(MONDAY + DAY, 3)),
        ([remembered(0, 2), remembered(0, 2), remembered(0, 4)], Waiting(MONDAY + 2 * DAY, 2)),
        ([remembered(0, 6)], Waiting(MONDAY + 7 * DAY, 1)),  # Sunday
    ],
)
def test_the_next_day_and_what_it_brings(memories: list[Memory], expected: Waiting | None) -> None:
    candidates = [Candidate("m", str(n), memory) for n, memory in enumerate(memories)]
    assert waiting(candidates, 3, MONDAY, INDONESIA) == expected
