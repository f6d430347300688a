"""Measures what would take too long to count while somebody waits: a little at a time, so that answers get their turn in between."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.domain import items, memory
from bot.domain.items import FEWEST, FirstAnswer
from bot.domain.memory import Memory, Model
from bot.storage import figures, reports

REMEMBERED: Final = "remembered"
ITEMS: Final = "items/"
WEEK: Final = "week/"
WEEKS: Final = 8  # this one and those before it
SETTLED: Final = timedelta(hours=12)  # after the end of a week here it has ended in every zone of the country
LIFE: Final = timedelta(hours=1)
MOST_ANSWERS: Final = 2000  # to an item: more would make no figure truer, and take longer than an answer should wait
SAMPLE: Final = 300  # learners whose memory is looked at: enough to tell a share to about three percent
BATCH: Final = 20  # of them at a time


def stale(db: Connection, names: Collection[str], now: datetime) -> list[str]:
    """Return which of these figures are missing, older than an hour, or of a time to come, which only a wrong clock can tell."""
    measured = figures.measured(db)
    return [name for name in names if not (name in measured and now - LIFE < measured[name] <= now)]


def mondays(zone: ZoneInfo, now: datetime) -> list[date]:
    """Return the first days of this week and of those before it, oldest first."""
    today = now.astimezone(zone).date()
    this = today - timedelta(days=today.weekday())
    return [this - timedelta(weeks=n) for n in reversed(range(WEEKS))]


def unmeasured_weeks(db: Connection, zone: ZoneInfo, now: datetime) -> list[date]:
    """Return the weeks that have ended for good and were not measured yet: how many were active in them changes no more."""
    measured, settled = figures.below(db, WEEK), (now - SETTLED).astimezone(zone).date()
    ended = [monday for monday in mondays(zone, now) if monday + reports.WEEK <= settled]
    return [monday for monday in ended if monday.isoformat() not in measured]


def measure_week(db: Connection, monday: date, now: datetime) -> None:
    """Keep how many learners were active in a week."""
    (active,) = reports.active_in_weeks(db, None, [monday])
    figures.write(db, WEEK + monday.isoformat(), {"active": active}, now)


def first_answers(db: Connection, module_id: str, item_id: str) -> list[FirstAnswer]:
    """Return first answers to an item, the newest if there are very many."""
    return reports.first_answers(db, module_id, item_id, MOST_ANSWERS)


def analyse(answers: Mapping[str, Sequence[FirstAnswer]], choices: Mapping[str, Collection[str]]) -> dict[str, Any]:
    """Return what first answers tell of a module's items, as plain JSON data; nothing that people typed, which is none of the `choices`."""
    found = items.analyse(answers)
    return {item: {**asdict(each), "chosen": _of(each.chosen, choices[item])} for item, each in found.items()}


def write_items(db: Connection, module_id: str, analysed: dict[str, Any], now: datetime) -> None:
    """Keep what was found of a module's items."""
    figures.write(db, ITEMS + module_id, analysed, now)


def sample(db: Connection) -> list[int]:
    """Return ids spread evenly among those of the learners; some may be nobody's."""
    highest = reports.highest_learner(db)
    return list(range(1, highest + 1, max(1, highest // SAMPLE)))


def remembered_by(db: Connection, learner_ids: Sequence[int]) -> dict[int, list[Memory]]:
    """Return what each of these learners has in memory, by learner; nobody who has nothing there."""
    return reports.remembered_by(db, learner_ids)


def write_remembered(db: Connection, share: float | None, now: datetime) -> None:
    """Keep the share of what was asked that is still remembered."""
    figures.write(db, REMEMBERED, {"share": share}, now)


def share_remembered(known: Mapping[int, Sequence[Memory]], today: date, model: Model) -> float | None:
    """Return the mean probability (0..1) that what was asked is remembered today; None when it is of fewer than five people."""
    if len(known) < FEWEST:
        return None
    risks = [memory.risk(each, today, model) for mine in known.values() for each in mine]
    return 1 - sum(risks) / len(risks)


def _of(chosen: Mapping[str, float], choices: Collection[str]) -> dict[str, float]:
    return {option: share for option, share in chosen.items() if option in choices}
