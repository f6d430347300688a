"""One cell of a roster: what a spreadsheet made of it, and what was meant."""

import re
import unicodedata
from typing import Final

from bot.content.formats.bank import UnfitError
from bot.content.formats.sheet.row import Cell, written

LONGEST: Final = 200  # letters of a cell
LONGEST_ID: Final = 64
_EXACT: Final = 10**15  # Excel keeps 15 digits (support.microsoft.com, Excel specifications and limits: number precision)
_UNSEEN: Final = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_QUOTED: Final = re.compile(r'="(.*)"')  # by which people keep Excel from making a number of it in a CSV
_SHORTENED: Final = re.compile(r"\d+([.,]\d+)?E\+?\d+", re.IGNORECASE)
_AS_TEXT: Final = "jadikan kolomnya Teks di Excel, lalu tulis nomornya lagi"


def text_of(cell: Cell) -> str:
    """Return a cell as one line without what nobody sees; raises UnfitError when it is too long, or a formula."""
    raw = cell if isinstance(cell, str) else written(cell)
    quoted = _QUOTED.fullmatch(raw.strip())
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", quoted[1] if quoted else raw))
    line = " ".join(seen.split())
    if line.startswith("="):
        raise UnfitError("berisi rumus", "tulis isinya, bukan rumusnya")
    if len(line) > LONGEST:
        raise UnfitError(f"lebih dari {LONGEST} huruf", "persingkat")
    return line


def id_of(cell: Cell) -> str:
    """Return an id without spaces, which people write between groups of digits; raises UnfitError when it can't be what was meant."""
    if isinstance(cell, float) or (isinstance(cell, int) and abs(cell) >= _EXACT):
        raise UnfitError("disimpan Excel sebagai bilangan, jadi angka terakhirnya hilang", _AS_TEXT)
    line = "".join(text_of(cell).split()).removeprefix("'")
    if _SHORTENED.fullmatch(line):
        raise UnfitError(f"disingkat Excel menjadi {line}", _AS_TEXT)
    if len(line) > LONGEST_ID:
        raise UnfitError(f"lebih dari {LONGEST_ID} huruf", "periksa; ID adalah nomor tetap seorang pegawai")
    return line


def path_of(cell: Cell) -> tuple[str, ...]:
    """Return the names of a unit from the top down; raises UnfitError when one of them is empty."""
    line = text_of(cell)
    names = tuple(each.strip() for each in line.split(">")) if line else ()
    if not all(names):
        raise UnfitError("punya bagian kosong", "tulis seperti Dinas Kesehatan > Bidang P2P")
    return names
