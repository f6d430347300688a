"""What the page asks of the server, and what a test in another process can do over HTTP."""

import asyncio
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.sandbox.cast import COORDINATOR_ID, GROUP_ID, PEOPLE, SARI_ID, YOSEF_ID
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api


async def do(api: "Api", verb: str, **body: Any) -> tuple[int, dict[str, Any]]:
    response = await api.client.post(f"/sandbox/do/{verb}", json=body)
    return response.status_code, response.json()


async def test_the_page_allows_no_foreign_code(api: "Api") -> None:
    page = await api.client.get("/")
    assert page.status_code == 200
    assert "default-src 'none'; script-src 'self'" in page.headers["content-security-policy"]
    assert "http" not in page.text.replace("http-equiv", "")
    for name in ("app.js", "app.css", "icon.svg"):
        assert (await api.client.get(f"/page/{name}")).status_code == 200


async def test_a_phone_shows_people_chats_and_commands(api: "Api", world: World) -> None:
    world.start(SARI_ID)
    await api.result("setMyCommands", commands=[{"command": "belajar", "description": "Belajar"}])
    await api.result("sendMessage", chat_id=SARI_ID, text="Pilih", reply_markup={"keyboard": [["Ya"]]})
    phone = (await api.client.get("/sandbox/state", params={"person": SARI_ID})).json()
    assert [person["first_name"] for person in phone["people"]] == [person.first_name for person in PEOPLE]
    private, group = phone["chats"]
    assert [message["text"] for message in private["messages"]] == ["/start", "Pilih"]
    assert private["messages"][1]["keyboard"] == {"keyboard": [[{"text": "Ya"}]]}
    assert private["commands"] == [{"command": "belajar", "description": "Belajar"}]
    assert group["title"] == "Tim Kepegawaian"
    assert (await api.client.get("/sandbox/state", params={"person": 5})).status_code == 404


async def test_people_act_over_http(api: "Api", world: World) -> None:
    assert await do(api, "start", person=SARI_ID, payload="m-x") == (200, {"ok": True})
    keys = {"inline_keyboard": [[{"text": "Ya", "callback_data": "yes"}]]}
    sent = await api.result("sendMessage", chat_id=SARI_ID, text="Siap?", reply_markup=keys)
    assert (await do(api, "tap", person=SARI_ID, message_id=sent["message_id"], button="Ya"))[0] == 200
    assert [query.data for query in world.state.queries.values()] == ["yes"]
    said = world.say(SARI_ID, SARI_ID, "a")
    await api.client.post("/sandbox/edit", json={"chat": SARI_ID, "message_id": said.id, "text": "b"})
    assert said.text == "b"
    await do(api, "add_bot", person=COORDINATOR_ID, chat=GROUP_ID)
    moved = (await api.client.post("/sandbox/migrate", json={"chat": GROUP_ID})).json()["chat"]
    assert world.state.chat(moved).type == "supergroup"


async def test_a_file_from_the_page_reaches_the_bot(api: "Api", world: World) -> None:
    form = {"person": str(SARI_ID), "chat": str(SARI_ID), "kind": "document", "caption": "ini"}
    response = await api.client.post("/sandbox/do/send_file", data=form, files={"file": ("a.html", b"<script>", "text/html")})
    assert response.status_code == 200
    document = world.last(SARI_ID).content["document"]
    shown = await api.client.get(f"/sandbox/files/{document['file_id']}")
    assert (shown.content, shown.headers["content-security-policy"]) == (b"<script>", "sandbox; default-src 'none'")
    assert (await api.client.get("/sandbox/files/none")).status_code == 404


