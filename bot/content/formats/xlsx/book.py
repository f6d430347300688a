"""From a workbook to the cells of its sheets, whatever they are about."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from warnings import catch_warnings, simplefilter

import openpyxl

from bot.content.formats.bank import BrokenBankError, Note
from bot.content.formats.noting import short
from bot.content.formats.sheet.row import Cell
from bot.content.formats.sheet.table import Grid
from bot.content.formats.xlsx.cells import value_of

_CELLS: Final = 1_000_000  # with the empty ones before the last of a row
_SHEETS: Final = 50
_PLACES: Final = 5  # that a note lists
_MERGED: Final = re.compile(rb'<(?:\w{1,9}:)?mergeCell\s+ref="([A-Z0-9:]{1,24})"')
_UNCOMPUTED: Final = re.compile(
    rb'<(?:\w{1,9}:)?c\s+r="([A-Z]{1,3}\d{1,7})"(?![^<>]*\st="str")[^<>]*>\s*+'
    rb"<(?:\w{1,9}:)?f(?=[\s/>])[^<>]*(?:(?<=/)>|>[^<]*</(?:\w{1,9}:)?f>)\s*+"
    rb"(?:</(?:\w{1,9}:)?c>|<(?:\w{1,9}:)?v\s*/>|<(?:\w{1,9}:)?v></)"
)


@dataclass(frozen=True, slots=True)
class CellNote:
    """What Excel may have made of the cell in a column, from 0."""

    column: int
    note: Note


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its title, the name of its part in the archive, its cells, and what Excel may have made of them."""

    title: str
    part: str
    grid: Grid
    notes: Sequence[CellNote]


def opened(data: bytes) -> tuple[str, list[Sheet]]:
    """Return the title and the sheets of a workbook that `xml_parts` has weighed; raises BrokenBankError when it can't be read."""
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
        raise BrokenBankError(Note(0, f"buku kerja punya {len(parts)} lembar", f"paling banyak {_SHEETS}; hapus yang tidak dipakai"))


def _part(sheet: Any) -> str:
    part: str = sheet._worksheet_path  # noqa: SLF001 - only this tells where merged cells and formulas stand
    return part


def _sheet(sheet: Any) -> Sheet:
    sheet.reset_dimensions()  # what a file says of its size need not be true
    grid: list[Sequence[Cell]] = []
    notes: list[CellNote] = []
    size = 0
    for row in sheet.iter_rows():
        size += len(row)
        if size > _CELLS:
            raise BrokenBankError(
                Note(len(grid) + 1, f"lembar {short(sheet.title)} terlalu lebar", "hapus kolom dan baris yang tidak dipakai")
            )
        read = [("", None) if cell.value is None else value_of(cell) for cell in row] if row else ()
        notes += [CellNote(column, note) for column, (_, note) in enumerate(read) if note]
        grid.append([value for value, _ in read] if read else ())
    return Sheet(sheet.title, _part(sheet), grid, notes)


def merged(sheet: Sheet, parts: Mapping[str, bytes]) -> str:
    """Return where cells are merged; empty when none are."""
    return _places(_MERGED, parts[sheet.part])


def uncomputed(sheet: Sheet, parts: Mapping[str, bytes]) -> str:
    """Return where formulas stand that were never computed; empty when none do."""
    return _places(_UNCOMPUTED, parts[sheet.part])


def _places(pattern: re.Pattern[bytes], part: bytes) -> str:
    found = [place.decode() for place in pattern.findall(part)]
    more = f", dan {len(found) - _PLACES} lagi" if len(found) > _PLACES else ""
    return ", ".join(found[:_PLACES]) + more
