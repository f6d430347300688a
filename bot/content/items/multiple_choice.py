"""Questions with any number of right answers among several."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator

from bot.content import limits
from bot.content.fields import Positive, fault
from bot.content.items.choice import Choices, OptionsQuestion, some_right
from bot.content.prompts import PickMany
from bot.domain.grading import Grade, grade_choice


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipleChoice(OptionsQuestion):
    """A question with one or more right answers among two to eight; only exactly the right ones are correct.

    From `min` to `max` options are to be picked. With `grading: all` nothing is given for a partly right choice.
    """

    type: Literal["multiple_choice"]
    options: Annotated[Choices, AfterValidator(some_right)]
    min: Positive = 1
    max: Positive = limits.OPTIONS
    grading: Literal["partial", "all"] = "partial"

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        """Refuse limits that no right answer keeps."""
        if not self.min <= len(self.right) <= self.max:
            raise fault(
                "question-parts",
                f"jawaban benar ada {len(self.right)}, di luar min {self.min} sampai max {self.max}",
                "ubah min, max, atau pilihan yang benar",
            )
        return self

    def prompt(self, order: Sequence[str], marked: Sequence[str] = ()) -> PickMany:  # noqa: ARG002 - marks change no option
        """Return the question with its options in this order of their ids."""
        return PickMany(self.text, self.shown(order), self.min, min(self.max, len(self.options)))

    def takes(self, response: Sequence[str]) -> bool:
        """Tell whether these are options of it, as many as it wants."""
        return self.min <= len(set(response)) <= self.max and set(response) <= set(self.choices)

    def grade(self, response: Sequence[str]) -> Grade:
        """Grade the chosen ids; a partly right choice has a score between 0 and 1 unless grading is `all`.

        Raises:
            ValueError: an id was chosen that is no option of this question.

        """
        return grade_choice(response, self.right, self.feedback, partial=self.grading == "partial")
