"""From a question bank to modules: what our format can't hold is told line by line, never left out in silence."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

from pydantic import ValidationError

from bot.content import limits
from bot.content.checks import UNGRADED
from bot.content.formats import Bank, Note, Question
from bot.content.items import AnyItem
from bot.content.loader import adapter_of
from bot.content.wording import explain
from bot.content.writing import SCHEMA_LINE, to_yaml
from bot.domain.pacing import minutes_to_learn

DRAWN: Final = 5
PASS_MARK: Final = 70
_FIRST_CARD: Final = {
    "id": "pengantar",
    "title": "Sebelum mulai",
    "text": "Kartu ini dibuat saat impor. Ganti dengan materi yang diperlukan untuk menjawab soal-soalnya.",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A module made of a bank: its id, its YAML, and how many questions it holds."""

    id: str
    text: str
    questions: int


@dataclass(frozen=True, slots=True)
class Imported:
    """Modules made of a bank, and what could not be kept."""

    modules: Sequence[Draft]
    notes: Sequence[Note]


def modules_of(bank: Bank, module_id: str, title: str, language: str) -> Imported:
    """Make modules of a bank: one, or several (id, id-2, …) where it holds more questions than a module may."""
    questions, notes = _usable(bank.questions)
    title = _one_line(title) or module_id.replace("-", " ").capitalize()
    if len(title) > limits.TITLE:
        notes.append(Note(0, f"judul {len(title)} huruf", f"dipotong menjadi {limits.TITLE}; selengkapnya di summary"))
    groups = [questions[start : start + limits.ITEMS] for start in range(0, len(questions), limits.ITEMS)]
    if len(groups) > 1:
        notes.append(
            Note(0, f"{len(questions)} soal", f"dibagi menjadi {len(groups)} modul; satu modul memuat paling banyak {limits.ITEMS}")
        )
    taken: set[str] = set()
    drafts = []
    for group, cards in zip(groups, _dealt(bank.cards, groups), strict=True):
        one = free(module_id, taken)
        taken.add(one)
        notes += [Note(0, f"kartu {card['id']} tidak diimpor", f"satu modul memuat {limits.CARDS} kartu") for card in cards[limits.CARDS :]]
        drafts.append(_draft(one, title, language, cards[: limits.CARDS], group))
    return Imported(drafts, sorted([*bank.notes, *notes], key=lambda note: note.line))


def _one_line(text: str) -> str:
    """Return a text in one line, without what can't be seen."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def slug(text: str, longest: int = limits.ID) -> str:
    """Return a name for an id, from the first words of a text; empty when it has no letter that an id may have."""
    visible = re.sub(r"<[^>]*>", " ", text)
    plain = unicodedata.normalize("NFKD", visible).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[:longest]
        if len(longer) > longest:
            break
        name = longer
    return name


def _usable(questions: Sequence[Question]) -> tuple[list[dict[str, Any]], list[Note]]:
    """Return the questions that our format takes, each with an id of its own, and why the others are left out."""
    usable: list[dict[str, Any]] = []
    notes: list[Note] = []
    taken: set[str] = set()
    for number, question in enumerate(questions, start=1):
        data = {"id": free(str(question.data.get("id") or slug(str(question.data.get("text", ""))) or f"soal-{number}"), taken)} | {
            name: value for name, value in question.data.items() if name != "id"
        }
        try:
            adapter_of(AnyItem).validate_python(data)
        except ValidationError as error:
            notes += [Note(question.line, f"soal {data['id']} tidak diimpor: {what}", advice) for what, advice in _faults(error)]
        else:
            taken.add(data["id"])
            usable.append(data)
    return usable, notes


def _faults(error: ValidationError) -> Iterator[tuple[str, str]]:
    return (explain(fault) for fault in error.errors(include_url=False)[:1])


def is_part(module_id: str, of: str) -> bool:
    """Tell whether a module is a further part of a bank that was imported as `of`: id-2, id-3 and so on."""
    base, _, number = module_id.rpartition("-")
    return base == of[: limits.ID - 4].strip("-") and number.isdecimal()


def free(name: str, taken: set[str]) -> str:
    """Return a name for an id, with a number where it is taken."""
    name = name[: limits.ID].strip("-")
    number = 2
    one = name
    while one in taken:
        one = f"{name[: limits.ID - 4].strip('-')}-{number}"
        number += 1
    return one


def _dealt(cards: Sequence[dict[str, Any]], groups: Sequence[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    """Give each group the cards that its questions name, and the first what no question names, in the order of the file."""
    named = [{question.get("card") for question in group} for group in groups]
    loose = {card["id"] for card in cards}.difference(*named)
    return [[card for card in cards if card["id"] in names or (number == 0 and card["id"] in loose)] for number, names in enumerate(named)]


def _draft(module_id: str, title: str, language: str, cards: list[dict[str, Any]], questions: list[dict[str, Any]]) -> Draft:
    graded = sum(question["type"] not in UNGRADED for question in questions)
    words = sum(len(str(card.get("text", "")).split()) for card in cards)
    minutes = ceil(minutes_to_learn(words, min(DRAWN, len(questions))))
    data = {
        "id": module_id,
        "title": title[: limits.TITLE].strip(),
        "summary": title[: limits.SUMMARY].strip(),
        "language": language,
        "minutes": min(max(1, minutes), limits.MINUTES),
        "cards": cards or [_FIRST_CARD],
        "quiz": {"pass_mark": PASS_MARK, "attempts": 0, "draw": min(DRAWN, max(1, graded)), "shuffle": True, "items": questions},
    }
    return Draft(module_id, SCHEMA_LINE + to_yaml(data), len(questions))
