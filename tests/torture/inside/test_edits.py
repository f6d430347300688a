"""Content edited while people are in the middle of it: no score that is stored ever changes, nobody is shown an error, all can go on."""

import logging
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Connection, select

from bot import actions
from bot.actions import Action, encode
from bot.clock import AdjustableClock
from bot.content.items import restore
from bot.content.shelf import Shelf
from bot.core import make_rules
from bot.gateway.incoming import Command, Event, Incoming, Person, Tap
from bot.handlers.dispatch import Dispatcher
from bot.screen import Screen
from bot.services.rulebook import Rulebook
from bot.settings import Settings
from bot.storage.database import Storage
from bot.storage.tables import attempt, enrolment, prompt, sitting
from tests.handlers.chat import make_desk
from tests.torture.doses import PATIENCE, dose
from tests.torture.inside.author import Author

log = logging.getLogger(__name__)

CONTENT = Path(__file__).parents[2] / "transcripts" / "content"
EDITS = dose("edits", 40, 500)
PEOPLE = dose("learners_of_edits", 5, 20)
DEEDS = 4  # of each learner between two edits
LONGEST_QUIZ = 60  # taps
COMMANDS: Final = ("belajar", "kuis", "progres", "start", "cancel")
# In the order in which somebody presses them who wants to come to the end of a quiz.
ONWARD: Final = (actions.Submit, actions.Answer, actions.ShowPrompt, actions.Result)
FORWARD: Final = (*ONWARD, actions.Tick, actions.StartQuiz, actions.OpenCard, actions.OpenModule)
# Not pressed here: they erase the very record, or take long to draw a picture.
LEFT_OUT: Final = (actions.ConfirmErase, actions.EraseData, actions.ProgressChart)


class Learner:
    """Somebody who presses what is on the screen, at times on an old one."""

    def __init__(self, dispatcher: Dispatcher, person: int, dice: random.Random) -> None:
        self._dispatcher = dispatcher
        self._person = Person(person, "Sari", "id")
        self._dice = dice
        self._updates = 0
        self._screens: list[Screen] = []

    async def act(self) -> None:
        screen = self._dice.choice(self._screens[-3:] if self._dice.random() < 0.8 else self._screens) if self._screens else None
        if screen is None or self._dice.random() < 0.1:
            await self.says(self._dice.choice(COMMANDS))
        else:
            offered = _actions(screen)
            forward = [action for action in offered if isinstance(action, FORWARD)]
            await self.taps(self._dice.choice(forward if forward and self._dice.random() < 0.6 else offered))

    async def comes_to_the_end(self, module: str) -> Screen:
        """Open the quiz of a module and answer all that is asked, until nothing more is."""
        screen = await self.taps(actions.StartQuiz(module))
        for _ in range(LONGEST_QUIZ):
            offered = _actions(screen)
            if ticks := [each for each in offered if isinstance(each, actions.Tick)]:
                await self.taps(ticks[0])
            step = next((each for kind in ONWARD for each in offered if isinstance(each, kind)), None)
            if step is None:
                return screen
            screen = await self.taps(step)
        pytest.fail(f"no end of the quiz in sight: {screen}")

    async def says(self, command: str) -> Screen:
        return await self._does(Command(command, "", self._updates))

    async def taps(self, action: Action) -> Screen:
        return await self._does(Tap("q", encode(action), 7, editable=True))

    async def _does(self, event: Event) -> Screen:
        self._updates += 1
        screen = await self._dispatcher(
            Incoming(self._person.id * 1_000_000 + self._updates, self._person.id, private=True, person=self._person, event=event)
        )
        assert screen is not None
        assert _actions(screen), f"nothing leads on from here: {screen}"
        self._screens.append(screen)
        return screen


@pytest.mark.timeout(PATIENCE)
async def test_no_edit_changes_a_score_or_stops_a_learner(storage: Storage, clock: AdjustableClock, tmp_path: Path) -> None:
    dice = random.Random(storage.engine.dialect.name)  # noqa: S311 - the same edits each time
    author = Author(dice, CONTENT, tmp_path / "content")
    shelf = Shelf(tmp_path / "content")
    desk = replace(make_desk(storage, clock), shelf=shelf, rulebook=Rulebook(make_rules(Settings())))
    people = [Learner(Dispatcher(desk), number, dice) for number in range(1, PEOPLE + 1)]
    before: dict[str, dict[int, Any]] = {"attempt": {}, "sitting": {}, "prompt": {}, "completed": {}}
    edits: Counter[str] = Counter()
    for _ in range(EDITS):
        for _ in range(DEEDS):
            for person in people:
                await person.act()
        in_force = shelf.catalogue
        edit = author.edit()
        shelf.reload()
        if refused := shelf.catalogue is in_force:
            author.take_back()
        edits["refused" if refused else edit] += 1
        now = await storage.run(_record)
        for name, rows in before.items():
            # A question that was answered elsewhere falls out of the daily quiz; had it been answered here, its attempt would be gone too.
            changed = [key for key, row in rows.items() if now[name].get(key) != row and (key in now[name] or name != "prompt")]
            assert not changed, f"{edit} changed {name} {changed}"
        before = now

    log.info("%s edits: %s; %s answers, %s finished", EDITS, dict(edits), len(before["attempt"]), len(before["sitting"]))
    assert before["attempt"], "nobody answered anything"
    assert await storage.run(_wrong_scores) == []
    for person in people:
        await person.comes_to_the_end(dice.choice(list(shelf.catalogue.modules)))


def _actions(screen: Screen) -> list[Action]:
    return [button.action for row in screen.rows for button in row if button.action is not None and not isinstance(button.action, LEFT_OUT)]


def _record(db: Connection) -> dict[str, dict[int, Any]]:
    """Return what is settled and must never change, by table and id."""
    done = sitting.c.finished_at.is_not(None)
    statements = {
        "attempt": select(attempt.c.id, attempt.c.prompt_id, attempt.c.response, attempt.c.score, attempt.c.correct, attempt.c.at),
        "sitting": select(sitting.c.id, sitting.c.score, sitting.c.passed, sitting.c.minutes, sitting.c.finished_at).where(done),
        "prompt": select(prompt.c.id, prompt.c.snapshot),
        "completed": select(enrolment.c.id, enrolment.c.completed_at).where(enrolment.c.completed_at.is_not(None)),
    }
    return {name: {row[0]: tuple(row[1:]) for row in db.execute(statement)} for name, statement in statements.items()}


def _wrong_scores(db: Connection) -> list[int]:
    """Return the answers whose score is not that of the question as it was asked."""
    rows = db.execute(select(attempt.c.id, attempt.c.response, attempt.c.score, prompt.c.snapshot).join(prompt)).all()
    return [row.id for row in rows if restore(row.snapshot["item"]).grade(row.response).score != row.score]
