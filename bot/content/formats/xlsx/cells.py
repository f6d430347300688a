"""One cell of a workbook: what Excel made of what people typed."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from openpyxl.utils.escape import unescape

from bot.content.formats.bank import Note
from bot.content.formats.sheet.row import Cell

_PLAIN: Final = re.compile(r"General|@|0|0\.0+|#,##0(\.0+)?")  # formats that show a number as it is
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ERROR: Final = "e"  # ECMA-376-1, 18.18.11 ST_CellType
_QUOTE: Final = "untuk teks, awali isi sel dengan tanda '"


def value_of(cell: Any) -> tuple[Cell, Note | None]:
    """Return what a cell that is not empty holds, and a note where that may not be what was typed or meant."""
    value = cell.value
    if isinstance(value, bool):
        return str(value).lower(), None
    if isinstance(value, int | float):
        return _number(cell, value)
    if isinstance(value, date | time | timedelta):
        shown = _day(value)
        return shown, Note(cell.row, f"sel {cell.coordinate} berisi tanggal atau jam", f"dibaca sebagai {shown}; {_QUOTE}")
    if cell.data_type == _ERROR:
        return "", Note(cell.row, f"sel {cell.coordinate} berisi galat {value}", "dianggap kosong; perbaiki rumusnya, atau tulis isinya")
    return _text(cell, str(value))


def _number(cell: Any, value: float) -> tuple[Cell, Note | None]:
    number = int(value) if value == value // 1 else value
    shown_as = cell.number_format
    if _PLAIN.fullmatch(shown_as):
        return number, None
    return number, Note(cell.row, f'sel {cell.coordinate} ditampilkan Excel dengan format "{shown_as}"', f"dibaca {number}; {_QUOTE}")


def _day(value: date | time | timedelta) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)


def _text(cell: Any, value: str) -> tuple[Cell, Note | None]:
    text = unescape(value).replace("\r\n", "\n").replace("\r", "\n")
    seen = _UNSEEN.sub("", text)
    note = Note(cell.row, f"sel {cell.coordinate} memuat huruf kendali yang tidak terlihat", "hurufnya dibuang; periksa isinya")
    return seen.strip(), note if seen != text else None
