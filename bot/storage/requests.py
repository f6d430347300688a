"""What the operator asks of every running bot: each replica looks, and does it once."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select, update

from bot.storage.ledger import insert_or_ignore
from bot.storage.tables import request

RELOAD: Final = "reload"  # read the content again


def ask(connection: Connection, name: str, now: datetime) -> None:
    """Ask something of every bot that runs now."""
    if not insert_or_ignore(connection, request, {"name": name, "asked_at": now}):
        connection.execute(update(request).where(request.c.name == name).values(asked_at=now))


def asked_at(connection: Connection, name: str) -> datetime | None:
    """Return when this was last asked, None when it never was."""
    moment: datetime | None = connection.execute(select(request.c.asked_at).where(request.c.name == name)).scalar_one_or_none()
    return moment
