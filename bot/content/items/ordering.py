"""Questions in which steps are put into their order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from bot.content.items.choice import Entries, Entry
from bot.content.items.item import Question
from bot.content.prompts import Arrange, Option
from bot.domain.grading import Grade, grade_order
from bot.domain.quiz import shuffled


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering(Question):
    """A question whose `steps` the author writes in the right order."""

    type: Literal["ordering"]
    steps: Annotated[Entries, Field(min_length=2)]

    @property
    def choices(self) -> tuple[str, ...]:
        """The ids of the steps, in the right order."""
        return tuple(step.id for step in self.steps)

    def order(self, *, shuffle: bool, seed: int) -> list[str]:  # noqa: ARG002 - the author's order is the answer
        """Return the steps shuffled, never in their right order."""
        order = shuffled(self.choices, shuffle=True, seed=seed)
        return order if tuple(order) != self.choices else order[1:] + order[:1]

    def prompt(self, order: Sequence[str], marked: Sequence[str] = ()) -> Arrange:  # noqa: ARG002 - a screen leaves out what is placed
        """Return the question with its steps in this order of their ids."""
        texts = {step.id: step.text for step in self.steps}
        return Arrange(self.text, tuple(Option(one, texts[one]) for one in order))

    def takes(self, response: Sequence[str]) -> bool:
        """Tell whether every step was put somewhere."""
        return sorted(response) == sorted(self.choices)

    def grade(self, response: Sequence[str]) -> Grade:
        """Grade an order of the steps; raises ValueError when it is not one of all of them."""
        return grade_order(response, self.choices)

    @classmethod
    def parts(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the steps from a snapshot."""
        return {"steps": tuple(Entry(**step) for step in data["steps"])}
