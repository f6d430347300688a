"""Puts a backup in the place of a database: all of it or nothing. Afterwards sending is held (`bot.storage.hold`)."""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sqlalchemy import Connection, Engine, delete, func, inspect, select, text
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from bot.storage import backup, hold, migrate, replicas
from bot.storage.backup import BackupError, Seal
from bot.storage.engine import make_engine
from bot.storage.tables import announcement, invitation, learner, lease, metadata, prompt, replica, sitting

# Buttons carry the numbers of rows. Those that were given away after the backup are in people's chats: they must not come again.
LOST_NUMBERS: Final = 1_000_000
_LOCK_WAIT: Final = "3s"
_IN_USE: Final = "The database is in use; nothing was changed. Stop the bot (every process of it), then try again."
_NOT_EMPTY: Final = (
    "The database is not empty; nothing was changed. Make a backup of it first if you may need it, then add --force to put the restored "
    "one in its place."
)
_ITSELF: Final = "The backup is the database itself; nothing was changed. Name another file."


def restore(engine: Engine, file: Path, now: datetime, *, force: bool = False) -> Seal:
    """Put a backup in the place of what `engine` leads to, brought to the present shape; `force` replaces what is there.

    Raises:
        BackupError: the backup can't be used, or the database is in use or not empty; it is as it was.
        AlreadyRunningError: the bot runs on it; it is as it was.

    """
    try:
        _require_whole(file, engine)
        return (_restore_file if engine.dialect.name == "sqlite" else _restore_rows)(engine, file, now, force)
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise BackupError(f"The backup could not be restored ({backup.reason(error)}); {backup.AS_IT_WAS}") from error


def _require_whole(file: Path, engine: Engine) -> None:
    """Refuse a copy whose newest part lies beside it, and the database itself, whose newest part would be thrown away."""
    there = Path(engine.url.database or "") if engine.dialect.name == "sqlite" else None
    if there and there.exists() and file.samefile(there):
        raise BackupError(_ITSELF)
    source = file.resolve()
    log = source.with_name(f"{source.name}-wal")
    if log.exists() and log.stat().st_size:
        raise BackupError(
            f"Beside the backup lies {log}, which holds the newest of it; nothing was changed. Make one file of both and restore that: "
            f"SINAU_DATABASE__URL=sqlite:///{quote(bytes(source))} sinau db backup NEW"
        )


def _restore_file(engine: Engine, file: Path, now: datetime, force: bool) -> Seal:  # noqa: FBT001 - passed on as it came
    path = Path(engine.url.database or "").resolve()  # where a link leads to, the database is what is replaced
    part = path.with_name(f"{path.name}.restoring")
    with replicas.hold_name(engine, "restore"):
        _require_empty_file(engine, force)
        try:
            seal = _prepare(file, part, now)
            _number_on(part)
            _close_for_good(engine, path)
            backup.put(part, path)
        finally:
            backup.remove(part)
    return seal


def _restore_rows(engine: Engine, file: Path, now: datetime, force: bool) -> Seal:  # noqa: FBT001 - as above
    with tempfile.TemporaryDirectory(prefix="sinau-restore-") as folder:
        part = Path(folder) / "restoring.db"
        seal = _prepare(file, part, now)
        source = make_engine(part)
        try:
            with source.connect() as rows, engine.begin() as connection:
                _replace_rows(rows, connection, force)
        finally:
            source.dispose()
    return seal


def _prepare(file: Path, part: Path, now: datetime) -> Seal:
    """Copy a backup to `part`, check the copy and make it what shall take the database's place."""
    backup.make_empty(part)
    shutil.copyfile(file, part)
    seal = backup.check(part)
    engine = make_engine(part)
    try:
        with engine.connect() as connection, migrate.unlinked(connection), connection.begin():
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {backup.SEAL}")
            migrate.upgrade_within(connection)
            connection.execute(delete(replica))
            connection.execute(delete(lease))
            hold.end(connection)
            hold.begin(connection, now, seal.made_at)
    finally:
        engine.dispose()
    with closing(sqlite3.connect(part)) as driver:
        driver.execute("PRAGMA journal_mode=DELETE").close()
    return seal


def _number_on(part: Path) -> None:
    """Let what buttons name be numbered from far ahead."""
    with closing(sqlite3.connect(part, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        for table in (sitting, prompt, announcement):
            (counted,) = connection.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = ?", [table.name]).fetchone()
            (highest,) = connection.execute(f"SELECT max(id) FROM {table.name}").fetchone()  # noqa: S608 - our own names
            last = max(counted or 0, highest or 0)
            connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", [table.name])
            connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [table.name, last + LOST_NUMBERS])
        connection.execute("COMMIT")


def _require_empty_file(engine: Engine, force: bool) -> None:  # noqa: FBT001 - as above
    if force:
        return
    try:
        with engine.begin() as connection:
            empty = _is_empty(connection)
    except OperationalError as error:
        raise BackupError(_IN_USE) from error
    except DatabaseError as error:  # a damaged one, which may hold something all the same
        raise BackupError(_NOT_EMPTY) from error
    if not empty:
        raise BackupError(_NOT_EMPTY)


def _close_for_good(engine: Engine, path: Path) -> None:
    """Bring the old database into its one file, so that no log of it can be taken for the new one's; a damaged one has nothing to keep."""
    engine.dispose()
    try:
        with closing(sqlite3.connect(path, timeout=3)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE").close()
    except sqlite3.OperationalError as error:
        raise BackupError(_IN_USE) from error
    except sqlite3.DatabaseError:
        for suffix in ("-journal", "-wal", "-shm"):
            path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)


def _replace_rows(source: Connection, target: Connection, force: bool) -> None:  # noqa: FBT001 - as above
    target.execute(text(f"SET LOCAL lock_timeout = '{_LOCK_WAIT}'"))
    if replicas.any_runs(target):
        raise BackupError(_IN_USE)
    if not force and not _is_empty(target):
        raise BackupError(_NOT_EMPTY)
    try:
        migrate.upgrade_within(target)
        target.execute(text(f"TRUNCATE {', '.join(metadata.tables)}"))
    except OperationalError as error:
        raise BackupError(_IN_USE) from error
    # Whoever starts from now on waits for this transaction; who started a moment ago is seen here.
    if replicas.any_runs(target):
        raise BackupError(_IN_USE)
    backup.copy_rows(source, target)
    for table in metadata.sorted_tables:
        if "id" in table.c:
            highest = target.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
            sequence = func.pg_get_serial_sequence(table.name, "id")
            target.execute(select(func.setval(sequence, highest + LOST_NUMBERS)))


def _is_empty(connection: Connection) -> bool:
    """Tell whether nobody would miss anything."""
    there = set(inspect(connection).get_table_names())
    kept = [table for table in (learner, announcement, invitation) if table.name in there]
    return not any(connection.execute(select(select(table).exists())).scalar_one() for table in kept)
