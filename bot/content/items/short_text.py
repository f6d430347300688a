"""Questions that are answered with a word or two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from bot.content import limits, markup
from bot.content.fields import CLOSED, Answer, Feedback, Flag, Likeness, fault
from bot.content.items.item import Question
from bot.content.prompts import TypeText
from bot.domain.grading import Grade, grade_typed
from bot.domain.typed import EXACT, alike


@dataclass(frozen=True, slots=True)
class WrongText:
    """A wrong answer that the author foresaw, and what is said to it."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    text: Answer
    feedback: Feedback


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortText(Question):
    """A question with one or more accepted answers, of which the first is shown as the right one.

    `threshold` is how alike in percent a misspelt answer may be; 100 wants the very letters.
    """

    type: Literal["short_text"]
    answers: Annotated[tuple[Answer, ...], Field(min_length=1, max_length=limits.ANSWERS)]
    threshold: Likeness = 90
    case: Flag = False
    diacritics: Flag = False
    wrong: Annotated[tuple[WrongText, ...], Field(max_length=limits.ANSWERS)] = ()

    @model_validator(mode="after")
    def _right_is_not_wrong(self) -> Self:
        """Refuse a foreseen wrong answer that is an accepted one too: whoever types it would be told that it is wrong."""
        both = next((one.text for one in self.wrong if any(self._is(one.text, answer, EXACT) for answer in self.answers)), None)
        if both is not None:
            raise fault("question-parts", f"{both} ada di answers dan di wrong", "hapus salah satu; case: true membedakan huruf besar")
        return self

    def prompt(self, order: Sequence[str], marked: Sequence[str] = ()) -> TypeText:  # noqa: ARG002 - there are no options
        """Return the question."""
        return TypeText(self.text, limits.ANSWER)

    def takes(self, response: Sequence[str]) -> bool:
        """Tell whether something short was typed."""
        return len(response) == 1 and 0 < markup.length(response[0].strip()) <= limits.ANSWER

    def grade(self, response: Sequence[str]) -> Grade:
        """Grade what was typed.

        Raises:
            ValueError: nothing was typed, or too much.

        """
        if not self.takes(response):
            raise ValueError("one short text is needed")
        exact = next((one for one in self.wrong if self._is(response[0], one.text, EXACT)), None)
        right = exact is None and any(self._is(response[0], answer, self.threshold) for answer in self.answers)
        foreseen = exact or next((one for one in self.wrong if not right and self._is(response[0], one.text, self.threshold)), None)
        return grade_typed(right, foreseen.feedback if foreseen else "", self.answers[0])

    def _is(self, given: str, expected: str, threshold: int) -> bool:
        return alike(given, expected, threshold, case=self.case, diacritics=self.diacritics)

    @classmethod
    def parts(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the lists from a snapshot."""
        return {"answers": tuple(data["answers"]), "wrong": tuple(WrongText(**one) for one in data["wrong"])}
