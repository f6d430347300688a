"""`sinau report`, as the operator calls it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from bot import made_up
from bot.cli import app
from bot.content.loader import load
from bot.storage.engine import make_engine

CONTENT = Path(__file__).parents[1] / "content"


@pytest.fixture
def config(tmp_path: Path, sqlite_url: str) -> Path:
    """Settings of a bot with a made-up agency behind it."""
    file = tmp_path / "config.yaml"
    file.write_text(f"database: {{url: '{sqlite_url}'}}\ncontent: {{dir: '{CONTENT}'}}\ncache_dir: null\n", encoding="utf-8")
    catalogue, engine = load(CONTENT).catalogue, make_engine(sqlite_url)
    assert catalogue
    with engine.begin() as connection:
        made_up.settle(connection, catalogue, datetime.now(UTC))
    engine.dispose()
    return file


def call(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["report", *arguments])
    return done.exit_code, done.output


def test_the_report_is_measured_when_it_is_asked_for_and_the_same_in_every_form(config: Path, tmp_path: Path) -> None:
    status, told = call("--config", str(config))
    assert status == 0
    data = json.loads(told)
    assert data["overview"][0]["learners"] == made_up.PEOPLE
    assert data["overview"][0]["remembered_percent"] > 0
    assert {each["people"] >= 5 for each in data["items"]} == {True}
    assert len(data["options"]) > len(data["items"]) > 20
    assert [each["asked"] for each in data["wishes"]] == [9, 6, 3]
    assert set(data["wishes"][0]) == {"words", "language", "asked", "last_asked_on"}
    assert [each["sent"] for each in data["announcements"]] == [31, 57]
    assert sum(each["active"] for each in data["weeks"]) > made_up.PEOPLE

    status, told = call("--config", str(config), "--format", "csv")
    assert status == 0
    assert told.splitlines()[0] == "module,title,enrolled,completed,completed_percent,mean_best_score_percent"
    assert len(told.splitlines()) == len(data["modules"]) + 1

    file = tmp_path / "laporan.xlsx"
    assert call("--config", str(config), "--format", "xlsx", "--output", str(file))[0] == 0
    assert load_workbook(file)["modules"].max_row == len(data["modules"]) + 1


def test_a_workbook_needs_a_file_and_a_place_that_can_be_written(config: Path, tmp_path: Path) -> None:
    status, told = call("--config", str(config), "--format", "xlsx")
    assert status == 2
    assert "--output" in told
    done = CliRunner().invoke(app, ["report", "--config", str(config), "--format", "xlsx", "--output", str(tmp_path / "none" / "x.xlsx")])
    assert done.exit_code == 1
    assert "can't be written" in str(done.exception)


def test_the_made_up_agency_says_of_everybody_that_they_are_made_up_and_writes_to_nobody(config: Path, sqlite_url: str) -> None:
    assert config
    with make_engine(sqlite_url).connect() as connection:
        people = connection.exec_driver_sql("SELECT name, stopped, reminder_minute, next_reminder_at FROM learner").all()
        places = connection.exec_driver_sql("SELECT name FROM person UNION SELECT name FROM unit WHERE parent_id IS NOT NULL").all()
    assert {(row.stopped, row.reminder_minute, row.next_reminder_at) for row in people} == {(1, None, None)}
    assert [row.name for row in (*people, *places) if "rekaan" not in row.name] == []
