"""How many answers to a quiz a program takes in: pushed by webhook, graded, committed, the press answered, the message edited."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Final

import databases
import programs
from programs import Program
from rows import Row, at_least, median, missing, told
from seeding import MODULE, Crowd
from sqlalchemy import func, select
from stage import Filled, Kind, Stage
from world.load import LoadError, Outcome

from bot.storage.tables import attempt

IN_FLIGHT: Final = 64
PATIENCE: Final = 10.0  # seconds after which a peer's update is given up: some fail when SQLite is busy, and nobody repeats them
# How many presses a program gets in one run: about three seconds' work for each.
PRESSES: Final = {"sinau": 4000, "grammy": 6000, "grammy-durable": 4000, "aiogram": 600, "ptb": 500, "floor": 12_000}
NAMES: Final = {
    "sinau": "Sinau",
    "grammy": "grammY",
    "grammy-durable": "grammY, synchronous=FULL as Sinau has it",
    "aiogram": "aiogram, async ORM",
    "ptb": "PTB, async ORM",
    "floor": "floor: raw loop, nothing stored",
}
LABELS: Final[dict[Kind, str]] = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
GOALS: Final[dict[Kind, dict[str, float]]] = {
    "sqlite": {"grammy": 1.0, "aiogram": 6.0, "ptb": 10.0},
    "postgresql": {"grammy": 0.7, "aiogram": 4.0},
}
TOLD: Final[dict[Kind, Sequence[str]]] = {"sqlite": ("grammy-durable", "floor"), "postgresql": ("ptb",)}


@dataclass(slots=True)
class Subject:
    """A program in the race, with a database of its own."""

    name: str
    filled: Filled
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    pressed: int = 0
    lost: int = 0


async def on_sqlite(stage: Stage) -> AsyncIterator[Row]:
    """Race on SQLite."""
    async for row in _race(stage, "sqlite"):
        yield row


async def on_postgresql(stage: Stage) -> AsyncIterator[Row]:
    """Race on PostgreSQL."""
    async for row in _race(stage, "postgresql"):
        yield row


async def _race(stage: Stage, kind: Kind) -> AsyncIterator[Row]:
    peers = [] if stage.alone else [name for name in (*GOALS[kind], *TOLD[kind]) if not programs.why_left_out(name)]
    subjects = [Subject(name, _filled(stage, kind, name)) for name in ("sinau", *peers)]
    for _ in range(stage.runs):
        for subject in subjects:
            await _run(stage, subject)
    for subject in subjects:
        _check_stored(subject)
    for row in _rows({subject.name: subject for subject in subjects}, kind):
        yield row


def _filled(stage: Stage, kind: Kind, name: str) -> Filled:
    sittings = stage.runs * _presses(stage, name) * 5 // 4 // 5 + 1000
    # With a history, as a bot that is used has one: PostgreSQL plans for tables that it last saw empty as if they stayed so.
    return stage.filled(kind, Crowd(sittings, sittings), history=True)


def _presses(stage: Stage, name: str) -> int:
    return stage.some(PRESSES[name])


async def _run(stage: Stage, subject: Subject) -> None:
    count = _presses(stage, subject.name)
    stage.api.reset()
    async with _started(stage, subject) as program, stage.load_on(program) as load:
        patience = None if subject.name == "sinau" else PATIENCE
        warm_up = await load.closed(subject.filled.deck.take(count // 4), IN_FLIGHT, patience)
        before = program.cpu_seconds()
        outcome = await load.closed(subject.filled.deck.take(count), IN_FLIGHT, patience)
        subject.costs.append((program.cpu_seconds() - before) / count * 1e6)
    subject.rates.append(outcome.per_second)
    subject.pressed += count + count // 4
    subject.lost += warm_up.lost + outcome.lost
    _check_answered(stage, subject.name, [warm_up, outcome])


def _started(stage: Stage, subject: Subject) -> AbstractAsyncContextManager[Program]:
    start: Callable[..., AbstractAsyncContextManager[Program]] = programs.peer
    if subject.name == "sinau":
        return programs.sinau(stage.api, stage.fresh_folder(), subject.filled.url)
    return start(subject.name, stage.api, stage.fresh_folder(), subject.filled.url)


def _check_answered(stage: Stage, name: str, outcomes: Sequence[Outcome]) -> None:
    """Every press has to be answered, by a call or in the response; the last calls may still be on their way, and lost ones come late."""
    pressed = sum(len(each.latencies) for each in outcomes)
    late = sum(each.lost for each in outcomes)
    answered = stage.api.calls[b"answerCallbackQuery"] + sum(each.answered_in_response for each in outcomes)
    if not pressed - IN_FLIGHT <= answered <= pressed + late:
        raise LoadError(f"{name} answered {answered} of {pressed} presses")


def _check_stored(subject: Subject) -> None:
    if subject.name == "floor":
        return
    with databases.opened(subject.filled.url) as engine, engine.connect() as connection:
        stored = connection.execute(select(func.count()).where(attempt.c.module_id == MODULE)).scalar_one()
    if not subject.pressed - subject.lost <= stored <= subject.pressed:
        raise LoadError(f"{subject.name} stored {stored} of {subject.pressed} answers")


def _rows(subjects: dict[str, Subject], kind: Kind) -> list[Row]:
    label = LABELS[kind]
    rates = [told(f"answers, {label}: {NAMES[name]}", median(each.rates), "updates/s") for name, each in subjects.items()]
    costs = [told(f"answers, {label}: processor time of {NAMES[name]}", median(each.costs), "µs/update") for name, each in subjects.items()]
    lost = [
        told(f"answers, {label}: lost by {NAMES[name]}", each.lost, f"of {each.pressed}") for name, each in subjects.items() if each.lost
    ]
    return [*rates, *costs, *lost, *(_ratio(subjects, name, goal, label) for name, goal in GOALS[kind].items())]


def _ratio(subjects: dict[str, Subject], name: str, goal: float, label: str) -> Row:
    title = f"answers, {label}: Sinau ÷ {NAMES[name]}"
    if name not in subjects:
        return missing(title, "times", f"≥ {goal:g}")
    return at_least(title, median(subjects["sinau"].rates) / median(subjects[name].rates), "times", goal)
