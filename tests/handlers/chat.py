"""A person's private chat with the bot, from an update to the screen that answers it: no Telegram in between."""

from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from bot.actions import Action, encode
from bot.clock import AdjustableClock
from bot.content.finder import Finder
from bot.content.shelf import Shelf
from bot.domain.calendar import WorkCalendar
from bot.domain.memory import Model
from bot.gateway.incoming import Command, Event, Incoming, Person, Tap
from bot.gateway.meters import Meters
from bot.handlers.context import Desk
from bot.handlers.dispatch import Dispatcher
from bot.quiet import QuietHours
from bot.screen import Screen
from bot.services.rulebook import Rulebook
from bot.services.turn import Rules
from bot.settings import FSRS_6
from bot.storage.database import Storage
from bot.storage.tables import metadata
from bot.texts import load_words

CONTENT = Path(__file__).parent.parent / "transcripts" / "content"
SARI = Person(1002, "Sari", "id")
_NUMBERS = count(100)


def make_desk(
    storage: Storage, clock: AdjustableClock, *, admins: frozenset[int] = frozenset(), content: Path = CONTENT, public_url: str = ""
) -> Desk:
    """Return what handlers work with; no hour is a quiet one."""
    quiet = QuietHours(clock.now().time(), clock.now().time())
    rules = Rules(WorkCalendar(), quiet, admins, "id", "Asia/Jakarta", 510, 3, Model(0.9, FSRS_6), 29, timedelta(days=180))
    shelf = Shelf(content)
    return Desk(
        storage,
        shelf,
        Rulebook(rules),
        Finder(shelf),
        clock,
        load_words(),
        Meters(),
        bot_id=1,
        username="sinau_bot",
        contact="",
        is_group_admin=nobody_is_in_charge,
        public_url=public_url,
    )


async def nobody_is_in_charge(_chat_id: int, _person_id: int) -> bool:
    return False


class Chat:
    """What a person does, and what the database then holds."""

    def __init__(self, desk: Desk, person: Person) -> None:
        self._dispatcher = Dispatcher(desk)
        self._storage = desk.storage
        self._person = person

    async def does(self, event: Event, number: int | None = None) -> Screen | None:
        """Let an update arrive; with the `number` of an earlier one it is that one again."""
        number = number or next(_NUMBERS)
        return await self._dispatcher(Incoming(number, self._person.id, private=True, person=self._person, event=event))

    async def taps(self, action: Action, number: int | None = None) -> Screen | None:
        return await self.does(Tap("q", encode(action), 7, editable=True), number)

    async def says(self, command: str, number: int | None = None) -> Screen | None:
        return await self.does(Command(command, "", 8), number)

    async def rows(self) -> dict[str, Any]:
        def read(db: Connection) -> dict[str, Any]:
            return {name: db.execute(select(table)).all() for name, table in metadata.tables.items() if name != "seen_update"}

        return await self._storage.run(read)

    async def one(self, column: Any) -> Any:
        return await self._storage.run(lambda db: db.execute(select(column)).scalars().first())
