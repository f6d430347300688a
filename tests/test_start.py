"""What a start loads and leaves for later, and what it makes of the content that it kept: real processes, seen from outside."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.clock import AdjustableClock
from bot.sandbox.cast import SARI_ID
from bot.sandbox.server import Sandbox
from bot.storage import migrate, requests
from bot.storage.engine import make_engine

if TYPE_CHECKING:
    from bot.sandbox.world import World

ROOT = Path(__file__).parents[1]
TOKEN = "7000000001:AAmadeUpSecretOfTheTests-0123456789abcd"
SECONDS = 60
FOR_PICTURES_AND_FILES = {"matplotlib", "numpy", "PIL", "xlsxwriter", "fpdf", "reportlab"}
FOR_RARE_THINGS = {
    "aiohttp",
    "alembic",
    "mako",
    "telegram",
    "httpx",
    "holidays",
    "psycopg",
    "Sastrawi",
    "bot.sandbox",
    "bot.demo",
    "bot.doctor",
}
MODULE = """\
id: contoh
title: Contoh
summary: Modul rekaan.
language: id
minutes: 5
cards:
  - {id: satu, title: Kartu, text: Isi rekaan.}
quiz:
  pass_mark: 70
  draw: 1
  items:
    - {id: nilai, type: true_false, text: Ini benar., answer: true, explanation: Memang benar.}
"""


class Program:
    """A running `sinau run` that writes down what it imports."""

    def __init__(self, process: "asyncio.subprocess.Process", log: Path) -> None:
        self._process = process
        self._log = log

    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def imported(self) -> set[str]:
        return imported(self.log())

    def hang_up(self) -> None:
        self._process.send_signal(signal.SIGHUP)

    async def ends(self, number: signal.Signals) -> int:
        """Send a signal that ends it, and return its exit status."""
        self._process.send_signal(number)
        return await self._process.wait()

    def has_begun(self) -> bool:
        """Tell whether it is past what Python does by itself at a start."""
        return "typer" in self.log()

    async def until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + SECONDS
        while not condition():
            assert self._process.returncode is None, self.log()[-3000:]
            assert time.monotonic() < deadline, self.log()[-3000:]
            await asyncio.sleep(0.02)

    async def until_logged(self, event: str, times: int = 1) -> None:
        await self.until(lambda: len(re.findall(rf"\] {event}\b", self.log())) >= times)


class Bot:
    """A bot's folder, its Telegram, and its starts."""

    def __init__(self, folder: Path, world: "World", address: str) -> None:
        self.folder = folder
        self.world = world
        self._address = address
        self._starts = 0

    @property
    def cache(self) -> Path:
        return self.folder / "var" / "cache" / "modules"

    def write(self, text: str) -> None:
        (self.folder / "content" / "modules").mkdir(parents=True, exist_ok=True)
        (self.folder / "content" / "modules" / "contoh.yaml").write_text(text, encoding="utf-8")

    def migrate(self) -> None:
        engine = make_engine(f"sqlite:///{self.folder}/var/sinau.db")
        migrate.upgrade(engine)
        engine.dispose()

    def ask_to_reload(self, now: datetime) -> None:
        engine = make_engine(f"sqlite:///{self.folder}/var/sinau.db")
        with engine.begin() as connection:
            requests.ask(connection, requests.RELOAD, now)
        engine.dispose()

    @asynccontextmanager
    async def starting(self) -> AsyncIterator[Program]:
        """Begin to run it."""
        self._starts += 1
        path = self.folder / f"start-{self._starts}.log"
        with path.open("wb") as log:
            command = (sys.executable, "-X", "importtime", "-m", "bot", "run")
            process = await asyncio.create_subprocess_exec(
                *command, cwd=self.folder, env=environment(self._address), stderr=log, stdout=log
            )
        program = Program(process, path)
        try:
            yield program
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Program]:
        """Run it until the block ends, and let it end as systemd would."""
        async with self.starting() as program:
            await program.until_logged("ready")
            yield program
            assert await program.ends(signal.SIGTERM) == 0, program.log()[-3000:]

    def shows(self, title: str) -> bool:
        """Tell whether Sari sees a module of this title."""
        return any(title in words for message in self.world.sent(SARI_ID) for words in (message.text, *message.labels))

    async def tap(self, program: Program, label: str) -> None:
        """Tap the first button with this label when it is there."""
        await program.until(lambda: self.button(label) is not None)
        message_id, button = self.button(label) or (0, "")
        self.world.tap(SARI_ID, message_id, button)

    def button(self, label: str) -> tuple[int, str] | None:
        buttons = [(message.id, text) for message in reversed(self.world.sent(SARI_ID)) for text in message.labels]
        return next(((message_id, text) for message_id, text in buttons if text.startswith(label)), None)


def environment(address: str = "http://127.0.0.1:9") -> dict[str, str]:
    others = {name: value for name, value in os.environ.items() if not name.startswith("SINAU_")}
    own = {"TELEGRAM__TOKEN": TOKEN, "TELEGRAM__API_URL": address, "WEB__PORT": "0"}
    return others | {f"SINAU_{name}": value for name, value in own.items()} | {"PYTHONPATH": str(ROOT)}


