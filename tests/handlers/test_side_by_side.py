"""Two replicas on one database that get presses of the same person at the same moment."""

import asyncio
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from bot import actions
from bot.actions import Action, encode
from bot.clock import AdjustableClock
from bot.content.shelf import Shelf
from bot.domain.calendar import WorkCalendar
from bot.gateway.incoming import Command, Event, Incoming, Person, Tap
from bot.gateway.meters import Meters
from bot.handlers.context import Desk
from bot.handlers.dispatch import Dispatcher
from bot.quiet import QuietHours
from bot.screen import Screen
from bot.services.turn import Rules
from bot.storage.database import Storage
from bot.storage.engine import make_engine
from bot.storage.tables import prompt, sitting
from bot.texts import load_words

CONTENT = Path(__file__).parent.parent / "transcripts" / "content"
PEOPLE = [Person(2000 + number, "Sari", "id") for number in range(8)]
NUMBERS = count(1)


class Replica:
    def __init__(self, database_url: str, clock: AdjustableClock) -> None:
        self.storage = Storage(make_engine(database_url), threads=4)
        quiet = QuietHours(clock.now().time(), clock.now().time())
        rules = Rules(WorkCalendar(), quiet, frozenset(), "id", "Asia/Jakarta", 510, 3, 29)
        desk = Desk(self.storage, Shelf(CONTENT), rules, clock, load_words(), Meters(), bot_id=1, username="sinau_bot", contact="")
        self._dispatcher = Dispatcher(desk)

    async def does(self, person: Person, event: Event) -> Screen | None:
        return await self._dispatcher(Incoming(next(NUMBERS), person.id, private=True, person=person, event=event))

    async def taps(self, person: Person, action: Action) -> Screen | None:
        return await self.does(person, Tap("q", encode(action), 7, editable=True))


@pytest.fixture
def replicas(database_url: str, clock: AdjustableClock) -> Iterator[tuple[Replica, Replica]]:
    both = Replica(database_url, clock), Replica(database_url, clock)
    yield both
    for replica in both:
        replica.storage.close()


@pytest.mark.parametrize("start", [actions.StartQuiz("kata-sandi"), actions.StartDaily()], ids=["quiz", "daily"])
async def test_a_quiz_that_is_begun_twice_at_once_is_one_quiz(replicas: tuple[Replica, Replica], start: Action) -> None:
    one, other = replicas
    for person in PEOPLE:
        await one.does(person, Command("start", "", 1))
        await one.taps(person, actions.StartQuiz("kata-sandi"))  # what was begun before can be asked again in the daily quiz
    if isinstance(start, actions.StartQuiz):
        await one.storage.run(lambda db: db.execute(sitting.delete()))
    screens = await asyncio.gather(*(replica.taps(person, start) for person in PEOPLE for replica in (one, other)))
    assert [screen and screen.text for screen in screens[::2]] == [screen and screen.text for screen in screens[1::2]]
    assert all(screen and "Kuis" in screen.text for screen in screens)

    def read(db: Connection) -> list[tuple[int, int]]:
        kind = "quiz" if isinstance(start, actions.StartQuiz) else "daily"
        joined = select(sitting.c.learner_id, func.count(prompt.c.id)).join(prompt, prompt.c.sitting_id == sitting.c.id)
        return [tuple(row) for row in db.execute(joined.where(sitting.c.kind == kind).group_by(sitting.c.id))]

    begun = await one.storage.run(read)
    assert len({learner for learner, _ in begun}) == len(begun) == len(PEOPLE)
    assert len({prompts for _, prompts in begun}) == 1  # nobody is asked twice as much
