"""A table as plain data: what the screen shows and what the files hold is this, and nothing else."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.texts import Words

Kind = Literal["text", "count", "percent", "decimal", "day"]
Cell = str | int | float | None  # a day is its ISO form; None: too few people are behind it, or there is nothing to say


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its `key` for programs, its `label` for people. Percents are 0..100 with one decimal."""

    key: str
    label: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below columns; `note` says what has to be known to read it."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def records(self) -> list[dict[str, Cell]]:
        """Return the rows by the keys of the columns."""
        return [{column.key: cell for column, cell in zip(self.columns, row, strict=True)} for row in self.rows]


def shown(cell: Cell, kind: Kind, t: Words) -> str:
    """Return a cell as people read it: a dash where there is nothing."""
    if cell is None:
        return "–"
    if kind == "day":
        return t.full_date(date.fromisoformat(str(cell)))
    return cell if isinstance(cell, str) else t.exact(cell)
