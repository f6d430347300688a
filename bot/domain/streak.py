"""The streak: consecutive working days with activity. It pauses on days off and never shames."""

from collections.abc import Collection
from datetime import date

from bot.domain.calendar import WorkCalendar


def streak(active: Collection[date], today: date, calendar: WorkCalendar) -> int:
    """Return how many working days in a row, up to now, had activity.

    Today counts when it has activity and takes nothing away while it has none; activity on a day off neither adds nor breaks.
    """
    day = today if today in active and calendar.is_working_day(today) else calendar.previous_working_day(today)
    count = 0
    while day in active:
        count += 1
        day = calendar.previous_working_day(day)
    return count
