"""The record of every act that changes something for others: written in the act's own transaction."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from bot.storage import audit


@dataclass(frozen=True, slots=True)
class Act:
    """What was done: a short word such as `role.give`, in which unit, to which learner, and numbers about it, never people's words."""

    action: str
    unit_id: int | None = None
    subject_id: int | None = None
    details: dict[str, int] = field(default_factory=dict)


def note(db: Connection, act: Act, author_id: int | None, now: datetime) -> None:
    """Note an act; `author_id` is None for the operator at the command line."""
    what = {"action": act.action, "unit_id": act.unit_id, "subject_id": act.subject_id, "details": act.details}
    audit.add(db, what | {"at": now, "author_id": author_id, "operator": author_id is None})
