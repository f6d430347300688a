"""A roster to be filled in: the headings and two rows as examples."""

import csv
from io import BytesIO, StringIO

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # ships no type information

from bot.content.roster.columns import COLUMNS, EXAMPLE

_ROWS = (tuple(column.heading for column in COLUMNS), *EXAMPLE)


def as_csv() -> bytes:
    """Return it as Excel in Indonesia writes CSV: semicolons, UTF-8 with a byte order mark."""
    file = StringIO()
    csv.writer(file, delimiter=";").writerows(_ROWS)
    return file.getvalue().encode("utf-8-sig")


def as_xlsx() -> bytes:
    """Return it as a workbook whose cells are texts, so that Excel takes no id for a number."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Pegawai")
        text, heading = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "bg_color": "#E7EEF7", "num_format": "@"})
        for at, column in enumerate(COLUMNS):
            sheet.set_column(at, at, column.width, text)
            sheet.write_comment(0, at, column.help)
            for number, row in enumerate(_ROWS):
                sheet.write_string(number, at, row[at], text if number else heading)
        sheet.freeze_panes(1, 0)
    return file.getvalue()
