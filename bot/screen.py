"""One message as plain data: what a person sees, before anybody knows of Telegram's wire."""

from dataclasses import dataclass
from typing import Literal

from bot.actions import Action
from bot.question import Question

MediaKind = Literal["photo", "audio", "video", "document"]


@dataclass(frozen=True, slots=True)
class Button:
    """A button below a message: an action of ours, an address to open in the browser, or one to open within Telegram as a Mini App."""

    label: str
    action: Action | None = None
    url: str | None = None
    mini_app: str | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """A file that is sent as a message of its own, before the screen.

    `path` names a file on disk (its content hash `version` lets Telegram's file_id be reused); `data` holds bytes made on the spot.
    """

    kind: MediaKind
    filename: str
    caption: str = ""
    path: str | None = None
    version: str = ""
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """Somebody's message, shown again as it was written (Telegram's copyMessage)."""

    from_chat_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Poll:
    """A quiz of Telegram's own, for a group: plain texts, `correct` the position of the right option. Everybody sees who chose what."""

    question: str
    options: tuple[str, ...]
    correct: int
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """One message in Telegram's HTML with its buttons.

    Attributes:
        text: Telegram HTML, at most 4,096 characters after its tags are read.
        rows: rows of buttons, first the next step.
        before: a message of its own that goes out before this one; the screen then moves below it.
        instead: the screen to show when `before` can't be sent; None: this one all the same.
        toast: a short answer to the button press, at most 200 characters.
        fresh: send a new message instead of editing the one whose button was pressed.
        question: what an answer may be phrased to from what the screen shows; it then takes the place of the text, above the same buttons.
        only_toast: leave the message whose button was pressed as it is: somebody else's answer.

    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    before: Media | Copy | None = None
    instead: "Screen | None" = None
    toast: str = ""
    fresh: bool = False
    only_toast: bool = False
    question: Question | None = None
