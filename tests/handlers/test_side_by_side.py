"""Two replicas on one database that get presses of the same person at the same moment."""

import asyncio
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, func, select

from bot import actions
from bot.actions import Action
from bot.clock import AdjustableClock
from bot.gateway.incoming import Person
from bot.storage.database import Storage
from bot.storage.engine import make_engine
from bot.storage.tables import prompt, sitting
from tests.handlers.chat import Chat, make_desk

PEOPLE = [Person(2000 + number, "Sari", "id") for number in range(8)]


@pytest.fixture
def replicas(database_url: str) -> Iterator[tuple[Storage, Storage]]:
    both = Storage(make_engine(database_url), threads=4), Storage(make_engine(database_url), threads=4)
    yield both
    for storage in both:
        storage.close()


@pytest.mark.parametrize("start", [actions.StartQuiz("kata-sandi"), actions.StartDaily()], ids=["quiz", "daily"])
async def test_a_quiz_that_is_begun_twice_at_once_is_one_quiz(
    replicas: tuple[Storage, Storage], clock: AdjustableClock, start: Action
) -> None:
    one, other = (make_desk(storage, clock) for storage in replicas)
    for person in PEOPLE:
        await Chat(one, person).says("start")
        await Chat(one, person).taps(actions.StartQuiz("kata-sandi"))  # what was begun before can be asked again in the daily quiz
    if isinstance(start, actions.StartQuiz):
        await one.storage.run(lambda db: db.execute(sitting.delete()))
    screens = await asyncio.gather(*(Chat(desk, person).taps(start) for person in PEOPLE for desk in (one, other)))
    assert [screen and screen.text for screen in screens[::2]] == [screen and screen.text for screen in screens[1::2]]
    assert all(screen and "Kuis" in screen.text for screen in screens)

    def read(db: Connection) -> list[tuple[int, int]]:
        kind = "quiz" if isinstance(start, actions.StartQuiz) else "daily"
        joined = select(sitting.c.learner_id, func.count(prompt.c.id)).join(prompt, prompt.c.sitting_id == sitting.c.id)
        return [tuple(row) for row in db.execute(joined.where(sitting.c.kind == kind).group_by(sitting.c.id))]

    begun = await one.storage.run(read)
    assert len({learner for learner, _ in begun}) == len(begun) == len(PEOPLE)
    assert len({prompts for _, prompts in begun}) == 1  # nobody is asked twice as much
