"""The stand-in for Telegram and the load count right: a figure of a benchmark is only as true as these."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from world.api import FakeApi
from world.load import Load, LoadError
from world.updates import command, press

PUSHES = [press(5_000_000_000 + number % 4, number, "a") for number in range(40)]  # ten for each of four people


@asynccontextmanager
async def calling(api: FakeApi) -> AsyncIterator[Callable[..., Awaitable[None]]]:
    async with api.serving(), aiohttp.ClientSession() as session:

        async def call(method: str, **body: Any) -> None:
            async with session.post(f"{api.address}/bot1:made-up/{method}", **body) as response:
                assert (await response.json())["ok"]

        yield call


async def test_every_call_is_counted_and_every_message_noted_with_its_chat() -> None:
    api = FakeApi()
    multipart = aiohttp.FormData({"chat_id": "-1004"}, default_to_multipart=True)
    async with calling(api) as call:
        await call("sendMessage", json={"chat_id": 5_000_000_001, "text": 'chat_id": 7'})
        await call("editMessageText", data={"chat_id": "5000000002", "text": "x"})
        await call("copyMessage", data=multipart)
        await call("answerCallbackQuery", json={"callback_query_id": "1"})
        await call("answerCallbackQuery", json={"callback_query_id": "2"})
    assert [chat for _, chat in api.shown] == [5_000_000_001, 5_000_000_002, -1004]
    assert api.calls == {b"sendMessage": 1, b"editMessageText": 1, b"copyMessage": 1, b"answerCallbackQuery": 2}
    api.reset()
    assert not api.shown
    assert not api.calls


@asynccontextmanager
async def bot(api: FakeApi, behave: Callable[[int], str]) -> AsyncIterator[Load]:
    """Run a bot that does with a push of a chat what `behave` says: answer, forget, refuse or hang up."""

    async def take(request: web.Request) -> web.Response:
        update = await request.json()
        message = update.get("message") or update["callback_query"]["message"]
        chat = message["chat"]["id"]
        does = behave(chat)
        if does == "refuse":
            return web.Response(status=500)
        if does == "hang up":
            assert request.transport
            request.transport.close()
        if does == "answer":
            api.take(b"editMessageText", b'{"chat_id":%d}' % chat, monotonic())
        return web.json_response({"method": "answerCallbackQuery"})

    application = web.Application()
    application.router.add_post("/webhook", take)
    async with TestServer(application) as server:
        load = Load(api, server.port or 0, "/webhook", "secret")
        try:
            yield load
        finally:
            load.close()


async def test_a_closed_load_is_done_when_everything_is_acknowledged_and_shown() -> None:
    async with bot(FakeApi(), lambda _: "answer") as load:
        outcome = await load.closed(PUSHES, in_flight=8)
    assert (len(outcome.latencies), outcome.answered_in_response, outcome.lost) == (40, 40, 0)
    assert outcome.per_second == pytest.approx(40 / outcome.seconds)


async def test_an_open_load_measures_every_push() -> None:
    async with bot(FakeApi(), lambda _: "answer") as load:
        outcome = await load.opened([*PUSHES, command(5_000_000_009, "/bantuan")], per_second=2000)
    assert len(outcome.latencies) == 41
    assert min(outcome.latencies) >= 0


async def test_what_is_not_shown_is_lost_and_counts_for_nothing() -> None:
    async with bot(FakeApi(), lambda chat: "forget" if chat == 5_000_000_001 else "answer") as load:
        outcome = await load.closed(PUSHES, in_flight=8, patience=0.02)
    assert (len(outcome.latencies), outcome.lost) == (30, 10)


@pytest.mark.parametrize(
    ("behave", "reason"), [("refuse", "the bot answered 500"), ("hang up", "closed a connection with an update on it")]
)
async def test_a_bot_that_fails_is_no_figure(behave: str, reason: str) -> None:
    async with bot(FakeApi(), lambda chat: behave if chat == 5_000_000_001 else "answer") as load:
        with pytest.raises(LoadError, match=reason):
            await load.closed(PUSHES, in_flight=4)
