"""The simulated year: what has to hold for whoever lives in it. What is remembered is for the benchmark to tell."""

from datetime import date

import learning
import pytest

from bot.domain.memory import Answer

LEARNERS, DAYS = 30, 40


@pytest.mark.parametrize("arm", learning.ARMS)
def test_no_day_asks_an_item_twice_nor_more_items_than_it_may_and_nothing_unknown(arm: str) -> None:
    for number in range(LEARNERS):
        year = learning.live(arm, DAYS, number)
        assert len(year.asked) == len(year.retention) == DAYS
        for day, asked in enumerate(year.asked):
            met = (day // learning.DAYS_A_MODULE + 1) * learning.ITEMS
            assert len(asked) == len(set(asked)) <= learning.PER_DAY
            assert all(item < met for item in asked)
            assert day % learning.DAYS_A_MODULE or not {met - 1 - n for n in range(learning.ITEMS)} & {*asked} or arm != "sinau"
        assert all(0 < share <= 1 for share in year.retention)
        assert sum(map(bool, year.asked)) <= year.reminders <= DAYS
        assert bool(year.minutes) is (arm != "none")


def test_the_same_learner_lives_the_same_year_again() -> None:
    assert [learning.live("sinau", DAYS, 7)] * 2 == [learning.live("sinau", DAYS, 7) for _ in range(2)]


def test_every_learner_is_another_but_the_same_in_every_arm() -> None:
    years = {arm: learning.live(arm, 1, 7) for arm in learning.ARMS}
    assert len({year.retention for year in years.values()}) == 1
    assert len({learning.live("sinau", DAYS, number).retention for number in range(LEARNERS)}) == LEARNERS


def test_sm2_is_as_published_a_miss_begins_anew_and_leaves_the_easiness() -> None:
    practice, day, gaps = learning.Sm2(), date(2026, 3, 2), list[int]()
    for right in (True, True, True, False, True, True, True):
        practice.note(1, Answer(float(right), correct=right, sure=True), day)
        gaps.append((practice.due[1][0] - day).days)
    assert gaps == [1, 6, 15, 1, 1, 6, 15]
