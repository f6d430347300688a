"""Questions: how they are shown, graded and kept."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.fields import Competency
from bot.content.items import restore, snapshot
from bot.content.items.item import Item
from bot.content.marking import put, to_put
from bot.content.prompts import Option, PickMany, PickOne, TypeNumber, TypeText
from bot.domain.grading import UNGRADED, Grade
from tests.content.questions import IDS, ITEM, questions
from tests.content.questions import item as as_item


def item(item_type: str, **parts: Any) -> Item:
    return ITEM.validate_python({"type": item_type, "id": "soal", "text": "Apa?", "explanation": "Sebab.", **parts})


ENDING = {"text": "Tidak", "score": 0, "reason": "Begitu."}


def options(right: str) -> list[dict[str, Any]]:
    return [{"text": letter.upper(), "correct": letter in right, "feedback": f"tentang {letter}"} for letter in "abcd"]


def test_options_are_shown_in_the_order_asked_for() -> None:
    assert item("single_choice", options=options("a")).prompt("dbca") == PickOne(
        "Apa?", (Option("d", "D"), Option("b", "B"), Option("c", "C"), Option("a", "A"))
    )
    assert isinstance(item("multiple_choice", options=options("a")).prompt("abcd"), PickMany)


def test_true_always_comes_before_false_and_has_no_text_of_its_own() -> None:
    statement = item("true_false", answer=False)
    assert statement.prompt(("false", "true")) == PickOne("Apa?", (Option("true", ""), Option("false", "")))
    assert statement.choices == ("true", "false")


def test_an_option_may_bring_its_own_id() -> None:
    question = item("single_choice", options=[{"text": "A", "id": "pertama"}, {"text": "B", "correct": True}])
    assert question.choices == ("pertama", "b")


@pytest.mark.parametrize(
    ("item_type", "parts", "response", "grade"),
    [
        ("single_choice", {"options": options("b")}, "b", Grade(score=1, correct=True, feedback=("tentang b",), answer=("b",))),
        ("single_choice", {"options": options("b")}, "c", Grade(score=0, correct=False, feedback=("tentang c",), answer=("b",))),
        (
            "multiple_choice",
            {"options": options("ab")},
            "ba",
            Grade(score=1, correct=True, feedback=("tentang a", "tentang b"), answer=("a", "b")),
        ),
        ("multiple_choice", {"options": options("ab")}, "a", Grade(score=0.5, correct=False, feedback=("tentang a",), answer=("a", "b"))),
        (
            "multiple_choice",
            {"options": options("ab")},
            "abc",
            Grade(score=0.5, correct=False, feedback=("tentang a", "tentang b", "tentang c"), answer=("a", "b")),
        ),
        (
            "multiple_choice",
            {"options": options("ab")},
            "ac",
            Grade(score=0, correct=False, feedback=("tentang a", "tentang c"), answer=("a", "b")),
        ),
        (
            "multiple_choice",
            {"options": options("ab")},
            "cd",
            Grade(score=0, correct=False, feedback=("tentang c", "tentang d"), answer=("a", "b")),
        ),
        ("multiple_choice", {"options": options("ab")}, "", Grade(score=0, correct=False, feedback=(), answer=("a", "b"))),
        ("true_false", {"answer": True}, ["true"], Grade(score=1, correct=True, feedback=(), answer=("true",))),
        (
            "true_false",
            {"answer": False, "feedback": {"if_true": "Belum."}},
            ["true"],
            Grade(score=0, correct=False, feedback=("Belum.",), answer=("false",)),
        ),
    ],
)
def test_grades(item_type: str, parts: dict[str, Any], response: Sequence[str], grade: Grade) -> None:
    assert item(item_type, **parts).grade(response) == grade


@pytest.mark.parametrize(
    ("item_type", "parts", "response"),
    [
        ("single_choice", {"options": options("b")}, ["z"]),
        ("single_choice", {"options": options("b")}, ["a", "b"]),
        ("single_choice", {"options": options("b")}, []),
        ("multiple_choice", {"options": options("b")}, ["b", "z"]),
        ("true_false", {"answer": True}, ["a"]),
        ("true_false", {"answer": True}, []),
    ],
)
def test_a_response_that_no_button_offers_is_refused(item_type: str, parts: dict[str, Any], response: list[str]) -> None:
    with pytest.raises(ValueError, match="option"):
        item(item_type, **parts).grade(response)


STORY: Any = {
    "scenes": [
        {"id": "awal", "text": "Lalu?", "options": [{"text": "Ya", "score": 5, "reason": "Ya.", "next": "akhir"}, ENDING]},
        {"id": "akhir", "text": "Dan?", "options": [{"text": "Ya", "score": 5, "reason": "Ya."}, ENDING]},
    ]
}


@pytest.mark.parametrize(
    ("item_type", "parts", "response", "why"),
    [
        ("cloze", {"text": "Isi {x}", "gaps": [{"id": "x", "answer": "A", "distractors": ["B"]}]}, [], "every place"),
        ("cloze", {"text": "Isi {x}", "gaps": [{"id": "x", "answer": "A", "distractors": ["B"]}]}, ["z"], "every place"),
        ("matching", {"pairs": [{"left": "A", "right": "1"}, {"left": "B", "right": "2"}]}, ["a"], "every place"),
        ("matching", {"pairs": [{"left": "A", "right": "1"}, {"left": "B", "right": "2"}]}, ["a", "z"], "every place"),
        ("ordering", {"steps": ["Satu", "Dua"]}, ["a", "a"], "an order of all options"),
        ("numeric", {"answer": 5}, ["lima"], "one number"),
        ("numeric", {"answer": 5}, ["5", "5"], "one number"),
        ("reflection", {}, [" "], "one text"),
        ("reflection", {}, ["x" * 1501], "one text"),
        ("short_text", {"answers": ["Ya"]}, [" "], "one short text"),
        ("short_text", {"answers": ["Ya"]}, ["x" * 101], "one short text"),
        ("survey", {"scale": "agreement"}, ["agreement-6"], "one option"),
        ("survey", {"scale": "agreement"}, ["agreement-1", "agreement-2"], "one option"),
        ("scenario", STORY, [], "has not ended"),
        ("scenario", STORY, ["awal.a"], "has not ended"),
        ("scenario", STORY, ["awal.b", "akhir.a"], "had ended before"),
        ("scenario", STORY, ["akhir.a"], "no such option in this scene"),
    ],
)
def test_a_response_that_does_not_fit_the_question_is_neither_taken_nor_graded(
    item_type: str, parts: dict[str, Any], response: list[str], why: str
) -> None:
    question = item(item_type, **parts)
    assert not question.takes(response)
    with pytest.raises(ValueError, match=why):
        question.grade(response)


ANY = questions().map(as_item)


@given(ANY, st.lists(IDS, max_size=3), st.none() | st.integers(1, 5))
def test_a_snapshot_gives_the_same_question_back(original: Item, sources: list[str], level: int | None) -> None:
    competency = Competency("integritas", level) if level else None
    whole = replace(original, sources=tuple(sources), competency=competency)  # type: ignore[type-var]  # every item is a dataclass
    assert restore(json.loads(json.dumps(snapshot(whole)))) == whole


@given(ANY, st.integers(0, 999))
def test_all_options_are_shown_and_the_same_seed_shows_them_alike(original: Item, seed: int) -> None:
    order = original.order(shuffle=True, seed=seed)
    assert sorted(order) == sorted(original.choices)
    assert order == original.order(shuffle=True, seed=seed)


@given(ANY)
def test_the_right_answer_is_taken_and_has_the_full_score(original: Item) -> None:
    if not original.graded:
        return
    response = _any_response(original)
    right = original.grade(response).answer
    if original.type == "scenario" and not original.takes(right):
        return  # the best deed of a scene that was come to may have ended the story before
    assert original.takes(right)
    grade = original.grade(right)
    assert (grade.score, grade.correct) == (1, True)


@given(ANY, st.data())
def test_a_score_lies_between_nothing_and_all_and_is_whole_for_what_is_correct(original: Item, data: st.DataObject) -> None:
    response = _walked(original, data)
    assert original.takes(response)
    grade = original.grade(response)
    if original.graded:
        assert grade.score is not None
        assert 0 <= grade.score <= 1
        assert grade.correct == (grade.score == 1)
    else:
        assert grade == UNGRADED


@given(ANY, st.lists(st.text(max_size=8), max_size=9))
def test_whatever_is_sent_it_is_either_taken_and_graded_or_refused(original: Item, response: list[str]) -> None:
    if original.takes(response):
        original.grade(response)
    elif original.type != "multiple_choice":  # which grades any number of its options, whatever it takes
        with pytest.raises(ValueError):  # noqa: PT011 - any refusal
            original.grade(response)


def _any_response(original: Item) -> list[str]:
    """Return some whole response: what the first button of each step gives, or a text."""
    prompt = original.prompt(original.order(shuffle=False, seed=0))
    if isinstance(prompt, PickOne | PickMany):
        return [one.id for one in prompt.options][: prompt.least if isinstance(prompt, PickMany) else 1]
    if isinstance(prompt, TypeText | TypeNumber):
        return ["7"]
    marked: list[str] = []
    while to_put(original.prompt(original.choices, marked), marked):
        marked = (
            put(
                original.prompt(original.choices, marked),
                marked,
                len(marked),
                to_put(original.prompt(original.choices, marked), marked)[0].id,
            )
            or []
        )
    return marked


def _walked(original: Item, data: st.DataObject) -> list[str]:
    """Return the response that somebody gives who presses whatever buttons there are."""
    prompt = original.prompt(original.choices)
    if isinstance(prompt, PickOne):
        return [data.draw(st.sampled_from(prompt.options)).id]
    if isinstance(prompt, PickMany):
        return [
            one.id for one in data.draw(st.lists(st.sampled_from(prompt.options), min_size=prompt.least, max_size=prompt.most, unique=True))
        ]
    if isinstance(prompt, TypeText | TypeNumber):
        return [data.draw(st.sampled_from(["7", "0,5", "1.234"]))]
    marked: list[str] = []
    while offered := to_put(original.prompt(original.choices, marked), marked):
        option = data.draw(st.sampled_from(offered))
        marked = put(original.prompt(original.choices, marked), marked, len(marked), option.id) or []
    return marked


@pytest.mark.parametrize(
    ("unit", "units", "typed", "correct"),
    [
        ("m2", {}, "5 m2", True),
        ("Rp.", {}, "Rp. 5", True),
        ("kg", {"gram": 0.001}, "5000 gram", True),
        ("kg", {"gram": 0.001}, "5 gram", False),
    ],
)
def test_a_number_may_be_typed_in_each_of_its_units(unit: str, units: dict[str, float], typed: str, *, correct: bool) -> None:
    assert item("numeric", answer=5, unit=unit, units=units).grade([typed]).correct is correct


@pytest.mark.parametrize("typed", ["5 mil", "5 " + "." * 200, "lima", ""])
def test_what_is_no_number_in_a_known_unit_is_not_taken(typed: str) -> None:
    assert not item("numeric", answer=5, unit="km").takes([typed])


def test_units_that_can_not_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="dua satuan tidak dapat dibedakan"):
        item("numeric", answer=5, unit="MB", units={"Mb": 0.125})


def test_a_gap_within_a_tag_is_refused() -> None:
    with pytest.raises(ValueError, match="celah di dalam tanda HTML"):
        item("cloze", text='<a href="https://x.id/{a}">x</a>', gaps=[{"id": "a", "answer": "b", "distractors": ["c"]}])


def deeds(*scores: int, **more: Any) -> list[dict[str, Any]]:
    return [{"text": f"Pilihan {n}", "score": score, "reason": "Sebab.", **more} for n, score in enumerate(scores)]


@pytest.mark.parametrize(
    ("item_type", "parts", "words"),
    [
        ("single_choice", {"options": [5, 6]}, "dataclass"),
        (
            "single_choice",
            {"options": [{"text": "A", "id": "x", "correct": True}, {"text": "B", "id": "x"}]},
            "dua pilihan punya id yang sama: x",
        ),
        ("single_choice", {"options": [{"text": "A", "correct": True}, {"text": "A"}]}, "dua pilihan punya teks yang sama: A"),
        ("single_choice", {"options": [{"text": "A"}, {"text": "B"}]}, "ada 0 pilihan yang benar"),
        ("multiple_choice", {"options": [{"text": "A"}, {"text": "B"}]}, "tidak ada pilihan yang benar"),
        ("multiple_choice", {"options": options("ab"), "max": 1}, "jawaban benar ada 2, di luar min 1 sampai max 1"),
        ("ordering", {"steps": ["Satu"]}, "at least 2"),
        ("short_text", {"answers": ["Jakarta"], "wrong": [{"text": "jakarta", "feedback": "x"}]}, "jakarta ada di answers dan di wrong"),
        ("numeric", {"answer": 5, "tolerance": 2, "wrong": [{"answer": 6, "feedback": "x"}]}, "6 ada di wrong, tetapi benar"),
        ("ordering", {"steps": ["Sama", "Sama"]}, "dua pilihan punya teks yang sama"),
        ("matching", {"pairs": [{"left": "A", "right": "1"}, {"left": "A", "right": "2"}]}, "dua pilihan punya left yang sama"),
        ("cloze", {"text": "Tanpa celah", "gaps": [{"id": "a", "answer": "b"}]}, "celah di text: tidak ada; di gaps: a"),
        ("cloze", {"text": "Isi {a}", "gaps": [{"id": "a", "answer": "b"}]}, "celah a hanya punya satu kata"),
        ("scenario", {"scenes": [{"id": "s", "text": "Apa?", "options": deeds(3, 3)}]}, "semua pilihan bernilai sama"),
        ("scenario", {"scenes": [{"id": "s", "text": "Apa?", "options": deeds(3, 5, next="s")}]}, "next: s bukan adegan sesudah s"),
        (
            "scenario",
            {"scenes": [{"id": one, "text": "Apa?", "options": deeds(3, 5)} for one in ("s", "t")]},
            "adegan t tidak dituju oleh pilihan mana pun",
        ),
        ("survey", {}, "survei perlu scale"),
        ("survey", {"scale": "agreement", "options": ["A", "B"]}, "survei perlu scale"),
    ],
)
def test_a_question_that_can_not_be_asked_is_refused(item_type: str, parts: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        item(item_type, **parts)


def test_where_capitals_count_a_foreseen_answer_may_differ_in_them_alone() -> None:
    question = item("short_text", answers=["Jakarta"], wrong=[{"text": "jakarta", "feedback": "Huruf besar."}], case=True)
    assert question.grade(["Jakarta"]).correct
    assert question.grade(["jakarta"]).feedback == ("Huruf besar.",)


def test_what_was_asked_stays_answerable_when_a_limit_changes() -> None:
    kept = snapshot(item("single_choice", options=options("b")))
    kept["options"][0]["text"] = "x" * 5000
    assert restore(kept).grade(["b"]).correct
