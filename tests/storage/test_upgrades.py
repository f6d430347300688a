"""What any release left in its database, this version takes over: nothing is lost, and people go on where they were."""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, MetaData, inspect, make_url, select

from bot.clock import AdjustableClock
from bot.core import open_storage
from bot.settings import Settings
from bot.storage import hold
from bot.storage.backup import BackupError, write
from bot.storage.engine import make_engine
from bot.storage.migrate import NewerDatabaseError, is_current, upgrade
from bot.storage.restore import restore
from bot.storage.tables import attempt, metadata
from tests.conversation.acting import play
from tests.conversation.stage import open_stage

RELEASES = Path(__file__).parent / "releases"
VERSIONS = sorted({dump.name.rpartition("-")[0] for dump in RELEASES.glob("*.sql")})

AT = datetime(2026, 3, 3, 1, 30, tzinfo=UTC)  # when the dumps end
GOING_ON = """\
Sari: /belajar
Sari taps: [Lanjutkan: …]
Sari taps: [☐ Pengelola …]
Sari taps: [☐ Ingatan]
Sari taps: [Kirim jawaban]
"""

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(params=VERSIONS)
def old_url(request: pytest.FixtureRequest, bare_database_url: str) -> str:
    """Give a database as a release left it; once on each kind."""
    kind = make_url(bare_database_url).get_backend_name()
    sql = (RELEASES / f"{request.param}-{kind}.sql").read_text(encoding="utf-8")
    if kind == "sqlite":
        with closing(sqlite3.connect(make_url(bare_database_url).database or "")) as connection:
            connection.executescript(sql)
    else:
        engine = make_engine(bare_database_url)
        with engine.begin() as there:
            there.exec_driver_sql(sql)
        engine.dispose()
    return bare_database_url


@pytest.fixture
def old(old_url: str) -> Iterator[Engine]:
    engine = make_engine(old_url)
    yield engine
    engine.dispose()


def everything(connection: Connection) -> Rows:
    """Return every row of every table, as the database describes itself."""
    found = MetaData()
    found.reflect(connection)
    return {
        table.name: [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
        for table in found.sorted_tables
        if table.name != "alembic_version"
    }


def test_there_is_a_dump_of_every_release_on_both_databases() -> None:
    changes = (Path(__file__).parents[2] / "CHANGELOG.md").read_text(encoding="utf-8")
    released = [line.removeprefix("## [").partition("]")[0] for line in changes.splitlines() if line.startswith("## [")]
    assert sorted(set(released) - {"Unreleased"}) == VERSIONS
    assert {dump.name for dump in RELEASES.glob("*.sql")} == {
        f"{each}-{kind}.sql" for each in VERSIONS for kind in ("sqlite", "postgresql")
    }


def test_every_release_left_something_in_each_of_its_tables(old: Engine) -> None:
    with old.begin() as connection:
        assert [name for name, rows in everything(connection).items() if not rows] == []


def test_every_release_comes_to_the_present_shape(old: Engine) -> None:
    upgrade(old)
    with old.begin() as connection:
        assert is_current(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": False})
        assert compare_metadata(context, metadata) == []
    found = {index["name"] for table in metadata.tables for index in inspect(old).get_indexes(table)}
    assert {str(index.name) for table in metadata.tables.values() for index in table.indexes} <= found


def test_every_row_of_a_release_is_there_afterwards_with_what_it_said(old: Engine) -> None:
    with old.begin() as connection:
        before = everything(connection)
    upgrade(old)
    with old.begin() as connection:
        after = everything(connection)
    for name, rows in before.items():
        kept = rows[0].keys() & after[name][0].keys()
        assert [chosen(row, kept) for row in after[name]] == [chosen(row, kept) for row in rows]


def chosen(row: dict[str, Any], columns: Collection[str]) -> dict[str, Any]:
    return {column: row[column] for column in columns}


async def test_a_learner_answers_the_question_that_was_open(old: Engine, old_url: str, clock: AdjustableClock, tmp_path: Path) -> None:
    upgrade(old)
    clock.advance(timedelta(days=1))
    async with open_stage(clock, old_url, tmp_path) as stage:
        played = await play(stage, GOING_ON)
    assert "Kuis · 2 dari 4" in played
    assert "<b>Tepat" in played
    with old.begin() as connection:
        assert list(connection.scalars(select(attempt.c.correct).order_by(attempt.c.id))) == [False, True]


def test_a_backup_of_an_older_sqlite_file_is_brought_to_the_present_shape(old: Engine, tmp_path: Path) -> None:
    with old.begin() as connection:
        readable = old.dialect.name == "sqlite" or is_current(connection)
    if not readable:
        with pytest.raises(BackupError, match="another version"):
            write(old, tmp_path / "backup", AT)
        return
    write(old, tmp_path / "backup", AT)
    restore(old, tmp_path / "backup", AT, force=True)
    with old.begin() as connection:
        assert is_current(connection)
        assert hold.find(connection) is not None


def test_a_database_of_a_newer_version_is_left_alone(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = make_engine(database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for refused in (lambda: upgrade(engine), lambda: write(engine, tmp_path / "backup", AT)):
        with pytest.raises(NewerDatabaseError, match="newer version"):
            refused()
    monkeypatch.setenv("SINAU_DATABASE__URL", database_url)
    with pytest.raises(NewerDatabaseError, match="newer version"):
        open_storage(Settings())
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == "9999"
    engine.dispose()
    assert list(tmp_path.glob("backup*")) == []
