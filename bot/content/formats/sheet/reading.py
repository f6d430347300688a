"""From rows to questions, type by type, and to the cards that they name."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from bot.content import limits, markup
from bot.content.formats.bank import Bank, BrokenBankError, Note, Question, UnfitError
from bot.content.formats.markup import to_telegram
from bot.content.formats.noting import short
from bot.content.formats.sheet.columns import CARD_COLUMNS, COLUMNS, KINDS, LETTERS, normal
from bot.content.formats.sheet.parts import READ
from bot.content.formats.sheet.row import Row
from bot.content.formats.sheet.table import Grid, table
from bot.content.importing import slug
from bot.content.wording import did_you_mean

_TYPES: Final = {normal(name): kind for kind, one in KINDS.items() for name in (kind, *one.names)}
_STORIES: Final = frozenset({"scenario", "skenario"})
_JUDGED: Final = frozenset({"benar", "salah", "true", "false"})
_LOOSE: Final = re.compile(
    rf"<(?!/?(?:{'|'.join((*markup.TAGS, *markup.INSTEAD))})\b[^<>]*>)|&(?!(?:lt|gt|amp|quot|#\d{{1,7}}|#x[0-9a-f]{{1,6}});)", re.IGNORECASE
)
_COMPETENCY: Final = re.compile(r"(\S+)\s+([1-5])")
_STUB: Final = "Kartu ini dibuat saat impor. Ganti dengan materi yang diperlukan untuk menjawab soal-soalnya."


def bank(questions: Grid, cards: Grid = (), *, title: str = "", notes: Iterable[Note] = ()) -> Bank:
    """Return what the rows hold, and `notes` that were made before.

    Raises:
        BrokenBankError: no row has the headings of a question bank.

    """
    found = table(questions, COLUMNS)
    if found is None:
        raise BrokenBankError(
            Note(
                1,
                "tidak ada baris judul kolom",
                "tulis Soal, Pilihan A, Jawaban, dan seterusnya di baris pertama: lihat sinau template",
            )
        )
    shelf = _Shelf()
    for row in shelf.rows_of(cards):
        shelf.add(row)
    kept = [question for row in found.rows if (question := _question(row, shelf))]
    told = [note for row in found.rows for note in row.notes]
    return Bank(kept, shelf.cards, notes=[*notes, *found.notes, *shelf.notes, *told], title=title)


class _Shelf:
    """The cards of a file, and those that its questions name."""

    def __init__(self) -> None:
        self.cards: list[dict[str, Any]] = []
        self.notes: list[Note] = []
        self._ids: set[str] = set()
        self._known_as: dict[str, str] = {}

    def rows_of(self, cards: Grid) -> Sequence[Row]:
        """Return the rows of the sheet of cards."""
        found = table(cards, CARD_COLUMNS)
        if cards and found is None:
            self._tell([Note(1, "tidak ada baris judul kolom", "tidak diimpor; tulis Judul dan Teks di baris pertama")])
        self._tell(found.notes if found else ())
        return found.rows if found else ()

    def add(self, row: Row) -> None:
        """Add the card of a row."""
        name, title = row.text("id"), row.text("title")
        texts = {part: _html(row, part) for part in ("text", "reveal")}
        self._put(name or title, title or name, {part: text for part, text in texts.items() if text})
        self._tell(row.notes)

    def named(self, name: str, line: int) -> str:
        """Return the id of the card of this id or title; one that is missing is made, to be filled in."""
        known = name if name in self._ids else self._known_as.get(normal(name))
        if known is None:
            known = self._put(name, name[: limits.TITLE], {"text": _STUB})
            self.notes.append(Note(line, f'kartu "{short(name)}" tidak ada di dalam berkas', "kartunya dibuatkan; isi materinya di modul"))
        return known

    def _put(self, name: str, title: str, texts: dict[str, str]) -> str:
        # An author's own id stays; one that is made fits the buttons of a module whose id is as long as can be.
        card_id = name if name == slug(name) else slug(name, limits.IDS_IN_CALLBACK - limits.ID)
        card_id = card_id or f"kartu-{len(self.cards) + 1}"
        self.cards.append({"id": card_id, "title": title, **texts})
        self._ids.add(card_id)
        for one in (title, name):
            self._known_as.setdefault(normal(one), card_id)
        return card_id

    def _tell(self, notes: Iterable[Note]) -> None:
        self.notes += [Note(note.line, f"lembar Kartu: {note.what}", note.why) for note in notes]


def _question(row: Row, shelf: _Shelf) -> Question | None:
    """Return the question of a row; None when it makes none, which the row's notes then say."""
    try:
        kind = _kind(row)
        parts, text = READ[kind](row), _text(row)
    except UnfitError as error:
        row.notes[:] = [Note(row.number, f"soal tidak diimpor: {error.what}", error.why)]
        return None
    about = {"id": _id(row), "explanation": _html(row, "explanation"), "card": _card(row, shelf), "competency": _competency(row)}
    for name in row.cells:
        row.note(f"kolom {row.headings[name]} tidak dipakai jenis {KINDS[kind].names[0]}", "isinya tidak diimpor")
    return Question(row.number, {"type": kind, "text": text} | parts | {name: value for name, value in about.items() if value})


