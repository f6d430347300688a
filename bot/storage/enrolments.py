"""Queries about enrolments: where a learner is in each module."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, insert, select

from bot.storage.prepared import Prepared, changing
from bot.storage.tables import enrolment

State = Literal["reading", "quiz", "completed"]


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A learner's place in a module. `card_id` is None past the cards, `place` is its number from 0; `best_score` is 0..1."""

    id: int
    module_id: str
    version: str
    card_id: str | None
    place: int | None
    state: State
    best_score: float | None
    started_at: datetime
    updated_at: datetime
    completed_at: datetime | None


_COLUMNS = [enrolment.c[name] for name in Enrolment.__dataclass_fields__]
_OF_LEARNER = select(*_COLUMNS).where(enrolment.c.learner_id == bindparam("learner"))
_ONE = Prepared(_OF_LEARNER.where(enrolment.c.module_id == bindparam("module")))
_ALL = Prepared(_OF_LEARNER.order_by(enrolment.c.updated_at.desc(), enrolment.c.id.desc()))


def find(connection: Connection, learner_id: int, module_id: str) -> Enrolment | None:
    """Return a learner's enrolment in a module."""
    row = _ONE.first(connection, {"learner": learner_id, "module": module_id})
    return Enrolment(*row) if row else None


def of_learner(connection: Connection, learner_id: int) -> list[Enrolment]:
    """Return all enrolments of a learner, last used first."""
    return [Enrolment(*row) for row in _ALL.all(connection, {"learner": learner_id})]


def add(connection: Connection, learner_id: int, module_id: str, version: str, now: datetime) -> Enrolment:
    """Enrol a learner in a module."""
    values = {"module_id": module_id, "version": version, "state": "reading", "started_at": now, "updated_at": now}
    row = connection.execute(insert(enrolment).values(learner_id=learner_id, **values).returning(*_COLUMNS)).one()
    return Enrolment(*row)


def change(connection: Connection, enrolment_id: int, **values: Any) -> None:
    """Change columns of an enrolment."""
    changing(enrolment, *values).run(connection, {"key": enrolment_id, **values})
