"""Backups: the whole database as one SQLite file, from SQLite and PostgreSQL alike, taken while the bot runs.

A backup carries a seal: a table of its own with the number of rows and a digest of each table, so that a byte that changed
in the archive is found before anything is restored.
"""

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import SinauError
from bot.storage import migrate
from bot.storage.engine import make_engine
from bot.storage.tables import metadata

SEAL: Final = "sinau_backup"
BATCH: Final = 5000
_COMPANIONS: Final = ("", "-journal", "-wal", "-shm")
AS_IT_WAS: Final = "the database is as it was. See that there is room on the disk, and the right to write there."
_FOREIGN: Final = "The file is no backup of Sinau; nothing was changed."
_NEWER: Final = "The backup was made by a newer version of Sinau; nothing was changed. Upgrade the program first."
_DAMAGED: Final = "The backup is damaged; nothing was changed. Use another one."
_ANOTHER_SHAPE: Final = (
    "The database has the shape of another version; nothing was written. Make the backup with the version that ran on it, or with pg_dump."
)


class BackupError(SinauError):
    """A backup can't be made or used; the text says why, what was kept and what to do."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What a backup says of itself: when its copy began (None: nobody knows), and for each table the number of rows and their digest."""

    made_at: datetime | None
    tables: dict[str, tuple[int, str]]

    @property
    def rows(self) -> int:
        """The number of all rows."""
        return sum(count for count, _ in self.tables.values())


def write(engine: Engine, file: Path, now: datetime) -> Seal:
    """Write a backup to `file`, which appears when it is whole and was read again; the bot may run meanwhile.

    Raises:
        BackupError: it is there already, or can't be written, or the database is damaged or of another version.
        NewerDatabaseError: a newer version has used the database.

    """
    if file.exists():
        raise BackupError(f"{file} is there already; nothing was written. Name another file, or move this one away.")
    if not file.parent.is_dir():
        raise BackupError(f"There is no folder {file.parent}; nothing was written. Make it first.")
    part = file.with_name(f"{file.name}.part")
    try:
        with engine.connect() as connection:
            migrate.require_known(connection)
        make_empty(part)
        (_copy_file if engine.dialect.name == "sqlite" else _copy_rows)(engine, part)
        seal = _seal(part, now)
        check(part)
        put(part, file)
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        remove(part)
        raise BackupError(f"The backup could not be written ({reason(error)}); {AS_IT_WAS}") from error
    except SinauError:
        remove(part)
        raise
    return seal


def check(file: Path) -> Seal:
    """Read a whole backup and return its seal. One without a seal, such as SQLite's own `.backup` makes, is taken as it is.

    Raises:
        BackupError: it is none of Sinau, or of a newer version, or damaged.

    """
    with _read(file) as connection:
        _require_known(connection)
        whole = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        if not whole or connection.execute("PRAGMA foreign_key_check").fetchone():
            raise BackupError(_DAMAGED)
        tables = _tables(connection)
        if SEAL not in _names(connection):
            return Seal(None, tables)
        (text,) = connection.execute(f"SELECT seal FROM {SEAL}").fetchone() or ("",)  # noqa: S608 - a constant
    seal = _parse(text)
    if seal is None or seal.tables != tables:
        raise BackupError(_DAMAGED)
    return seal


def reason(error: Exception) -> str:
    """Say in a few words what the system or the database refused."""
    cause = getattr(error, "orig", None) or error
    return getattr(cause, "strerror", None) or getattr(cause, "sqlite_errorname", None) or type(cause).__name__


def make_empty(file: Path) -> None:
    """Make an empty file that nobody else on the machine can read, in the place of what an interrupted run left there."""
    remove(file)
    file.touch(mode=0o600, exist_ok=False)


def remove(file: Path) -> None:
    """Remove a SQLite file that was given up, with the files beside it."""
    for suffix in _COMPANIONS:
        file.with_name(f"{file.name}{suffix}").unlink(missing_ok=True)


def put(part: Path, file: Path) -> None:
    """Give a whole file its name, so that it has it after a power failure too."""
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy every row of every table to a database of the same shape whose tables are empty."""
    for table in metadata.sorted_tables:
        rows = source.execution_options(stream_results=True).execute(select(table)).mappings()
        for batch in rows.partitions(BATCH):
            target.execute(insert(table), [dict(row) for row in batch])


def _copy_file(engine: Engine, part: Path) -> None:
    """Copy a SQLite database by its own way for that: in one step, so that those who write meanwhile never make it start anew."""
    connection = engine.raw_connection()
    try:
        with closing(sqlite3.connect(part)) as target:
            source: Any = connection.driver_connection
            source.backup(target)
    finally:
        connection.close()


def _copy_rows(engine: Engine, part: Path) -> None:
    target = make_engine(part)
    try:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True) as source:
            if not migrate.is_current(source):
                raise BackupError(_ANOTHER_SHAPE)
            migrate.upgrade(target)
            with target.begin() as connection:
                copy_rows(source, connection)
    finally:
        target.dispose()


def _seal(part: Path, now: datetime) -> Seal:
    with closing(sqlite3.connect(part, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE").close()  # from here on it is one file
        seal = Seal(now, _tables(connection))
        connection.execute(f"CREATE TABLE {SEAL} (seal TEXT NOT NULL)")
        text = json.dumps(asdict(seal) | {"made_at": now.isoformat()})
        connection.execute(f"INSERT INTO {SEAL} VALUES (?)", [text])  # noqa: S608 - a constant
    return seal


def _parse(text: str) -> Seal | None:
    try:
        values = json.loads(text)
        tables = {str(name): (int(count), str(digest)) for name, (count, digest) in values["tables"].items()}
        return Seal(datetime.fromisoformat(values["made_at"]), tables)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


@contextmanager
def _read(file: Path) -> Iterator[sqlite3.Connection]:
    """Open a backup for reading; whatever SQLite finds wrong with it is said in a sentence."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        try:
            yield connection
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # the second where a name or a text is damaged
            raise BackupError(_FOREIGN if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB else _DAMAGED) from error


def _require_known(connection: sqlite3.Connection) -> None:
    if not {"alembic_version", "learner"} <= _names(connection):
        raise BackupError(_FOREIGN)
    revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if revision is None or not migrate.is_known(revision[0]):
        raise BackupError(_NEWER)


def _names(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")}


def _tables(connection: sqlite3.Connection) -> dict[str, tuple[int, str]]:
    """Return the number of rows of each table but the seal, and their digest."""
    return {name: _digest(connection, name) for name in sorted(_names(connection) - {SEAL})}


def _digest(connection: sqlite3.Connection, table: str) -> tuple[int, str]:
    digest, count = hashlib.sha256(), 0
    for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid'):  # noqa: S608 - a name from SQLite's own list
        digest.update(repr(row).encode())
        count += 1
    return count, digest.hexdigest()
