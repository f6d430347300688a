"""Rows for every table there is, whatever its columns, so that a table of tomorrow is not forgotten."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Connection, Date, Float, Integer, Table, Text, insert, select

from bot.storage.tables import Moment, metadata

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CHANGED_BY_A_RESTORE = {"hold", "lease", "replica"}

Rows = dict[str, list[Sequence[Any]]]


def fill(connection: Connection, rows: int = 3) -> None:
    """Write so many rows into each table; the last one has nothing where nothing is needed."""
    for table in metadata.sorted_tables:
        connection.execute(insert(table), [row(table, number, bare=number == rows) for number in range(1, rows + 1)])


def contents(connection: Connection) -> Rows:
    """Return every row of every table that a restore leaves as it was."""
    kept = [table for table in metadata.sorted_tables if table.name not in CHANGED_BY_A_RESTORE]
    return {table.name: [tuple(found) for found in connection.execute(select(table).order_by(*table.primary_key))] for table in kept}


def row(table: Table, number: int, *, bare: bool = False) -> dict[str, Any]:
    """Return the values of a row; where nothing is needed, a bare one has nothing."""
    return {column.name: None if bare and column.nullable else _value(column, number) for column in table.c}


def _value(column: Column[Any], number: int) -> Any:
    if column.foreign_keys:
        return _value(next(iter(column.foreign_keys)).column, number)
    if column.name == "id":
        return number
    return next(make(number) for kind, make in _VALUES.items() if isinstance(column.type, kind))


_VALUES: dict[type[Any], Callable[[int], Any]] = {
    Moment: lambda number: AT + timedelta(days=number, microseconds=number),
    Date: lambda number: AT.date() + timedelta(days=number),
    Boolean: lambda number: number % 2 == 0,
    Float: lambda number: number / 3,
    JSON: lambda number: {"number": number, "text": "“Rahasia” 🙂"},
    Text: lambda number: f"text {number} “'🙂\n",
    BigInteger: lambda number: 10_000_000_000 + number,
    Integer: lambda number: number,
}
