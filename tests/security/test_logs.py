"""A program that meets every failure tells of it without the token, the secret, a name, an account, or a word of anybody."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import update

from bot.clock import AdjustableClock
from bot.sandbox.cast import COORDINATOR_ID, PEOPLE, SARI_ID
from bot.sandbox.records import Person
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from bot.storage.engine import make_engine
from bot.storage.tables import prompt
from bot.web.webhook import PATH, SECRET_HEADER
from tests.security.conftest import CONTENT
from tests.security.test_webhook import free_port
from tests.torture.stage import Program

TOKEN = "7310119:AAmadeUpTokenOfNobody-0123456789_xyz"
SECRET = "made-up-secret-of-the-logs"
KEY = "made-up-key-of-the-answers"
WORDS = "kata-kata rahasia Sari"
NAME = "Sariwati"
PRIVATE = (TOKEN.partition(":")[2], SECRET, KEY, WORDS, "rahasia", NAME, str(SARI_ID) + "77")
SARI = SARI_ID * 100 + 77


@asynccontextmanager
async def program(folder: Path, database_url: str, mode: str, level: str) -> AsyncIterator[tuple[World, Program, int]]:
    """Run the program on a Telegram of its own; its log is in `folder`."""
    sandbox = Sandbox(AdjustableClock(), TOKEN, people=(*PEOPLE, Person(SARI, NAME)))
    port = free_port()
    async with sandbox.serving() as api_url:
        told = {
            "SINAU_REPLICA": f"{mode}-{level}",
            "SINAU_TELEGRAM__TOKEN": TOKEN,
            "SINAU_TELEGRAM__API_URL": api_url,
            "SINAU_TELEGRAM__MODE": mode,
            "SINAU_TELEGRAM__WEBHOOK_URL": f"http://127.0.0.1:{port}{PATH}",
            "SINAU_TELEGRAM__WEBHOOK_SECRET": SECRET,
            "SINAU_DATABASE__URL": database_url,
            "SINAU_CONTENT__DIR": str(CONTENT),
            "SINAU_ANSWERS__ENDPOINT": "http://127.0.0.1:9/v1",
            "SINAU_ANSWERS__MODEL": "model-rekaan",
            "SINAU_ANSWERS__KEY": KEY,
            "SINAU_WEB__PORT": str(port),
            "SINAU_ADMINS": str(COORDINATOR_ID),
            "SINAU_LOG__LEVEL": level,
            "SINAU_LOG__FORMAT": "json" if mode == "webhook" else "text",
            "PYTHONASYNCIODEBUG": "1" if level == "debug" else "",
        }
        started = Program(folder, told)
        await started.start()
        try:
            await sandbox.world.until(lambda: any(call.method == "setMyCommands" for call in sandbox.world.calls), 60)
            yield sandbox.world, started, port
        finally:
            await started.kill()


@pytest.mark.parametrize(("mode", "level"), [("polling", "debug"), ("webhook", "info")])
async def test_nothing_private_is_written_whatever_fails(tmp_path: Path, sqlite_url: str, mode: str, level: str) -> None:
    async with program(tmp_path, sqlite_url, mode, level) as (world, bot, port):
        await _live(world)
        await _fail(world)
        await _break_a_question(world, sqlite_url)
        pages = [await _page(port, path) for path in ("/metrics", "/readyz", "/healthz")]
        if mode == "webhook":
            pages.append(await _push_nonsense(port))
        doctor = await asyncio.to_thread(bot.command, "doctor", status=1)  # the parked update is a finding
        await bot.stop()
    written = (tmp_path / f"{mode}-{level}.log").read_text(encoding="utf-8")
    for event in ("ready", "update_failed", "update_parked", "screen_lost", "stopping"):
        assert event in written
    for private in PRIVATE:
        for text in (written, doctor, *pages):
            assert private not in text
    assert "Traceback" not in written


async def _live(world: World) -> None:
    """Do the usual things."""
    world.start(SARI)
    await world.settled(60)
    for text in (WORDS, f"/{WORDS}", "/progres", "/data", "/kuis", f"/start {WORDS.replace(' ', '-')}"):
        world.say(SARI, SARI, text)
        await world.settled(60)
    world.send_file(SARI, SARI, "photo", caption=WORDS)
    world.start(COORDINATOR_ID)
    await world.settled(60)


async def _fail(world: World) -> None:
    """Let Telegram refuse, break off, and answer what makes no sense, with descriptions that quote."""
    for code, description in ((400, f'Bad Request: can\'t parse "{WORDS}"'), (403, "Forbidden"), (500, WORDS), (401, "Unauthorized")):
        world.fail_next("sendMessage", code, description, times=4)
        world.say(SARI, SARI, "/progres")
        await world.settled(90)
        world.fail_next("sendMessage", code, description, times=0)
    world.drop_next("sendMessage", times=2, late=True)
    world.say(SARI, SARI, "/setelan")
    await world.settled(90)


async def _break_a_question(world: World, database_url: str) -> None:
    """Damage a question in the database: whoever answers it makes the grading fail."""
    world.start(SARI, "m-kata-sandi")
    await world.settled(60)
    press = world.state.people[SARI]
    world.state.ask(press, world.sent(SARI)[-1], "qz:kata-sandi")
    await world.settled(60)
    engine = make_engine(database_url)
    with engine.begin() as db:
        db.execute(update(prompt).values(snapshot={"item": {"text": WORDS}, "order": [], "module_title": WORDS, "sources": []}))
    engine.dispose()
    world.say(SARI, SARI, "/kuis")
    await world.settled(60)
    buttons = [button for message in world.sent(SARI)[::-1] for row in message.rows for button in row]
    data = next(each["callback_data"] for each in buttons if each["callback_data"].startswith("an:"))
    world.state.ask(press, world.sent(SARI)[-1], data)
    await world.settled(60)


async def _page(port: int, path: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return await answer.text()


async def _push_nonsense(port: int) -> str:
    senders: tuple[Any, ...] = (1, NAME, {"id": NAME})
    nonsense = [{"update_id": 900 + number, "message": {"text": WORDS, "from": sender}} for number, sender in enumerate(senders)]
    said = ""
    async with aiohttp.ClientSession(headers={SECRET_HEADER: SECRET}) as session:
        for update_ in (*nonsense, {"update_id": WORDS}, [WORDS]):
            async with session.post(f"http://127.0.0.1:{port}{PATH}", json=update_) as answer:
                said += await answer.text()
    return said
