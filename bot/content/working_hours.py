"""The hours in which nobody is reminded, as the data file beside this module has them."""

from datetime import time
from pathlib import Path
from typing import Any, Final

import yaml

from bot.domain.hours import DayHours, HoursRule, WorkingHours

FILE: Final = Path(__file__).with_suffix(".yaml")


def load_hours() -> WorkingHours:
    """Return the working hours by the file that ships."""
    values = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    rules = [HoursRule(rule["since"], _hours(rule["usual"]), _hours(rule["ramadan"])) for rule in values["rules"]]
    return WorkingHours(tuple(rules), tuple((first, eid) for first, eid in values["ramadan"].values()))


def _hours(values: dict[str, Any]) -> DayHours:
    begins, pause = values.get("begins"), values.get("friday_break")
    return DayHours(
        time.fromisoformat(begins) if begins else None,
        (time.fromisoformat(pause[0]), time.fromisoformat(pause[1])) if pause else None,
    )
