"""Questions in which what belongs together is paired."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, ConfigDict, Field

from bot.content import limits
from bot.content.fields import CLOSED, PairText
from bot.content.items.choice import distinct
from bot.content.items.item import Question
from bot.content.prompts import Option, Pair, Slot
from bot.domain.grading import Grade, grade_slots
from bot.domain.quiz import shuffled


@dataclass(frozen=True, slots=True)
class Match:
    """What belongs together; plain texts."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    left: PairText
    right: PairText


def _distinct(pairs: tuple[Match, ...]) -> tuple[Match, ...]:
    distinct([pair.left for pair in pairs], "left")
    return pairs


Pairs = Annotated[tuple[Match, ...], Field(min_length=2, max_length=limits.OPTIONS), AfterValidator(_distinct)]
Distractors = Annotated[tuple[PairText, ...], Field(max_length=limits.OPTIONS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching(Question):
    """A question whose left sides each get one of the right sides; `distractors` are right sides that fit nothing.

    A right side that stands in several pairs is one option, and its id is its place among all of them: 1, 2, 3 …
    """

    type: Literal["matching"]
    pairs: Pairs
    distractors: Distractors = ()

    @property
    def choices(self) -> tuple[str, ...]:
        """The ids of the right sides."""
        return tuple(self._rights.values())

    @property
    def _rights(self) -> dict[str, str]:
        """The ids of the right sides by their texts."""
        texts = dict.fromkeys([*(pair.right for pair in self.pairs), *self.distractors])
        return {text: str(number) for number, text in enumerate(texts, start=1)}

    def order(self, *, shuffle: bool, seed: int) -> list[str]:  # noqa: ARG002 - the author's order is the answer
        """Return the right sides shuffled."""
        return shuffled(self.choices, shuffle=True, seed=seed)

    def prompt(self, order: Sequence[str], marked: Sequence[str] = ()) -> Pair:  # noqa: ARG002 - marks change no option
        """Return the question with its right sides in this order of their ids."""
        texts = {place: text for text, place in self._rights.items()}
        options = tuple(Option(one, texts[one]) for one in order)
        return Pair(self.text, tuple(Slot(pair.left, options) for pair in self.pairs))

    def takes(self, response: Sequence[str]) -> bool:
        """Tell whether every left side got a right side."""
        return len(response) == len(self.pairs) and set(response) <= set(self.choices)

    def grade(self, response: Sequence[str]) -> Grade:
        """Grade the right sides, in the order of the left ones; raises ValueError unless the question takes them."""
        if not self.takes(response):
            raise ValueError("every place is to be filled with one of its options")
        return grade_slots(response, [self._rights[pair.right] for pair in self.pairs])

    @classmethod
    def parts(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the pairs from a snapshot."""
        return {"pairs": tuple(Match(**pair) for pair in data["pairs"]), "distractors": tuple(data["distractors"])}
