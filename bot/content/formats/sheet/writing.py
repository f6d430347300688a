"""From a module to rows, and what of it they can't hold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from string import ascii_lowercase
from typing import Any, Final

from pydantic import ValidationError

from bot.content.formats.bank import Note
from bot.content.formats.sheet.cells import WRITE
from bot.content.formats.sheet.columns import CARD_COLUMNS, COLUMNS, KINDS, Column
from bot.content.formats.sheet.reading import bank
from bot.content.items import AnyItem, snapshot
from bot.content.items.item import Item
from bot.content.loader import adapter_of
from bot.content.model import Card, Module

CELL: Final = 32_767  # letters (support.microsoft.com, Excel specifications and limits: total number of characters that a cell can contain)
_PARTS: Final = ("options", "steps")  # whose entries have ids
_AGAIN: Final = "tidak ditulis; tambahkan lagi di modul setelah diimpor"
_SETTINGS: Final = Note(0, "ringkasan, sumber, kompetensi, dan aturan kuis modul", "tidak ditulis; atur lagi di modul setelah diimpor")

TextGrid = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of texts, the first with the headings, and what they can't hold."""

    grid: TextGrid
    notes: Sequence[Note]


def questions(module: Module) -> Rows:
    """Return the questions of the quiz, each in a row that is read back as the same question; others are left out with a note."""
    shelf = cards(module).grid
    rows = {item.id: cells for item in module.quiz.items if (cells := _row(item, shelf))}
    lost = [note for item in module.quiz.items for note in (_beside(item) if item.id in rows else [_unfit(item)])]
    cited = [item.id for item in module.quiz.items if item.sources and item.id in rows]
    return Rows([_headings(COLUMNS), *rows.values()], [*lost, *_uncited("soal", cited), _SETTINGS])


def cards(module: Module) -> Rows:
    """Return the cards as rows."""
    rows = [_cells(CARD_COLUMNS, {name: getattr(card, name) for name in ("id", "title", "text", "reveal")}) for card in module.cards]
    lost = [note for card in module.cards for note in _around(card)]
    return Rows([_headings(CARD_COLUMNS), *rows], [*lost, *_uncited("kartu", [card.id for card in module.cards if card.sources])])


def _row(item: Item, shelf: TextGrid) -> list[str] | None:
    """Return the cells of a question; None when they don't hold it."""
    if item.type not in WRITE:
        return None
    data = _authored(item)
    competency = data.get("competency")
    level = f"{competency['id']} {competency['level']}" if competency else ""
    texts = {name: data.get(name, "") for name in ("id", "text", "explanation", "card")}
    cells = _cells(COLUMNS, {**texts, **WRITE[item.type](data), "type": KINDS[item.type].names[0], "competency": level})
    return cells if _holds(cells, data, shelf) else None


def _holds(cells: Sequence[str], data: Mapping[str, Any], shelf: TextGrid) -> bool:
    """Tell whether the row is read back as the question."""
    found = bank([_headings(COLUMNS), cells], shelf)
    item = adapter_of(AnyItem)
    try:
        same = [item.validate_python(one.data) for one in found.questions] == [item.validate_python(data)]
    except ValidationError:
        return False
    return same and not found.notes and max(map(len, cells)) <= CELL


def _authored(item: Item) -> dict[str, Any]:
    """Return what an author would write for a question, without what no row holds: its sources, and ids of options and steps."""
    data: dict[str, Any] = _said(snapshot(item))
    usual = {one.name: one.default for one in fields(item)}  # type: ignore[arg-type]  # every question type is a dataclass
    data = {name: value for name, value in data.items() if name != "sources" and value != usual[name]}
    return data | {part: [_without_id(one) for one in data[part]] for part in _PARTS if part in data}


def _said(value: Any) -> Any:
    """Return a value without the parts that say nothing."""
    if isinstance(value, Mapping):
        return {name: _said(one) for name, one in value.items() if one not in (None, "", [], {})}
    return [_said(one) for one in value] if isinstance(value, list) else value


def _without_id(part: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name != "id"}


def _headings(columns: Iterable[Column]) -> list[str]:
    return [column.heading for column in columns]


def _cells(columns: Iterable[Column], cells: Mapping[str, str]) -> list[str]:
    return [cells.get(column.name, "") for column in columns]


def _unfit(item: Item) -> Note:
    why = "isinya akan berubah bila ditulis dalam sel" if item.type in WRITE else "jenisnya tidak muat dalam satu baris"
    return Note(0, f"soal {item.id} ({item.type})", f"tidak ditulis: {why}; pertahankan di YAML")


def _beside(item: Item) -> Iterator[Note]:
    """Yield what of a question its row does not hold."""
    if _has_own_ids(snapshot(item)):
        yield Note(0, f"soal {item.id}: id pilihan", "tidak ditulis; saat diimpor pilihannya diberi id a, b, c, menurut urutannya")


def _has_own_ids(data: Mapping[str, Any]) -> bool:
    return any(part["id"] != letter for name in _PARTS for part, letter in zip(data.get(name, ()), ascii_lowercase, strict=False))


def _around(card: Card) -> Iterator[Note]:
    """Yield what of a card its row does not hold."""
    lost = {"media": card.media, "soal check": card.check, "keywords": card.keywords}
    yield from (Note(0, f"kartu {card.id}: {what}", _AGAIN) for what, there in lost.items() if there)


def _uncited(kind: str, ids: Sequence[str]) -> Iterator[Note]:
    if ids:
        yield Note(0, f"sumber pada {kind} {', '.join(ids)}", _AGAIN)
