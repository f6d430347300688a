"""Questions with options: the options as an author writes them, and what such questions have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from bot.content import limits
from bot.content.fields import CLOSED, Competency, Explanation, Feedback, Flag, Id, OptionId, OptionText, QuestionText, Sources, fault
from bot.content.prompts import Option


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: plain text, whether it is right, and what is said to who chose it.

    Its id is a, b, c … by its place unless the author gives one.
    """

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    text: OptionText
    correct: Flag = False
    feedback: Feedback = ""
    id: OptionId = ""


def _named(options: object) -> object:
    if not isinstance(options, list):
        return options
    letters = ascii_lowercase.ljust(len(options), "z")
    return [{"id": letter, **option} if isinstance(option, dict) else option for letter, option in zip(letters, options, strict=False)]


def _distinct(options: tuple[Choice, ...]) -> tuple[Choice, ...]:
    for name, values in (("id", [option.id for option in options]), ("teks", [option.text for option in options])):
        repeated = next((value for value in values if values.count(value) > 1), None)
        if repeated is not None:
            raise fault(f"dua pilihan punya {name} yang sama: {repeated}", f"beri {name} yang berbeda")
    return options


def exactly_one_right(options: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Return the options; raises a fault unless one of them, and only one, is right."""
    right = sum(option.correct for option in options)
    if right != 1:
        raise fault(f"ada {right} pilihan yang benar, seharusnya satu", "tulis correct: true pada satu pilihan, atau pakai multiple_choice")
    return options


def some_right(options: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Return the options; raises a fault when none of them is right."""
    if not any(option.correct for option in options):
        raise fault("tidak ada pilihan yang benar", "beri correct: true pada pilihan yang benar")
    return options


def shown(options: Sequence[Choice], order: Sequence[str]) -> tuple[Option, ...]:
    """Return the options as a learner sees them, in the `order` of their ids."""
    texts = {option.id: option.text for option in options}
    return tuple(Option(one, texts[one]) for one in order)


def right_ids(options: Sequence[Choice]) -> tuple[str, ...]:
    """Return the ids of the right options, in the author's order."""
    return tuple(option.id for option in options if option.correct)


def feedback_by_id(options: Sequence[Choice]) -> dict[str, str]:
    """Return what is said to each option, in the author's order."""
    return {option.id: option.feedback for option in options}


Choices = Annotated[
    tuple[Choice, ...],
    Field(min_length=2, max_length=limits.OPTIONS),
    BeforeValidator(_named),
    AfterValidator(_distinct),
]


@dataclass(frozen=True, slots=True)
class OptionsQuestion:
    """What questions with options have in common; each type says how many of them are right, and how it is shown and graded."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    type: str
    id: Id
    text: QuestionText
    options: Choices
    explanation: Explanation
    card: Id = ""
    sources: Sources = ()
    competency: Competency | None = None

    @property
    def choices(self) -> tuple[str, ...]:
        """The ids of the options, in the author's order."""
        return tuple(option.id for option in self.options)

    @classmethod
    def restore(cls, data: Mapping[str, Any], competency: Competency | None) -> Self:
        """Return the question from its snapshot, as it was."""
        options = tuple(Choice(**option) for option in data["options"])
        return cls(**{**data, "options": options, "sources": tuple(data["sources"]), "competency": competency})
