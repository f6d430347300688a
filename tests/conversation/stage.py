"""The stage of a transcript: a sandbox with made-up people, and the whole bot running against it in this process."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from pydantic import SecretStr
from sqlalchemy import ColumnElement, Connection, Engine, and_, func, or_, select

from bot.answer_settings import AnswerSettings
from bot.app import Running, running
from bot.clock import AdjustableClock
from bot.sandbox.cast import COORDINATOR_ID
from bot.sandbox.records import Call, CallbackQuery
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from bot.settings import ContentSettings, DatabaseSettings, ReminderSettings, Settings, TelegramSettings, WebSettings
from bot.storage.engine import make_engine
from bot.storage.tables import announcement, delivery, learner, study_group

TOKEN = "424242:made-up-token"
HERE = Path(__file__).parent.parent / "transcripts"
SCREENS = frozenset({"sendMessage", "editMessageText"})
MOVERS = frozenset({"sendPhoto", "sendAudio", "sendVideo", "sendDocument"})  # what stands above a screen makes it move down
LOOK = 0.02  # seconds between two looks into the database
OFF = AnswerSettings()
SOON = timedelta(seconds=3)  # a delivery that waits for its turn in a chat is put off by less


@dataclass
class Stage:
    """One play: the clock stands still while people act, and runs while somebody waits."""

    clock: AdjustableClock
    database_url: str
    content: Path
    engine: Engine
    sandbox: Sandbox
    api_url: str = ""
    holidays: Path = HERE / "holidays.yaml"
    pressed: dict[int, CallbackQuery] = field(default_factory=dict)
    bot: Running | None = None
    answers: AnswerSettings = OFF
    _drawn: int = 0
    _house: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def world(self) -> World:
        return self.sandbox.world

    async def start(self) -> None:
        """Let the bot begin, as after a deployment."""
        self.bot = await self._house.enter_async_context(running(self._settings(), self.clock, asyncio.Event()))
        self.news()

    async def stop(self) -> None:
        await self._house.aclose()

    def publish(self, folder: str) -> bool:
        """Put another folder of content in the place of the present one, and let the bot read it; tell whether it took it."""
        shutil.rmtree(self.content)
        shutil.copytree(HERE / folder, self.content)
        assert self.bot is not None
        return not any(finding.severity == "error" for finding in self.bot.shelf.reload())

    async def declare(self, days: list[str]) -> None:
        """Write days such as `off 2026-03-02` and `working 2026-03-07` into the file of holidays, and wait until the bot goes by it."""
        assert self.bot is not None
        watch, listed = self.bot.calendar, {"off": dict[date, str](), "working": dict[date, str]()}
        for kind, day in (each.split(" ") for each in days):
            listed[kind][date.fromisoformat(day)] = "rekaan"
        self.holidays.write_text(yaml.safe_dump({"days_off": listed["off"], "working_days": listed["working"]}), encoding="utf-8")
        wanted = [set(listed["off"]), set(listed["working"])]
        await self.until(lambda: [watch.planned_by.days_off, watch.planned_by.working_days] == wanted, time_runs=False)

    def news(self) -> list[Call]:
        """Return the bot's calls since the last look."""
        calls = list(self.world.calls)
        new, self._drawn = calls[self._drawn :], len(calls)
        return new

    def query(self, read: Callable[[Connection], Any]) -> Any:
        with self.engine.begin() as connection:
            return read(connection)

    async def until(self, condition: Callable[[], object], seconds: float = 20.0, *, time_runs: bool) -> None:
        """Wait until a condition holds; `time_runs` lets everybody's clock run meanwhile."""
        async with asyncio.timeout(seconds):
            while not await self.world.state.signal.until(condition, LOOK):
                if time_runs:
                    self.clock.advance(timedelta(seconds=LOOK))

    async def answered(self, chat: int, screens: int) -> None:
        """Wait until the bot has answered in a private chat with so many screens, and taken away what a screen has moved below."""
        await self.until(lambda: self._complete(chat, screens), time_runs=False)
        await self.until(lambda: not self.query(self._leaving), time_runs=False)
        await self.world.settled()

    def _complete(self, chat: int, screens: int) -> bool:
        told = [call for call in list(self.world.calls)[self._drawn :] if call.parameters.get("chat_id") in {chat, str(chat)}]
        shown = [call for call in told if call.method in SCREENS and (call.ok or "not modified" in str(call.answer))]
        pressed = any(call.method == "answerCallbackQuery" for call in list(self.world.calls)[self._drawn :])
        moved = pressed and any(call.method in MOVERS for call in told)
        return len(shown) >= screens and (not moved or any(call.method == "deleteMessage" and call.answer for call in told))

    async def quiet(self) -> None:
        """Wait until nothing is left that the bot should do by itself at this moment of the clock."""
        await self.until(lambda: not self.query(self._under_way), time_runs=True)
        await self.world.settled()

    def _under_way(self, connection: Connection) -> int:
        now = self.clock.now()
        return sum(connection.execute(select(func.count()).where(condition)).scalar_one() for condition in _unfinished(now))

    def _leaving(self, connection: Connection) -> int:
        """Count the deliveries that leave at this very moment."""
        now_due = and_(delivery.c.state == "due", delivery.c.due_at <= self.clock.now())
        return connection.execute(select(func.count()).where(or_(delivery.c.state == "claimed", now_due))).scalar_one()

    def _settings(self) -> Settings:
        return Settings(
            telegram=TelegramSettings(token=SecretStr(TOKEN), api_url=self.api_url),
            database=DatabaseSettings(url=self.database_url),
            content=ContentSettings(dir=self.content),
            cache_dir=None,
            web=WebSettings(port=0),
            reminders=ReminderSettings(tick_seconds=0.05, holidays_file=self.holidays),
            admins=frozenset({COORDINATOR_ID}),
            contact="Tim Sinau (rekaan), sinau@contoh.go.id",
            answers=self.answers,
            replica="transcript",
        )


def _unfinished(now: datetime) -> tuple[ColumnElement[bool], ...]:
    ended = announcement.c.state.in_(("done", "cancelled"))
    return (
        learner.c.next_reminder_at <= now,
        study_group.c.next_quiz_at <= now,
        or_(delivery.c.state == "claimed", and_(delivery.c.state == "due", delivery.c.due_at <= now + SOON)),
        and_(announcement.c.state == "scheduled", announcement.c.due_at <= now),
        announcement.c.state == "sending",
        and_(ended, announcement.c.progress_message_id.is_not(None)),
    )


@asynccontextmanager
async def open_stage(clock: AdjustableClock, database_url: str, folder: Path, answers: AnswerSettings = OFF) -> AsyncIterator[Stage]:
    """Open a stage with its bot running; `folder` is for its copy of the content, `answers` for what phrases answers, if anything."""
    content = folder / "content"
    shutil.copytree(HERE / "content", content)
    holidays = Path(shutil.copy(HERE / "holidays.yaml", folder))
    stage = Stage(clock, database_url, content, make_engine(database_url), Sandbox(clock, TOKEN), holidays=holidays, answers=answers)
    async with stage.sandbox.serving() as stage.api_url:
        try:
            await stage.start()
            yield stage
        finally:
            await stage.stop()
            stage.engine.dispose()
