"""How a response comes about, tap by tap."""

import pytest

from bot.content import marking
from bot.content.prompts import Arrange, Option, Pair, PickMany, PickOne, Prompt, Scene, Slot, TypeNumber, TypeText, Walk

OPTIONS = tuple(Option(one, one.upper()) for one in "abc")
ARRANGE = Arrange("Urutkan.", OPTIONS)
PAIR = Pair("Pasangkan.", (Slot("satu", OPTIONS), Slot("dua", OPTIONS)))
WALK = Walk("Cerita.", (Scene("Awal.", OPTIONS),))


@pytest.mark.parametrize(
    ("prompt", "marked", "place", "option", "now"),
    [
        (ARRANGE, [], 0, "b", ["b"]),
        (ARRANGE, ["b"], 1, "a", ["b", "a", "c"]),  # the last one follows by itself
        (ARRANGE, ["b"], 0, "b", None),  # the same tap once more
        (ARRANGE, ["b"], 1, "b", None),
        (ARRANGE, [], 0, "z", None),
        (PAIR, [], 0, "a", ["a"]),
        (PAIR, ["a"], 1, "a", ["a", "a"]),
        (PAIR, ["a", "a"], 2, "a", None),
        (WALK, [], 0, "a", ["a"]),
        (WALK, ["a"], 1, "a", None),
        (PickOne("Pilih.", OPTIONS), [], 0, "a", None),
    ],
)
def test_a_place_is_filled_once(prompt: Prompt, marked: list[str], place: int, option: str, now: list[str] | None) -> None:
    assert marking.put(prompt, marked, place, option) == now


@pytest.mark.parametrize(
    ("prompt", "marked", "place", "now"),
    [
        (ARRANGE, ["b"], 0, []),
        (ARRANGE, ["b", "a", "c"], 2, ["b"]),  # with the step that had followed by itself
        (PAIR, ["a", "b"], 1, ["a"]),
        (PAIR, ["a"], 1, None),
        (PAIR, ["a"], -1, None),
        (WALK, ["a"], 0, None),  # what was done is done
    ],
)
def test_what_was_put_last_is_taken_back(prompt: Prompt, marked: list[str], place: int, now: list[str] | None) -> None:
    assert marking.take_back(prompt, marked, place) == now


def test_ticks_stand_in_the_order_that_is_shown_and_a_second_tap_takes_one_back() -> None:
    prompt = PickMany("Pilih.", OPTIONS)
    assert marking.tick(prompt, ["c"], "a") == ["a", "c"]
    assert marking.tick(prompt, ["a", "c"], "a") == ["c"]
    assert marking.tick(prompt, [], "z") is None
    assert marking.tick(ARRANGE, [], "a") is None


@pytest.mark.parametrize(
    ("prompt", "marked"),
    [
        (PickOne("Pilih.", OPTIONS), False),
        (PickMany("Pilih.", OPTIONS), True),
        (ARRANGE, True),
        (PAIR, True),
        (WALK, True),
        (TypeText("Tulis.", 100), True),
        (TypeNumber("Berapa?", ""), True),
    ],
)
def test_all_but_a_choice_of_one_is_sent_in_by_a_press_of_its_own(prompt: Prompt, *, marked: bool) -> None:
    assert marking.is_marked(prompt) is marked


def test_only_a_typed_question_takes_a_text() -> None:
    assert marking.write(TypeText("Tulis.", 100), " isi ") == ["isi"]
    assert marking.write(ARRANGE, "isi") is None