def _kind(row: Row) -> str:
    typed = row.text("type")
    word = normal(typed)
    if word in _STORIES:
        raise UnfitError("skenario tidak muat dalam satu baris", "tulis di YAML, lihat docs/authoring.md")
    if word and word not in _TYPES:
        hint = did_you_mean(typed.casefold(), [name for kind in KINDS.values() for name in kind.names])
        raise UnfitError(f'jenis "{short(typed)}" tidak dikenal', f"{hint}tulis {', '.join(kind.names[0] for kind in KINDS.values())}")
    return _TYPES[word] if word else _guessed(row)


def _guessed(row: Row) -> str:
    answer = normal(str(row.cells.get("answer", "")))
    if answer and any(f"option {letter}" in row.cells for letter in LETTERS):
        return "single_choice" if len(answer) == 1 else "multiple_choice"
    if not answer:
        raise UnfitError("kolom Jenis dan Jawaban kosong", "isi salah satunya")
    return "true_false" if answer in _JUDGED else "short_text"


def _text(row: Row) -> str:
    text = _html(row, "text")
    if not text:
        raise UnfitError("kolom Soal kosong", "isi, atau hapus barisnya")
    return text


def _html(row: Row, name: str) -> str:
    """Take a text of ours: < and & may stand in it as they are, and other HTML than Telegram's is made Telegram's."""
    text = _LOOSE.sub(lambda sign: "&lt;" if sign[0] == "<" else "&amp;", row.text(name))
    if not markup.faults(text):
        return text
    made = to_telegram(text.replace("\n", "<br>"))
    for what, why in (*made.lost, *((f"gambar {short(file.source)}", "tidak diimpor; pasang pada kartu di modul") for file in made.files)):
        row.note(f"{row.headings[name]}: {what}", why)
    return made.text


def _id(row: Row) -> str:
    typed = row.text("id")
    name = slug(typed)
    if name != typed:
        row.note(f'id "{short(typed)}" bukan nama yang sah', f"ditulis {name}" if name else "dibuat dari soalnya")
    return name


def _card(row: Row, shelf: _Shelf) -> str:
    name = row.text("card")
    return shelf.named(name, row.number) if name else ""


def _competency(row: Row) -> dict[str, Any] | None:
    typed = row.text("competency")
    found = _COMPETENCY.fullmatch(typed)
    if typed and not found:
        row.note(f'kompetensi "{short(typed)}" tidak dimengerti', "tidak diimpor; tulis id dan tingkatnya, misalnya integritas 3")
    return {"id": slug(found[1]), "level": int(found[2])} if found else None
