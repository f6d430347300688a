import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox.cast import SARI_ID, YOSEF_ID
from bot.sandbox.world import World


class Receiver:
    """A bot's webhook: notes what comes, and answers as `reply` says."""

    def __init__(self) -> None:
        self.texts: defaultdict[int, list[str]] = defaultdict(list)
        self.secrets: list[str | None] = []
        self.reply: Callable[[str], web.Response] = lambda _: web.Response()
        self.held: asyncio.Event | None = None
        self.at_once = 0
        self.most_at_once = 0
        self.crowded = asyncio.Event()
        self.url = ""

    async def receive(self, request: web.Request) -> web.Response:
        message = (await request.json())["message"]
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.texts[message["chat"]["id"]].append(message["text"])
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        if self.at_once > 1:
            self.crowded.set()
        if self.held:
            await self.held.wait()
        self.at_once -= 1
        return self.reply(message["text"])


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    application = web.Application()
    application.router.add_post("/hook", receiver.receive)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


@pytest.fixture
async def bot(address: str, token: str) -> AsyncIterator[Callable[..., Any]]:
    async with aiohttp.ClientSession() as session:

        async def call(method: str, **parameters: Any) -> Any:
            async with session.post(f"{address}/bot{token}/{method}", json=parameters) as response:
                return (await response.json())["result"]

        yield call


async def test_updates_are_pushed_with_the_secret(bot: Callable[..., Any], world: World, receiver: Receiver) -> None:
    world.say(SARI_ID, SARI_ID, "before")
    await bot("setWebhook", url=receiver.url, secret_token="s3cret")
    world.say(SARI_ID, SARI_ID, "after")
    await world.until(lambda: not world.state.updates.pending)
    assert receiver.texts[SARI_ID] == ["before", "after"]
    assert set(receiver.secrets) == {"s3cret"}


async def test_a_failed_update_comes_again_and_holds_back_its_chat_only(bot: Callable[..., Any], world: World, receiver: Receiver) -> None:
    failures = iter([500, 503])
    receiver.reply = lambda text: web.Response(status=next(failures, 200) if text == "a" else 204)
    await bot("setWebhook", url=receiver.url)
    for text in ("a", "b", "c"):
        world.say(SARI_ID, SARI_ID, text)
    world.say(YOSEF_ID, YOSEF_ID, "x")
    await world.until(lambda: receiver.texts[YOSEF_ID])
    info = await bot("getWebhookInfo")
    assert info["last_error_message"].startswith("Wrong response from the webhook: 50")
    assert info["pending_update_count"] >= 1
    await world.until(lambda: not world.state.updates.pending)
    assert receiver.texts[SARI_ID] == ["a", "a", "a", "b", "c"]
    assert receiver.texts[YOSEF_ID] == ["x"]


async def test_no_more_connections_than_allowed(bot: Callable[..., Any], world: World, receiver: Receiver) -> None:
    receiver.held = asyncio.Event()
    for person in world.state.people:
        world.say(person, person, "x")
    await bot("setWebhook", url=receiver.url, max_connections=2)
    await receiver.crowded.wait()
    receiver.held.set()
    await world.until(lambda: not world.state.updates.pending)
    assert receiver.most_at_once == 2


async def test_a_call_inside_of_the_response_is_carried_out(bot: Callable[..., Any], world: World, receiver: Receiver) -> None:
    receiver.reply = lambda text: web.json_response({"method": "sendMessage", "chat_id": SARI_ID, "text": f"gema: {text}"})
    await bot("setWebhook", url=receiver.url)
    world.say(SARI_ID, SARI_ID, "halo")
    await world.settled()
    assert world.last(SARI_ID).text == "gema: halo"


async def test_a_receiver_that_is_away_gets_everything_later(bot: Callable[..., Any], world: World, receiver: Receiver) -> None:
    await bot("setWebhook", url=receiver.url.replace("/hook", "/elsewhere"))
    world.say(SARI_ID, SARI_ID, "halo")
    await world.until(lambda: world.state.webhook.failure)
    await bot("setWebhook", url="http://127.0.0.1:9/hook")
    await world.until(lambda: world.state.webhook.failure == "Connection refused")
    assert (await bot("getWebhookInfo"))["pending_update_count"] == 1
    await bot("setWebhook", url=receiver.url)
    await world.until(lambda: not world.state.updates.pending)
    assert receiver.texts[SARI_ID] == ["halo"]


async def test_settled_waits_for_the_answer(bot: Callable[..., Any], world: World, receiver: Receiver) -> None:
    await bot("setWebhook", url=receiver.url)
    world.say(SARI_ID, SARI_ID, "halo")
    settled = asyncio.create_task(world.settled())
    await world.until(lambda: not world.state.updates.pending)
    assert not settled.done()
    await bot("sendMessage", chat_id=SARI_ID, text="halo juga")
    await settled


async def test_waiting_in_vain_says_what_the_bot_did(bot: Callable[..., Any], world: World) -> None:
    await bot("getMe")
    with pytest.raises(TimeoutError, match=r"within 0\.01 s; last calls: .*getMe -> "):
        await world.until(lambda: False, timeout=0.01)
    world.start(SARI_ID)
    with contextlib.suppress(TimeoutError):
        await world.settled(timeout=0.01)
    assert world.state.updates.pending
