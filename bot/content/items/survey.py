"""Questions without a right answer: how people see something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Literal, Self

from pydantic import model_validator

from bot.content.fields import fault
from bot.content.items.choice import Entries, Entry
from bot.content.items.item import Question
from bot.content.prompts import Option, PickOne
from bot.domain.grading import UNGRADED, Grade

SCALES: Final = ("agreement", "confidence", "frequency")
STEPS: Final = 5  # a Likert scale (R. Likert, A Technique for the Measurement of Attitudes, Archives of Psychology 140, 1932)


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey(Question):
    """A question with a `scale` of five steps that the bot words, or with options of its own, always in the author's order."""

    graded: ClassVar[bool] = False

    type: Literal["survey"]
    scale: Literal["agreement", "confidence", "frequency", ""] = ""
    options: Entries = ()

    @model_validator(mode="after")
    def _has_options(self) -> Self:
        """Refuse a survey with both, or with nothing to choose from."""
        if bool(self.scale) == bool(self.options) or len(self.options) == 1:
            what = "survei perlu scale, atau options berisi dua pilihan atau lebih"
            raise fault("question-parts", what, f"tulis scale: {' / '.join(SCALES)}, atau options")
        return self

    @property
    def choices(self) -> tuple[str, ...]:
        """The ids of the options or of the scale's steps, lowest first."""
        return tuple(option.id for option in self.options) or tuple(f"{self.scale}-{step}" for step in range(1, STEPS + 1))

    def order(self, *, shuffle: bool, seed: int) -> list[str]:  # noqa: ARG002 - a scale has its order
        """Return the options as the author wrote them."""
        return list(self.choices)

    def prompt(self, order: Sequence[str], marked: Sequence[str] = ()) -> PickOne:  # noqa: ARG002 - nothing is marked before it is chosen
        """Return the question with its options."""
        texts = {option.id: option.text for option in self.options}
        return PickOne(self.text, tuple(Option(one, texts.get(one, "")) for one in order))

    def takes(self, response: Sequence[str]) -> bool:
        """Tell whether exactly one option was chosen."""
        return len(response) == 1 and response[0] in self.choices

    def grade(self, response: Sequence[str]) -> Grade:
        """Return that nothing is graded; raises ValueError when it is no possible response."""
        if not self.takes(response):
            raise ValueError("one option is to be chosen")
        return UNGRADED

    @classmethod
    def parts(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the options from a snapshot."""
        return {"options": tuple(Entry(**option) for option in data["options"])}
