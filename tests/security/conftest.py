"""A stage for the tests of security: the whole bot in this process, a sandbox with made-up people, one of them hostile."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import AdjustableClock
from tests.conversation.stage import Stage, open_stage


@pytest.fixture
async def stage(clock: AdjustableClock, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(clock, sqlite_url, tmp_path) as opened:
        yield opened
