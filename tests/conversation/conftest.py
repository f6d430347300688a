"""Transcript tests: `pytest tests/conversation --update-transcripts` rewrites the transcripts; the diff is what changed for people."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import AdjustableClock
from tests.conversation.stage import Stage, open_stage


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-transcripts", action="store_true", help="rewrite tests/transcripts/*.txt with what the bot does now")


@pytest.fixture
def updates_transcripts(pytestconfig: pytest.Config) -> bool:
    """Whether the transcripts are to be rewritten."""
    return bool(pytestconfig.getoption("--update-transcripts", default=False))


@pytest.fixture
async def stage(clock: AdjustableClock, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage whose bot keeps its data in SQLite."""
    async with open_stage(clock, sqlite_url, tmp_path) as opened:
        yield opened


@pytest.fixture
async def postgresql_stage(clock: AdjustableClock, postgresql_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage whose bot keeps its data in PostgreSQL."""
    async with open_stage(clock, postgresql_url, tmp_path) as opened:
        yield opened
