"""The ledger of seen updates, which makes an update's effect happen once, and the dead ones that could not be handled."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from bot.storage.prepared import inserting_unless_there
from bot.storage.tables import dead_update, seen_update


def insert_or_ignore(connection: Connection, table: Any, values: dict[str, Any]) -> bool:
    """Insert a row unless its key is there already; tell whether it was inserted."""
    return inserting_unless_there(table, *values).run(connection, values) > 0


def see(connection: Connection, bot_id: int, update_id: int, now: datetime) -> bool:
    """Write an update into the ledger; False when it was there: its effect has happened."""
    return insert_or_ignore(connection, seen_update, {"bot_id": bot_id, "update_id": update_id, "at": now})


def park(connection: Connection, bot_id: int, update_id: int, values: dict[str, Any], now: datetime) -> None:
    """Keep an update that can't be handled (`body`, `error`, `code`, `telegram_id`) for the operator, and count it as seen."""
    see(connection, bot_id, update_id, now)
    insert_or_ignore(connection, dead_update, {"bot_id": bot_id, "update_id": update_id, "at": now, **values})


def count_dead(connection: Connection) -> int:
    """Return how many updates are parked."""
    return connection.execute(select(func.count()).select_from(dead_update)).scalar_one()
