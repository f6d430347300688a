"""A stage for every test: a Telegram with a crowd, a database of its own, and the program that is to suffer."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.clock import AdjustableClock
from bot.sandbox.cast import COORDINATOR_ID, PEOPLE, crowd
from bot.sandbox.server import Sandbox
from bot.storage.engine import make_engine
from tests.torture.line import Line
from tests.torture.stage import AT_ONCE, OpenStage, Program, Stage

TOKEN = "424242:made-up-token-of-the-crash-tests"
SECRET = "made-up-secret"
CARDS = ("awal", "kedua", "ketiga", "keempat", "akhir")
OPTIONS: list[dict[str, Any]] = [{"text": "Satu", "correct": True}, {"text": "Dua", "correct": True}, {"text": "Tiga"}]


@pytest.fixture
def open_stage(tmp_path: Path, request: pytest.FixtureRequest) -> OpenStage:
    """Open a stage with a crowd, its programs not started yet; `breakable`: with a line between them and Telegram that can break."""

    @asynccontextmanager
    async def opened(database: str, mode: str = "polling", size: int = 100, questions: int = 5, **more: Any) -> AsyncIterator[Stage]:
        url = request.getfixturevalue(f"{database}_url")
        _write_content(tmp_path / "content", questions)
        sandbox = Sandbox(AdjustableClock(), TOKEN, people=(*PEOPLE, *crowd(size)))
        async with AsyncExitStack() as stack:
            address = await stack.enter_async_context(sandbox.serving())
            telegram = Line([int(address.rpartition(":")[2])])
            if more.pop("breakable", False):
                address = f"http://127.0.0.1:{await stack.enter_async_context(telegram.listening())}"
            ports = [_free_port() for _ in range(more.pop("replicas", 1))]
            door = Line(ports)
            public = ports[0] if len(ports) == 1 else await stack.enter_async_context(door.listening())
            environment = _environment(tmp_path, address, url) | _reached_by(mode, public) | more
            own = [{"SINAU_REPLICA": f"satu-{number}", "SINAU_WEB__PORT": str(port)} for number, port in enumerate(ports, 1)]
            programs = [Program(tmp_path, environment | each) for each in own]
            engine = make_engine(url)
            try:
                yield Stage(sandbox.world, programs, engine, telegram, door)
            finally:
                await asyncio.gather(*(program.kill() for program in programs))
                engine.dispose()

    return opened


def _reached_by(mode: str, port: int) -> dict[str, str]:
    return {
        "SINAU_TELEGRAM__MODE": mode,
        "SINAU_TELEGRAM__WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram/webhook",
        "SINAU_TELEGRAM__WEBHOOK_SECRET": SECRET,
    }


def _environment(folder: Path, address: str, database_url: str) -> dict[str, str]:
    return {
        "SINAU_TELEGRAM__TOKEN": TOKEN,
        "SINAU_TELEGRAM__API_URL": address,
        "SINAU_DATABASE__URL": database_url,
        "SINAU_CONTENT__DIR": str(folder / "content"),
        "SINAU_ADMINS": str(COORDINATOR_ID),
        # The sandbox's limits are off: at Telegram's 30 a second a thousand recipients would take half a minute a round.
        "SINAU_SENDING__PER_SECOND": "1000",
        "SINAU_SENDING__PAID_BROADCAST": "true",
        "SINAU_SENDING__AT_ONCE": str(AT_ONCE),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _write_content(folder: Path, questions: int) -> None:
    """Write three modules: one with a question to tick options of, one with many questions to answer, one with cards to turn."""
    one_right = [OPTIONS[0], *({"text": option["text"]} for option in OPTIONS[1:])]
    _write_module(folder, "centang", CARDS[:1], [_item("multiple_choice", 1, OPTIONS)])
    _write_module(folder, "jawab", CARDS[:1], [_item("single_choice", number, one_right) for number in range(1, questions + 1)])
    _write_module(folder, "kartu", CARDS, [_item("single_choice", 1, one_right)])


def _item(kind: str, number: int, options: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"id": f"soal-{number}", "type": kind, "text": f"Soal {number}?", "options": list(options), "explanation": "Begitulah."}


def _write_module(folder: Path, name: str, cards: Sequence[str], items: list[dict[str, Any]]) -> None:
    module = {
        "id": name,
        "title": f"Modul {name}",
        "summary": "Modul rekaan.",
        "language": "id",
        "minutes": 5,
        "cards": [{"id": card, "title": f"Kartu {card}", "text": "Isi rekaan."} for card in cards],
        "quiz": {"pass_mark": 70, "draw": len(items), "shuffle": False, "items": items},
    }
    path = folder / "modules" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(module), encoding="utf-8")  # all JSON is YAML
