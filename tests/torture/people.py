"""People who keep the bot busy, and who know what it should have kept."""

import itertools
import random
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Protocol

from sqlalchemy import func, select

from bot.actions import Answer, Library, OpenCard, OpenModule, ShowPrompt, StartQuiz, Tick, Unsure
from bot.storage.tables import attempt, dead_update, enrolment, invitation, learner, prompt, seen_update, sitting
from tests.torture.stage import Stage

FIRST = 100_001
TICKING, ANSWERING, TURNING, STARTING = 45, 30, 15, 30  # people; all but the last do three things a round: 300 in all
USES = 1_000_000


class Person(Protocol):
    """Somebody with the bot before them, who knows what they did."""

    person: int

    def act(self, dice: random.Random) -> None: ...

    def go_on(self, dice: random.Random) -> None: ...

    def sees_the_present(self) -> bool: ...


class Ticking:
    """Somebody who ticks and unticks: whatever is lost, or applied twice, leaves a tick where none should be."""

    def __init__(self, stage: Stage, person: int) -> None:
        self.stage, self.person = stage, person
        self.ticked: set[str] = set()
        self.unsure = False

    def act(self, dice: random.Random) -> None:
        self._press(dice.choice(self.stage.offers(self.person, Tick, Unsure)))

    def go_on(self, dice: random.Random) -> None:
        self._press(dice.choice(self.stage.offers(self.person, Tick)))

    def sees_the_present(self) -> bool:
        labels = self.stage.live(self.person).labels
        offered = self.stage.offers(self.person, Tick)
        return {tick.option for tick, label in zip(offered, labels, strict=False) if label.startswith("☑")} == self.ticked

    def _press(self, action: Tick | Unsure) -> None:
        self.stage.tap(self.person, action)
        if isinstance(action, Tick):
            self.ticked ^= {action.option}
        else:
            self.unsure = not self.unsure


class Answering:
    """Somebody who answers a question three times in haste: the first answer counts."""

    def __init__(self, stage: Stage, person: int) -> None:
        self.stage, self.person = stage, person
        self.answers: dict[int, str] = {}
        self._next_button: type[Any] = Answer

    def act(self, dice: random.Random) -> None:
        action = dice.choice(self.stage.offers(self.person, Answer))
        self.stage.tap(self.person, action)
        self.answers.setdefault(action.prompt, action.option)

    def go_on(self, _: random.Random) -> None:
        """Go to the next question; if the answer to the last tap never came, press again."""
        onward = self.stage.offers(self.person, ShowPrompt)
        options = [each for each in self.stage.offers(self.person, Answer) if each.prompt in self.answers]
        if onward or options:
            self._next_button = Answer if onward else ShowPrompt
            self.stage.tap(self.person, (onward or options)[0])

    def sees_the_present(self) -> bool:
        return bool(self.stage.offers(self.person, self._next_button))


class Turning:
    """Somebody who turns cards to and fro: the last one is their place."""

    def __init__(self, stage: Stage, person: int) -> None:
        self.stage, self.person = stage, person
        self.card = ""

    def act(self, dice: random.Random) -> None:
        action = dice.choice(self.stage.offers(self.person, OpenCard))
        self.stage.tap(self.person, action)
        self.card = action.card

    go_on = act

    def sees_the_present(self) -> bool:
        return f"Kartu {self.card}" in self.stage.live(self.person).text


class Starting:
    """Somebody who opens an invitation, perhaps again and again: it is used up once for each person."""

    def __init__(self, stage: Stage, person: int, token: str) -> None:
        self.stage, self.person, self.token = stage, person, token
        self.opened = 0

    def act(self, _: random.Random) -> None:
        self.stage.open_link(self.person, self.token)
        self.opened += 1

    def go_on(self, dice: random.Random) -> None:
        """Look at the modules, or open the invitation again when the bot never said anything."""
        if buttons := self.stage.offers(self.person, Library):
            self.stage.tap(self.person, buttons[0])
        else:
            self.act(dice)

    def sees_the_present(self) -> bool:
        return bool(self.stage.offers(self.person, object))


