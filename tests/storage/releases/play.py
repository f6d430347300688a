"""Makes the dumps of a release with the code of that release; started by scripts/release_fixture.py, not by `make test`."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, insert, make_url, select

from bot.clock import AdjustableClock
from bot.storage.tables import metadata
from tests.backup.filling import row
from tests.conversation.acting import play
from tests.conversation.stage import Stage, open_stage

HERE = Path(__file__).parent
RELEASE = os.environ["SINAU_FIXTURE_RELEASE"]
NOT_PLAIN_SQL = ("--", "\\", "SET ", "SELECT pg_catalog.set_config")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_dump(kind: str, clock: AdjustableClock, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    url = request.getfixturevalue(f"{kind}_url")
    async with open_stage(clock, url, tmp_path) as stage:
        await play(stage, (HERE / "play.txt").read_text(encoding="utf-8"))
        await stage.quiet()
        fill_what_is_empty(stage)
        sql = dump_sqlite(url) if kind == "sqlite" else dump_postgresql(url)
    (HERE / f"{RELEASE}-{kind}.sql").write_text(sql, encoding="utf-8")


def fill_what_is_empty(stage: Stage) -> None:
    """Give a row to the tables that only a failure fills."""
    with stage.engine.begin() as connection:
        for table in metadata.sorted_tables:
            if not connection.scalar(select(func.count()).select_from(table)):
                known = {key.parent.name: connection.scalar(select(key.column).limit(1)) for key in table.foreign_keys}
                connection.execute(insert(table).values(row(table, 1) | known))


def dump_sqlite(url: str) -> str:
    with closing(sqlite3.connect(make_url(url).database or "")) as connection:
        return "\n".join(connection.iterdump()) + "\n"


def dump_postgresql(url: str) -> str:
    program = shutil.which("pg_dump")
    assert program, "install Debian's package postgresql-client: the dump is made by pg_dump"
    command = [program, "--inserts", "--no-owner", "--no-privileges", "--no-comments", f"--dbname={url}"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return "\n".join(line for line in lines if line and not line.startswith(NOT_PLAIN_SQL)) + "\n"
