"""Queries about what was done for others."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from bot.storage.tables import audit_entry, learner, unit


@dataclass(frozen=True, slots=True)
class Entry:
    """An act: when, by whom and to whom (None: nobody, or who has erased themselves since), what, in which unit, and numbers about it."""

    at: datetime
    operator: bool
    author: str | None
    subject: str | None
    action: str
    unit: str | None
    details: dict[str, Any]


def add(connection: Connection, values: dict[str, Any]) -> None:
    """Write an act."""
    connection.execute(insert(audit_entry).values(**values))


def since(connection: Connection, moment: datetime) -> list[Entry]:
    """Return the acts from a moment on, oldest first."""
    author, subject = learner.alias(), learner.alias()
    own = audit_entry.c
    columns = (own.at, own.operator, author.c.name, subject.c.name, own.action, unit.c.name, own.details)
    people = audit_entry.outerjoin(author, author.c.id == own.author_id).outerjoin(subject, subject.c.id == own.subject_id)
    found = select(*columns).select_from(people.outerjoin(unit, unit.c.id == own.unit_id))
    return [Entry(*row) for row in connection.execute(found.where(own.at >= moment).order_by(own.at, own.id))]
