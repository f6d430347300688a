"""What a person is told about themselves: welcome, progress, settings, reminders."""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.leave import Fault
from bot.domain.reminders import LAST_STEP
from bot.views.learning import ModuleLine


@dataclass(frozen=True, slots=True)
class ReminderPlan:
    """When a learner is reminded: local time of day and zone, or why not; `days` are weekdays (0 is Monday), None for working days.

    A pause ends before `paused_until`; one that is still ahead begins on `paused_from`, which is None for one in force.
    """

    at: time | None
    zone: str
    paused_until: date | None = None
    stopped: bool = False
    days: tuple[int, ...] | None = None
    paused_from: date | None = None


@dataclass(frozen=True, slots=True)
class Welcome:
    """The first contact, or a person who comes back; `coordinates` names the unit whose coordinator they became, None for everybody."""

    name: str
    returning: bool
    suggested: ModuleLine | None
    reminder: ReminderPlan
    became_coordinator: bool = False
    coordinates: str | None = None
    invitation_refused: bool = False
    too_many_links: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A day on the progress strip."""

    day: date
    active: bool
    working: bool
    answers: int
    correct: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What a learner has done; `days` are last week's and this week's local days up to today.

    Of the items that were asked, `firm` ones will be remembered tomorrow and `fading` ones perhaps not; `mistakes` were sure but wrong.
    """

    name: str
    days: tuple[Day, ...]
    streak: int
    active_days: int
    working_days: int
    minutes: int
    completed: tuple[ModuleLine, ...]
    current: tuple[ModuleLine, ...]
    suggested: ModuleLine | None
    modules: int
    firm: int
    fading: int
    mistakes: int


@dataclass(frozen=True, slots=True)
class Preferences:
    """A learner's settings, and the times of day at which a reminder may come; `replaced_pause`: another one was just given up."""

    language: str
    zone: str
    reminder: ReminderPlan
    hours: tuple[time, ...]
    next_reminder: datetime | None
    now: datetime
    low_data: bool
    replaced_pause: bool = False


@dataclass(frozen=True, slots=True)
class LeaveRefused:
    """The days of a leave were not understood, or can't be; others are awaited."""

    fault: Fault


@dataclass(frozen=True, slots=True)
class Silence:
    """How many learners were reminded for the last time since the last report."""

    count: int


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a reminder says: how many items wait, or which module to go on with; at least one of them is there.

    `step` is the one of the silent days that was reached; `working_days` tells that the learner chose no weekdays of their own;
    `tonight` that it may be put off until this evening.
    """

    name: str
    items: int
    minutes: int
    module: ModuleLine | None
    hour: int
    step: int
    working_days: bool
    tonight: bool

    @property
    def is_last(self) -> bool:
        """Tell whether no more comes until the learner studies again."""
        return self.step == LAST_STEP
