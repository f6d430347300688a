"""Modules without a fault, made of what a test wants to be poor in them."""

from collections.abc import Sequence
from typing import Any, Final

TOPICS: Final = ("kucing", "gunung", "sepeda", "jendela", "pelangi", "kereta")
CARD: Final = {"id": "satu", "title": "Kartu", "text": "Isi yang pendek.", "sources": ["uu"]}
LEARNT: Final = {"explanation": "Karena begitu.", "card": "satu"}


def module(*items: dict[str, Any], shuffle: bool = True, draw: int = 1, **keys: object) -> dict[str, Any]:
    """Return a module with these questions, or with one that has no fault."""
    quiz = {"pass_mark": 70, "draw": draw, "shuffle": shuffle, "items": list(items) or [judge()]}
    common = {"id": "contoh", "title": "Contoh", "summary": "Contoh.", "language": "id", "minutes": 2}
    return {**common, "sources": source(), "cards": card(), "quiz": quiz, **keys}


def source(rule: str = "UU 27/2022", **keys: object) -> list[dict[str, Any]]:
    return [{"id": "uu", "rule": rule, **keys}]


def card(**keys: object) -> list[dict[str, Any]]:
    return [{**CARD, **keys}]


def judge(text: str = "Ini benar.", **keys: object) -> dict[str, Any]:
    """Return a statement that is true."""
    return {"id": "nilai", "type": "true_false", "text": text, "answer": True, **LEARNT, **keys}


def choice(right: str, *wrong: str, place: int = 1, topic: int = 0, **keys: object) -> dict[str, Any]:
    """Return a question with its right option at this place (from 0) among the wrong ones."""
    options: list[dict[str, Any]] = [{"text": text} for text in wrong]
    options.insert(place, {"text": right, "correct": True})
    return {"id": f"soal-{topic}", "type": "single_choice", "text": f"Apa {TOPICS[topic]}?", "options": options, **LEARNT, **keys}


def choices(rights: Sequence[str], *wrong: str) -> list[dict[str, Any]]:
    """Return a question for each right option, with the same wrong ones."""
    return [choice(right, *wrong, topic=topic) for topic, right in enumerate(rights)]


def placed(*places: int) -> list[dict[str, Any]]:
    """Return a question for each place of the right option."""
    return [choice("Ya benar", "Bukan ini", "Bukan itu", place=place, topic=topic) for topic, place in enumerate(places)]


def all_right(question: dict[str, Any]) -> dict[str, Any]:
    return {**question, "type": "multiple_choice", "options": [{**option, "correct": True} for option in question["options"]]}


def without(item: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name not in keys}
