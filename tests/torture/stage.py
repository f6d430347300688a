"""The program as an operator runs it, in a process of its own that can be killed, and the Telegram it talks to."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from http import HTTPStatus
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import Engine, Select, UpdateBase, column, func, select, table

from bot import actions
from bot.actions import Action
from bot.sandbox.records import CallbackQuery, Message
from bot.sandbox.world import World
from bot.storage.tables import seen_update
from tests.torture.line import Line

ROOT = Path(__file__).parents[2]
AT_ONCE = 8  # messages of an announcement that are on their way at the same time
LONGEST = 90.0  # seconds that anything may take to come true


class Program:
    """`python -m bot`, told by its environment what to do."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("SINAU_")}
        self._environment = inherited | {"PYTHONPATH": str(ROOT), "NO_PROXY": "127.0.0.1"} | environment
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self.name = environment["SINAU_REPLICA"]
        self._log = folder / f"{self.name}.log"

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def command(self, *arguments: str, status: int = 0) -> str:
        """Run another command of the program to its end, which is this exit status, and return what it prints."""
        done = subprocess.run(self._line(*arguments), cwd=self._folder, env=self._environment, capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stderr
        return done.stdout.strip()

    async def begin(self, *arguments: str) -> asyncio.subprocess.Process:
        """Begin another command of the program, which may be killed."""
        return await asyncio.create_subprocess_exec(
            *self._line(*arguments), cwd=self._folder, env=self._environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )

    async def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._line("run"), cwd=self._folder, env=self._environment, stdout=log, stderr=log
            )

    async def kill(self) -> None:
        """Kill -9, if it runs."""
        if self._process and self.running:
            self._process.kill()
            await self._process.wait()

    async def stop(self) -> int:
        """Ask it to stop, as systemd and docker do, and return its exit status."""
        assert self._process
        self._process.terminate()
        return await self._process.wait()

    async def ended(self) -> None:
        """Wait for its end."""
        assert self._process
        await self._process.wait()

    async def get(self, path: str) -> tuple[int, str]:
        """Ask its web server; (0, "") when nobody answers there."""
        address = f"http://127.0.0.1:{self._environment['SINAU_WEB__PORT']}{path}"
        try:
            async with aiohttp.ClientSession() as session, session.get(address, timeout=aiohttp.ClientTimeout(total=10)) as answer:
                return answer.status, await answer.text()
        except (aiohttp.ClientError, TimeoutError):
            return 0, ""

    async def is_ready(self) -> bool:
        return (await self.get("/readyz"))[0] == HTTPStatus.OK

    def log(self) -> str:
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def log_tail(self) -> str:
        return self.log()[-3000:]

    def _line(self, *arguments: str) -> tuple[str, ...]:
        return (sys.executable, "-m", "bot", *arguments)


class Stage:
    """The world with its people, the programs that serve them, and their database. `updates` counts what people did.

    `telegram` is the line from the programs to Telegram, where a test asked for one; `door` the line from Telegram to the programs.
    """

    def __init__(self, world: World, programs: Sequence[Program], engine: Engine, telegram: Line, door: Line) -> None:
        self.world = world
        self.programs = programs
        self.telegram = telegram
        self.door = door
        self.updates = 0
        self._engine = engine

    @property
    def program(self) -> Program:
        """The only program, or the first of several."""
        return self.programs[0]

    def open_link(self, person: int, payload: str) -> None:
        self.updates += 1
        self.world.start(person, payload)

    def say(self, person: int, text: str) -> None:
        self.updates += 1
        self.world.say(person, person, text)

    def tap(self, person: int, action: Action) -> CallbackQuery:
        self.updates += 1
        query = self.world.tap(person, self.live(person).id, actions.encode(action))
        assert query
        return query

    async def press(self, person: int, kind: type[Any]) -> None:
        """Press the first button of a kind, as soon as a person has one."""
        await self.until(lambda: self.offers(person, kind))
        self.tap(person, self.offers(person, kind)[0])

    def live(self, person: int) -> Message:
        """Return the newest message with buttons that the bot sent to a person."""
        return [message for message in self.world.sent(person) if message.rows][-1]

    def offers(self, person: int, *kinds: type[Any]) -> list[Any]:
        """Return what the buttons of these kinds mean that a person has before them; nothing when there are none yet."""
        rows = self.live(person).rows if any(message.rows for message in self.world.sent(person)) else []
        buttons = [button for row in rows for button in row]
        return [action for button in buttons if isinstance(action := actions.decode(button.get("callback_data", "")), kinds)]

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until `condition` holds, looking at each change in the world; fails at once when a program ends by itself."""
        waiting = asyncio.create_task(self.world.state.signal.until(condition, LONGEST))
        ending = [asyncio.create_task(program.ended()) for program in self.programs if program.running]
        await asyncio.wait({waiting, *ending}, return_when=asyncio.FIRST_COMPLETED)
        came_true = waiting.done() and waiting.result()
        for task in (waiting, *ending):
            task.cancel()
        await asyncio.gather(waiting, *ending, return_exceptions=True)
        assert came_true, self._story()

    async def eventually(self, holds: Callable[[], Awaitable[bool]], within: float = LONGEST) -> float:
        """Ask again and again until something outside of the world holds; return after how many seconds that was."""
        begun = time.monotonic()
        while not await holds():
            assert time.monotonic() - begun < within, self._story()
            await asyncio.sleep(0.1)
        return time.monotonic() - begun

    def _story(self) -> str:
        tails = "\n".join(f"{program.name}: {program.log_tail()}" for program in self.programs)
        return f"it did not come true; the programs' logs end with\n{tails}"

    async def calls_made(self, count: int) -> None:
        """Wait until the bot has begun so many calls from now on."""
        enough = self.world.state.serial + count
        await self.until(lambda: self.world.state.serial >= enough)

    async def all_taken_in(self) -> list[CallbackQuery]:
        """Wait until the bot has acknowledged everything and is quiet; return the taps that it never answered, and expect it no more."""
        await self.until(lambda: not self.world.state.updates.pending)
        unanswered = [query for query in self.world.state.queries.values() if not query.answered]
        self.world.state.updates.clear()
        self.world.state.queries.clear()
        await self.world.settled(timeout=90, quiet=0.2)
        return unanswered

    def unacknowledged(self) -> tuple[int, int]:
        """Return how many updates Telegram would send again, and how many of them the bot has stored already."""
        waiting = set(self.world.state.updates.pending)
        stored = {update_id for (update_id,) in self.rows(select(seen_update.c.update_id))}
        return len(waiting), len(waiting & stored)

    def write(self, statement: UpdateBase, rows: Sequence[dict[str, Any]] = ()) -> None:
        """Change the database behind the program's back."""
        with self._engine.begin() as connection:
            connection.execute(statement, list(rows) or None)

    def connections(self) -> int:
        """Return how many connections PostgreSQL has to this database; 0 on SQLite, which has none."""
        if self._engine.dialect.name == "sqlite":
            return 0
        activity = table("pg_stat_activity", column("datname"))
        return int(self.rows(select(func.count()).where(activity.c.datname == func.current_database()))[0][0])

    def let_go(self) -> None:
        """Close the connections that are kept open: nobody may have a SQLite file open when another takes its place."""
        self._engine.dispose()

    def rows(self, statement: Select[Any]) -> list[Any]:
        with self._engine.connect() as connection:
            return list(connection.execute(statement))


OpenStage = Callable[..., AbstractAsyncContextManager[Stage]]