def imported(log: str) -> set[str]:
    """Return the names of packages, and of the bot's own modules, that were imported."""
    names = re.findall(r"^import time:\s*\d+ \|\s*\d+ \|\s*(\S+)$", log, re.MULTILINE)
    return {name.partition(".")[0] for name in names} | {".".join(name.split(".")[:2]) for name in names if name.startswith("bot.")}


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


@pytest.fixture
async def bot(clock: AdjustableClock, tmp_path: Path) -> AsyncIterator[Bot]:
    sandbox = Sandbox(clock, TOKEN)
    async with sandbox.serving() as address:
        made = Bot(tmp_path, sandbox.world, address)
        made.write(MODULE)
        yield made


async def test_libraries_are_loaded_when_they_are_used_and_not_before(bot: Bot) -> None:
    async with bot.running() as first:
        assert first.imported() >= {"alembic", "telegram"}  # there were tables to make, and commands to tell
        assert not first.imported() & FOR_PICTURES_AND_FILES
    async with bot.running() as second:
        assert not second.imported() & (FOR_PICTURES_AND_FILES | FOR_RARE_THINGS)
        bot.world.start(SARI_ID, "m-contoh")
        for label in ("Mulai: Contoh", "Mulai kuis", "Benar"):
            await bot.tap(second, label)
        bot.world.say(SARI_ID, SARI_ID, "/progres")
        await second.until(lambda: bot.button("Lihat grafik") is not None)
        assert not second.imported() & FOR_PICTURES_AND_FILES
        await bot.tap(second, "Lihat grafik")
        await second.until(lambda: "matplotlib" in second.imported())


async def test_whatever_becomes_of_what_was_kept_the_bot_starts_with_the_content_of_its_files(bot: Bot) -> None:
    bot.migrate()
    bot.cache.parent.mkdir(parents=True)
    spoilt: list[tuple[Callable[[Path], object], bool]] = [(Path.touch, True), (cut_short, True), (Path.unlink, False)]
    for number, (spoil, damaged) in enumerate(spoilt, 1):
        bot.write(MODULE.replace("title: Contoh", f"title: Contoh {number}"))
        spoil(bot.cache)
        async with bot.running() as program:
            bot.world.start(SARI_ID, "m-contoh")
            await program.until(partial(bot.shows, f"Contoh {number}"))
            assert ("cache_damaged" in program.log()) == damaged
            assert bot.cache.stat().st_size


async def test_a_hang_up_reads_what_was_changed_and_a_fault_leaves_the_content_as_it_is(bot: Bot) -> None:
    bot.migrate()
    async with bot.running() as program:
        bot.write(MODULE.replace("title: Contoh", "titel: Contoh"))
        program.hang_up()
        await program.until_logged("content_kept")
        bot.world.start(SARI_ID, "m-contoh")
        await program.until(lambda: bot.shows("Contoh"))
        bot.write(MODULE.replace("title: Contoh", "title: Yang baru"))
        program.hang_up()
        await program.until_logged("content_reloaded")
        bot.world.start(SARI_ID, "m-contoh")
        await program.until(lambda: bot.shows("Yang baru"))
        bot.write(MODULE.replace("title: Contoh", "title: Yang terbaru"))
        bot.ask_to_reload(datetime.now(UTC) - timedelta(days=1))  # as a machine does whose clock is behind
        await program.until_logged("content_reloaded", times=2)


async def test_a_hang_up_while_it_starts_ends_nothing(bot: Bot) -> None:
    async with bot.starting() as program:

        def is_ready_for_all_that() -> bool:
            program.hang_up()
            return "ready" in program.log()

        await program.until(program.has_begun)
        await program.until(is_ready_for_all_that)
        assert await program.ends(signal.SIGTERM) == 0, program.log()[-3000:]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_start_that_is_called_off_ends_as_any_other_run(bot: Bot, number: signal.Signals) -> None:
    async with bot.starting() as program:
        await program.until(program.has_begun)
        assert await program.ends(number) == 0, program.log()[-3000:]
        assert "Traceback" not in program.log()


async def test_the_operator_can_ask_every_bot_to_read_its_content_again(bot: Bot) -> None:
    bot.migrate()
    async with bot.running() as program:
        bot.write(MODULE.replace("title: Contoh", "title: Yang baru"))
        asking = (sys.executable, "-m", "bot", "content", "reload")
        asked = await asyncio.create_subprocess_exec(*asking, cwd=bot.folder, env=environment())
        assert await asked.wait() == 0
        await program.until_logged("content_reloaded")
        bot.world.start(SARI_ID, "m-contoh")
        await program.until(lambda: bot.shows("Yang baru"))
        bot.write(MODULE.replace("title: Contoh", "title: Yang terbaru"))
        bot.ask_to_reload(datetime.now(UTC) - timedelta(days=1))  # as a machine does whose clock is behind
        await program.until_logged("content_reloaded", times=2)


@pytest.mark.parametrize("arguments", [("--help",), ("check",), ("check", "--json"), ("run", "--help"), ("db", "--help")])
def test_a_command_loads_nothing_that_only_others_need(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "bot", *arguments]
    told = environment() | {"SINAU_CONTENT__DIR": str(ROOT / "content")}
    done = subprocess.run(command, cwd=tmp_path, env=told, capture_output=True, text=True, check=True)
    assert not imported(done.stderr) & (
        FOR_PICTURES_AND_FILES | FOR_RARE_THINGS | {"sqlalchemy", "aiohttp", "apscheduler", "starlette", "bot.app", "bot.core"}
    )
