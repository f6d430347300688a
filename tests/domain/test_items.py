"""What first answers tell of a question, and what they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.items import FEWEST, FirstAnswer, analyse


def answers(rights: str, *, unsure: str = "", chosen: str = "", seconds: tuple[int | None, ...] = ()) -> list[FirstAnswer]:
    """Let learners 0, 1, … answer: `1` is right; `unsure` and `chosen` go along."""
    return [
        FirstAnswer(
            number,
            right == "1",
            unsure[number : number + 1] == "1",
            seconds[number] if number < len(seconds) else None,
            tuple(chosen[number : number + 1]),
        )
        for number, right in enumerate(rights)
    ]


def test_of_fewer_than_five_people_nothing_is_told() -> None:
    assert analyse({"i": answers("1010")}) == {}
    assert analyse({"i": answers("10101")})["i"].people == FEWEST


def test_a_question_that_those_get_right_who_get_the_others_right_tells_them_apart() -> None:
    good = answers("111000")
    found = analyse({"good": good, "other": good, "third": good, "backwards": answers("000111"), "easy": answers("111111")})
    assert found["good"].discrimination is not None
    assert found["good"].discrimination > 0.9
    assert found["backwards"].discrimination is not None
    assert found["backwards"].discrimination < -0.9
    assert found["easy"].discrimination is None, "everybody has it right: it tells nobody apart"
    assert found["easy"].right == 1


def test_a_module_of_one_question_has_nothing_to_compare_it_with() -> None:
    assert analyse({"only": answers("110011")})["only"].discrimination is None


def test_only_what_was_sure_and_wrong_is_mistaken() -> None:
    assert analyse({"i": answers("00001", unsure="10001")})["i"].mistaken == pytest.approx(3 / 5)


def test_options_are_counted_by_people() -> None:
    assert analyse({"i": answers("11000", chosen="aabbc")})["i"].chosen == {"a": 0.4, "b": 0.4, "c": 0.2}


@pytest.mark.parametrize(("seconds", "median"), [((1, 2, 3, 4, 100), 3.0), ((1, 2, 3, 4), None), ((1, 2, 3, 4, None), None)])
def test_the_median_time_is_of_five_known_times_or_more(seconds: tuple[int | None, ...], median: float | None) -> None:
    assert analyse({"i": answers("10101", seconds=seconds)})["i"].seconds == median


@given(
    st.dictionaries(
        st.sampled_from("abcd"),
        st.lists(st.booleans(), max_size=12).map(lambda rights: answers("".join("01"[each] for each in rights))),
    )
)
def test_figures_stay_within_their_bounds(given_answers: dict[str, list[FirstAnswer]]) -> None:
    for found in analyse(given_answers).values():
        assert 0 <= found.right <= 1
        assert 0 <= found.mistaken <= 1 - found.right + 1e-9
        assert found.discrimination is None or -1 <= found.discrimination <= 1
