"""From rows to a workbook that people fill in with Excel or LibreOffice."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # ships no type information

from bot.content.formats.bank import Written
from bot.content.formats.sheet.columns import CARD_COLUMNS, COLUMNS, KINDS, Column
from bot.content.formats.sheet.example import example
from bot.content.formats.sheet.writing import TextGrid, cards, questions
from bot.content.formats.xlsx.names import CARDS, HELP, QUESTIONS
from bot.content.model import Module

_MADE: Final = datetime(2025, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the same module makes the same file
_READY: Final = 500  # rows in which Excel offers the types of question
_HEADING: Final = {"bold": True, "bg_color": "#E7EEF7", "border": 1, "text_wrap": True, "valign": "top"}
_TEXT: Final = {"text_wrap": True, "valign": "top", "num_format": "@"}  # what is typed stays as it is typed: 1/2 becomes no date


def write(module: Module, media: Path) -> Written:  # noqa: ARG001 - a sheet holds no media
    """Return the module as a workbook: its questions and its cards."""
    asked, shown = questions(module), cards(module)
    return Written(_book(asked.grid, shown.grid, module.title), [*asked.notes, *shown.notes])


def template() -> bytes:
    """Return a workbook to be filled in, with two questions and a card as examples."""
    module = example()
    return _book(questions(module).grid, cards(module).grid, "")


def _book(asked: TextGrid, shown: TextGrid, title: str) -> bytes:
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": _MADE})
        sheet = _sheet(book, QUESTIONS, COLUMNS, asked)
        sheet.data_validation(1, 0, _READY, 0, {"validate": "list", "source": [kind.names[0] for kind in KINDS.values()]})
        _sheet(book, CARDS, CARD_COLUMNS, shown)
        _help(book)
    return file.getvalue()


def _sheet(book: Workbook, name: str, columns: Sequence[Column], grid: TextGrid) -> Any:
    sheet = _filled(book, name, [column.width for column in columns], grid, headings={0})
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(grid)}"})  # they are texts on purpose
    return sheet


def _help(book: Workbook) -> None:
    """Add the sheet that explains the columns."""
    parts = (
        ("Kolom lembar Soal", "Isinya", [[column.heading, column.help] for column in COLUMNS]),
        ("Jenis soal", "Yang diisi", [[kind.names[0], kind.help] for kind in KINDS.values()]),
        ("Kolom lembar Kartu", "Isinya", [[column.heading, column.help] for column in CARD_COLUMNS]),
    )
    grid: list[Sequence[str]] = []
    headings: set[int] = set()
    for name, purpose, rows in parts:
        headings.add(len(grid))
        grid += [[name, purpose], *rows, []]
    _filled(book, HELP, (22, 110), grid, headings)


def _filled(book: Workbook, name: str, widths: Sequence[int], grid: TextGrid, headings: set[int]) -> Any:
    sheet = book.add_worksheet(name)
    heading, text = book.add_format(_HEADING), book.add_format(_TEXT)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width, text)
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            if cell:  # never by `write`, which makes a formula of a text that begins with =
                sheet.write_string(row, column, cell, heading if row in headings else text)
    return sheet
