"""From a workbook to the questions of its sheets."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.content.formats.bank import Bank, Note
from bot.content.formats.sheet.columns import COLUMNS, normal
from bot.content.formats.sheet.reading import bank
from bot.content.formats.sheet.table import headings
from bot.content.formats.xlsx.book import Sheet, merged, opened, uncomputed
from bot.content.formats.xlsx.names import CARDS, HELP
from bot.content.formats.xlsx.parts import xml_parts

_CARD_SHEETS: Final = frozenset({normal(CARDS), "cards"})
_TEXTS: Final = ("xl/sharedStrings", "xl/worksheets/")


def read(data: bytes, module_id: str) -> Bank:  # noqa: ARG001 - there are no media to name
    """Return the questions of the first sheet that has their headings, and the cards of the sheet Kartu.

    Raises:
        BrokenBankError: it is no workbook, one that is too large, or one without the headings of a question bank.

    """
    parts = xml_parts(data)
    title, sheets = opened(data)
    cards = next((sheet for sheet in sheets if normal(sheet.title) in _CARD_SHEETS), None)
    questions = next((sheet for sheet in sheets if sheet is not cards and headings(sheet.grid, COLUMNS)), None)
    used = [sheet for sheet in (questions, cards) if sheet]
    notes = [note for sheet in used for note in _about(sheet, parts)]
    left = [sheet for sheet in sheets if sheet not in used]
    return bank(
        questions.grid if questions else (),
        cards.grid if cards else (),
        title=title,
        notes=[*notes, *_unread(left), *_beside(data, parts)],
    )


def _about(sheet: Sheet, parts: Mapping[str, bytes]) -> Iterator[Note]:
    """Yield what of the sheet's cells Excel may have changed, or keeps elsewhere."""
    where = f"lembar {sheet.title}: "
    yield from (Note(note.line, where + note.what, note.why) for note in (each.note for each in sheet.notes))
    if places := merged(sheet, parts):
        yield Note(0, f"{where}sel gabungan {places}", "isinya hanya dibaca di sel kiri atas; pisahkan selnya")
    if places := uncomputed(sheet, parts):
        yield Note(0, f"{where}rumus tanpa hasil di {places}", "dianggap kosong; buka dan simpan di Excel, atau tulis isinya")


def _unread(sheets: Sequence[Sheet]) -> Iterator[Note]:
    for sheet in sheets:
        if any(sheet.grid) and normal(sheet.title) != normal(HELP):
            yield Note(0, f"lembar {sheet.title}", "tidak diimpor; pindahkan soalnya ke lembar pertama, atau impor dari berkas tersendiri")


def _beside(data: bytes, parts: Mapping[str, bytes]) -> Iterator[Note]:
    """Yield what is in the workbook besides the cells."""
    if b"xl/media/" in data:  # names are not packed
        yield Note(0, "gambar di buku kerja", "tidak diimpor; simpan gambarnya di content/media, dan pasang pada kartu")
    if any(name.startswith("xl/comments") for name in parts):
        yield Note(0, "komentar pada sel", "tidak diimpor; pindahkan ke kolom Penjelasan atau Umpan balik")
    if any(b"<r>" in part for name, part in parts.items() if name.startswith(_TEXTS)):
        yield Note(0, "huruf tebal, miring, atau berwarna di dalam sel", "tidak diimpor; tulis <b>tebal</b> atau <i>miring</i>")
