"""Every file says what the screen says: the same numbers, and texts that stay texts."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.documents import Cell, shown
from bot.documents.plain import as_csv, as_data
from bot.documents.workbook import as_workbook
from bot.screens import reporting
from bot.texts import load_words
from bot.views.reporting import Overview, Report
from tests.documents.drawing import REPORTS

WORDS = load_words()
LANGUAGES = st.sampled_from(sorted(WORDS))


def same(read: object, cell: Cell) -> bool:
    """Tell whether what was read from a file is what the table holds; a file has no other sign for nothing than nothing."""
    if cell is None or cell == "":
        return read in {None, ""}
    return read == cell and isinstance(read, str) == isinstance(cell, str)


def of_csv(text: str, cell: Cell) -> object:
    if isinstance(cell, int | float):
        return type(cell)(text)
    return text.removeprefix("'") if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@"} else text


def of_sheet(value: Any, cell: Cell) -> object:
    return value.date().isoformat() if isinstance(value, datetime) and isinstance(cell, str) else value


@settings(max_examples=60, deadline=None)
@given(report=REPORTS, language=LANGUAGES)
def test_csv_json_and_workbook_hold_what_the_screen_shows(report: Report, language: str) -> None:
    tables = reporting.tables(report, WORDS[language])
    data = orjson.loads(orjson.dumps(as_data(tables, report.overview.at)))
    book = load_workbook(BytesIO(as_workbook(tables, reporting.CHARTS, report.overview.at)))
    assert book.sheetnames == [table.key for table in tables]
    for table in tables:
        assert data[table.key] == table.records()
        written = list(csv.reader(StringIO(as_csv(table))))
        assert written[0] == [column.key for column in table.columns]
        sheet = list(book[table.key].iter_rows(values_only=True))
        assert list(sheet[0]) == [column.label for column in table.columns]
        assert len(written) == len(sheet) == len(table.rows) + 1
        for row, line, drawn in zip(table.rows, written[1:], sheet[1:], strict=True):
            for cell, text, value in zip(row, line, drawn, strict=True):
                assert same(of_csv(text, cell), cell), (text, cell)
                assert same(of_sheet(value, cell), cell), (value, cell)


@settings(max_examples=30, deadline=None)
@given(report=REPORTS, language=LANGUAGES)
def test_the_chat_tells_the_same_figures(report: Report, language: str) -> None:
    table = reporting.overview_table(report.overview, WORDS[language])
    told = reporting.report(report.overview, WORDS[language]).text
    for cell, column in zip(table.rows[0], table.columns, strict=True):
        assert f"{column.label}: <b>{shown(cell, column.kind, WORDS[language])}</b>" in told.splitlines()


@settings(max_examples=30, deadline=None)
@given(report=REPORTS)
def test_no_text_becomes_a_formula(report: Report) -> None:
    tables = reporting.tables(report, WORDS["id"])
    book = load_workbook(BytesIO(as_workbook(tables, reporting.CHARTS, report.overview.at)))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    for table in tables:
        for row in csv.reader(StringIO(as_csv(table))):
            assert not [cell for cell in row if cell.startswith(("=", "+", "@", "\t")) or (cell.startswith("-") and not is_number(cell))]


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@settings(max_examples=5, deadline=None)
@given(report=REPORTS, language=LANGUAGES)
def test_paper_can_be_made_of_whatever_is_told(report: Report, language: str) -> None:
    assert reporting.file(report, "pdf", WORDS[language]).startswith(b"%PDF-")


@settings(max_examples=3, deadline=None)
@given(report=REPORTS, language=LANGUAGES)
def test_a_downloaded_workbook_has_a_chart_of_the_weeks_and_a_csv_the_mark_by_which_excel_knows_its_letters(
    report: Report, language: str
) -> None:
    book = load_workbook(BytesIO(reporting.file(report, "xlsx", WORDS[language])))
    assert len(vars(book["weeks"])["_charts"]) == 1
    assert reporting.file(report, "csv", WORDS[language]).startswith(b"\xef\xbb\xbf")


def test_a_file_is_called_by_the_day_where_it_is_read() -> None:
    early = datetime(2026, 3, 3, 22, 30, tzinfo=UTC)  # half past seven of the next morning in Jayapura
    overview = Overview(early, "Asia/Jayapura", 0, 0, 0, 0, 0, None, (), ())
    assert reporting.filename(Report(overview, (), (), (), ()), "pdf") == "laporan-sinau-2026-03-04.pdf"