async def test_refusals_are_put_into_words(api: "Api") -> None:
    assert await do(api, "say", person=5, chat=5, text="x") == (400, {"problem": "nobody here has the id 5"})
    status, body = await do(api, "dance")
    assert status == 404
    assert body["problem"].startswith("there is no verb 'dance'; there are ['add_bot', ")
    assert (await do(api, "say"))[0] == 400
    foreign = await api.client.post("/sandbox/do/start", json={"person": SARI_ID}, headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403


async def test_the_clock_is_read_and_moved(api: "Api", world: World) -> None:
    before = datetime.fromisoformat((await api.client.get("/sandbox/clock")).json()["now"])
    moved = (await api.client.post("/sandbox/clock", json={"advance_seconds": 90})).json()
    assert datetime.fromisoformat(moved["now"]) - before == timedelta(seconds=90)
    await api.client.post("/sandbox/clock", json={"to": "2026-03-03T08:30:00+07:00"})
    assert world.clock.now().isoformat() == "2026-03-03T01:30:00+00:00"
    back = await api.client.post("/sandbox/clock", json={"to": "2026-03-02T08:30:00+07:00"})
    assert (back.status_code, back.json()) == (400, {"problem": "a clock only moves forward"})


async def test_faults_are_ordered_over_http(api: "Api", world: World) -> None:
    world.start(SARI_ID)
    await do(api, "fail_next", method="sendMessage", error_code=500, description="Internal Server Error")
    assert await api.error("sendMessage", chat_id=SARI_ID, text="x") == (500, "Internal Server Error")
    calls = (await api.client.get("/sandbox/calls")).json()["calls"]
    assert (calls[0]["method"], calls[0]["answer"]["error_code"]) == ("sendMessage", 500)


class Watcher:
    """A page that listens to a person's events."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._lines = response.content

    async def next(self) -> dict[str, Any]:
        while True:
            line = (await self._lines.readline()).decode().strip()
            if line.startswith("data: "):
                event: dict[str, Any] = json.loads(line.removeprefix("data: "))
                return event


@pytest.fixture
async def session() -> Any:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_events_reach_a_watching_page(address: str, session: aiohttp.ClientSession, world: World) -> None:
    async with session.get(f"{address}/sandbox/events?person={SARI_ID}&after=0") as response:
        watcher = Watcher(response)
        said = world.say(SARI_ID, SARI_ID, "halo")
        assert [(await watcher.next())["kind"] for _ in range(2)] == ["chat", "message"]
        world.edit(said, "halo!")
        assert (await watcher.next())["data"]["text"] == "halo!"
        world.start(YOSEF_ID)
        world.advance(timedelta(hours=1))
        assert (await watcher.next())["kind"] == "clock"
        world.state.remove(said)
        assert (await watcher.next()) == {"kind": "deleted", "chat": SARI_ID, "data": {"message_id": said.id}}


async def test_a_page_that_fell_behind_is_told_to_reload(address: str, session: aiohttp.ClientSession, world: World) -> None:
    for _ in range(2_100):
        world.advance(timedelta(seconds=1))
    async with session.get(f"{address}/sandbox/events?person={SARI_ID}&after=3") as response:
        assert (await Watcher(response).next())["kind"] == "reload"


async def test_a_page_that_comes_back_misses_nothing(address: str, session: aiohttp.ClientSession, world: World) -> None:
    for text in ("a", "b"):
        world.say(SARI_ID, SARI_ID, text)
    url = f"{address}/sandbox/events?person={SARI_ID}"
    async with session.get(url, headers={"Last-Event-ID": str(world.state.journal.last - 1)}) as response:
        assert (await Watcher(response).next())["data"]["text"] == "b"


async def test_a_stopping_sandbox_lets_everybody_go(world: World, token: str) -> None:
    sandbox = Sandbox(world.clock, token)
    async with aiohttp.ClientSession() as session:
        async with sandbox.serving() as address:
            polling = asyncio.create_task(session.post(f"{address}/bot{token}/getUpdates", json={"timeout": 50}))
            await sandbox.world.until(lambda: sandbox.world.calls)
            watching = await session.get(f"{address}/sandbox/events?person={SARI_ID}")
        assert await (await polling).json() == {"ok": True, "result": []}
        assert b"retry:" in await watching.read()
