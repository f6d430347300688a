"""Tables as a workbook for Excel and LibreOffice, a sheet each; texts stay texts, whatever they begin with."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # ships no type information

from bot.documents.table import Cell, Kind, Table

_HEADING: Final = {"bold": True, "bg_color": "#E7EEF7", "border": 1, "text_wrap": True, "valign": "top"}
_FORMATS: Final[dict[Kind, str]] = {"text": "@", "count": "#,##0", "percent": "0.0", "decimal": "0.00", "day": "yyyy-mm-dd"}
_WIDTHS: Final[dict[Kind, int]] = {"text": 28, "count": 12, "percent": 12, "decimal": 12, "day": 12}
_COLOURS: Final = ("#1b7f5c", "#e0a458")
_FIRST_ROW: Final = 1  # below the heading


def as_workbook(tables: Sequence[Table], charts: Mapping[str, tuple[str, ...]], made_at: datetime) -> bytes:
    """Return tables as a workbook; `charts` names, by a table's key, the column along the bottom and those drawn above it."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True, "default_date_format": _FORMATS["day"]}) as book:
        book.set_properties({"created": made_at.replace(tzinfo=None)})
        for table in tables:
            sheet = _sheet(book, table)
            if table.key in charts and table.rows:
                sheet.insert_chart(_FIRST_ROW, len(table.columns) + 1, _chart(book, table, charts[table.key]))
    return file.getvalue()


def _sheet(book: Workbook, table: Table) -> Any:
    sheet = book.add_worksheet(table.key)
    heading = book.add_format(_HEADING)
    sheet.freeze_panes(_FIRST_ROW, 0)
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.label, heading)
        sheet.set_column(place, place, _WIDTHS[column.kind])
        form = book.add_format({"num_format": _FORMATS[column.kind], "valign": "top", "text_wrap": column.kind == "text"})
        for number, row in enumerate(table.rows, start=_FIRST_ROW):
            _write(sheet, (number, place), row[place], column.kind, form)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(table.rows) + _FIRST_ROW}"})  # they are texts on purpose
    return sheet


def _write(sheet: Any, place: tuple[int, int], cell: Cell, kind: Kind, form: Any) -> None:
    if cell is None:
        sheet.write_blank(*place, None, form)
    elif kind == "day":
        sheet.write_datetime(*place, datetime.combine(date.fromisoformat(str(cell)), time()), form)
    elif isinstance(cell, str):
        sheet.write_string(*place, cell, form)
    else:
        sheet.write_number(*place, cell, form)


def _chart(book: Workbook, table: Table, keys: tuple[str, ...]) -> Any:
    places = {column.key: place for place, column in enumerate(table.columns)}
    along, *drawn = keys
    last = len(table.rows)
    chart = book.add_chart({"type": "column"})
    for key, colour in zip(drawn, _COLOURS, strict=False):
        chart.add_series(
            {
                "name": [table.key, 0, places[key]],
                "categories": [table.key, _FIRST_ROW, places[along], last, places[along]],
                "values": [table.key, _FIRST_ROW, places[key], last, places[key]],
                "fill": {"color": colour},
            }
        )
    chart.set_title({"name": table.title, "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"})
    return chart
