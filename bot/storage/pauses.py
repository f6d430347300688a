"""Queries about pauses: local days on which a learner wanted no reminder. They are kept, since they don't break a streak."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, delete, select, update

from bot.storage.ledger import insert_or_ignore
from bot.storage.tables import pause

_OF_LEARNER = select(pause.c.first, pause.c.until).where(pause.c.learner_id == bindparam("learner")).order_by(pause.c.first)


def of_learner(connection: Connection, learner_id: int) -> Sequence[tuple[date, date]]:
    """Return all pauses of a learner, over or in force, as (first day, day after the last), earliest first."""
    return [(row.first, row.until) for row in connection.execute(_OF_LEARNER, {"learner": learner_id})]


def begin(connection: Connection, learner_id: int, first: date, until: date) -> None:
    """Begin a pause, or go on with the one that began on that very day."""
    insert_or_ignore(connection, pause, {"learner_id": learner_id, "first": first, "until": until})
    end(connection, learner_id, first, until)


def end(connection: Connection, learner_id: int, today: date, until: date) -> None:
    """Let what is in force on a learner's local day `today` last until the day before `until`; what lasts no day at all is none."""
    own = pause.c.learner_id == learner_id
    connection.execute(update(pause).where(own, pause.c.until > today).values(until=until))
    connection.execute(delete(pause).where(own, pause.c.until <= pause.c.first))
