"""How fast an announcement goes out, and whether it ever goes too fast."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measures.broadcasts import most_in_a_second, rate

MOMENTS = st.lists(st.integers(0, 5_000), min_size=1, max_size=200).map(lambda found: [each / 1000 for each in sorted(found)])


@given(MOMENTS)
def test_the_fullest_second_is_found_wherever_it_begins(moments: list[float]) -> None:
    fullest = max(sum(begin <= moment < begin + 1 for moment in moments) for begin in moments)
    assert most_in_a_second(moments) == fullest


def test_a_burst_across_the_turn_of_a_second_is_not_missed() -> None:
    assert most_in_a_second([0.0, *(0.9 + n / 1000 for n in range(20)), *(1.1 + n / 1000 for n in range(20))]) == 40


def test_what_is_a_second_apart_is_not_in_the_same_second() -> None:
    assert most_in_a_second([0.0, 1.0, 2.0]) == 1


def test_a_rate_counts_the_steps_between_messages() -> None:
    assert rate([10 + n / 29 for n in range(30)]) == pytest.approx(29)
