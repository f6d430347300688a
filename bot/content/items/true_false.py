"""Statements that are true or false."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from pydantic import ConfigDict

from bot.content import fields
from bot.content.fields import CLOSED, Competency, Explanation, Flag, Id, QuestionText, Sources
from bot.content.prompts import FALSE, TRUE, Option, PickOne
from bot.domain.grading import Grade, grade_choice


@dataclass(frozen=True, slots=True)
class Feedback:
    """What is said to who chose true, and to who chose false; plain text."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    if_true: fields.Feedback = ""
    if_false: fields.Feedback = ""


@dataclass(frozen=True, slots=True)
class TrueFalse:
    """A statement to be judged."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    type: Literal["true_false"]
    id: Id
    text: QuestionText
    answer: Flag
    explanation: Explanation
    feedback: Feedback = field(default_factory=Feedback)
    card: Id = ""
    sources: Sources = ()
    competency: Competency | None = None

    @property
    def choices(self) -> tuple[str, ...]:
        """The ids of the two options."""
        return (TRUE, FALSE)

    def prompt(self, order: Sequence[str]) -> PickOne:  # noqa: ARG002 - people expect true before false: these two are never shuffled
        """Return the statement with true and false, always in this order."""
        return PickOne(self.text, (Option(TRUE, ""), Option(FALSE, "")))

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
    def restore(cls, data: Mapping[str, Any], competency: Competency | None) -> "TrueFalse":
        """Return the statement from its snapshot, as it was."""
        return cls(**{**data, "feedback": Feedback(**data["feedback"]), "sources": tuple(data["sources"]), "competency": competency})
