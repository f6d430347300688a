"""The closed vocabulary in which a question is shown: chat, dashboard and preview render these and know no question types."""

from dataclasses import dataclass
from typing import Final

TRUE: Final = "true"
FALSE: Final = "false"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: its id, and its plain text.

    The options `TRUE` and `FALSE` of a true-or-false question have no text: a screen says them in the learner's language.
    """

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class PickOne:
    """A question (Telegram HTML) that is answered by choosing one option."""

    text: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class PickMany:
    """A question (Telegram HTML) that is answered by choosing any number of options."""

    text: str
    options: tuple[Option, ...]


Prompt = PickOne | PickMany
