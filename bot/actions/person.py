"""What people press about themselves: settings, reminders, their data."""

from datetime import time
from typing import Final

from bot.actions import daytime
from bot.actions.action import Action, button

DAYS_A_WEEK: Final = 7


@button("st")
class Settings(Action):
    """Show the learner's settings."""


@button("la")
class ChooseLanguage(Action):
    """Show the languages."""


@button("sla")
class SetLanguage(Action):
    """Speak this language from now on."""

    language: str


@button("sld")
class SetLowData(Action):
    """Get pictures only when asked for (1), or with their cards (0)."""

    on: int


@button("zo")
class ChooseZone(Action):
    """Show the time zones."""


@button("szo")
class SetZone(Action):
    """Live in this IANA zone from now on."""

    zone: str


@button("rd")
class ReminderMenu(Action):
    """Show the reminder's hours."""


@button("srd")
class SetReminder(Action):
    """Be reminded at this local time of day, in minutes since midnight; -1 means never. Another number raises ValueError."""

    minute: int

    def __post_init__(self) -> None:
        daytime.check(self.minute)

    @property
    def at(self) -> time | None:
        """The local time of day, None when reminders are to be off."""
        return daytime.at(self.minute)


@button("rdd")
class ReminderDays(Action):
    """Show the weekdays on which the reminder may come."""


@button("srw")
class SetReminderDay(Action):
    """Be reminded on this weekday (0 is Monday), or (0) not any more. Another number raises ValueError."""

    day: int
    on: int

    def __post_init__(self) -> None:
        if not 0 <= self.day < DAYS_A_WEEK:
            raise ValueError("this is no day of a week")


@button("rwd")
class FollowWorkingDays(Action):
    """Be reminded on working days again, whichever they are."""


@button("sn")
class Snooze(Action):
    """Move the reminder: to an hour from now, to this evening, or to tomorrow."""

    until: str


@button("pm")
class PauseMenu(Action):
    """Show how long a pause may last."""


@button("pf")
class PauseFor(Action):
    """Pause reminders for this many days; 0 means until the learner resumes."""

    days: int


@button("pd")
class ChooseLeave(Action):
    """Await the days of a leave."""


@button("rr")
class ResumeReminders(Action):
    """End the pause."""


@button("pv")
class Privacy(Action):
    """Show what is kept about the learner, and why."""


@button("da")
class Data(Action):
    """Show what the learner can do with their data."""


@button("dx")
class ExportData(Action):
    """Send everything that is kept about the learner as a file."""


@button("de")
class EraseData(Action):
    """Ask whether everything about the learner shall really be erased."""


@button("dy")
class ConfirmErase(Action):
    """Erase everything about the learner."""


@button("he")
class Help(Action):
    """Show the commands."""
