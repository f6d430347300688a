"""Replicas of the program's own parts on one database and one clock, with a Telegram that only writes down what it is sent."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bot.clock import Clock
from bot.content.shelf import Shelf
from bot.core import make_rules
from bot.gateway.brake import Brake
from bot.gateway.heartbeat import Heartbeat
from bot.gateway.messages import Messages
from bot.gateway.meters import Meters
from bot.gateway.pace import Pace
from bot.gateway.pacer import Pacer
from bot.gateway.sender import Sender
from bot.gateway.terms import Terms
from bot.handlers.outgoing import Composer
from bot.services import groups, reminders
from bot.services.rulebook import Rulebook
from bot.settings import Settings
from bot.storage import learners
from bot.storage.database import Storage
from bot.storage.engine import make_engine
from bot.texts import Words, load_words

SHELF: Final = Shelf(Path(__file__).parents[2] / "transcripts" / "content")
RULES: Final = make_rules(Settings())
WORDS: Final[Mapping[str, Words]] = load_words()
AT_ONCE: Final = 4
BOT_ID: Final = 7_000_000_001


@dataclass
class Post:
    """Where messages arrive: the moment and the chat of each."""

    clock: Clock
    arrived: list[tuple[datetime, int]] = field(default_factory=list)


@dataclass
class _Wire:
    """A replica's wire to Telegram; what a dead replica hands in never arrives."""

    post: Post
    replica: "Replica"

    async def call(self, method: str, payload: Mapping[str, Any], **_: object) -> dict[str, int]:
        assert method == "sendMessage"
        self.replica.dead |= self.replica.doomed
        if self.replica.dead:
            await asyncio.Event().wait()
        await asyncio.sleep(0)
        self.post.arrived.append((self.post.clock.now(), payload["chat_id"]))
        return {"message_id": len(self.post.arrived)}


class Replica:
    """What a process of the program does by itself. One that is doomed dies when it sends next, with the message in its hands."""

    def __init__(self, name: str, database_url: str, post: Post) -> None:
        self.doomed = self.dead = False
        self.storage = Storage(make_engine(database_url), threads=4)
        clock, meters = post.clock, Meters()
        self._clock = clock
        brake = Brake(Pacer(Pace(1000), time.monotonic), self.storage, clock, BOT_ID)
        composer = Composer(SHELF, Rulebook(RULES), WORDS)
        terms = Terms(composer.compose, learners.mark_unreachable, composer.asked, groups.note_refused, name, AT_ONCE)
        messages = Messages(_Wire(post, self), self.storage, BOT_ID)  # type: ignore[arg-type]  # all of it that is needed
        self.sender = Sender(self.storage, clock, messages, brake, terms, meters)
        self.heartbeat = Heartbeat(self.storage, clock, brake, name, meters, self.sender.holding)

    async def tick(self) -> None:
        """Do what the scheduler starts every few seconds; a dead one does nothing more."""
        if not self.dead:
            await self.heartbeat.beat()
            while await self.storage.run(reminders.queue_due, RULES, self._clock.now()) == reminders.BATCH:
                self.sender.wake()
            self.sender.wake()


@asynccontextmanager
async def replicas_at_work(count: int, database_url: str, post: Post) -> AsyncIterator[list[Replica]]:
    """Let so many replicas send until the context ends; those that died in it are given up at once."""
    replicas = [Replica(f"satu-{number}", database_url, post) for number in range(count)]
    async with AsyncExitStack() as stack:
        for replica in replicas:
            stack.callback(replica.storage.close)
            await replica.heartbeat.start()
        tasks = {replica: asyncio.create_task(replica.sender.run()) for replica in replicas}
        try:
            yield replicas
        finally:
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()
            await asyncio.gather(*tasks.values(), return_exceptions=True)
