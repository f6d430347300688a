"""A local time of day in a button: minutes since midnight, or -1 for never."""

from datetime import time
from typing import Final

NEVER: Final = -1
_MINUTES_A_DAY: Final = 24 * 60


def check(minute: int) -> None:
    """Raise ValueError for what is neither a minute of a day nor never."""
    if not NEVER <= minute < _MINUTES_A_DAY:
        raise ValueError("this is no minute of a day")


def at(minute: int) -> time | None:
    """Return the local time of day, None for never."""
    return None if minute == NEVER else time(minute // 60, minute % 60)