class Cast:
    """Everybody, and what they expect the bot to have kept."""

    def __init__(self, stage: Stage, token: str) -> None:
        everybody = itertools.count(FIRST)
        self.stage = stage
        self.ticking = [Ticking(stage, person) for person in itertools.islice(everybody, TICKING)]
        self.answering = [Answering(stage, person) for person in itertools.islice(everybody, ANSWERING)]
        self.turning = [Turning(stage, person) for person in itertools.islice(everybody, TURNING)]
        self._newcomers = (Starting(stage, person, token) for person in everybody)
        self.starting = list(itertools.islice(self._newcomers, STARTING // 2))
        self.present: list[Person] = []

    async def take_places(self) -> None:
        """Lead everybody to a question or a card, as they would go."""
        await self._open("centang", self.ticking, StartQuiz, Tick)
        await self._open("jawab", self.answering, StartQuiz, Answer)
        await self._open("kartu", self.turning, OpenCard)

    async def _open(self, module: str, people: Sequence[Person], *kinds: type[Any]) -> None:
        for each in people:
            self.stage.open_link(each.person, f"m-{module}")
        steps: list[type[Any]] = [OpenModule, *kinds]
        for kind in steps:
            await self.stage.until(partial(self._all_offered, people, kind))
            if kind is not steps[-1]:
                for each in people:
                    self.stage.tap(each.person, self.stage.offers(each.person, kind)[0])

    def _all_offered(self, people: Sequence[Person], kind: type[Any]) -> bool:
        return all(self.stage.offers(each.person, kind) for each in people)

    def act(self, dice: random.Random) -> None:
        """Do 300 things at once: everybody in a random order, each of them one thing after another."""
        known = dice.sample(self.starting, STARTING // 2)
        new = list(itertools.islice(self._newcomers, STARTING // 2))
        self.starting += new
        restless = self._restless()
        self.present = [*restless, *known, *new]
        for people in (self.present, restless, restless):
            for each in dice.sample(people, len(people)):
                each.act(dice)

    async def go_on(self, dice: random.Random) -> None:
        """Twice let everybody press a button, and wait until all see what they should."""
        for _ in range(2):
            for each in self.present:
                each.go_on(dice)
            await self.stage.until(lambda: all(each.sees_the_present() for each in self.present))
            await self.stage.world.settled(timeout=90)
            assert all(self.stage.world.sent(each.person)[-1].rows for each in self.present), "the last message has buttons to go on with"

    async def end(self, dice: random.Random) -> None:
        """Let everybody who was ever there go on."""
        self.present = [*self._restless(), *(each for each in self.starting if each.opened)]
        await self.go_on(dice)

    def everybody(self) -> list[int]:
        """Return everybody who ever wrote to the bot."""
        return [*(each.person for each in self._restless()), *(each.person for each in self.starting if each.opened)]

    def check(self) -> None:
        """Compare what people did with what the database holds."""
        rows = self.stage.rows
        assert rows(select(func.count()).select_from(seen_update)) == [(self.stage.updates,)]
        assert rows(select(dead_update.c.error)) == []
        assert {telegram_id for (telegram_id,) in rows(select(learner.c.telegram_id))} == set(self.everybody())
        assert rows(select(invitation.c.uses_left)) == [(USES - sum(bool(each.opened) for each in self.starting),)]
        assert self._sittings() == dict.fromkeys(self._examined(), 1)
        assert self._marks() == {each.person: (each.ticked, each.unsure) for each in self.ticking}
        assert rows(select(attempt.c.prompt_id, attempt.c.response).order_by("prompt_id")) == sorted(self._answers())
        assert self._places() == {each.person: each.card for each in self.turning}

    def _restless(self) -> list[Person]:
        return [*self.ticking, *self.answering, *self.turning]

    def _examined(self) -> list[int]:
        return [*(each.person for each in self.ticking), *(each.person for each in self.answering)]

    def _sittings(self) -> dict[int, int]:
        sittings = select(learner.c.telegram_id, func.count()).join(sitting).where(learner.c.telegram_id.in_(self._examined()))
        return dict(self.stage.rows(sittings.group_by(learner.c.telegram_id)))

    def _marks(self) -> dict[int, tuple[set[str], bool]]:
        marks = select(learner.c.telegram_id, prompt.c.ticked, prompt.c.unsure).join(prompt).where(prompt.c.module_id == "centang")
        return {person: (set(ticked), unsure) for person, ticked, unsure in self.stage.rows(marks)}

    def _answers(self) -> Iterator[tuple[int, list[str]]]:
        for each in self.answering:
            yield from ((prompt_id, [option]) for prompt_id, option in each.answers.items())

    def _places(self) -> dict[int, str]:
        places = select(learner.c.telegram_id, enrolment.c.card_id).join(enrolment).where(enrolment.c.module_id == "kartu")
        return dict(self.stage.rows(places))

    def behind(self) -> int:
        """Count those whose message does not show what they did last: the crash took a screen from them."""
        screens = [*(each.sees_the_present() for each in self.ticking), *(each.sees_the_present() for each in self.turning)]
        return screens.count(False)
