import pytest

from bot.clock import AdjustableClock
from bot.handlers.context import Desk
from bot.storage.database import Storage
from tests.handlers.chat import SARI, Chat, make_desk


@pytest.fixture
def desk(storage: Storage, clock: AdjustableClock) -> Desk:
    """Give a bot of which Sari is an admin."""
    return make_desk(storage, clock, admins=frozenset({SARI.id}))


@pytest.fixture
def chat(desk: Desk) -> Chat:
    """Give Sari a bot to chat with."""
    return Chat(desk, SARI)
