"""What a handler works with: one call to a service, then the words of the learner's language."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from bot.clock import Clock
from bot.content.finder import Finder
from bot.content.shelf import Shelf
from bot.gateway.incoming import Command, Edited, Incoming, Membership
from bot.gateway.meters import Meters
from bot.services import turn as turns
from bot.services.rulebook import Rulebook
from bot.services.turn import Caller, Rules, Turn
from bot.storage import dialogues, learners, records
from bot.storage.database import Storage
from bot.texts import Words

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Desk:
    """What every update's handling shares.

    `is_group_admin` asks Telegram about (chat id, person's id), None when it does not say; `public_url` is where people open the
    dashboard, empty where nobody can.
    """

    storage: Storage
    shelf: Shelf
    rulebook: Rulebook
    finder: Finder
    clock: Clock
    words: Mapping[str, Words]
    meters: Meters
    bot_id: int
    username: str
    contact: str
    is_group_admin: Callable[[int, int], Awaitable[bool | None]]
    public_url: str = ""

    @property
    def rules(self) -> Rules:
        """The rules in force."""
        return self.rulebook.rules


class Context:
    """One update being handled."""

    def __init__(self, desk: Desk, incoming: Incoming, caller: Caller) -> None:
        """Handle `incoming`, which `caller` caused."""
        self.desk = desk
        self.incoming = incoming
        self._caller = caller
        self._language = desk.rules.language
        # Whoever gives another command has left what the bot was waiting for.
        self._interrupts = isinstance(incoming.event, Command) and incoming.event.name != "cancel"

    @property
    def words(self) -> Words:
        """The words of the learner's language as it was when their service began."""
        return self.desk.words[self._language]

    @property
    def message_id(self) -> int | None:
        """The message that the pressed button belongs to, or that the person wrote."""
        return getattr(self.incoming.event, "message_id", None)

    def speak(self, language: str) -> Words:
        """Go on in another language."""
        self._language = language
        return self.words

    async def run(self, service: Callable[Concatenate[Turn, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a service in the update's transaction, which first writes the update into the ledger, and return after the commit.

        Raises:
            AlreadySeenError: the update's effect happened before.
            StorageUnavailableError: nothing was stored.

        """
        work = self.desk.storage.run(self._in_turn, self.desk.clock.now(), lambda turn: service(turn, *args, **kwargs))
        result, self._language = await work
        return result

    async def look(self, service: Callable[Concatenate[Turn, P], R], *args: P.args, **kwargs: P.kwargs) -> R | None:
        """Run a service of which only what it returns is wanted, and take back whatever it writes; the update is not taken for seen.

        The words are those of the learner's language from then on. None when the person is no learner (any more).
        """
        work = self.desk.storage.run(self._look, self.desk.clock.now(), lambda turn: service(turn, *args, **kwargs))
        result, self._language = await work
        return result

    def _look(self, db: Connection, now: datetime, service: Callable[[Turn], R]) -> tuple[R | None, str]:
        learner = learners.find(db, self._caller.telegram_id)
        if learner is None:
            return None, self._language
        savepoint = db.begin_nested()
        try:
            return service(Turn(db, self.desk.shelf.catalogue, self.desk.rules, learner, now)), learner.language
        finally:
            savepoint.rollback()

    def _in_turn(self, db: Connection, now: datetime, service: Callable[[Turn], R]) -> tuple[R, str]:
        turns.see(db, self.desk.bot_id, self.incoming.update_id, now)
        turn = turns.begin(db, self.desk.shelf.catalogue, self.desk.rules, self._caller, now)
        if self._interrupts:
            dialogues.end(db, turn.learner.id)
        result = service(turn)
        if turn.is_new and isinstance(self.incoming.event, Membership | Edited):
            records.erase(db, turn.learner.id, turn.learner.telegram_id)  # such a thing is no reason to keep somebody
        return result, turn.learner.language
