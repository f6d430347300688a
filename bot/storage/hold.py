"""The hold: after a restore nothing is pushed to anybody until the operator agrees. Answers to people go on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, select

from bot.storage.ledger import insert_or_ignore
from bot.storage.tables import hold

_NAME: Final = "sending"

# For statements that must take nothing while the hold stands.
STANDS: Final = select(hold.c.name).where(hold.c.name == _NAME).exists()


@dataclass(frozen=True, slots=True)
class Hold:
    """Since when nothing is pushed, and when the backup was made that was restored then (None when nobody knows)."""

    since: datetime
    made_at: datetime | None


def begin(connection: Connection, since: datetime, made_at: datetime | None = None) -> bool:
    """Let nothing be pushed from now on; False when that is so already."""
    return insert_or_ignore(connection, hold, {"name": _NAME, "since": since, "made_at": made_at})


def find(connection: Connection) -> Hold | None:
    """Return the hold, None when there is none."""
    row = connection.execute(select(hold.c.since, hold.c.made_at).where(hold.c.name == _NAME)).one_or_none()
    return None if row is None else Hold(*row)


def end(connection: Connection) -> None:
    """Let everything be pushed again."""
    connection.execute(delete(hold).where(hold.c.name == _NAME))
