"""Questions with one right answer among several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, ConfigDict

from bot.content.fields import CLOSED, Competency, Explanation, Id, QuestionText, Sources
from bot.content.items.choice import Choices, exactly_one_right, feedback_by_id, restored, right_ids, shown
from bot.content.prompts import PickOne
from bot.domain.grading import Grade, grade_choice


@dataclass(frozen=True, slots=True)
class SingleChoice:
    """A question with one right answer among two to eight."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    type: Literal["single_choice"]
    id: Id
    text: QuestionText
    options: Annotated[Choices, AfterValidator(exactly_one_right)]
    explanation: Explanation
    card: Id = ""
    sources: Sources = ()
    competency: Competency | None = None

    @property
    def choices(self) -> tuple[str, ...]:
        """The ids of the options, in the author's order."""
        return tuple(option.id for option in self.options)

    def prompt(self, order: Sequence[str]) -> PickOne:
        """Return the question with its options in this order of their ids."""
        return PickOne(self.text, shown(self.options, order))

    def grade(self, response: Sequence[str]) -> Grade:
        """Grade the one chosen id.

        Raises:
            ValueError: not exactly one option of this question was chosen.

        """
        if len(response) != 1:
            raise ValueError(f"one option is to be chosen, not {len(response)}")
        return grade_choice(response, right_ids(self.options), feedback_by_id(self.options))

    @classmethod
    def restore(cls, data: Mapping[str, Any], competency: Competency | None) -> "SingleChoice":
        """Return the question from its snapshot, as it was."""
        return cls(**{**data, "options": restored(data["options"]), "sources": tuple(data["sources"]), "competency": competency})
