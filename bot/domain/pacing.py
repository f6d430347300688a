"""How long things take: what a person is told before they begin."""

from datetime import datetime, timedelta
from math import ceil

SECONDS_AN_ITEM = 40  # reading a question, choosing, reading the feedback
WORDS_A_MINUTE = 180  # reading to learn, on a phone
LONGEST_ANSWER = timedelta(minutes=10)  # whoever takes longer did something else meanwhile


def minutes_for(items: int) -> int:
    """Return the minutes that answering so many items takes, at least one."""
    return max(1, ceil(minutes_to_learn(0, items)))


def minutes_to_learn(words: int, items: int) -> float:
    """Return the minutes that reading so many words and answering so many items takes."""
    return words / WORDS_A_MINUTE + items * SECONDS_AN_ITEM / 60


def seconds_taken(shown_at: datetime | None, answered_at: datetime) -> int | None:
    """Return the seconds from showing a question to its answer; None when that is unknown or no time that answering takes."""
    if shown_at is None or not timedelta() <= answered_at - shown_at <= LONGEST_ANSWER:
        return None
    return round((answered_at - shown_at).total_seconds())


def seconds_to_send(recipients: int, per_second: int) -> int:
    """Return the seconds that sending to so many recipients takes at the given rate."""
    return ceil(recipients / per_second)
