"""Questions with any number of right answers among several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, ConfigDict

from bot.content.fields import CLOSED, Competency, Explanation, Id, QuestionText, Sources
from bot.content.items.choice import Choices, feedback_by_id, restored, right_ids, shown, some_right
from bot.content.prompts import PickMany
from bot.domain.grading import Grade, grade_choice


@dataclass(frozen=True, slots=True)
class MultipleChoice:
    """A question with one or more right answers among two to eight; only exactly the right ones are correct."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    type: Literal["multiple_choice"]
    id: Id
    text: QuestionText
    options: Annotated[Choices, AfterValidator(some_right)]
    explanation: Explanation
    card: Id = ""
    sources: Sources = ()
    competency: Competency | None = None

    @property
    def choices(self) -> tuple[str, ...]:
        """The ids of the options, in the author's order."""
        return tuple(option.id for option in self.options)

    def prompt(self, order: Sequence[str]) -> PickMany:
        """Return the question with its options in this order of their ids."""
        return PickMany(self.text, shown(self.options, order))

    def grade(self, response: Sequence[str]) -> Grade:
        """Grade the chosen ids; a partly right choice has a score between 0 and 1.

        Raises:
            ValueError: an id was chosen that is no option of this question.

        """
        return grade_choice(response, right_ids(self.options), feedback_by_id(self.options))

    @classmethod
    def restore(cls, data: Mapping[str, Any], competency: Competency | None) -> "MultipleChoice":
        """Return the question from its snapshot, as it was."""
        return cls(**{**data, "options": restored(data["options"]), "sources": tuple(data["sources"]), "competency": competency})
