"""The closed vocabulary in which a question is shown: chat, dashboard and preview render these and know no question types.

A response is always a list of texts. What they are depends on the prompt: ids of options, or what a person typed.
"""

from dataclasses import dataclass
from typing import Final

TRUE: Final = "true"
FALSE: Final = "false"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: its id, and its plain text.

    Options that the bot words itself have no text, since a screen says them in the learner's language: `TRUE` and `FALSE`, and the
    steps of a scale (`agreement-1` …).
    """

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class PickOne:
    """A question (Telegram HTML) that is answered by choosing one option: its id."""

    text: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class PickMany:
    """A question (Telegram HTML) that is answered by choosing from `least` to `most` options: their ids."""

    text: str
    options: tuple[Option, ...]
    least: int = 1
    most: int = 100


@dataclass(frozen=True, slots=True)
class Arrange:
    """A question (Telegram HTML) that is answered by putting all options in an order: their ids."""

    text: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to fill with one of its options; `label` is plain text."""

    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A question (Telegram HTML) that is answered by filling every slot: the ids of the options, slot by slot."""

    text: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A moment of a story: what happens (Telegram HTML), and what may be done."""

    text: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """A story (Telegram HTML) that goes on as one chooses: the ids of the options, scene by scene.

    `scenes` are those that were come to so far; the last one is open unless the story has ended.
    """

    text: str
    scenes: tuple[Scene, ...]


@dataclass(frozen=True, slots=True)
class TypeText:
    """A question (Telegram HTML) that is answered by typing: the one text. `longest` counts as Telegram does, in UTF-16 units."""

    text: str
    longest: int


@dataclass(frozen=True, slots=True)
class TypeNumber:
    """A question (Telegram HTML) that is answered by typing a number, with or without its `unit`: the one text."""

    text: str
    unit: str = ""


Chosen = PickOne | PickMany | Arrange | Pair  # a response is made of ids of options, all of which are shown at once
Prompt = Chosen | Walk | TypeText | TypeNumber
