"""Times that people type, and times that they are offered."""

import re
from datetime import datetime, time, timedelta

from bot.domain.calendar import WorkCalendar

_CLOCK = re.compile(r"(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)$")
_ISO_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})$")
_DAY = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-](?P<year>\d{4}))?$")
_TODAY = {"", "hari ini", "today"}
_TOMORROW = {"besok", "tomorrow"}


def parse_moment(text: str, now: datetime) -> datetime | None:
    """Read a moment such as `08.30`, `besok 08.30`, `25/11 08.30` or `2026-11-25 08:30` on the clock of `now` (aware, local).

    A time without a day means its next occurrence, a day without a year the next such day. Return None when it can't be read.
    """
    words = text.strip().lower().removeprefix("pukul ").replace(" pukul ", " ")
    day_words, _, clock_word = words.rpartition(" ")
    clock = _CLOCK.match(clock_word)
    day = _read_day(day_words.strip(), now) if clock else None
    if clock is None or day is None:
        return None
    moment = day.replace(hour=int(clock["hour"]), minute=int(clock["minute"]), second=0, microsecond=0)
    if not day_words.strip() and moment <= now:
        moment += timedelta(days=1)
    return moment


def offers(now: datetime, calendar: WorkCalendar) -> tuple[datetime, ...]:
    """Return times worth offering on the clock of `now` (aware, local): in an hour, this afternoon, the next working morning."""
    soon = (now + timedelta(hours=1)).replace(second=0, microsecond=0)
    afternoon = datetime.combine(now.date(), time(16, 0), tzinfo=now.tzinfo)
    day = now.date() + timedelta(days=1)
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    morning = datetime.combine(day, time(8, 0), tzinfo=now.tzinfo)
    return tuple(sorted({offer for offer in (soon, afternoon, morning) if offer > now}))


def _read_day(words: str, now: datetime) -> datetime | None:
    if words in _TODAY:
        return now
    if words in _TOMORROW:
        return now + timedelta(days=1)
    found = _ISO_DAY.match(words) or _DAY.match(words)
    if found is None:
        return None
    year = int(found["year"]) if found["year"] else now.year
    try:
        day = now.replace(year=year, month=int(found["month"]), day=int(found["day"]))
    except ValueError:
        return None
    return day if found["year"] or day.date() >= now.date() else _next_year(day)


def _next_year(day: datetime) -> datetime | None:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return None
