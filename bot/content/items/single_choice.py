"""Questions with one right answer among several."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator

from bot.content.items.choice import Choices, OptionsQuestion, exactly_one_right
from bot.content.prompts import PickOne
from bot.domain.grading import Grade, grade_choice


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleChoice(OptionsQuestion):
    """A question with one right answer among two to eight."""

    type: Literal["single_choice"]
    options: Annotated[Choices, AfterValidator(exactly_one_right)]

    def prompt(self, order: Sequence[str], marked: Sequence[str] = ()) -> PickOne:  # noqa: ARG002 - nothing is marked before it is chosen
        """Return the question with its options in this order of their ids."""
        return PickOne(self.text, self.shown(order))

    def takes(self, response: Sequence[str]) -> bool:
        """Tell whether exactly one option was chosen."""
        return len(response) == 1 and response[0] in self.choices

    def grade(self, response: Sequence[str]) -> Grade:
        """Grade the one chosen id.

        Raises:
            ValueError: not exactly one option of this question was chosen.

        """
        if len(response) != 1:
            raise ValueError(f"one option is to be chosen, not {len(response)}")
        return grade_choice(response, self.right, self.feedback)
