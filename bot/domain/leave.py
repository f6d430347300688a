"""The days of a leave as people write them, in Indonesian or English: `sampai 3 Januari`, `20 Dec until 3 Jan`, `2 minggu`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Fault = Literal["unreadable", "impossible", "past", "backwards", "too far"]

FARTHEST: Final = timedelta(days=366)  # from today to the last day
_DAY: Final = timedelta(days=1)
# A day without a year is the one within these bounds: who is back soon writes what has just passed, who plans writes what is to come.
_GONE_BY: Final = timedelta(days=64)
_AHEAD: Final = timedelta(days=301)  # with those gone by and today, every day of a leap year

_WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (("senin", "monday"), ("selasa", "tuesday"), ("rabu", "wednesday"), ("kamis", "thursday"), ("jumat", "jum'at", "friday"),
         ("sabtu", "saturday"), ("minggu", "ahad", "sunday"))
    )
    for name in names
}  # fmt: skip
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (("jan", "januari", "january"), ("feb", "februari", "february"), ("mar", "maret", "march"), ("apr", "april"), ("mei", "may"),
         ("jun", "juni", "june"), ("jul", "juli", "july"), ("agu", "ags", "agt", "aug", "agustus", "august"),
         ("sep", "sept", "september"), ("okt", "oct", "oktober", "october"), ("nov", "nop", "november", "nopember"),
         ("des", "dec", "desember", "december")), 1
    )
    for name in names
}  # fmt: skip
_FROM_TODAY: Final = {"hari ini": 0, "today": 0, "besok": 1, "tomorrow": 1, "lusa": 2}
_NUMBERS: Final = {
    name: number
    for number, names in enumerate(
        (("satu", "one", "a"), ("dua", "two"), ("tiga", "three"), ("empat", "four"), ("lima", "five"), ("enam", "six"),
         ("tujuh", "seven"), ("delapan", "eight"), ("sembilan", "nine"), ("sepuluh", "ten")), 1
    )
    for name in names
}  # fmt: skip
_UNITS: Final = {"hari": 1, "day": 1, "minggu": 7, "pekan": 7, "week": 7, "bulan": 30, "month": 30}  # days; 30 as the button has it

_UNTIL: Final = re.compile(r"(?:^|\s)(?:sampai dengan|sampai|s/d|s\.d\.?|hingga|until|till|through|to|-)\s")
_LENGTH: Final = re.compile(
    rf"(?:^|\s)(?:(?:selama|for)\s)?(?:(?P<number>[1-9]\d{{0,2}}|{'|'.join(_NUMBERS)})\s|(?P<one>se))(?P<unit>{'|'.join(_UNITS)})s?$"
)
_FILLERS: Final = re.compile(r"^(?:dari|mulai|from|starting|on|tanggal|tgl)\s+|^hari\s+(?!ini)")
_YEAR: Final = r"(?P<year>\d{4}|\d{2})"
_WRITTEN: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        rf"(?P<day>\d{{1,2}})(?P<mark>[/.-])(?P<month>\d{{1,2}})(?:(?P=mark){_YEAR})?",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s?(?P<name>[a-z]+)\.?(?:\s{_YEAR})?",
        rf"(?P<name>[a-z]+)\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s{_YEAR})?",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?",
    )
)


@dataclass(frozen=True, slots=True)
class Leave:
    """Days on which somebody wants to be left alone, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class _Date:
    """A date as far as it was written."""

    day: int
    month: int | None = None
    year: int | None = None


def parse_leave(text: str, today: date) -> Leave | Fault:
    """Read the days of a leave; what is not said begins on the local day `today`, and all of it ends within FARTHEST.

    A weekday is the next such day. A day without a year is the next one, or one that has just passed: a leave that has begun goes on.
    """
    words = _normal(text)
    if until := _UNTIL.search(words):
        return _between(words[: until.start()], words[until.end() :], today)
    if length := _LENGTH.search(words):
        first = _first(words[: length.start()], None, today)
        days = (1 if length["one"] else int(_NUMBERS.get(length["number"], length["number"]))) * _UNITS[length["unit"]]
        return _checked(first, first + (days - 1) * _DAY, today) if isinstance(first, date) else first
    return _between("", words, today)


def _between(first_words: str, last_words: str, today: date) -> Leave | Fault:
    first = _first(first_words, _written(_bare(last_words)), today)
    if not isinstance(first, date):
        return first
    last = _day(last_words, first, today)
    return _checked(first, last, today) if isinstance(last, date) else last


def _checked(first: date, last: date, today: date) -> Leave | Fault:
    if last < today:
        return "past"
    if last < first:
        return "backwards"
    if last - today > FARTHEST:
        return "too far"
    return Leave(max(first, today), last)


def _first(words: str, last: _Date | None, today: date) -> date | Fault:
    """Return the first day, at most FARTHEST ahead; `20 sampai 27 Desember` has its month only with the last one."""
    if not words:
        return today
    own = _written(_bare(words))
    if own is not None and own.month is None and last is not None and last.month is not None:
        first = _found(_Date(own.day, last.month, last.year), today)
    else:
        first = _day(words, today, today)
    return "too far" if isinstance(first, date) and first - today > FARTHEST else first


def _day(words: str, since: date, today: date) -> date | Fault:
    words = _bare(words)
    if words in _FROM_TODAY:
        return today + _FROM_TODAY[words] * _DAY
    if words in _WEEKDAYS:
        return since + ((_WEEKDAYS[words] - since.weekday() - 1) % 7 + 1) * _DAY
    weekday, _, rest = words.partition(" ")
    written = _written(rest if weekday in _WEEKDAYS else words)
    if written is None:
        return "unreadable"
    day = _found(written, since)
    if isinstance(day, date) and weekday in _WEEKDAYS and day.weekday() != _WEEKDAYS[weekday]:
        return "impossible"
    return day


def _found(written: _Date, around: date) -> date | Fault:
    """Return the day that is meant, near a day where the year or the month was left out."""
    if written.year is not None:
        return _real(written.year, written) or "impossible"
    if written.month is None:
        return next((day for day in (around + n * _DAY for n in range(62)) if day.day == written.day), "impossible")
    days = (_real(around.year + years, written) for years in (-1, 0, 1))
    return next((day for day in days if day is not None and -_GONE_BY <= day - around <= _AHEAD), "impossible")


def _real(year: int, written: _Date) -> date | None:
    try:
        return date(year, written.month or 0, written.day)
    except ValueError:
        return None


def _written(words: str) -> _Date | None:
    found = next((match for match in (pattern.fullmatch(words) for pattern in _WRITTEN) if match), None)
    if found is None:
        return None
    parts = found.groupdict()
    name = parts.get("name")
    if name and name not in _MONTHS:
        return None
    month, year = _MONTHS[name] if name else parts.get("month"), parts.get("year")
    century = 2000 if year and len(year) == 2 else 0  # noqa: PLR2004 - digits
    return _Date(int(parts["day"]), int(month) if month else None, century + int(year) if year else None)


def _normal(text: str) -> str:
    return " ".join(re.sub(r"[–—]", " - ", text.lower()).replace(",", " ").split()).removesuffix(".")


def _bare(words: str) -> str:
    while (shorter := _FILLERS.sub("", words)) != words:
        words = shorter
    return words.strip()
