"""Questions to think about: what was written is kept for the learner and judged by nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from bot.content import limits, markup
from bot.content.fields import Flag
from bot.content.items.item import Question
from bot.content.prompts import TypeText
from bot.domain.grading import UNGRADED, Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflection(Question):
    """An open question. With `share` the learner may send what they wrote to the coordinators, if they want to."""

    graded: ClassVar[bool] = False

    type: Literal["reflection"]
    share: Flag = False

    def prompt(self, order: Sequence[str], marked: Sequence[str] = ()) -> TypeText:  # noqa: ARG002 - there are no options
        """Return the question."""
        return TypeText(self.text, limits.REFLECTION)

    def takes(self, response: Sequence[str]) -> bool:
        """Tell whether something was written, and not too much."""
        return len(response) == 1 and 0 < markup.length(response[0].strip()) <= limits.REFLECTION

    def grade(self, response: Sequence[str]) -> Grade:
        """Return that nothing is graded; raises ValueError when it is no possible response."""
        if not self.takes(response):
            raise ValueError("one text is needed")
        return UNGRADED
