"""Announcements: their drafts, and how far they have come."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.views.learning import ModuleLine


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
class Content:
    """What an announcement says: Telegram HTML, or a message to copy."""

    body: str
    from_chat_id: int
    message_id: int
