"""Engines: the same code over SQLite (write-ahead log, one writer) and PostgreSQL (psycopg 3)."""

import sqlite3
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

LOCK_WAIT_SECONDS = 10
# It fills as a bot works. More of it made neither answers nor reminders quicker among a million learners: the system keeps the pages too.
PAGE_CACHE_KIB = 4000


def make_engine(url: str | Path, *, connections: int = 4) -> Engine:
    """Return an engine for `sqlite:///file`, `postgresql://…`, or a SQLite file by its path; its folder is made where it is missing."""
    address = URL.create("sqlite", database=str(url)) if isinstance(url, Path) else make_url(url)
    # Without parameters in them, errors can't quote what people wrote.
    options: dict[str, Any] = {"json_serializer": _to_json, "json_deserializer": orjson.loads, "hide_parameters": True}
    if address.get_backend_name() == "sqlite":
        if address.database:
            _make_private(Path(address.database))
        engine = create_engine(address, connect_args={"timeout": LOCK_WAIT_SECONDS, "check_same_thread": False}, **options)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        address.set(drivername="postgresql+psycopg"),
        pool_size=connections,
        max_overflow=2,
        pool_pre_ping=True,
        connect_args={"connect_timeout": LOCK_WAIT_SECONDS, "options": "-c timezone=UTC"},
        **options,
    )


def _make_private(file: Path) -> None:
    """Make the file where it is missing, closed to other users of the machine: it will hold people's records."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.touch(mode=0o600)


def _to_json(value: object) -> str:
    return orjson.dumps(value).decode()


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)  # noqa: S101 - tells the type checker what the dialect guarantees
    connection.isolation_level = None  # transactions begin where _begin_sqlite says, not where the driver guesses
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY", f"cache_size=-{PAGE_CACHE_KIB}"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE takes the write lock at once: a transaction that reads first and writes later could else fail half-way.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
