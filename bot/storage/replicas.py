"""The processes that share a database: who is alive, who polls, how long the bot has to be silent, and one process a name."""

import fcntl
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, func, or_, select, text, update
from sqlalchemy.exc import OperationalError

from bot.errors import SinauError
from bot.storage.ledger import insert_or_ignore
from bot.storage.tables import brake, lease, replica

_NAME_LOCKS = 7_310_120  # an arbitrary number: the space of PostgreSQL's advisory locks for names
_LOCK_NOT_AVAILABLE = "55P03"  # postgresql.org/docs/current/errcodes-appendix.html
_PATIENCE = "3s"  # a process that was killed a moment ago may still hold its name


class AlreadyRunningError(SinauError):
    """Another process runs where this one wants to; the text says which and what to do."""


def any_runs(connection: Connection) -> bool:
    """Tell whether a process of any name runs on a PostgreSQL database."""
    locks = text(
        "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = :space AND objsubid = 2 AND granted "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
    )
    return bool(connection.execute(locks, {"space": _NAME_LOCKS}).scalar_one())


def beat(connection: Connection, name: str, now: datetime) -> None:
    """Say that the replica `name` is alive."""
    if not insert_or_ignore(connection, replica, {"name": name, "seen_at": now}):
        connection.execute(update(replica).where(replica.c.name == name).values(seen_at=now))


def leave(connection: Connection, name: str) -> None:
    """Say that the replica `name` ends; its share of the limits becomes free at once."""
    connection.execute(delete(replica).where(replica.c.name == name))


def alive(connection: Connection, now: datetime, within: timedelta) -> frozenset[str]:
    """Return the names of the replicas that gave a sign of life during the last `within`."""
    return frozenset(connection.execute(select(replica.c.name).where(replica.c.seen_at > now - within)).scalars())


def take_lease(
    connection: Connection, name: str, holder: str, now: datetime, lasting: timedelta, worked_at: datetime | None = None
) -> bool:
    """Take or renew the lease `name` for `lasting`, and say when its work last succeeded here; False when another holds it."""
    values = {"holder": holder, "until": now + lasting, "worked_at": worked_at}
    if insert_or_ignore(connection, lease, {"name": name, **values}):
        return True
    free = or_(lease.c.holder == holder, lease.c.until <= now)
    return connection.execute(update(lease).where(lease.c.name == name, free).values(**values)).rowcount == 1


def lease_worked_at(connection: Connection, name: str) -> datetime | None:
    """Return when the work of the lease `name` last succeeded at its holder; None when it has not, or nobody holds it."""
    return connection.execute(select(lease.c.worked_at).where(lease.c.name == name)).scalar_one_or_none()


def release_lease(connection: Connection, name: str, holder: str) -> None:
    """Give the lease `name` up, if `holder` has it."""
    connection.execute(delete(lease).where(lease.c.name == name, lease.c.holder == holder))


def set_brake(connection: Connection, bot_id: int, now: datetime, seconds: int) -> None:
    """Keep that the bot has to be silent for `seconds`; a longer silence that stands already stays."""
    until = now + timedelta(seconds=seconds)
    brake_left(connection, bot_id, now)  # one that a wrong clock wrote would stay too
    if not insert_or_ignore(connection, brake, {"bot_id": bot_id, "until": until, "seconds": seconds}):
        longer = (brake.c.bot_id == bot_id, brake.c.until < until)
        connection.execute(update(brake).where(*longer).values(until=until, seconds=seconds))


def brake_left(connection: Connection, bot_id: int, now: datetime) -> float:
    """Return for how many seconds the bot still has to be silent; 0 or less when it is over, or never was.

    More than Telegram asked for is left only where the clock was ahead when the silence was written down: it then begins anew.
    """
    stands = connection.execute(select(brake.c.until, brake.c.seconds).where(brake.c.bot_id == bot_id)).first()
    if stands is None:
        return 0.0
    left = (stands.until - now).total_seconds()
    if left <= stands.seconds:
        return float(left)
    of_wrong_clock = (brake.c.bot_id == bot_id, brake.c.until == stands.until)
    connection.execute(update(brake).where(*of_wrong_clock).values(until=now + timedelta(seconds=stands.seconds)))
    return float(stands.seconds)


@contextmanager
def hold_name(engine: Engine, name: str) -> Iterator[None]:
    """Make sure that this is the only process of its name on the database (the only one at all on SQLite) while the block runs.

    Raises:
        AlreadyRunningError: there is another.

    """
    if engine.dialect.name == "sqlite":
        with _hold_file(Path(engine.url.database or "sinau.db")):
            yield
    else:
        with _hold_key(engine, name):
            yield


@contextmanager
def _hold_file(database: Path) -> Iterator[None]:
    database = database.resolve()  # by whatever name it is reached
    path = database.with_name(f"{database.name}.pid-lock")
    with path.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise AlreadyRunningError(
                f"The bot already runs on {database} (process {file.read().strip() or 'unknown'}). Stop it first; "
                "one SQLite file serves one process. For several processes use PostgreSQL (database.url)."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield  # the lock ends with the file; the file stays, or two could lock two files of one name


@contextmanager
def _hold_key(engine: Engine, name: str) -> Iterator[None]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:
            _lock_key(connection, name)
            yield
        finally:
            connection.invalidate()  # the session ends here, not in the pool, and with it the lock


def _lock_key(connection: Connection, name: str) -> None:
    connection.execute(text(f"SET lock_timeout = '{_PATIENCE}'"))
    try:
        connection.execute(select(func.pg_advisory_lock(_NAME_LOCKS, zlib.crc32(name.encode()) - 2**31)))
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
            raise
        raise AlreadyRunningError(
            f"Another process with the replica name {name!r} runs on this database. "
            "Stop it, or give this one a name of its own (SINAU_REPLICA)."
        ) from None
