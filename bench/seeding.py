"""Fills databases with made-up learners, quickly: the database itself counts them up."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from programs import ROOT
from sqlalchemy import CTE, BigInteger, ColumnElement, Connection, Engine, Interval, Table, cast, func, insert, literal, select, text
from world.updates import Push, press

from bot.content.items import snapshot
from bot.content.loader import load
from bot.content.model import Catalogue, Module
from bot.storage.tables import attempt, enrolment, learner, prompt, sitting

FIRST_CHAT: Final = 5_000_000_000  # Telegram's ids need more than 32 bits
PROMPTS: Final = 5
GROUP: Final = 200  # sittings under way together
MODULE: Final = "mengenali-phishing"


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many there are: learners in all, and how many of them are in a sitting of five prompts."""

    learners: int
    sittings: int

    def learner_of(self, number: int) -> int:
        """Return the id of the learner in the n-th sitting of a round: those who sit are spread among all."""
        return (number - 1) * (self.learners // self.sittings) + 1


class Deck:
    """The prompts of a crowd that wait for an answer. Each is handed out once, learners in turn."""

    def __init__(self, crowd: Crowd, options: Sequence[str], before: int = 0) -> None:
        """Answer the n-th prompt of a sitting with the n-th of these options; `before` sittings were there before."""
        self._crowd = crowd
        self._options = options
        self._before = before
        self._prompts = self._in_order()

    def take(self, count: int) -> list[Push]:
        """Return the next presses of answer buttons."""
        return list(itertools.islice(self._prompts, count))

    def everybody(self) -> list[int]:
        """Return the chats of all learners."""
        return [chat_of(number) for number in range(1, self._crowd.learners + 1)]

    def last_sitting(self) -> list[tuple[int, int]]:
        """Return the prompts of the sitting that is handed out last, as (chat, prompt)."""
        number = self._crowd.sittings
        return [(self._chat(number), self._prompt(number, place)) for place in range(1, PROMPTS + 1)]

    def _in_order(self) -> Iterator[Push]:
        """Let a group of sittings answer their first prompt, then their second …, then the next group.

        A thousand presses in a row are as many first, second … and last answers: the last one ends a sitting, which costs more.
        """
        for sittings in _batches(range(1, self._crowd.sittings + 1), GROUP):
            for place, number in itertools.product(range(1, PROMPTS + 1), sittings):
                yield press(self._chat(number), self._prompt(number, place), self._options[place - 1])

    def _chat(self, number: int) -> int:
        return chat_of(self._crowd.learner_of(number))

    def _prompt(self, number: int, place: int) -> int:
        return (self._before + number - 1) * PROMPTS + place


def chat_of(learner_id: int) -> int:
    """Return a made-up learner's Telegram id."""
    return FIRST_CHAT + learner_id


def seed(engine: Engine, crowd: Crowd, *, reminders_from: datetime, spread: timedelta, history: bool = False) -> Deck:
    """Write a crowd into an empty database and return its presses.

    The learners' reminders are due one after another from a moment on, all within `spread`.
    With `history` everybody has finished a module's quiz before, as far as one prompt and attempt show it.
    """
    module = _module()
    with engine.begin() as connection:
        _learners(connection, crowd.learners, reminders_from, spread)
        _enrolments(connection, crowd, module)
        _sittings(connection, crowd, module, before=0)
        if history:
            _history(connection, crowd, module)
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            for table in (learner, enrolment, sitting, prompt, attempt):  # ids were given, so the counters have to be moved on
                last = select(func.max(table.c.id)).scalar_subquery()
                connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), last)))
            connection.execute(text("ANALYZE"))  # what autovacuum does in time; SQLite has no such thing of its own
    return Deck(crowd, _options(module))


def seed_another_round(engine: Engine, crowd: Crowd) -> Deck:
    """Ask everybody who was in a sitting five more prompts, when they have answered all they had, and return the presses."""
    module = _module()
    with engine.begin() as connection:
        before = connection.execute(select(func.max(sitting.c.id))).scalar_one()
        _sittings(connection, crowd, module, before)
    return Deck(crowd, _options(module), before)


def _options(module: Module) -> list[str]:
    return [pinned["item"]["options"][0]["id"] for pinned in _snapshots(module)]


def _learners(connection: Connection, count: int, reminders_from: datetime, spread: timedelta) -> None:
    number = numbers(count)
    step = spread / count
    moments = {"next_reminder_at": _later(connection, reminders_from, step, number.c.n), **_at("joined_at")}
    fixed = {"name": "Rekaan", "language": "id", "zone": "Asia/Jakarta", "reminder_minute": 480}
    fill(connection, learner, {"id": number.c.n, "telegram_id": number.c.n + FIRST_CHAT, **fixed, **moments})


