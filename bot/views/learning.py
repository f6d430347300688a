"""What is there to study, and where a learner is in it."""

from dataclasses import dataclass
from typing import Literal

ModuleState = Literal["new", "reading", "quiz", "completed"]


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
    """A card as the learner's place. `text` and `revealed` are Telegram HTML; `check` tells that a question follows it."""

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
    check: bool = False
    updated: bool = False
    file: MediaFile | None = None
