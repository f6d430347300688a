"""Queries that count, for reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, distinct, func, literal, select, union_all

from bot.domain.items import STEP, FirstAnswer
from bot.domain.memory import Memory
from bot.storage import memories
from bot.storage.tables import INITIAL, announcement, attempt, delivery, delivery_count, enrolment, learner, memory, person, study_day

WEEK = timedelta(days=7)

Units = frozenset[int] | None  # ids of units, all that count; None: everybody, with a place in the roster or without


@dataclass(frozen=True, slots=True)
class ModuleCounts:
    """How many began a module, completed it, and took its quiz, with the mean (0..1) of the best scores of these."""

    enrolled: int
    completed: int
    scored: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class Announced:
    """An announcement that was confirmed, and how many deliveries of it are in each state."""

    id: int
    state: str
    due_at: datetime | None
    module_id: str | None
    fates: Mapping[str, int]


def learner_counts(connection: Connection, units: Units, since: date) -> tuple[int, int, int]:
    """Return how many learners of these units there are, how many were active since a day, and how many can't be reached."""
    active = func.count(case((learner.c.last_studied_on >= since, 1)))
    unreachable = func.count(case((~learner.c.reachable, 1)))
    row = connection.execute(select(func.count(), active, unreachable).select_from(learner).where(*_within(learner.c.id, units))).one()
    return row[0], row[1], row[2]


def module_counts(connection: Connection, units: Units) -> dict[str, ModuleCounts]:
    """Return for each module that anybody of these units began how it is used."""
    counted = (func.count(), func.count(enrolment.c.completed_at), func.count(enrolment.c.best_score), func.avg(enrolment.c.best_score))
    used = select(enrolment.c.module_id, *counted).where(*_within(enrolment.c.learner_id, units)).group_by(enrolment.c.module_id)
    rows = connection.execute(used)
    return {row[0]: ModuleCounts(*row[1:]) for row in rows}


def active_in_weeks(connection: Connection, units: Units, mondays: Sequence[date]) -> list[int]:
    """Return how many learners of these units studied in each of the weeks that begin on these days, by their own local days."""
    within = _within(study_day.c.learner_id, units)
    each = [
        select(literal(number), func.count(distinct(study_day.c.learner_id))).where(
            study_day.c.day >= first, study_day.c.day < first + WEEK, *within
        )
        for number, first in enumerate(mondays)
    ]
    return [row[1] for row in sorted(connection.execute(union_all(*each)))]


def completed_in(connection: Connection, units: Units, spans: Sequence[tuple[datetime, datetime]]) -> list[int]:
    """Return how many modules learners of these units completed in each span of time, from its beginning until before its end."""
    when, within = enrolment.c.completed_at, _within(enrolment.c.learner_id, units)
    each = [select(literal(number), func.count()).where(when >= begin, when < end, *within) for number, (begin, end) in enumerate(spans)]
    return [row[1] for row in sorted(connection.execute(union_all(*each)))]


def first_answers(connection: Connection, module_id: str, item_id: str, at_most: int) -> list[FirstAnswer]:
    """Return the newest of the learners' first answers to an item, those left out that do not make five (`STEP`) yet."""
    columns = (attempt.c.learner_id, attempt.c.correct, attempt.c.unsure, attempt.c.seconds, attempt.c.response)
    chosen = (attempt.c.module_id == module_id, attempt.c.item_id == item_id, attempt.c.correct.is_not(None), INITIAL)
    left_out = connection.execute(select(func.count()).select_from(attempt).where(*chosen)).scalar_one() % STEP
    rows = connection.execute(select(*columns).where(*chosen).order_by(attempt.c.id.desc()).offset(left_out).limit(at_most))
    return [FirstAnswer(row[0], row[1], row[2], row[3], tuple(map(str, row[4]))) for row in rows]


def highest_learner(connection: Connection) -> int:
    """Return the highest id of a learner; 0 when there is nobody."""
    return connection.execute(select(func.max(learner.c.id))).scalar_one() or 0


def remembered_by(connection: Connection, learner_ids: Sequence[int]) -> dict[int, list[Memory]]:
    """Return what each of these learners has in memory, by learner."""
    found: dict[int, list[Memory]] = {}
    for row in connection.execute(select(memory.c.learner_id, *memories.COLUMNS).where(memory.c.learner_id.in_(learner_ids))):
        found.setdefault(row[0], []).append(Memory(*row[1:]))
    return found


def announced(connection: Connection, at_most: int) -> list[Announced]:
    """Return the newest announcements that were confirmed, newest first."""
    columns = (announcement.c.id, announcement.c.state, announcement.c.due_at, announcement.c.module_id)
    newest = select(*columns).where(announcement.c.state != "draft").order_by(announcement.c.id.desc()).limit(at_most)
    found = connection.execute(newest).all()
    fates = _fates(connection, [row.id for row in found])
    return [Announced(*row, fates.get(row.id, {})) for row in found]


def _within(learner_id: ColumnElement[int], units: Units) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that a learner works in one of these units."""
    if units is None:
        return ()
    return (learner_id.in_(select(person.c.learner_id).where(person.c.unit_id.in_(sorted(units)), person.c.learner_id.is_not(None))),)


def _fates(connection: Connection, announcement_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Return how many deliveries are in each state, by announcement: those whose rows are there, and those whose rows are gone."""
    key = (delivery.c.announcement_id, delivery.c.state)
    there = select(*key, func.count()).where(delivery.c.announcement_id.in_(announcement_ids)).group_by(*key)
    kept: tuple[Any, ...] = (delivery_count.c.announcement_id, delivery_count.c.state)
    gone = select(*kept, func.sum(delivery_count.c.count)).where(delivery_count.c.announcement_id.in_(announcement_ids)).group_by(*kept)
    counted: dict[int, dict[str, int]] = {}
    for announcement_id, state, count in [*connection.execute(there), *connection.execute(gone)]:
        of_one = counted.setdefault(announcement_id, {})
        of_one[state] = of_one.get(state, 0) + int(count)
    return counted
