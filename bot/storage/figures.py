"""Queries about figures that were measured beforehand."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql

from bot.storage.tables import figure


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as plain JSON data, and when it was measured."""

    measured_at: datetime
    body: Any


def find(connection: Connection, name: str) -> Figure | None:
    """Return a figure by its name."""
    row = connection.execute(select(figure.c.measured_at, figure.c.body).where(figure.c.name == name)).one_or_none()
    return Figure(*row) if row else None


def below(connection: Connection, prefix: str) -> dict[str, Figure]:
    """Return the figures whose names begin with a prefix, by the rest of their names."""
    rows = connection.execute(select(figure.c.name, figure.c.measured_at, figure.c.body).where(figure.c.name.startswith(prefix)))
    return {row.name.removeprefix(prefix): Figure(row.measured_at, row.body) for row in rows}


def measured(connection: Connection) -> dict[str, datetime]:
    """Return when each figure was measured, by name."""
    return {row.name: row.measured_at for row in connection.execute(select(figure.c.name, figure.c.measured_at))}


def write(connection: Connection, name: str, body: object, now: datetime) -> None:
    """Write a figure in the place of the one before."""
    insert = postgresql.insert(figure).values(name=name, measured_at=now, body=body)  # rendered for SQLite as well
    written = {"measured_at": insert.excluded.measured_at, "body": insert.excluded.body}
    connection.execute(insert.on_conflict_do_update(index_elements=[figure.c.name], set_=written))
