"""What is asked, how it is graded, and when a quiz is passed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.grading import grade_choice
from bot.domain.pacing import minutes_for, seconds_taken, seconds_to_send
from bot.domain.quiz import draw, is_passed, shuffled

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
FEEDBACK = {"a": "A.", "b": "", "c": "C."}


@pytest.mark.parametrize(
    ("chosen", "right", "score", "correct"),
    [
        (["a"], ["a"], 1.0, True),
        (["b"], ["a"], 0.0, False),
        (["a", "b"], ["a", "b"], 1.0, True),
        (["a"], ["a", "b"], 0.5, False),
        (["a", "c"], ["a", "b"], 0.0, False),
        (["a", "b", "c"], ["a", "b"], 0.5, False),
        (["c"], ["a", "b"], 0.0, False),
    ],
)
def test_a_partly_right_choice_gets_a_part(chosen: list[str], right: list[str], score: float, correct: bool) -> None:  # noqa: FBT001 - a table
    grade = grade_choice(chosen, right, FEEDBACK)
    assert (grade.score, grade.correct) == (score, correct)
    assert grade.answer == tuple(right)


def test_feedback_comes_in_the_authors_order_and_only_where_there_is_any() -> None:
    assert grade_choice(["c", "b", "a"], ["a"], FEEDBACK).feedback == ("A.", "C.")


def test_an_option_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no such option: z"):
        grade_choice(["z"], ["a"], FEEDBACK)


@given(chosen=st.sets(st.sampled_from("abc")), right=st.sets(st.sampled_from("abc"), min_size=1))
def test_only_the_right_choice_scores_in_full(chosen: set[str], right: set[str]) -> None:
    grade = grade_choice(chosen, right, FEEDBACK)
    assert grade.score is not None
    assert 0 <= grade.score <= 1
    assert (grade.score == 1) is grade.correct is (chosen == right)


@pytest.mark.parametrize(
    ("score", "mark", "passed"),
    [(0.7, 70, True), (0.699, 70, False), ((1 / 3 + 1 / 3) * 1.05, 70, True), (0.0, 0, True), (1.0, 100, True), (0.99, 100, False)],
)
def test_the_pass_mark_itself_is_enough(score: float, mark: int, passed: bool) -> None:  # noqa: FBT001 - a table
    assert is_passed(score, mark) is passed


@given(items=st.lists(st.integers(), unique=True, max_size=20), count=st.integers(0, 25), seed=st.integers())
def test_the_same_seed_draws_the_same_items_and_none_twice(items: list[int], count: int, seed: int) -> None:
    drawn = draw(items, count, shuffle=True, seed=seed)
    assert drawn == draw(items, count, shuffle=True, seed=seed)
    assert len(drawn) == len(set(drawn)) == min(count, len(items))
    assert set(drawn) <= set(items)


@given(items=st.lists(st.integers(), max_size=20), count=st.integers(0, 25), seed=st.integers())
def test_without_shuffling_the_authors_order_stays(items: list[int], count: int, seed: int) -> None:
    assert draw(items, count, shuffle=False, seed=seed) == items[:count]
    assert shuffled(items, shuffle=False, seed=seed) == items


@given(options=st.lists(st.integers(), max_size=12), seed=st.integers())
def test_shuffling_keeps_every_option(options: list[int], seed: int) -> None:
    assert sorted(shuffled(options, shuffle=True, seed=seed)) == sorted(options)


@pytest.mark.parametrize(("items", "minutes"), [(0, 1), (1, 1), (3, 2), (4, 3), (12, 8)])
def test_answering_takes_whole_minutes_one_at_least(items: int, minutes: int) -> None:
    assert minutes_for(items) == minutes


@pytest.mark.parametrize(("recipients", "per_second", "seconds"), [(0, 29, 0), (1, 29, 1), (29, 29, 1), (30, 29, 2), (1284, 29, 45)])
def test_sending_takes_as_long_as_the_rate_allows(recipients: int, per_second: int, seconds: int) -> None:
    assert seconds_to_send(recipients, per_second) == seconds


@pytest.mark.parametrize(("seconds", "taken"), [(0, 0), (12.4, 12), (600, 600), (601, None), (-1, None)])
def test_what_took_longer_than_answering_takes_or_less_than_nothing_is_unknown(seconds: float, taken: int | None) -> None:
    assert seconds_taken(AT, AT + timedelta(seconds=seconds)) == taken
    assert seconds_taken(None, AT) is None
