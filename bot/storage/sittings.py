"""Queries about sittings, their prompts and the attempts at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, and_, bindparam, delete, exists, func, insert, select, update
from sqlalchemy.dialects import postgresql

from bot.domain.memory import Memory
from bot.storage import memories
from bot.storage.prepared import Prepared, changing, inserting
from bot.storage.tables import attempt, learner, memory, prompt, sitting

Kind = Literal["quiz", "check", "repeat", "daily"]


@dataclass(frozen=True, slots=True)
class Sitting:
    """One go at a series of prompts; `score` (0..1) and `passed` are known when it is finished."""

    id: int
    kind: Kind
    module_id: str | None
    started_at: datetime
    finished_at: datetime | None
    score: float | None
    passed: bool | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Prompt:
    """An item shown to a learner. `response` is None until it is answered; `score` and `correct` stay None where nothing is graded.

    `ticked` is the response so far. `memory` is what the learner remembered of the item, where the prompt was looked up by its id.
    """

    id: int
    sitting_id: int
    module_id: str
    item_id: str
    snapshot: dict[str, Any]
    ticked: list[str]
    unsure: bool
    response: list[str] | None
    score: float | None
    correct: bool | None
    shared_at: datetime | None = None
    shown_at: datetime | None = None
    memory: Memory | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt as its sitting needs it: whether it is answered, and with what `score` (0..1; None where nothing is graded)."""

    id: int
    answered: bool
    score: float | None


_SITTING = [sitting.c[name] for name in Sitting.__dataclass_fields__]
_OWN = [prompt.c[name] for name in ("id", "sitting_id", "module_id", "item_id", "snapshot", "ticked")]
_PROMPT = [
    *_OWN,
    func.coalesce(attempt.c.unsure, prompt.c.unsure).label("unsure"),
    attempt.c.response,
    attempt.c.score,
    attempt.c.correct,
    attempt.c.shared_at,
    prompt.c.shown_at,
]
_WITH_ATTEMPT = prompt.outerjoin(attempt, attempt.c.prompt_id == prompt.c.id)
_OF_LEARNER = sitting.c.learner_id == bindparam("learner")
_IN_SITTING = prompt.c.sitting_id == bindparam("sitting")
_REMEMBERED = and_(
    memory.c.learner_id == prompt.c.learner_id, memory.c.module_id == prompt.c.module_id, memory.c.item_id == prompt.c.item_id
)
_PROMPT_BY_ID = Prepared(
    select(*_PROMPT, *_SITTING, *memories.COLUMNS)
    .select_from(_WITH_ATTEMPT.join(sitting, sitting.c.id == prompt.c.sitting_id).outerjoin(memory, _REMEMBERED))
    .where(prompt.c.id == bindparam("prompt"), prompt.c.learner_id == bindparam("learner"))
)
_PROMPTS = Prepared(select(*_PROMPT).select_from(_WITH_ATTEMPT).where(_IN_SITTING).order_by(prompt.c.place))
_ASKED = Prepared(
    select(prompt.c.id, attempt.c.id.is_not(None), attempt.c.score).select_from(_WITH_ATTEMPT).where(_IN_SITTING).order_by(prompt.c.place)
)
_SITTING_BY_ID = Prepared(select(*_SITTING).where(sitting.c.id == bindparam("sitting"), _OF_LEARNER))
_OPEN = Prepared(select(*_SITTING).where(_OF_LEARNER, sitting.c.finished_at.is_(None)).order_by(sitting.c.id.desc()))
_COUNT_FINISHED = Prepared(
    select(func.count()).where(
        _OF_LEARNER, sitting.c.module_id == bindparam("module"), sitting.c.kind == "quiz", sitting.c.finished_at.is_not(None)
    )
)
_ANSWERED = Prepared(
    select(attempt.c.id)
    .where(attempt.c.learner_id == bindparam("learner"), attempt.c.module_id == bindparam("module"), attempt.c.item_id == bindparam("item"))
    .limit(1)
)
_START = Prepared(
    postgresql.insert(sitting).on_conflict_do_nothing().returning(sitting.c.id), ("learner_id", "kind", "module_id", "started_at")
)


def start(connection: Connection, learner_id: int, kind: Kind, module_id: str | None, now: datetime) -> int | None:
    """Begin a sitting; return its id, or None when one like it is open: another replica was quicker."""
    values = {"learner_id": learner_id, "kind": kind, "module_id": module_id, "started_at": now}
    sitting_id: int | None = _START.scalar(connection, values)
    return sitting_id


