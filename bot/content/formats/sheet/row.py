"""One row: its cells are taken one by one, so that in the end it is known which nobody took."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.content.formats.bank import Note, UnfitError
from bot.content.formats.noting import short
from bot.content.formats.sheet.columns import LETTERS, normal
from bot.content.formats.words import exact
from bot.domain.typed import readings

Cell = str | int | float

_EXACT: Final = 10**15  # Excel keeps 15 digits (support.microsoft.com, Excel specifications and limits: number precision)
_BETWEEN: Final = re.compile(r"[\s,;.&/+]+|\bDAN\b|\bAND\b")
_YES: Final = frozenset({"ya", "yes", "y", "true", "1", "x"})
_NO: Final = frozenset({"tidak", "no", "n", "false", "0"})


def written(number: float) -> str:
    """Return a number as people here write it, with all its digits and without separators of thousands: 1234,5."""
    return f"{exact(number):f}".removesuffix(".0").replace(".", ",")


@dataclass(slots=True)
class Row:
    """A row of the file: its number, what is left of its cells by the names of their columns, and the headings of those names."""

    number: int
    cells: dict[str, Cell]
    headings: Mapping[str, str]
    notes: list[Note] = field(default_factory=list)

    def note(self, what: str, why: str) -> None:
        """Add a note about this row."""
        self.notes.append(Note(self.number, what, why))

    def text(self, name: str) -> str:
        """Take a cell as text; empty when it is. A number that Excel may show in another way is noted."""
        cell = self.cells.pop(name, "")
        if isinstance(cell, str):
            return cell
        if isinstance(cell, float) or abs(cell) >= _EXACT:
            what = f"{self.headings[name]} disimpan Excel sebagai bilangan {written(cell)}"
            self.note(what, "periksa; untuk teks, awali isi sel dengan tanda '")
        return written(cell)

    def lines(self, name: str) -> list[str]:
        """Take the lines of a cell, without empty ones."""
        return [line.strip() for line in self.text(name).split("\n") if line.strip()]

    def lettered(self, name: str) -> dict[str, str]:
        """Take the cells of a column that there is for each letter; without empty ones."""
        texts = {letter: self.text(f"{name} {letter}") for letter in LETTERS}
        return {letter: text for letter, text in texts.items() if text}

    def number_in(self, name: str) -> float | None:
        """Take a number; None when the cell is empty. Raises UnfitError when it is no number or can be read in two ways."""
        cell = self.cells.pop(name, "")
        return as_number(cell, self.headings[name]) if cell != "" else None

    def whole(self, name: str) -> int | None:
        """Take a whole number; None when the cell is empty. Raises UnfitError when it is none."""
        number = self.number_in(name)
        if number is None:
            return None
        if number != int(number):
            raise UnfitError(f"{self.headings[name]} {written(number)} bukan bilangan bulat", "tulis tanpa koma")
        return int(number)

    def flag(self, name: str) -> bool | None:
        """Take a yes or no; None when the cell is empty. Raises UnfitError when it is neither."""
        word = self.text(name)
        if normal(word) in _YES | _NO:
            return normal(word) in _YES
        if word:
            raise UnfitError(f'{self.headings[name]} "{short(word)}" tidak dimengerti', "tulis ya atau tidak")
        return None

    def word(self, name: str, words: Mapping[str, str]) -> str:
        """Take one of these words, by what they mean; empty when the cell is. Raises UnfitError for any other."""
        word = self.text(name)
        meant = {normal(one): meaning for one, meaning in words.items()} | {normal(meaning): meaning for meaning in words.values()}
        if word and normal(word) not in meant:
            raise UnfitError(f'{self.headings[name]} "{short(word)}" tidak dikenal', f"tulis {' atau '.join(words)}")
        return meant.get(normal(word), "")

    def letters(self, name: str, known: Collection[str]) -> list[str]:
        """Take letters of options, such as "A, C"; none when the cell is empty. Raises UnfitError for what names no option."""
        word = self.text(name)
        letters = list("".join(_BETWEEN.split(word.upper())))
        if not set(letters) <= set(known) or len(set(letters)) < len(letters):
            raise UnfitError(
                f'{self.headings[name]} "{short(word)}" tidak menunjuk pilihan yang ada', "tulis huruf kolomnya, misalnya B, atau A, C"
            )
        return letters


def as_number(cell: Cell, heading: str) -> float:
    """Return the number that a cell holds.

    Raises:
        UnfitError: it is none, has a unit, or can be read in two ways, such as 1.234.

    """
    if not isinstance(cell, str):
        return cell
    found = readings(cell)
    if not found or any(unit for _, unit in found):
        raise UnfitError(f'{heading} "{short(cell.strip())}" bukan bilangan', "tulis angkanya saja; satuan ada di kolom Satuan")
    if len(found) > 1:
        raise UnfitError(
            f'{heading} "{short(cell.strip())}" dapat berarti {" atau ".join(written(float(number)) for number, _ in found)}',
            "tulis tanpa pemisah ribuan, dan koma desimal dengan empat angka di belakangnya",
        )
    number = float(found[0][0])
    return int(number) if number.is_integer() else number
