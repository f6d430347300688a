"""What a person may do with what is kept about them: read it, take it along, erase it (UU 27/2022, articles 5 to 13)."""

from datetime import date, datetime
from typing import Any

from bot.services.turn import Turn
from bot.storage import records


def export(turn: Turn) -> dict[str, Any]:
    """Return everything that is kept about the learner, as plain JSON data.

    A question that waits for its answer is named, but not told with its answer: that is nothing about them.
    """
    tables = records.export(turn.db, turn.learner.id, turn.learner.telegram_id)
    answered = {row["prompt_id"] for row in tables["attempt"]}
    tables["prompt"] = [row if row["id"] in answered else _without_the_answer(row) for row in tables["prompt"]]
    return {"exported_at": turn.now.isoformat(), **{name: [_plain(row) for row in rows] for name, rows in tables.items()}}


def erase(turn: Turn) -> None:
    """Erase everything that is kept about the learner; what comes later makes them a new one."""
    records.erase(turn.db, turn.learner.id, turn.learner.telegram_id)


def _without_the_answer(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"snapshot": {name: value for name, value in row["snapshot"].items() if name != "item"}}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime | date) else value for name, value in row.items()}
