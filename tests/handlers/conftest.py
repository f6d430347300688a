import pytest

from bot.clock import AdjustableClock
from bot.storage.database import Storage
from tests.handlers.chat import SARI, Chat, make_desk


@pytest.fixture
def chat(storage: Storage, clock: AdjustableClock) -> Chat:
    """Give Sari, who is an admin, a bot to chat with."""
    return Chat(make_desk(storage, clock, admins=frozenset({SARI.id})), SARI)
