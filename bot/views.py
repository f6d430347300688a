"""What services return: frozen values that a screen is drawn from, with no database and no Telegram in them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from bot.content.prompts import Prompt

ModuleState = Literal["new", "reading", "quiz", "completed"]
SittingKind = Literal["quiz", "repeat", "daily"]


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """A module in a list. `best_score` is 0..1."""

    id: str
    title: str
    minutes: int
    state: ModuleState = "new"
    best_score: float | None = None


@dataclass(frozen=True, slots=True)
class PathLine:
    """A path with its modules in order; the path of modules that are in none has no title."""

    title: str
    modules: tuple[ModuleLine, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """All paths, and the module that the learner is in the middle of."""

    paths: tuple[PathLine, ...]
    current: ModuleLine | None


@dataclass(frozen=True, slots=True)
class ReminderPlan:
    """When a learner is reminded: local time of day and zone, or why not."""

    at: time | None
    zone: str
    paused_until: date | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Welcome:
    """The first contact, or a person who comes back."""

    name: str
    returning: bool
    suggested: ModuleLine | None
    reminder: ReminderPlan
    became_coordinator: bool = False
    invitation_refused: bool = False
    too_many_links: bool = False


@dataclass(frozen=True, slots=True)
class ModuleDetails:
    """What a module is about."""

    line: ModuleLine
    summary: str
    cards: int
    questions: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MediaLine:
    """A card's file as it is offered: its type and its size in bytes."""

    type: Literal["image", "audio", "video", "document"]
    size: int


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A card's file as it is sent."""

    type: Literal["image", "audio", "video", "document"]
    path: str
    filename: str
    version: str
    alt: str


@dataclass(frozen=True, slots=True)
class Card:
    """A card as the learner's place. `text` and `revealed` are Telegram HTML."""

    module_id: str
    module_title: str
    card_id: str
    place: int
    count: int
    title: str
    text: str
    hidden: bool
    revealed: str
    media: MediaLine | None
    sources: tuple[str, ...]
    previous_card: str | None
    next_card: str | None
    updated: bool = False
    file: MediaFile | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an answer was graded. `chosen` and `right` are option ids; the texts in `feedback` are plain, `explanation` is HTML."""

    correct: bool
    partly: bool
    chosen: tuple[str, ...]
    right: tuple[str, ...]
    feedback: tuple[str, ...]
    explanation: str
    sources: tuple[str, ...]
    unsure: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A prompt with its place in the sitting; `outcome` is there once it is answered, `again` when it was answered before this tap."""

    prompt_id: int
    sitting_id: int
    kind: SittingKind
    module_id: str
    module_title: str
    place: int
    count: int
    prompt: Prompt
    ticked: tuple[str, ...]
    unsure: bool
    has_card: bool
    next_prompt: int | None
    outcome: Outcome | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class CardAgain:
    """The card that a question came from, read again in the middle of a sitting."""

    prompt_id: int
    module_title: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Missed:
    """An item to repeat: the title of the card it is about."""

    about: str


@dataclass(frozen=True, slots=True)
class Result:
    """The end of a sitting.

    `pass_mark` is None where nothing is to be passed; `attempts_left` is None where they are unlimited.
    `completed` tells whether the module of this sitting, if it has one, is; `next_module` is there when nothing is left to do in it.
    """

    sitting_id: int
    kind: SittingKind
    module_id: str | None
    module_title: str
    correct: int
    count: int
    passed: bool
    completed: bool
    pass_mark: int | None
    attempts_left: int | None
    missed: tuple[Missed, ...]
    minutes: int
    active_days: int
    working_days: int
    streak: int
    next_module: ModuleLine | None


@dataclass(frozen=True, slots=True)
class NothingToAsk:
    """There is nothing for a daily quiz: no module was studied yet."""

    suggested: ModuleLine | None


@dataclass(frozen=True, slots=True)
class NoAttemptsLeft:
    """The quiz of a module may not be taken again."""

    module_id: str
    module_title: str
    attempts: int
    best_score: float


@dataclass(frozen=True, slots=True)
class Gone:
    """What an old button spoke of is no longer there."""

    what: Literal["module", "card", "prompt", "announcement"]


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
    """What a learner has done; `days` are last week's and this week's local days up to today."""

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
    strong: int
    to_repeat: int


@dataclass(frozen=True, slots=True)
class Preferences:
    """A learner's settings, and the times of day at which a reminder may come."""

    language: str
    zone: str
    reminder: ReminderPlan
    hours: tuple[time, ...]
    next_reminder: datetime | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a reminder says: how many items wait, or which module to go on with."""

    name: str
    items: int
    minutes: int
    module: ModuleLine | None
    hour: int


@dataclass(frozen=True, slots=True)
class Me:
    """Who speaks: for screens that need no more than that."""

    name: str
    coordinator: bool
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """An announcement before it is confirmed. `due_at` None means now; `seconds` is how long sending takes."""

    id: int
    from_chat_id: int | None
    message_id: int | None
    module_title: str | None
    recipients: int
    unreachable: int
    due_at: datetime | None
    seconds: int
    zone: str


@dataclass(frozen=True, slots=True)
class Unsendable:
    """What was sent can't be an announcement: Telegram doesn't let it be copied, or it is an album."""

    album: bool = False


@dataclass(frozen=True, slots=True)
class Audience:
    """The modules whose unfinished learners an announcement can go to."""

    id: int
    modules: tuple[ModuleLine, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """The times offered for an announcement, on the coordinator's clock."""

    id: int
    now: datetime
    zone: str
    offers: tuple[datetime, ...]
    misread: bool = False


@dataclass(frozen=True, slots=True)
class Broadcast:
    """How far an announcement has come; counts of deliveries by their fate."""

    id: int
    state: Literal["draft", "scheduled", "sending", "paused", "cancelled", "done"]
    due_at: datetime | None
    zone: str
    total: int
    sent: int
    blocked: int
    failed: int
    uncertain: int
    cancelled: int
    waiting: int
    reasons: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """The person may not do this."""


@dataclass(frozen=True, slots=True)
class Content:
    """What an announcement says: Telegram HTML, or a message to copy."""

    body: str
    from_chat_id: int
    message_id: int
