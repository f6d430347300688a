"""From the cells of a file to rows whose cells go by the names of their columns."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bot.content.formats.bank import BrokenBankError, Note
from bot.content.formats.noting import short
from bot.content.formats.sheet.columns import Column, normal
from bot.content.formats.sheet.row import Cell, Row

TITLE_ROWS: Final = 10  # above the headings people write a title, a name, a date
ROWS: Final = 3_000  # fifty modules
_WIDTH: Final = 256  # columns in which headings are looked for
QUESTION: Final = "text"  # the column that no question bank is without
_ENOUGH: Final = 2  # known headings: a lone "Soal" is a word in a text

Grid = Sequence[
    Sequence[Cell]
]  # from the first row of the file, without space around texts; an empty cell is "", an empty row may be short


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that hold something, and what of the rest could not be kept."""

    rows: Sequence[Row]
    notes: Sequence[Note]


def headings(grid: Grid, columns: Sequence[Column], key: str = QUESTION) -> int:
    """Return how many of the columns the file names in its row of headings; 0 when it has no such row, in which `key` always is."""
    place = heading_row(grid, columns, key)
    return 0 if place is None else len(places(grid[place], columns))


def table(grid: Grid, columns: Sequence[Column]) -> Table | None:
    """Return the rows below the row of headings; None when there is no such row.

    Raises:
        BrokenBankError: there are too many rows.

    """
    place = heading_row(grid, columns)
    if place is None:
        return None
    names = places(grid[place], columns)
    rows = list(islice(_rows(grid, place + 1, names, {column.name: column.heading for column in columns}), ROWS + 1))
    if len(rows) > ROWS:
        raise BrokenBankError(Note(rows[ROWS].number, f"lebih dari {ROWS} baris", "bagi menjadi beberapa berkas"))
    return Table(rows, [*_above(grid[:place]), *_beside(grid, place, names)])


def _rows(grid: Grid, start: int, names: Mapping[str, int], shown: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows from place `start` on that hold something in the columns of these names."""
    for number, cells in enumerate(islice(grid, start, None), start=start + 1):
        found = {name: cells[at] for name, at in names.items() if at < len(cells) and cells[at] != ""} if cells else {}
        if found:
            yield Row(number, found, shown)


def letters_of(column: int) -> str:
    """Return the name that Excel gives a column: A for 0, Z for 25, AA for 26."""
    before, last = divmod(column, 26)
    return f"{letters_of(before - 1) if before else ''}{chr(ord('A') + last)}"


def _names(columns: Sequence[Column]) -> dict[str, str]:
    return {normal(heading): column.name for column in columns for heading in (column.heading, *column.also)}


def places(cells: Sequence[Cell], columns: Sequence[Column]) -> dict[str, int]:
    """Return the places of the columns in a row of headings by their names; of two with the same name the first."""
    names = _names(columns)
    found: dict[str, int] = {}
    for place, cell in enumerate(cells[:_WIDTH]):
        if name := names.get(normal(str(cell))):
            found.setdefault(name, place)
    return found


def heading_row(grid: Grid, columns: Sequence[Column], key: str = QUESTION) -> int | None:
    """Return which row names the columns, the one called `key` among them; None when none does."""
    for place, cells in enumerate(grid[:TITLE_ROWS]):
        found = places(cells, columns)
        if key in found and len(found) >= _ENOUGH:
            return place
    return None


def _above(grid: Grid) -> Iterator[Note]:
    for number, cells in enumerate(grid, start=1):
        written = " ".join(str(cell) for cell in cells if cell != "")
        if written and not written.lower().startswith("sep="):  # by which a CSV tells Excel its separator
            yield Note(number, f'"{short(written)}" di atas judul kolom', "tidak diimpor; isi judul modul dengan --title")


def _beside(grid: Grid, place: int, names: Mapping[str, int]) -> Iterator[Note]:
    """Yield the columns that hold something and that nobody knows."""
    known = set(names.values())
    filled = Counter(at for cells in grid[place + 1 :] for at, cell in enumerate(cells) if cell != "" and at not in known)
    for at in sorted(filled):
        heading = str(grid[place][at]) if at < len(grid[place]) else ""
        name = f'kolom {letters_of(at)} "{short(heading)}" tidak dikenal' if heading else f"kolom {letters_of(at)} tidak punya judul"
        yield Note(place + 1, f"{name}; {filled[at]} sel tidak diimpor", "hapus, atau ganti judulnya: lihat sinau template")
