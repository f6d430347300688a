"""Statements that are compiled once, for what every tap runs.

SQLAlchemy's own way from a statement to its rows costs ten times what SQLite takes for them (docs/performance.md). A prepared
statement is the same SQLAlchemy statement; only compiling it, and finding out how each value is converted, happens once.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Delete, Dialect, Insert, Select, Table, Update, bindparam, insert, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

_CURSOR: Final = "cursor of prepared statements"

Convert = Callable[[Any], Any]
Values = dict[str, Any]


Statement = Select[Any] | Insert | Update | Delete


class Prepared:
    """A statement whose values are all named by `bindparam`. Its lists have a fixed length: no `in_` over a parameter."""

    def __init__(self, statement: Statement, columns: Sequence[str] | None = None) -> None:
        """Keep the statement, which writes `columns` if any; it is compiled for a dialect when it is first run there."""
        self._statement = statement
        self._columns = columns
        self._compiled: dict[str, _Compiled] = {}

    def all(self, connection: Connection, values: Values) -> list[Sequence[Any]]:
        """Return the rows."""
        return self._for(connection.dialect).fetch(connection, values)

    def first(self, connection: Connection, values: Values) -> Sequence[Any] | None:
        """Return the first row, None when there is none."""
        rows = self.all(connection, values)
        return rows[0] if rows else None

    def scalar(self, connection: Connection, values: Values) -> Any:
        """Return the first value of the first row, None when there is none."""
        row = self.first(connection, values)
        return row[0] if row else None

    def run(self, connection: Connection, values: Values) -> int:
        """Return how many rows were written."""
        written: int = self._for(connection.dialect).execute(connection, values).rowcount
        return written

    def _for(self, dialect: Dialect) -> "_Compiled":
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _Compiled(self._statement, self._columns, dialect)
        return compiled


@cache
def inserting(table: Table, *columns: str) -> Prepared:
    """Return the insertion of a row with these columns."""
    return Prepared(insert(table).inline(), columns)


@cache
def inserting_unless_there(table: Table, *columns: str) -> Prepared:
    """Return the insertion of a row with these columns, which writes nothing when its key is there already."""
    # PostgreSQL's form, which SQLAlchemy renders for SQLite as well; the reverse it does not.
    return Prepared(postgresql.insert(table).inline().on_conflict_do_nothing(), columns)


@cache
def changing(table: Table, *columns: str) -> Prepared:
    """Return the change of these columns in the row whose id is given as `key`."""
    return Prepared(update(table).where(table.c.id == bindparam("key")), columns)


class _Compiled:
    """A statement in the words of one dialect, with the conversions of its values and columns."""

    def __init__(self, statement: Statement, columns: Sequence[str] | None, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=columns)
        assert isinstance(compiled, SQLCompiler)  # noqa: S101 - what compiling such a statement gives
        self._sql = str(compiled)
        self._positions = compiled.positiontup
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}
        self._binds = [(name, _to_database(bind.type, dialect)) for bind, name in compiled.bind_names.items()]
        self._kinds = [column.type for column in _columns(statement)]
        self._converts: list[tuple[int, Convert]] | None = None

    def fetch(self, connection: Connection, values: Values) -> list[Sequence[Any]]:
        """Run, and return the rows as the tables' types have them in Python."""
        cursor = self.execute(connection, values)
        rows: list[Sequence[Any]] = cursor.fetchall()
        converts = self._converts
        if converts is None:
            converts = self._converts = self._find_converts(cursor, connection.dialect)
        return [_converted(row, converts) for row in rows] if converts else rows

    def execute(self, connection: Connection, values: Values) -> Any:
        """Run on the driver's own cursor, which is returned; the driver's errors come out as SQLAlchemy's."""
        own = self._fixed | values if self._fixed else values
        bound = {name: convert(own[name]) if convert else own[name] for name, convert in self._binds}
        parameters = bound if self._positions is None else [bound[name] for name in self._positions]
        cursor = _cursor(connection)
        try:
            cursor.execute(self._sql, parameters)
        except _errors(connection.dialect) as error:
            raise _as_sqlalchemys(error, connection) from error
        return cursor

    def _find_converts(self, cursor: Any, dialect: Dialect) -> list[tuple[int, Convert]]:
        """Return the conversions of columns that need one; some drivers tell only with a result what they return."""
        codes = [column[1] for column in cursor.description]
        found = [kind.dialect_impl(dialect).result_processor(dialect, code) for kind, code in zip(self._kinds, codes, strict=True)]
        return [(place, convert) for place, convert in enumerate(found) if convert]


def _cursor(connection: Connection) -> Any:
    """Return the connection's one cursor for prepared statements, whose rows are always read before the next one runs."""
    kept = connection.info
    if _CURSOR not in kept:
        kept[_CURSOR] = connection.connection.cursor()
    return kept[_CURSOR]


def _columns(statement: Statement) -> Iterable[ColumnElement[Any]]:
    return statement.selected_columns if isinstance(statement, Select) else statement.exported_columns


def _converted(row: Sequence[Any], converts: Sequence[tuple[int, Convert]]) -> Sequence[Any]:
    values = list(row)
    for place, convert in converts:
        values[place] = convert(values[place])
    return values


def _to_database(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _errors(dialect: Dialect) -> type[Exception]:
    errors: type[Exception] = dialect.loaded_dbapi.Error
    return errors


def _as_sqlalchemys(error: Exception, connection: Connection) -> BaseException:
    """Return the error that SQLAlchemy would have raised, without the values, which may be what people wrote."""
    dialect = connection.dialect
    lost = dialect.is_disconnect(error, connection.connection, None)  # type: ignore[arg-type]
    if lost:
        connection.invalidate(error)
    return DBAPIError.instance(
        None, None, error, _errors(dialect), hide_parameters=True, connection_invalidated=lost, dialect=dialect
    )  # fmt: skip
