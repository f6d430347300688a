"""docs/security.md says what is: every table and column, every test that it names, every number of days."""

import re
from pathlib import Path

import pytest

from bot.settings import RetentionSettings
from bot.storage.tables import metadata

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
TABLE = TEXT.partition("<!-- what is kept -->")[2].partition("\n\n")[0]
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.splitlines()]
KEPT = {row[0].strip("`"): row for row in ROWS if row[0].startswith("`")}
PERSONAL = {"learner_id", "telegram_id", "author_id", "subject_id"}


def test_every_table_is_told_and_no_other() -> None:
    assert KEPT.keys() == metadata.tables.keys()


@pytest.mark.parametrize("name", metadata.tables)
def test_every_column_is_told_and_no_other(name: str) -> None:
    assert set(re.findall(r"`(\w+)`", KEPT[name][1])) == set(metadata.tables[name].columns.keys())


@pytest.mark.parametrize("name", metadata.tables)
def test_a_table_is_called_nobodys_only_when_it_knows_nobody(name: str) -> None:
    personal = bool(PERSONAL & set(metadata.tables[name].columns.keys()))
    assert ("erase" in KEPT[name][3]) is personal
    assert ("nobody's" in KEPT[name][3]) is not personal


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("delivery", "deliveries"),
        ("announcement", "drafts"),
        ("dead_update", "dead_updates"),
        ("invitation", "invitations"),
        ("invitation_use", "invitations"),
        ("seen_update", "seen_updates"),
    ],
)
def test_the_days_are_the_settings_defaults(name: str, setting: str) -> None:
    assert f"{getattr(RetentionSettings(), setting)} days" in KEPT[name][3]


def test_every_test_that_is_named_exists() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    there = set(re.findall(r"def (test_\w+)", written))
    named = set(re.findall(r"`(test_\w+)`", TEXT))
    assert len(named) > 25
    assert named - there == set()
