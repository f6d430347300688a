"""How long things take: what a person is told before they begin."""

from math import ceil

SECONDS_AN_ITEM = 40  # reading a question, choosing, reading the feedback


def minutes_for(items: int) -> int:
    """Return the minutes that answering so many items takes, at least one."""
    return max(1, ceil(items * SECONDS_AN_ITEM / 60))


def seconds_to_send(recipients: int, per_second: int) -> int:
    """Return the seconds that sending to so many recipients takes at the given rate."""
    return ceil(recipients / per_second)
