"""Numbers for the operator: how many study what, what is asked in vain, and what became of announcements. No names."""

import csv
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

from sqlalchemy import Connection

from bot.content.model import Catalogue
from bot.storage import fates, reports, wishes

ACTIVE_WITHIN = timedelta(days=7)
FEWEST = 5  # people behind a number about answers: of fewer it might be known who
STEP = 5  # such a number grows by so many: else two reports would tell what the one who answered between them answered


def summarise(db: Connection, catalogue: Catalogue, now: datetime, wishes_from: int = 1) -> dict[str, Any]:
    """Return the numbers as plain JSON data, with what was asked in vain `wishes_from` times or more."""
    everybody, active, unreachable = reports.learner_counts(db, now - ACTIVE_WITHIN)
    return {
        "at": now.isoformat(timespec="seconds"),
        "learners": {"all": everybody, "active_in_7_days": active, "unreachable": unreachable},
        "modules": _modules(db, catalogue),
        "sure_but_wrong": [
            {"module": module, "item": item, "sure_but_wrong": _in_steps(wrong), "asked": _in_steps(asked)}
            for module, item, wrong, asked in reports.sure_but_wrong(db, FEWEST)
        ],
        "wishes": [
            {"words": wish.words, "language": wish.language, "asked": wish.count, "last_asked_on": wish.day.isoformat()}
            for wish in wishes.asked(db, wishes_from)
        ],
        "announcements": _announcements(db),
    }


def as_csv(made: dict[str, Any]) -> str:
    """Return the modules of a summary as CSV with a heading."""
    table = StringIO()
    writer = csv.DictWriter(table, ["module", "title", "enrolled", "completed", "mean_best_score_percent"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(made["modules"])
    return table.getvalue()


def _modules(db: Connection, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Return a row for every module of the catalogue, and for those that are gone but were studied."""
    counted = reports.module_counts(db, FEWEST)
    gone = sorted(counted.keys() - catalogue.modules.keys())
    titles = {module.id: module.title for module in catalogue.outlines.values()} | dict.fromkeys(gone, "")
    return [_module(module_id, title, *counted.get(module_id, (0, 0, None))) for module_id, title in titles.items()]


def _module(module_id: str, title: str, enrolled: int, completed: int, mean: float | None) -> dict[str, Any]:
    score = None if mean is None else round(mean * 100, 1)
    return {"module": module_id, "title": title, "enrolled": enrolled, "completed": completed, "mean_best_score_percent": score}


def _in_steps(people: int) -> int:
    return people - people % STEP


def _announcements(db: Connection) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for announcement_id, state, fate, count in fates.of_all(db):
        row = found.setdefault(announcement_id, {"announcement": announcement_id, "state": state})
        if fate is not None:
            row[fate] = count
    return list(found.values())
