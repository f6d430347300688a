"""What coordinators read about learning: numbers of many, never an answer of one.

Shares are 0..1; None means that too few people are behind it, or that it was not measured yet.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Week:
    """A week from its Monday on: how many learners studied, and how many modules were completed."""

    monday: date
    active: int
    completed: int


@dataclass(frozen=True, slots=True)
class WishFigures:
    """Words that no card answers, with how often they were asked, in a language, and on which day (UTC) last; not by whom."""

    words: str
    language: str
    asked: int
    last_asked_on: date


@dataclass(frozen=True, slots=True)
class Overview:
    """The installation at one moment, on the clock of `zone`.

    `active` is who studied within seven days; `remembered` the share of what was asked that is still remembered today, as the memory
    model reckons it for a sample of learners. `wishes` are those that were asked most.
    """

    at: datetime
    zone: str
    learners: int
    active: int
    unreachable: int
    enrolled: int
    completed: int
    remembered: float | None
    weeks: tuple[Week, ...]
    wishes: tuple[WishFigures, ...]


@dataclass(frozen=True, slots=True)
class ModuleFigures:
    """How a module is used; `score` is the mean of the best scores, `title` is empty once the module is gone."""

    id: str
    title: str
    enrolled: int
    completed: int
    score: float | None


@dataclass(frozen=True, slots=True)
class OptionFigures:
    """An option of a question, and the share of people whose first answer it was."""

    text: str
    right: bool
    share: float


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """What first answers tell of a question; see bot.domain.items. `text` is plain."""

    module_id: str
    id: str
    text: str
    people: int
    right: float
    discrimination: float | None
    seconds: float | None
    mistaken: float | None
    options: tuple[OptionFigures, ...]


@dataclass(frozen=True, slots=True)
class ModuleReport:
    """A module with its questions; `waiting` of them have too few answers. `measured_at` is None before the first measuring."""

    module: ModuleFigures
    items: tuple[ItemFigures, ...]
    waiting: int
    measured_at: datetime | None
    zone: str


@dataclass(frozen=True, slots=True)
class AnnouncementFigures:
    """An announcement and the fates of its deliveries; `module` is the title of the one that its audience had not finished."""

    id: int
    state: str
    due_at: datetime | None
    module: str | None
    sent: int
    blocked: int
    failed: int
    uncertain: int
    cancelled: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is told, for the files."""

    overview: Overview
    modules: tuple[ModuleFigures, ...]
    items: tuple[ItemFigures, ...]
    wishes: tuple[WishFigures, ...]
    announcements: tuple[AnnouncementFigures, ...]
