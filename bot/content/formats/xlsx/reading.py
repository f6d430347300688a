"""From a workbook to the rows of its sheets."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from warnings import catch_warnings, simplefilter

import openpyxl

from bot.content.formats.bank import Bank, BrokenBankError, Note
from bot.content.formats.noting import short
from bot.content.formats.sheet.columns import COLUMNS, normal
from bot.content.formats.sheet.reading import bank
from bot.content.formats.sheet.row import Cell
from bot.content.formats.sheet.table import Grid, headings
from bot.content.formats.xlsx.cells import value_of
from bot.content.formats.xlsx.names import CARDS, HELP
from bot.content.formats.xlsx.parts import xml_parts

_CELLS: Final = 1_000_000  # with the empty ones before the last of a row
_SHEETS: Final = 50
_PLACES: Final = 5  # that a note lists
_CARD_SHEETS: Final = frozenset({normal(CARDS), "cards"})
_TEXTS: Final = ("xl/sharedStrings", "xl/worksheets/")
_MERGED: Final = re.compile(rb'<(?:\w{1,9}:)?mergeCell\s+ref="([A-Z0-9:]{1,24})"')
_UNCOMPUTED: Final = re.compile(
    rb'<(?:\w{1,9}:)?c\s+r="([A-Z]{1,3}\d{1,7})"(?![^<>]*\st="str")[^<>]*>\s*+'
    rb"<(?:\w{1,9}:)?f(?=[\s/>])[^<>]*(?:(?<=/)>|>[^<]*</(?:\w{1,9}:)?f>)\s*+"
    rb"(?:</(?:\w{1,9}:)?c>|<(?:\w{1,9}:)?v\s*/>|<(?:\w{1,9}:)?v></)"
)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet: its title, the name of its part in the archive, its cells, and what Excel may have made of them."""

    title: str
    part: str
    grid: Grid
    notes: Sequence[Note]


def read(data: bytes, module_id: str) -> Bank:  # noqa: ARG001 - there are no media to name
    """Return the questions of the first sheet that has their headings, and the cards of the sheet Kartu.

    Raises:
        BrokenBankError: it is no workbook, one that is too large, or one without the headings of a question bank.

    """
    parts = xml_parts(data)
    title, sheets = _opened(data)
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


def _opened(data: bytes) -> tuple[str, list[_Sheet]]:
    """Return the title and the sheets of a workbook."""
    try:
        with catch_warnings():
            simplefilter("ignore")  # openpyxl warns of parts that it drops when it writes, which it never does here
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            _check(book)
            return book.properties.title or "", [_sheet(sheet) for sheet in book.worksheets]
    except BrokenBankError:
        raise
    except Exception as error:  # openpyxl stumbles over a damaged workbook in any way
        raise BrokenBankError(Note(0, "isinya bukan buku kerja Excel yang utuh", "simpan ulang dari Excel atau LibreOffice")) from error


def _check(book: Any) -> None:
    parts = [_part(sheet) for sheet in book.worksheets]
    if len(parts) > _SHEETS or len(set(parts)) < len(parts):
        raise BrokenBankError(Note(0, f"buku kerja punya {len(parts)} lembar", f"paling banyak {_SHEETS}; hapus yang bukan soal"))


def _part(sheet: Any) -> str:
    part: str = sheet._worksheet_path  # noqa: SLF001 - only this tells where merged cells and formulas stand
    return part


def _sheet(sheet: Any) -> _Sheet:
    sheet.reset_dimensions()  # what a file says of its size need not be true
    grid: list[Sequence[Cell]] = []
    notes: list[Note] = []
    size = 0
    for row in sheet.iter_rows():
        size += len(row)
        if size > _CELLS:
            raise BrokenBankError(
                Note(len(grid) + 1, f"lembar {short(sheet.title)} terlalu lebar", "hapus kolom dan baris yang tidak dipakai")
            )
        read = [("", None) if cell.value is None else value_of(cell) for cell in row] if row else ()
        notes += [note for _, note in read if note]
        grid.append([value for value, _ in read] if read else ())
    return _Sheet(sheet.title, _part(sheet), grid, notes)


def _about(sheet: _Sheet, parts: Mapping[str, bytes]) -> Iterator[Note]:
    """Yield what of the sheet's cells Excel may have changed, or keeps elsewhere."""
    where = f"lembar {sheet.title}: "
    yield from (Note(note.line, where + note.what, note.why) for note in sheet.notes)
    if merged := _places(_MERGED, parts[sheet.part]):
        yield Note(0, f"{where}sel gabungan {merged}", "isinya hanya dibaca di sel kiri atas; pisahkan selnya")
    if uncomputed := _places(_UNCOMPUTED, parts[sheet.part]):
        yield Note(0, f"{where}rumus tanpa hasil di {uncomputed}", "dianggap kosong; buka dan simpan di Excel, atau tulis isinya")


def _places(pattern: re.Pattern[bytes], part: bytes) -> str:
    found = [place.decode() for place in pattern.findall(part)]
    more = f", dan {len(found) - _PLACES} lagi" if len(found) > _PLACES else ""
    return ", ".join(found[:_PLACES]) + more


def _unread(sheets: Sequence[_Sheet]) -> Iterator[Note]:
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
