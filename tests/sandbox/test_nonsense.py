"""Whatever a bot sends, it gets one of Telegram's answers and never an accident of ours."""

import asyncio
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import AdjustableClock
from bot.sandbox.api import call
from bot.sandbox.cast import GROUP_ID, SARI_ID
from bot.sandbox.methods import METHODS
from bot.sandbox.parameters import Parameters
from bot.sandbox.samples import sample
from bot.sandbox.server import Sandbox

NAMES = [
    "action",
    "allowed_updates",
    "callback_query_id",
    "caption",
    "caption_entities",
    "chat_id",
    "commands",
    "correct_option_ids",
    "description",
    "drop_pending_updates",
    "entities",
    "explanation",
    "file_id",
    "from_chat_id",
    "language_code",
    "limit",
    "media",
    "menu_button",
    "message_id",
    "message_ids",
    "offset",
    "open_period",
    "options",
    "parse_mode",
    "photo",
    "question",
    "reaction",
    "reply_markup",
    "reply_parameters",
    "scope",
    "secret_token",
    "short_description",
    "text",
    "type",
    "url",
    "user_id",
    "width",
]
PHRASES = ["", "x", "HTML", "<b>x</b>", "photo", "quiz", "id", "attach://f", "https://example.com", "[]", "{}", "[1]", "typing"]
SCALARS = st.none() | st.booleans() | st.sampled_from([0, 1, -1, 2, SARI_ID, GROUP_ID, 2.5]) | st.sampled_from(PHRASES)
KEYS = [
    "text",
    "url",
    "type",
    "media",
    "message_id",
    "offset",
    "length",
    "keyboard",
    "inline_keyboard",
    "callback_data",
    "command",
    "emoji",
    "user",
]
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3), max_leaves=8
)
UPLOADS = {"f": sample("photo")}
PARAMETERS = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(sorted(METHODS)), PARAMETERS)
def test_nonsense_gets_an_answer(method: str, parameters: dict[str, Any]) -> None:
    sandbox = Sandbox(AdjustableClock(running=False), "1:x")
    sandbox.world.start(SARI_ID)
    sandbox.world.add_bot(SARI_ID, GROUP_ID)
    values = {"chat_id": SARI_ID, "message_id": 1} | parameters | {"timeout": 0}
    answer = asyncio.run(call(sandbox.world.state, method, Parameters(values, UPLOADS)))
    assert answer["ok"] or answer["error_code"] in {400, 403, 404, 409}