def _enrolments(connection: Connection, crowd: Crowd, module: Module) -> None:
    number, whose = _sitting_numbers(crowd)
    place_in = {"module_id": module.id, "version": module.version, "state": "quiz", **_at("started_at", "updated_at")}
    fill(connection, enrolment, {"id": number, "learner_id": whose, **place_in})


def _sittings(connection: Connection, crowd: Crowd, module: Module, before: int) -> None:
    number, whose = _sitting_numbers(crowd)
    fill(connection, sitting, {"id": number + before, "learner_id": whose, "kind": "quiz", "module_id": module.id, **_at("started_at")})
    for place, pinned in enumerate(_snapshots(module), start=1):
        ids = {"id": (number + before - 1) * PROMPTS + place, "sitting_id": number + before, "learner_id": whose}
        fill(connection, prompt, ids | {"place": place, **_pinned(module, pinned)})


def _sitting_numbers(crowd: Crowd) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """Return the numbers of a round's sittings, and the ids of their learners."""
    number = numbers(crowd.sittings).c.n
    return number, (number - 1) * (crowd.learners // crowd.sittings) + 1


def _history(connection: Connection, crowd: Crowd, module: Module) -> None:
    number = numbers(crowd.learners)
    before, whose = number.c.n + crowd.sittings, {"learner_id": number.c.n}
    ended = {"kind": "quiz", "module_id": "lain", "score": 1.0, "passed": True, **_at("started_at", "finished_at")}
    fill(connection, sitting, {"id": before, **whose, **ended})
    pinned = _pinned(module, _snapshots(module)[0])
    asked = number.c.n + crowd.sittings * PROMPTS
    fill(connection, prompt, {"id": asked, "sitting_id": before, **whose, "place": 1, **pinned})
    outcome = {"module_id": "lain", "item_id": "a", "response": ["a"], "score": 1.0, "correct": True, "unsure": False, **_at("at")}
    fill(connection, attempt, {"id": number.c.n, "prompt_id": asked, **whose, **outcome})
    place_in = {"module_id": "lain", "version": module.version, "state": "completed", "best_score": 1.0}
    fill(connection, enrolment, {"id": number.c.n + crowd.sittings, **whose, **place_in, **_at("started_at", "updated_at", "completed_at")})


def fill(connection: Connection, table: Table, values: dict[str, Any]) -> None:
    """Insert a row for each number that `values` count by."""
    columns = [value if isinstance(value, ColumnElement) else literal(value, table.c[name].type) for name, value in values.items()]
    connection.execute(insert(table).from_select(list(values), select(*columns)))


def numbers(count: int) -> CTE:
    """Return the numbers from 1 to `count` as a table with the column n."""
    first = select(literal(1, BigInteger).label("n")).cte("numbers", recursive=True)
    return first.union_all(select(first.c.n + 1).where(first.c.n < count))


def _at(*names: str) -> dict[str, datetime]:
    return dict.fromkeys(names, datetime.now(UTC) - timedelta(days=7))


def _later(connection: Connection, moment: datetime, step: timedelta, number: ColumnElement[int]) -> ColumnElement[Any]:
    """Return a moment and so many steps, as the database computes it."""
    column = learner.c.next_reminder_at.type
    if connection.dialect.name == "postgresql":
        return literal(moment, column) + cast(literal(step, Interval), Interval) * number
    seconds = moment.timestamp() + step.total_seconds() * number
    # As SQLAlchemy writes moments: six digits of a second, of which SQLite knows three.
    return func.strftime("%Y-%m-%d %H:%M:%f000", seconds, "unixepoch")


def read_catalogue() -> Catalogue:
    """Return the content that ships."""
    catalogue = load(ROOT / "content").catalogue
    if catalogue is None:
        raise SystemExit("The content that ships has faults: run sinau check.")
    return catalogue


def _module() -> Module:
    module = read_catalogue().module(MODULE)
    if module is None:
        raise SystemExit(
            f"The benchmarks answer the quiz of the module {MODULE}, which is not there any more: name another one in seeding.py."
        )
    return module


def _snapshots(module: Module) -> list[dict[str, Any]]:
    """Return five questions as they are pinned when they are asked."""
    items = [item for item in module.quiz.items if item.type == "single_choice"][:PROMPTS]
    sources = ["Aturan rekaan, Pasal 1"]
    return [
        {"item": snapshot(item), "order": list(item.choices), "version": module.version, "module_title": module.title, "sources": sources}
        for item in items
    ]


def _pinned(module: Module, pinned: dict[str, Any]) -> dict[str, Any]:
    return {"module_id": module.id, "item_id": pinned["item"]["id"], "snapshot": pinned, "ticked": [], "unsure": False}


def _batches(numbers: range, size: int) -> Iterator[range]:
    return (numbers[start : start + size] for start in range(0, len(numbers), size))
