"""From the bytes of a CSV or XLSX file to the entries of a roster, or to every fault of it at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from bot.content.formats import csv
from bot.content.formats.bank import BrokenBankError, Note, UnfitError
from bot.content.formats.noting import short
from bot.content.formats.sheet.row import Cell
from bot.content.formats.sheet.table import Grid, heading_row, letters_of, places
from bot.content.formats.xlsx.book import CellNote, merged, opened, uncomputed
from bot.content.formats.xlsx.parts import xml_parts
from bot.content.roster.cells import id_of, path_of, text_of
from bot.content.roster.columns import COLUMNS, KEY, REQUIRED
from bot.domain.roster import Entry, Fault

MOST_BYTES: Final = 16 * 1024 * 1024
_SECONDS: Final = 12  # of openpyxl: some 40,000 people
_HEADINGS: Final = {column.name: column.heading for column in COLUMNS}
T = TypeVar("T")


def read(data: bytes, *, workbook: bool) -> tuple[list[Entry], list[Fault], list[Note]]:
    """Return the entries of a file, what is wrong with it, and what of it is left out; only without faults it can be imported.

    Raises:
        BrokenBankError: it is no table, too large, or has no row with the headings ID, Nama and Unit.

    """
    grid, cell_notes, broken, left = _workbook(data) if workbook else (csv.grid_of(data, COLUMNS, key=KEY, most=MOST_BYTES), (), (), ())
    place = heading_row(grid, COLUMNS, KEY)
    named = places(grid[place], COLUMNS) if place is not None else {}
    if place is None or not set(REQUIRED) <= named.keys():
        raise BrokenBankError(Note(0, "tidak ada baris judul dengan kolom ID, Nama, dan Unit", "mulailah dari: sinau roster template"))
    entries: list[Entry] = []
    faults = [*broken, *_spoiled(cell_notes, named, place)]
    for number, cells in enumerate(grid[place + 1 :], start=place + 2):
        row = {name: cells[at] if at < len(cells) else "" for name, at in named.items()}
        if any(cell != "" for cell in row.values()):
            entry, wrong = _entry(number, row)
            faults += wrong
            entries += [entry] if entry else []
    if not entries and not faults:
        raise BrokenBankError(Note(0, "tidak ada pegawai di bawah baris judul", "isi, satu pegawai satu baris"))
    return entries, faults, [*left, *_unknown(grid, place, named)]


def _workbook(data: bytes) -> tuple[Grid, Sequence[CellNote], Sequence[Fault], Sequence[Note]]:
    """Return the first sheet that has the headings, with its faults and what of it is read otherwise than it looks; or nothing."""
    parts = xml_parts(data, seconds=_SECONDS)
    _, sheets = opened(data)
    sheet = next((each for each in sheets if heading_row(each.grid, COLUMNS, KEY) is not None), None)
    if sheet is None:
        return (), (), (), ()
    formulas, joined = uncomputed(sheet, parts), merged(sheet, parts)
    faults = [Fault(0, f"rumus tanpa hasil di {formulas}", "buka dan simpan di Excel, atau tulis isinya")] if formulas else []
    notes = [Note(0, f"sel gabungan {joined}", "isinya hanya dibaca di sel kiri atas; pisahkan selnya")] if joined else []
    return sheet.grid, sheet.notes, faults, notes


def _spoiled(notes: Sequence[CellNote], named: Mapping[str, int], place: int) -> Iterator[Fault]:
    """Yield the cells of our columns that Excel shows otherwise than it keeps them: zeros in front, dates, errors."""
    for each in notes:
        if each.column in named.values() and each.note.line > place + 1:
            yield Fault(each.note.line, each.note.what, "jadikan kolomnya Teks di Excel, lalu tulis isinya lagi")


def _entry(number: int, row: Mapping[str, Cell]) -> tuple[Entry | None, list[Fault]]:
    faults: list[Fault] = []

    def take(name: str, read: Callable[[Cell], T], nothing: T) -> T:
        try:
            value = read(row[name])
        except UnfitError as error:
            faults.append(Fault(number, f"{_HEADINGS[name]} {error.what}", error.why))
            return nothing
        if not value and name in REQUIRED:
            faults.append(Fault(number, f"{_HEADINGS[name]} kosong", "isi, atau hapus barisnya"))
        return value

    unit: tuple[str, ...] = ()
    unit = take("unit", path_of, unit)
    external_id, name = take(KEY, id_of, ""), take("name", text_of, "")
    job, level = (take(each, text_of, "") if each in row else None for each in ("job", "level"))
    supervisor = take("supervisor", id_of, "") if "supervisor" in row else None
    return Entry(number, external_id, name, unit, job, level, supervisor) if external_id else None, faults


def _unknown(grid: Grid, place: int, named: Mapping[str, int]) -> Iterator[Note]:
    """Yield the headings that nobody knows: what stands below them is not imported."""
    for at, cell in enumerate(grid[place]):
        if cell != "" and at not in named.values():
            yield Note(place + 1, f'kolom {letters_of(at)} "{short(str(cell))}" tidak dikenal', "tidak diimpor")
