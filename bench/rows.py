"""The result of a measure: one figure with its goal, and the table of all of them."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `goal` is None for what is only told; a figure that could not be measured is None and misses its goal."""

    name: str
    value: float | None
    unit: str
    goal: str | None
    ok: bool


def told(name: str, value: float, unit: str) -> Row:
    """Return a figure that has no goal."""
    return Row(name, _rounded(value), unit, None, ok=True)


def at_least(name: str, value: float, unit: str, goal: float) -> Row:
    """Return a figure that is to be `goal` or more."""
    return Row(name, _rounded(value), unit, f"≥ {goal:g}", ok=value >= goal)


def at_most(name: str, value: float, unit: str, goal: float) -> Row:
    """Return a figure that is to be `goal` or less."""
    return Row(name, _rounded(value), unit, f"≤ {goal:g}", ok=value <= goal)


def missing(name: str, unit: str, goal: str) -> Row:
    """Return a figure that could not be measured here."""
    return Row(name, None, unit, goal, ok=False)


def median(values: Iterable[float]) -> float:
    """Return the median of several runs."""
    return statistics.median(values)


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the value that `percent` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def as_table(rows: Sequence[Row]) -> str:
    """Return the rows as lines of text, one a row."""
    cells = [("", "figure", "value", "unit", "goal"), *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(5)]
    return "\n".join("  ".join(_padded(line, widths)).rstrip() for line in cells)


def write(rows: Sequence[Row], path: Path) -> None:
    """Write the rows as a JSON list."""
    path.write_bytes(orjson.dumps([asdict(row) for row in rows], option=orjson.OPT_INDENT_2) + b"\n")


def _cells(row: Row) -> tuple[str, str, str, str, str]:
    mark = "ok" if row.goal and row.ok else "MISSED" if row.goal else ""
    value = "not measured" if row.value is None else f"{row.value:,g}"
    return mark, row.name, value, row.unit, row.goal or ""


def _padded(line: Sequence[str], widths: Sequence[int]) -> Iterable[str]:
    for column, (cell, width) in enumerate(zip(line, widths, strict=True)):
        yield cell.rjust(width) if column == 2 else cell.ljust(width)  # noqa: PLR2004 - the column of the values


def _rounded(value: float) -> float:
    """Keep four digits: more would claim more than a run can tell."""
    return float(f"{value:.4g}")