def add_prompts(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Write the prompts of a sitting."""
    connection.execute(insert(prompt), list(rows))


def find(connection: Connection, learner_id: int, sitting_id: int) -> Sitting | None:
    """Return a sitting, if it is this learner's."""
    row = _SITTING_BY_ID.first(connection, {"sitting": sitting_id, "learner": learner_id})
    return Sitting(*row) if row else None


def open_sittings(connection: Connection, learner_id: int) -> list[Sitting]:
    """Return the unfinished sittings of a learner, last begun first."""
    return [Sitting(*row) for row in _OPEN.all(connection, {"learner": learner_id})]


def finished(connection: Connection, learner_id: int) -> list[Sitting]:
    """Return the finished sittings of a learner, last finished first."""
    statement = select(*_SITTING).where(sitting.c.learner_id == learner_id, sitting.c.finished_at.is_not(None))
    return [Sitting(*row) for row in connection.execute(statement.order_by(sitting.c.finished_at.desc(), sitting.c.id.desc()))]


def count_finished(connection: Connection, learner_id: int, module_id: str) -> int:
    """Return how often a learner finished the closing quiz of a module."""
    count: int = _COUNT_FINISHED.scalar(connection, {"learner": learner_id, "module": module_id})
    return count


def finish(connection: Connection, sitting_id: int, **values: Any) -> None:
    """Write the end of a sitting: finished_at, score, passed, minutes."""
    changing(sitting, *values).run(connection, {"key": sitting_id, **values})


def find_prompt(connection: Connection, learner_id: int, prompt_id: int) -> tuple[Sitting, Prompt] | None:
    """Return a prompt and its sitting, if it is this learner's."""
    row = _PROMPT_BY_ID.first(connection, {"prompt": prompt_id, "learner": learner_id})
    if row is None:
        return None
    asked, whole, known = row[: len(_PROMPT)], row[len(_PROMPT) : -len(memories.COLUMNS)], row[-len(memories.COLUMNS) :]
    remembered = None if known[0] is None else Memory(*known)
    return Sitting(*whole), Prompt(*[*asked, remembered])


def prompts(connection: Connection, sitting_id: int) -> list[Prompt]:
    """Return the prompts of a sitting in their order."""
    return [Prompt(*row) for row in _PROMPTS.all(connection, {"sitting": sitting_id})]


def asked(connection: Connection, sitting_id: int) -> list[Asked]:
    """Return how far a sitting has come, prompt by prompt in their order."""
    return [Asked(*row) for row in _ASKED.all(connection, {"sitting": sitting_id})]


def drop_answered_elsewhere(connection: Connection, sitting_id: int, today: date) -> None:
    """Drop the unanswered prompts of a sitting whose items were answered in another one on the local day `today`."""
    own = prompt.c.sitting_id == sitting_id
    connection.execute(select(prompt.c.id).where(own).with_for_update()).all()  # one that another replica is taking the answer to stays
    answered = exists().where(attempt.c.prompt_id == prompt.c.id)
    answered_today = exists().where(_REMEMBERED, memory.c.reviewed_on >= today)
    connection.execute(delete(prompt).where(own, ~answered, answered_today))


def change_prompt(connection: Connection, prompt_id: int, **values: Any) -> None:
    """Change what a learner marked on a prompt before answering it."""
    changing(prompt, *values).run(connection, {"key": prompt_id, **values})


def add_attempt(connection: Connection, values: dict[str, Any]) -> None:
    """Write the graded answer to a prompt. A second one for the same prompt is refused by the table."""
    inserting(attempt, *values).run(connection, values)


def note_shared(connection: Connection, prompt_id: int, now: datetime) -> None:
    """Note that a learner sent their answer to the coordinators."""
    connection.execute(update(attempt).where(attempt.c.prompt_id == prompt_id).values(shared_at=now))


def shared(connection: Connection, prompt_id: int) -> tuple[str, Prompt] | None:
    """Return the name of who shared their answer to a prompt, and the prompt; None when there is no such answer (any more)."""
    joined = _WITH_ATTEMPT.join(learner, learner.c.id == prompt.c.learner_id)
    statement = select(learner.c.name, *_PROMPT).select_from(joined).where(prompt.c.id == prompt_id, attempt.c.shared_at.is_not(None))
    row = connection.execute(statement).one_or_none()
    return (row[0], Prompt(*row[1:])) if row else None


def is_answered(connection: Connection, learner_id: int, module_id: str, item_id: str) -> bool:
    """Tell whether a learner ever answered an item."""
    return _ANSWERED.first(connection, {"learner": learner_id, "module": module_id, "item": item_id}) is not None


def answered_items(connection: Connection, learner_id: int, module_id: str) -> set[str]:
    """Return the items of a module that a learner ever answered."""
    statement = select(attempt.c.item_id).where(attempt.c.learner_id == learner_id, attempt.c.module_id == module_id)
    return set(connection.execute(statement.distinct()).scalars())


def attempt_moments(connection: Connection, learner_id: int, since: datetime) -> list[tuple[datetime, bool]]:
    """Return when a learner gave answers that are graded since a moment, and whether they were correct, in order."""
    graded = (attempt.c.learner_id == learner_id, attempt.c.at >= since, attempt.c.correct.is_not(None))
    statement = select(attempt.c.at, attempt.c.correct).where(*graded)
    return [(row.at, row.correct) for row in connection.execute(statement.order_by(attempt.c.at))]
