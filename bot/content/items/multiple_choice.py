"""Questions with any number of right answers among several."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator

from bot.content.items.choice import Choices, OptionsQuestion, feedback_by_id, right_ids, shown, some_right
from bot.content.prompts import PickMany
from bot.domain.grading import Grade, grade_choice


@dataclass(frozen=True, slots=True)
class MultipleChoice(OptionsQuestion):
    """A question with one or more right answers among two to eight; only exactly the right ones are correct."""

    type: Literal["multiple_choice"]
    options: Annotated[Choices, AfterValidator(some_right)]

    def prompt(self, order: Sequence[str]) -> PickMany:
        """Return the question with its options in this order of their ids."""
        return PickMany(self.text, shown(self.options, order))

    def grade(self, response: Sequence[str]) -> Grade:
        """Grade the chosen ids; a partly right choice has a score between 0 and 1.

        Raises:
            ValueError: an id was chosen that is no option of this question.

        """
        return grade_choice(response, right_ids(self.options), feedback_by_id(self.options))
