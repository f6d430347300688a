"""Statements that are true or false."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from pydantic import ConfigDict

from bot.content import fields
from bot.content.fields import CLOSED, Flag
from bot.content.items.item import Question
from bot.content.prompts import FALSE, TRUE, Option, PickOne
from bot.domain.grading import Grade, grade_choice


@dataclass(frozen=True, slots=True)
class Feedback:
    """What is said to who chose true, and to who chose false; plain text."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    if_true: fields.Feedback = ""
    if_false: fields.Feedback = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalse(Question):
    """A statement to be judged."""

    type: Literal["true_false"]
    answer: Flag
    feedback: Feedback = field(default_factory=Feedback)

    @property
    def choices(self) -> tuple[str, ...]:
        """The ids of the two options."""
        return (TRUE, FALSE)

    def order(self, *, shuffle: bool, seed: int) -> list[str]:  # noqa: ARG002 - people expect true before false
        """Return true before false, always."""
        return [TRUE, FALSE]

    def prompt(self, order: Sequence[str], marked: Sequence[str] = ()) -> PickOne:  # noqa: ARG002 - always the same
        """Return the statement with true and false, always in this order."""
        return PickOne(self.text, (Option(TRUE, ""), Option(FALSE, "")))

    def takes(self, response: Sequence[str]) -> bool:
        """Tell whether true or false was chosen."""
        return list(response) in ([TRUE], [FALSE])

    def grade(self, response: Sequence[str]) -> Grade:
        """Grade the one chosen id.

        Raises:
            ValueError: neither true nor false was chosen.

        """
        if len(response) != 1:
            raise ValueError(f"one option is to be chosen, not {len(response)}")
        right = TRUE if self.answer else FALSE
        return grade_choice(response, (right,), {TRUE: self.feedback.if_true, FALSE: self.feedback.if_false})

    @classmethod
    def parts(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the feedback from a snapshot."""
        return {"feedback": Feedback(**data["feedback"])}
