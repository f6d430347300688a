"""Tables as text for programs: CSV and JSON."""

import csv
from collections.abc import Sequence
from datetime import datetime
from io import StringIO
from typing import Any, Final

from bot.documents.table import Cell, Table

_FORMULA: Final = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
)  # with what a spreadsheet takes a text for a formula (owasp.org/www-community/attacks/CSV_Injection)


def as_csv(table: Table) -> str:
    """Return a table as CSV with a heading; a text that a spreadsheet would take for a formula begins with an apostrophe."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(column.key for column in table.columns)
    writer.writerows([_harmless(cell) for cell in row] for row in table.rows)
    return file.getvalue()


def as_data(tables: Sequence[Table], at: datetime) -> dict[str, Any]:
    """Return tables as plain JSON data."""
    return {"at": at.isoformat(timespec="seconds"), **{table.key: table.records() for table in tables}}


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
