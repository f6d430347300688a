"""What every question can do, whatever its type."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, Self

from bot.content.fields import Competency
from bot.content.prompts import Prompt
from bot.domain.grading import Grade


class Item(Protocol):
    """An assessable question: how it is shown and how a response to it is graded."""

    @property
    def type(self) -> str:
        """The name of the question type, as authors write it."""

    @property
    def id(self) -> str:
        """The id, unique in its module, that keeps a learner's history through edits."""

    @property
    def text(self) -> str:
        """The question in Telegram HTML."""

    @property
    def explanation(self) -> str:
        """Why the right answer is right, in Telegram HTML."""

    @property
    def card(self) -> str:
        """The id of the card that taught it; empty when the author named none."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the module's sources."""

    @property
    def competency(self) -> Competency | None:
        """The competency it shows; None means the module's."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The ids of the options, in the author's order: shuffle these to make an order."""

    def prompt(self, order: Sequence[str]) -> Prompt:
        """Return the question as it is shown, with its options in this order of their ids."""

    def grade(self, response: Sequence[str]) -> Grade:
        """Grade the chosen ids; raises ValueError when they are no possible response to this question."""

    @classmethod
    def restore(cls, data: Mapping[str, Any], competency: Competency | None) -> Self:
        """Return the question from its snapshot, as it was."""
