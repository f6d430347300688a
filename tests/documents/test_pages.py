"""What a page shows is what its table holds, for whatever there is to show."""

from html.parser import HTMLParser
from typing import Any

from hypothesis import given, settings

from bot.documents import Cell, Table, shown
from bot.screens import reporting
from bot.texts import load_words
from bot.views.reporting import Report
from bot.web.dashboard.drawing import draw
from tests.documents.drawing import REPORTS
from tests.documents.test_files import LANGUAGES

WORDS = load_words()
FRAME = {"name": "Ratna", "path": "/dasbor", "mark": "m"}


class Tables(HTMLParser):
    """Reads the tables of a page: heads, values and texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.heads: dict[str, list[str]] = {}
        self.rows: dict[str, list[list[tuple[str | None, str]]]] = {}
        self._key = ""
        self._cell: tuple[str | None, list[str]] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "table":
            self._key = named["data-table"] or ""
            self.heads[self._key], self.rows[self._key] = [], []
        elif tag == "th":
            self.heads[self._key].append(named["data-key"] or "")
        elif tag == "tr":
            self.rows[self._key].append([])
        elif tag == "td":
            self._cell = (named.get("data-value"), [])

    def handle_data(self, data: str) -> None:
        if self._cell:
            self._cell[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "td" and self._cell:
            self.rows[self._key][-1].append((self._cell[0], "".join(self._cell[1])))
            self._cell = None


def check(text: str, table: Table, language: str) -> None:
    read = Tables(text)
    columns = [column for column in table.columns if column.key in read.heads[table.key]]
    assert read.heads[table.key] == [column.key for column in columns]
    rows = [row for row in read.rows[table.key] if row]
    wanted = [
        [(written(cell), shown(cell, column.kind, WORDS[language])) for cell, column in picked(row, table, columns)] for row in table.rows
    ]
    assert rows == wanted


def picked(row: tuple[Cell, ...], table: Table, columns: list[Any]) -> list[tuple[Cell, Any]]:
    return [(cell, column) for cell, column in zip(row, table.columns, strict=True) if column in columns]


def written(cell: Cell) -> str | None:
    return None if cell is None else str(cell)


@settings(max_examples=40, deadline=None)
@given(report=REPORTS, language=LANGUAGES)
def test_each_page_shows_its_tables_and_escapes_every_text(report: Report, language: str) -> None:
    t = WORDS[language]
    overview, weeks = reporting.overview_table(report.overview, t), reporting.weeks_table(report.overview, t)
    page = draw("overview.html", t, **FRAME, moment="m", overview=overview, weeks=weeks)
    check(page, overview, language)
    check(page, weeks, language)
    items = reporting.items_table(report.items, t)
    options = [(each.text, reporting.options_table((each,), t)) for each in report.items if each.options]
    figures = reporting.modules_table(report.modules, t)
    page = draw("module.html", t, **FRAME, title="T", waiting=1, moment=None, options=options, figures=figures, items=items)
    if items.rows:
        check(page, items, language)
    table = reporting.announcements_table(report.announcements, "Asia/Jakarta", t)
    page = draw("announcements.html", t, **FRAME, table=table, moves=True)
    if table.rows:
        check(page, table, language)
    table = reporting.wishes_table(report.wishes, t)
    asked = draw("wishes.html", t, **FRAME, table=table)
    if table.rows:
        check(asked, table, language)
    assert "<b>" not in page + asked


@settings(max_examples=20, deadline=None)
@given(report=REPORTS, language=LANGUAGES)
def test_modules_are_told_by_their_titles_or_by_their_ids_once_they_are_gone(report: Report, language: str) -> None:
    table = reporting.modules_table(report.modules, WORDS[language])
    read = Tables(draw("modules.html", WORDS[language], **FRAME, table=table))
    told = [row[0][1] for row in read.rows["modules"] if row]
    assert told == [each.title or each.id for each in report.modules]
