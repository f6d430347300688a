"""What a person may do with what is kept about them: read it, take it along, erase it (UU 27/2022, articles 5 to 13)."""

from datetime import date, datetime
from typing import Any

from bot.services.turn import Turn
from bot.storage import records


def export(turn: Turn) -> dict[str, Any]:
    """Return everything that is kept about the learner, as plain JSON data."""
    tables = records.export(turn.db, turn.learner.id, turn.learner.telegram_id)
    return {"exported_at": turn.now.isoformat(), **{name: [_plain(row) for row in rows] for name, rows in tables.items()}}


def erase(turn: Turn) -> None:
    """Erase everything that is kept about the learner; what comes later makes them a new one."""
    records.erase(turn.db, turn.learner.id, turn.learner.telegram_id)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime | date) else value for name, value in row.items()}
