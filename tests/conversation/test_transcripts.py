"""Every conversation in tests/transcripts goes as it is written there."""

from pathlib import Path

import pytest

from tests.conversation.acting import play
from tests.conversation.stage import HERE, Stage

TRANSCRIPTS = sorted(HERE.glob("*.txt"))
ON_POSTGRESQL = ("newcomer", "quiz", "reminders", "announcement", "leave", "holidays-change")


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
async def test_the_conversation_goes_as_written(stage: Stage, path: Path, updates_transcripts: bool) -> None:  # noqa: FBT001 - a fixture
    written = _read(path)
    played = await play(stage, written)
    if updates_transcripts:
        _write(path, played)
    else:
        assert played == written


@pytest.mark.parametrize("name", ON_POSTGRESQL)
async def test_the_conversation_goes_the_same_way_on_postgresql(postgresql_stage: Stage, name: str) -> None:
    written = _read(HERE / f"{name}.txt")
    assert await play(postgresql_stage, written) == written


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
