"""Queries about the people of the roster."""

from sqlalchemy import Connection, select

from bot.storage.tables import person


def place_of(connection: Connection, learner_id: int) -> tuple[int | None, bool]:
    """Return a learner's place in the roster, None without one, and whether somebody who works here reports to them."""
    report = person.alias()
    supervises = select(report.c.id).where(report.c.supervisor_id == person.c.id, report.c.left_on.is_(None)).exists()
    row = connection.execute(select(person.c.id, supervises).where(person.c.learner_id == learner_id)).one_or_none()
    return (row[0], bool(row[1])) if row else (None, False)
