"""Questions: how they are shown, graded and kept."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.content.items import ITEM_TYPES, AnyItem, restore, snapshot
from bot.content.items.item import Item
from bot.content.prompts import Option, PickMany, PickOne
from bot.domain.grading import Grade

ITEM: TypeAdapter[Item] = TypeAdapter(AnyItem)
IDS = st.from_regex(r"[a-z][a-z0-9]{0,7}", fullmatch=True)
WORDS = st.text(st.characters(categories=["L", "N", "Zs", "So"]), min_size=1, max_size=40).filter(str.strip)


def item(item_type: str, **parts: Any) -> Item:
    return ITEM.validate_python({"type": item_type, "id": "soal", "text": "Apa?", "explanation": "Sebab.", **parts})


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


@st.composite
def any_item(draw: st.DrawFn) -> Item:
    parts: dict[str, Any] = {"explanation": draw(WORDS), "sources": draw(st.lists(IDS, max_size=3)), "id": draw(IDS)}
    if draw(st.booleans()):
        parts |= {"card": draw(IDS), "competency": {"id": draw(IDS), "level": draw(st.integers(1, 5))}}
    kind = draw(st.sampled_from(sorted(ITEM_TYPES)))
    if kind == "true_false":
        return item(kind, answer=draw(st.booleans()), feedback={"if_true": draw(WORDS)}, **parts)
    texts = draw(st.lists(WORDS.map(str.strip), min_size=2, max_size=8, unique=True))
    right = 1 if kind == "single_choice" else draw(st.integers(1, len(texts)))
    return item(kind, options=[{"text": text, "correct": place < right, "feedback": text} for place, text in enumerate(texts)], **parts)


@given(any_item())
def test_a_snapshot_gives_the_same_question_back(original: Item) -> None:
    assert restore(json.loads(json.dumps(snapshot(original)))) == original


@given(any_item(), st.data())
def test_exactly_the_right_choice_has_the_full_score(original: Item, data: st.DataObject) -> None:
    amount = 1 if isinstance(original.prompt(original.choices), PickOne) else len(original.choices)
    response = data.draw(st.lists(st.sampled_from(original.choices), min_size=1, max_size=amount, unique=True))
    grade = original.grade(response)
    assert 0 <= grade.score <= 1
    assert grade.correct == (set(response) == set(grade.answer)) == (grade.score == 1)


def test_what_was_asked_stays_answerable_when_a_limit_changes() -> None:
    kept = snapshot(item("single_choice", options=options("b")))
    kept["options"][0]["text"] = "x" * 5000
    assert restore(kept).grade(["b"]).correct
