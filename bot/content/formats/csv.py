"""Question banks as CSV, the tables that every spreadsheet reads and writes.

Written as Excel in Indonesia writes it: semicolons, since the comma is the decimal mark, and UTF-8 with a byte order mark.
"""

import csv
import re
from collections.abc import Sequence
from contextlib import suppress
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.content.formats.bank import Bank, BrokenBankError, Note, Written
from bot.content.formats.decoding import TEXT_BYTES, decode
from bot.content.formats.sheet.columns import COLUMNS, Column
from bot.content.formats.sheet.example import example
from bot.content.formats.sheet.reading import bank
from bot.content.formats.sheet.table import QUESTION, TITLE_ROWS, Grid, headings
from bot.content.formats.sheet.writing import questions
from bot.content.model import Module

if TYPE_CHECKING:
    from _csv import Reader

_SEPARATORS: Final = ";,\t"
_LINES: Final = 200_000  # with those within cells
# Spreadsheets run what begins so (owasp.org/www-community/attacks/CSV_Injection). A quote in front makes a text of it, and one more of
# what has one already, so that reading takes off what writing put on.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
_QUOTED: Final = re.compile(r"'+[=+\-@\t\r]")


def read(data: bytes, module_id: str) -> Bank:  # noqa: ARG001 - there are no media to name
    """Return the questions of a table.

    Raises:
        BrokenBankError: it is no text in UTF-8, too large, no table, or without the headings of a question bank.

    """
    return bank(grid_of(data, COLUMNS))


def grid_of(data: bytes, columns: Sequence[Column], *, key: str = QUESTION, most: int = TEXT_BYTES) -> Grid:
    """Return the cells of a table, separated by whichever sign names most of the columns, the one called `key` among them.

    Raises:
        BrokenBankError: it is no text in UTF-8, larger than so many bytes, or no table.

    """
    try:
        text = decode(data, most=most)
    except BrokenBankError as error:
        raise BrokenBankError(*error.notes, Note(0, "dari Excel", "simpan dengan Save As sebagai CSV UTF-8 (Comma delimited)")) from error
    if text.count("\n") > _LINES:
        raise BrokenBankError(Note(_LINES + 1, f"lebih dari {_LINES} baris", "bagi menjadi beberapa berkas"))
    return _grid(text, max(_SEPARATORS, key=lambda one: headings(_top(text, one), columns, key)))


def write(module: Module, media: Path) -> Written:  # noqa: ARG001 - a table holds no media
    """Return the questions of the module as a table."""
    asked = questions(module)
    file = StringIO()
    csv.writer(file, delimiter=";").writerows([_safe(cell) for cell in cells] for cells in asked.grid)
    lost = Note(0, f"isi {len(module.cards)} kartu", "tidak ditulis; pakai XLSX, yang punya lembar Kartu")
    return Written(file.getvalue().encode("utf-8-sig"), [*asked.notes, lost])


def template() -> bytes:
    """Return a table to be filled in, with two questions as examples."""
    return write(example(), Path()).data


def _grid(text: str, separator: str) -> Grid:
    lines = _reader(text, separator)
    try:
        return [[_meant(cell) for cell in cells] if any(cells) else () for cells in lines]
    except csv.Error as error:
        raise BrokenBankError(
            Note(lines.line_num, "ada tanda kutip tanpa pasangan, atau sel yang terlalu panjang", "perbaiki, atau simpan ulang dari Excel")
        ) from error


def _top(text: str, separator: str) -> Grid:
    """Return the first rows as they are with one separator, up to where it makes no table of them."""
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(islice(_reader(text, separator), TITLE_ROWS))
    return rows


def _reader(text: str, separator: str) -> "Reader":
    return csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)


def _safe(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _meant(cell: str) -> str:
    cell = cell.strip()
    return cell[1:].strip() if cell[:1] == "'" and _QUOTED.match(cell) else cell
