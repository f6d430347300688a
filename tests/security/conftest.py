"""What the tests of security act on: the dispatcher over a real database, and the whole bot on a stage."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot import actions
from bot.actions import Action
from bot.clock import AdjustableClock
from bot.gateway.incoming import Command, Event, Incoming, Person, Tap, Text, parse
from bot.handlers.dispatch import Dispatcher
from bot.screen import Screen
from bot.storage.database import Storage
from bot.storage.engine import make_engine
from bot.storage.tables import metadata
from tests.conversation.stage import Stage, open_stage
from tests.handlers.chat import make_desk

CONTENT = Path(__file__).parent.parent / "transcripts" / "content"
RATNA = Person(1001, "Ratna", "id")  # the admin
SARI = Person(1002, "Sari", "id")
EMMA = Person(1005, "Emma", "id")


class Bot:
    """The bot behind its gateway: what people do is handed to it as Telegram tells it, and its screens are looked at."""

    def __init__(self, storage: Storage, clock: AdjustableClock) -> None:
        desk = make_desk(storage, clock, admins=frozenset({RATNA.id}))
        self.storage = storage
        self.clock = clock
        self.catalogue = desk.shelf.catalogue
        self.rules = desk.rules
        self._dispatcher = Dispatcher(desk)
        self._number = 100

    async def does(self, person: Person, event: Event) -> Screen:
        self._number += 1
        screen = await self._dispatcher(Incoming(self._number, person.id, private=True, person=person, event=event))
        assert screen is not None
        return screen

    async def taps(self, person: Person, action: Action) -> Screen:
        return await self.does(person, Tap("q", actions.encode(action), 7, editable=True))

    async def commands(self, person: Person, name: str, argument: str = "") -> Screen:
        return await self.does(person, Command(name, argument, 8))

    async def says(self, person: Person, text: str) -> Screen:
        return await self.does(person, Text(text, 9))

    async def receives(self, **fields: Any) -> Screen | None:
        """Let an update arrive as Telegram writes it, without its number."""
        self._number += 1
        return await self._dispatcher(parse({"update_id": self._number, **fields}, "sinau_bot"))

    async def rows(self, *, without: tuple[str, ...] = ("seen_update",)) -> dict[str, list[Any]]:
        """Return every row of every table."""
        tables = {name: table for name, table in metadata.tables.items() if name not in without}

        def read(db: Connection) -> dict[str, list[Any]]:
            return {name: [tuple(row) for row in db.execute(select(table))] for name, table in tables.items()}

        return await self.storage.run(read)


@pytest.fixture
def bot(sqlite_url: str, clock: AdjustableClock) -> Iterator[Bot]:
    """A bot on one kind of database, where the kind does not matter."""
    opened = Storage(make_engine(sqlite_url))
    yield Bot(opened, clock)
    opened.close()


@pytest.fixture
async def stage(clock: AdjustableClock, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """The whole bot, and a Telegram with made-up people."""
    async with open_stage(clock, sqlite_url, tmp_path) as opened:
        yield opened
