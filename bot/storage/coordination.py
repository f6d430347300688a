"""Queries about who coordinates whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, insert, or_, select

from bot.domain.learner import Learner
from bot.storage import units
from bot.storage.learners import COLUMNS
from bot.storage.tables import coordination, learner, person


@dataclass(frozen=True, slots=True)
class Coordinator:
    """A learner who coordinates a unit with all below it; None is everybody."""

    learner_id: int
    telegram_id: int
    name: str
    unit_id: int | None


def units_of(connection: Connection, learner_id: int) -> list[int | None]:
    """Return the units that were given to a learner; None among them is everybody."""
    return list(connection.scalars(select(coordination.c.unit_id).where(coordination.c.learner_id == learner_id)))


def give(connection: Connection, learner_id: int, unit_id: int | None, author_id: int | None, now: datetime) -> bool:
    """Let a learner coordinate a unit; False when they do."""
    if unit_id in units_of(connection, learner_id):
        return False
    values = {"learner_id": learner_id, "unit_id": unit_id, "author_id": author_id, "given_at": now}
    connection.execute(insert(coordination).values(**values))
    return True


def take(connection: Connection, learner_id: int, unit_id: int | None) -> bool:
    """Let a learner coordinate a unit no more; False when they did not."""
    own = (coordination.c.learner_id == learner_id, coordination.c.unit_id.is_not_distinct_from(unit_id))
    return connection.execute(delete(coordination).where(*own)).rowcount > 0


def everyone(connection: Connection) -> list[Coordinator]:
    """Return who coordinates what, those of everybody first."""
    columns = (learner.c.id, learner.c.telegram_id, learner.c.name, coordination.c.unit_id)
    own = coordination.c.learner_id == learner.c.id
    order = (coordination.c.unit_id.is_not(None), learner.c.id, coordination.c.unit_id)
    return [Coordinator(*row) for row in connection.execute(select(*columns).join(coordination, own).order_by(*order))]


def of_people(connection: Connection) -> list[tuple[int, int, int | None]]:
    """Return (place in the roster, learner, unit or None for everybody) of each role whose holder has such a place."""
    joined = coordination.join(person, person.c.learner_id == coordination.c.learner_id)
    statement = select(person.c.id, coordination.c.learner_id, coordination.c.unit_id).select_from(joined).order_by(coordination.c.id)
    return [(row[0], row[1], row[2]) for row in connection.execute(statement)]


def languages(connection: Connection) -> dict[int, str]:
    """Return the language of each who coordinates everybody, by their Telegram account."""
    statement = select(learner.c.telegram_id, learner.c.language).where(_coordinates(coordination.c.unit_id.is_(None)))
    return dict(connection.execute(statement).all())


def contacts(connection: Connection, admins: Collection[int], of_learner: int) -> list[tuple[int, int]]:
    """Return (id, Telegram account) of a learner's coordinators, and of these admins, who can and want to be reached.

    A unit's coordinator is that of its people; who has no place in the roster has those of everybody.
    """
    home = connection.scalar(select(person.c.unit_id).where(person.c.learner_id == of_learner))
    theirs: ColumnElement[bool] = coordination.c.unit_id.is_(None)
    if home is not None:
        theirs = or_(theirs, coordination.c.unit_id.in_(select(units.above(home).c.id)))
    statement = _in_charge(select(learner.c.id, learner.c.telegram_id), theirs, admins)
    return [(row.id, row.telegram_id) for row in connection.execute(statement)]


def in_charge(connection: Connection, admins: Collection[int], after: int, at_most: int) -> list[Learner]:
    """Return the coordinators, and of these admins, who can and want to be reached, of ids above `after`, the lowest first."""
    anything = coordination.c.id.is_not(None)
    statement = _in_charge(select(*COLUMNS), anything, admins).where(learner.c.id > after).limit(at_most)
    return [Learner(*row) for row in connection.execute(statement)]


def _coordinates(what: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(coordination.c.id).where(coordination.c.learner_id == learner.c.id, what).exists()


def _in_charge(columns: Select[Any], what: ColumnElement[bool], admins: Collection[int]) -> Select[Any]:
    someone = or_(_coordinates(what), learner.c.telegram_id.in_(sorted(admins)))
    return columns.where(someone, learner.c.reachable, ~learner.c.stopped).order_by(learner.c.id)
