"""All that is kept about one person: to hand it out, and to erase it."""

from typing import Any

from sqlalchemy import Connection, Table, delete, select

from bot.storage.tables import attempt, dead_update, delivery, dialogue, enrolment, learner, prompt, sitting

_OF_A_LEARNER: tuple[Table, ...] = (enrolment, sitting, prompt, attempt, delivery, dialogue)


def export(connection: Connection, learner_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return every row about a learner, by table."""
    rows = {"learner": connection.execute(select(learner).where(learner.c.id == learner_id))}
    rows |= {table.name: connection.execute(select(table).where(table.c.learner_id == learner_id)) for table in _OF_A_LEARNER}
    return {name: [dict(row) for row in result.mappings()] for name, result in rows.items()}


def erase(connection: Connection, learner_id: int, telegram_id: int) -> None:
    """Erase every row about a learner; the tables that refer to one follow by cascade."""
    connection.execute(delete(dead_update).where(dead_update.c.telegram_id == telegram_id))
    connection.execute(delete(learner).where(learner.c.id == learner_id))
