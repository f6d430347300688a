"""What people see of the bot before they write: Telegram is told when it shows something else."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from structlog.testing import capture_logs
from telegram import Bot

from bot.gateway.identity import Introduction, notices, outdated
from bot.gateway.ptb import AiohttpRequest, make_bot, tell
from bot.gateway.request import Session
from bot.gateway.wire import Wire
from bot.sandbox.cast import COORDINATOR_ID

if TYPE_CHECKING:
    from tests.gateway.conftest import Serve

WANTED = notices(
    {
        "id": Introduction([("belajar", "Pilih modul")], [("belajar", "Pilih modul"), ("umumkan", "Kirim")], "Belajar singkat."),
        "en": Introduction([("learn", "Choose a module")], [("learn", "Choose a module"), ("announce", "Send")], "Learn a little."),
    },
    "id",
    {COORDINATOR_ID: "en"},
)


@pytest.fixture
def bot(session: Session, address: str, token: str) -> Bot:
    return make_bot(token, address, AiohttpRequest(session))


async def test_a_new_bot_shows_nothing_and_then_all_that_it_was_told(wire: Wire, bot: Bot) -> None:
    assert await outdated(wire, WANTED) == WANTED
    await tell(bot, WANTED)
    assert await outdated(wire, WANTED) == []


@pytest.mark.parametrize("changed", range(len(WANTED)))
async def test_only_what_changed_is_told_again(wire: Wire, bot: Bot, changed: int) -> None:
    await tell(bot, WANTED)
    one = WANTED[changed]
    new = replace(one, description="Lain.") if one.description else replace(one, commands=[("lain", "Lain")])
    assert await outdated(wire, [*WANTED[:changed], new, *WANTED[changed + 1 :]]) == [new]


async def test_what_telegram_refuses_is_logged_and_stops_nothing(wire: Wire, bot: Bot) -> None:
    refused = replace(WANTED[0], commands=[("Besar", "Huruf besar")])
    with capture_logs() as logs:
        await tell(bot, [refused, *WANTED[1:]])
    assert [line["event"] for line in logs] == ["introduction_refused"]
    assert await outdated(wire, WANTED) == WANTED[:1]


async def test_a_chat_that_telegram_does_not_know_is_passed_over(serve: "Serve") -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}, status=400)

    wire = await serve(answer)
    with capture_logs() as logs:
        assert await outdated(wire, [one for one in WANTED if one.chat_id]) == []
    assert [line["event"] for line in logs] == ["coordinator_commands_not_shown"]


async def test_a_telegram_that_does_not_answer_leaves_everything_as_it_is(serve: "Serve") -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=502)

    wire = await serve(answer)
    with capture_logs() as logs:
        assert await outdated(wire, WANTED) == []
    assert [line["event"] for line in logs] == ["introduction_refused"]
