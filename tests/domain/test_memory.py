"""What is remembered, in the learner's own days."""

from datetime import date, timedelta

import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.memory import LONGEST, Answer, Memory, Model, is_firm, rate, review, risk
from bot.settings import FSRS_6

MODEL = Model(0.9, FSRS_6)
MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
RIGHT, DOUBTFUL = Answer(1, correct=True, sure=True), Answer(1, correct=True, sure=False)
WRONG, DOUBTFULLY_WRONG = Answer(0, correct=False, sure=True), Answer(0, correct=False, sure=False)
HALF_RIGHT, NOT_ASKED_WHETHER_SURE = Answer(0.5, correct=False, sure=True), Answer(0, correct=False, sure=None)
ANSWERS = st.sampled_from([RIGHT, DOUBTFUL, WRONG, DOUBTFULLY_WRONG, HALF_RIGHT])


def test_the_parameters_are_those_of_fsrs_itself() -> None:
    assert FSRS_6 == DEFAULT_PARAMETERS


@pytest.mark.parametrize(
    ("score", "correct", "sure", "rating"),
    [
        (0, False, True, "again"),
        (0, False, False, "again"),
        (0.49, False, True, "again"),
        (0.5, False, True, "hard"),
        (0.9, False, False, "hard"),
        (1, True, False, "hard"),
        (1, True, True, "good"),
        (1, True, None, "good"),  # nobody who can't say that they doubt is taken to doubt
    ],
)
def test_an_answer_is_rated_by_correctness_and_confidence(score: float, correct: bool, sure: bool | None, rating: str) -> None:  # noqa: FBT001 - a table
    assert rate(Answer(score, correct, sure)) == rating


@pytest.mark.parametrize(("answer", "days"), [(WRONG, 1), (HALF_RIGHT, 1), (DOUBTFUL, 1), (RIGHT, 2)])
def test_a_first_answer_returns_after_days(answer: Answer, days: int) -> None:
    assert review(None, answer, MONDAY, MODEL).due_on == MONDAY + days * DAY


@pytest.mark.parametrize("day", [date(2028, 2, 28), date(2027, 2, 28), date(2026, 12, 31)])
def test_leap_days_and_new_years_are_days_like_others(day: date) -> None:
    assert review(None, WRONG, day, MODEL).due_on == day + DAY


def test_right_answers_are_spaced_ever_wider_but_a_year_at_most() -> None:
    memory, gaps = review(None, RIGHT, MONDAY, MODEL), list[int]()
    for _ in range(12):
        gaps.append((memory.due_on - memory.reviewed_on).days)
        memory = review(memory, RIGHT, memory.due_on, MODEL)
    assert gaps == sorted(gaps)
    assert gaps[:4] == [2, 11, 46, 163]
    assert gaps[-1] == LONGEST


def test_more_is_asked_where_more_is_to_be_remembered() -> None:
    first = review(None, RIGHT, MONDAY, MODEL)
    strict, easy = (review(first, RIGHT, first.due_on, Model(retention, FSRS_6)) for retention in (0.95, 0.8))
    assert strict.due_on < easy.due_on


def test_risk_is_nothing_on_the_day_itself_and_grows() -> None:
    memory = review(None, RIGHT, MONDAY, MODEL)
    risks = [risk(memory, MONDAY + days * DAY, MODEL) for days in range(100)]
    assert risks[0] == 0
    assert risks == sorted(risks)
    assert risk(memory, MONDAY - DAY, MODEL) == 0  # a clock or a flight that went back
    assert is_firm(memory, MONDAY, MODEL)
    assert not is_firm(memory, MONDAY + 30 * DAY, MODEL)
    assert not is_firm(review(None, WRONG, MONDAY, MODEL), MONDAY, MODEL)


def test_a_day_that_is_lived_twice_flying_west_counts_as_one() -> None:
    memory = review(None, RIGHT, MONDAY, MODEL)
    again = review(memory, RIGHT, MONDAY - DAY, MODEL)
    assert again.reviewed_on == MONDAY
    assert again.due_on > MONDAY


@pytest.mark.parametrize(
    ("answers", "mistaken"),
    [
        ([WRONG], True),
        ([DOUBTFULLY_WRONG], False),
        ([NOT_ASKED_WHETHER_SURE], False),
        ([WRONG, DOUBTFULLY_WRONG], True),
        ([WRONG, DOUBTFUL], False),
        ([RIGHT, WRONG], True),
        ([WRONG, RIGHT, DOUBTFULLY_WRONG], False),
    ],
)
def test_who_was_sure_but_wrong_stays_so_until_right(answers: list[Answer], mistaken: bool) -> None:  # noqa: FBT001 - a table
    memory: Memory | None = None
    for number, answer in enumerate(answers):
        memory = review(memory, answer, MONDAY + number * DAY, MODEL)
    assert memory
    assert memory.mistaken is mistaken


@given(steps=st.lists(st.tuples(ANSWERS, st.integers(0, 400)), min_size=1, max_size=20), retention=st.floats(0.7, 0.97))
def test_whatever_is_answered_whenever_it_returns_within_a_year_and_not_on_the_same_day(
    steps: list[tuple[Answer, int]], retention: float
) -> None:
    model, day, memory = Model(retention, FSRS_6), MONDAY, None
    for answer, later in steps:
        day += later * DAY
        memory = review(memory, answer, day, model)
        assert DAY <= memory.due_on - day <= LONGEST * DAY
        assert 1 <= memory.difficulty <= 10
        assert memory.stability > 0
        assert 0 <= risk(memory, memory.due_on, model) <= 1
