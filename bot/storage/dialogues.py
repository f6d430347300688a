"""Queries about dialogues: what a person's next message will be taken for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from bot.storage.tables import dialogue


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What the bot awaits from a person: `announcement` (its content) or `schedule` (its time)."""

    awaits: str
    announcement_id: int | None
    since: datetime


def begin(connection: Connection, learner_id: int, awaits: str, announcement_id: int | None, now: datetime) -> None:
    """Await something from a person, instead of what was awaited before."""
    end(connection, learner_id)
    values = {"learner_id": learner_id, "awaits": awaits, "announcement_id": announcement_id, "since": now}
    connection.execute(insert(dialogue).values(**values))


def find(connection: Connection, learner_id: int) -> Dialogue | None:
    """Return what is awaited from a person."""
    columns = (dialogue.c.awaits, dialogue.c.announcement_id, dialogue.c.since)
    row = connection.execute(select(*columns).where(dialogue.c.learner_id == learner_id)).one_or_none()
    return Dialogue(*row) if row else None


def end(connection: Connection, learner_id: int) -> bool:
    """Await nothing any more; tell whether something was awaited."""
    return connection.execute(delete(dialogue).where(dialogue.c.learner_id == learner_id)).rowcount > 0
