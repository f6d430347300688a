"""Sentences with gaps."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from bot.content import limits
from bot.content.fields import CLOSED, OptionId, PairText, fault
from bot.content.items.item import Question
from bot.content.prompts import Option, Pair, Slot
from bot.domain.grading import Grade, grade_slots
from bot.domain.quiz import shuffled

_MARK: Final = re.compile(r"\{([a-z0-9-]+)\}")


@dataclass(frozen=True, slots=True)
class Gap:
    """What belongs into the gap that stands as {id} in the text, and words that do not; plain texts."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    id: OptionId
    answer: PairText
    distractors: Annotated[tuple[PairText, ...], Field(max_length=limits.OPTIONS - 1)] = ()


Gaps = Annotated[tuple[Gap, ...], Field(min_length=1, max_length=limits.OPTIONS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloze(Question):
    """A text whose gaps are filled one after the other, in the order of the text, each with one of its words.

    A gap without distractors offers the answers of the other gaps. The id of a word is the gap's place and the word's: 1a, 1b, 2a …
    """

    type: Literal["cloze"]
    gaps: Gaps

    @model_validator(mode="after")
    def _fits_the_text(self) -> Self:
        """Refuse gaps that the text does not have, and marks without a gap."""
        marks, gaps = _MARK.findall(self.text), [gap.id for gap in self.gaps]
        if marks != gaps:
            raise fault(
                "question-parts",
                f"celah di text: {', '.join(marks) or 'tidak ada'}; di gaps: {', '.join(gaps)}",
                "tulis {id} di text satu kali untuk tiap celah, menurut urutan gaps",
            )
        if any(_MARK.search(tag) for tag in re.findall(r"<[^>]*>", self.text)):
            raise fault("question-parts", "ada celah di dalam tanda HTML", "pindahkan {id} ke luar tanda < >")
        alone = next((gap.id for gap in self.gaps if len(self._words(gap)) < 2), None)  # noqa: PLR2004 - a choice needs two
        if alone is not None:
            raise fault("question-parts", f"celah {alone} hanya punya satu kata", "tambahkan distractors")
        return self

    @property
    def choices(self) -> tuple[str, ...]:
        """The ids of all words, gap by gap."""
        return tuple(one for words in self._words_by_id for one in words)

    @property
    def _words_by_id(self) -> list[dict[str, str]]:
        """The words of each gap by their ids, the right one first."""
        letters = "abcdefghijklmnop"
        return [
            {f"{place}{letter}": word for letter, word in zip(letters, self._words(gap), strict=False)}
            for place, gap in enumerate(self.gaps, start=1)
        ]

    def _words(self, gap: Gap) -> list[str]:
        others = gap.distractors or tuple(other.answer for other in self.gaps)
        return list(dict.fromkeys((gap.answer, *others)))

    def order(self, *, shuffle: bool, seed: int) -> list[str]:  # noqa: ARG002 - the right word is the author's first
        """Return the words shuffled."""
        return shuffled(self.choices, shuffle=True, seed=seed)

    def prompt(self, order: Sequence[str], marked: Sequence[str] = ()) -> Pair:
        """Return the text with the words that were `marked` in their gaps, and the words of each gap in this order of their ids."""
        words = self._words_by_id
        slots = [
            Slot(f"({place})", tuple(Option(one, own[one]) for one in order if one in own)) for place, own in enumerate(words, start=1)
        ]
        filled = [f"<u>{escape(own.get(one, ''), quote=False)}</u>" for own, one in zip(words, marked, strict=False)]
        shown = iter(filled + [f"<b>({place}) ____</b>" for place in range(len(filled) + 1, len(words) + 1)])
        return Pair(_MARK.sub(lambda _: next(shown), self.text), tuple(slots))

    def takes(self, response: Sequence[str]) -> bool:
        """Tell whether every gap got one of its words."""
        words = self._words_by_id
        return len(response) == len(words) and all(one in own for one, own in zip(response, words, strict=True))

    def grade(self, response: Sequence[str]) -> Grade:
        """Grade the words, gap by gap; raises ValueError unless the question takes them."""
        if not self.takes(response):
            raise ValueError("every place is to be filled with one of its options")
        return grade_slots(response, [next(iter(words)) for words in self._words_by_id])

    @classmethod
    def parts(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the gaps from a snapshot."""
        return {"gaps": tuple(Gap(**{**gap, "distractors": tuple(gap["distractors"])}) for gap in data["gaps"])}
