"""The calendar and the working hours in force, and how the operator's files take their place while the bot runs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import structlog

from bot.content.holidays import HolidaysError, corrected, load_published
from bot.content.working_hours import HoursError, load_hours
from bot.domain.calendar import WorkCalendar

log = structlog.get_logger()

DECREED_BEFORE: Final = timedelta(days=61)  # from then on the next year's collective leave should be known


class Almanac:
    """Holds the calendar in force. Whoever reads it during one update sees one calendar: it is swapped whole."""

    def __init__(
        self, country: str, holidays_file: Path | None = None, hours_file: Path | None = None, cache_dir: Path | None = None
    ) -> None:
        """Read the published days off of a country, and what the operator's files say.

        Raises:
            HolidaysError, HoursError: a file can't be used, or no calendar is known for the country.

        """
        self._files = (holidays_file, hours_file)
        self._seen = self._looked_at = self._fingerprint()
        published = load_published(country, cache_dir)
        self._leave_years = published.leave_years
        self.published = published.calendar
        self.calendar = self._read()

    def reload_if_changed(self) -> bool:
        """Read the operator's files again once one of them has changed, and tell whether the calendar in force is another one now.

        A file that is still being written, which changes between two looks, is left for the next one. With a fault the old calendar stays.
        """
        found = self._fingerprint()
        is_settled, self._looked_at = found == self._looked_at, found
        if not is_settled or found == self._seen:
            return False
        self._seen = found
        try:
            self.calendar = self._read()
        except (HolidaysError, HoursError) as error:
            log.error("calendar_kept", advice="the days and hours in force stay until this is mended", fault=str(error))  # noqa: TRY400 - said
            return False
        log.info("calendar_reloaded", days_off=len(self.calendar.days_off), working_days=len(self.calendar.working_days))
        return True

    def gaps(self, today: date) -> Iterator[tuple[str, str]]:
        """Yield what is not known of the time to come, each with what to do about it."""
        if not self.calendar.hours.know_next_ramadan(today):
            advice = (
                "add its first day and the day of Idul Fitri to reminders.hours_file once they are decreed; until then it has no own hours"
            )
            yield "the days of the next Ramadan are not known", advice
        for year in sorted({today.year, (today + DECREED_BEFORE).year}):
            if self._lacks_leave(year):
                advice = "install the newest release, or write the days of the decree as days_off into reminders.holidays_file"
                yield f"the collective leave (cuti bersama) of {year} is not known", advice

    def _lacks_leave(self, year: int) -> bool:
        if self._leave_years is None or year in self._leave_years:
            return False
        return not any(day.year == year for day in self.calendar.days_off)

    def _read(self) -> WorkCalendar:
        holidays_file, hours_file = self._files
        return replace(corrected(self.published, holidays_file), hours=load_hours(hours_file))

    def _fingerprint(self) -> tuple[tuple[int, int, int] | None, ...]:
        """Return what tells that a file changed, or its rights: its number, size and time of change; None where it can't be looked at."""
        return tuple(_stat(file) for file in self._files if file)


def _stat(file: Path) -> tuple[int, int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_ctime_ns
