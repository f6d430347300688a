"""Who studies, and what they chose."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

UNTIL_RESUMED = date.max  # a pause without an end


@dataclass(frozen=True, slots=True)
class Learner:
    """A person studying.

    `reminder_minute` is the local time of day in minutes since midnight, None when reminders are off.
    They come on the weekdays of `reminder_days` (bit 0 is Monday), None for working days. On the local day `renewed_on` they were last
    asked for; `fell_silent_at` is when the last one came to somebody who did not study for long, None once they study again.
    With `low_data` pictures come only when they are asked for.
    The last pause, ahead, in force or over, lasts from the local day `paused_from` (None: it has begun) until the day before
    `paused_until`.
    """

    id: int
    telegram_id: int
    name: str
    language: str
    zone: str
    reminder_minute: int | None
    paused_until: date | None
    stopped: bool
    reachable: bool
    joined_at: datetime
    last_studied_on: date | None
    next_reminder_at: datetime | None
    low_data: bool = False
    reminder_days: int | None = None
    renewed_on: date | None = None
    fell_silent_at: datetime | None = None
    paused_from: date | None = None

    def local(self, moment: datetime) -> datetime:
        """Return `moment` on the learner's own clock."""
        return moment.astimezone(ZoneInfo(self.zone))

    def today(self, now: datetime) -> date:
        """Return the learner's local day."""
        return self.local(now).date()

    def is_paused(self, now: datetime) -> bool:
        """Tell whether a pause is in force on the learner's local day."""
        return self.back_on(self.today(now)) is not None

    def has_pause(self, now: datetime) -> bool:
        """Tell whether a pause is in force or ahead."""
        return self.paused_until is not None and self.today(now) < self.paused_until

    def back_on(self, day: date) -> date | None:
        """Return the day after the pause that a local day is in; None when it is in none."""
        paused = self.paused_until is not None and (self.paused_from or day) <= day < self.paused_until
        return self.paused_until if paused else None
