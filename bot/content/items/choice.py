"""Questions with options: the options as an author writes them, and what such questions have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Annotated, Any, ClassVar, Final, Protocol, TypeVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from bot.content import limits
from bot.content.fields import CLOSED, Feedback, Flag, OptionId, OptionText, fault
from bot.content.findings import ErrorCode
from bot.content.items.item import Question
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


def named(options: object) -> object:
    """Give the options of a list their letters, where the author gave no id; texts alone become options."""
    if not isinstance(options, list):
        return options
    letters = ascii_lowercase.ljust(len(options), "z")
    return [_named(option, letter) for option, letter in zip(options, letters, strict=False)]


def _named(option: object, letter: str) -> object:
    if isinstance(option, str):
        return {"id": letter, "text": option}
    return {"id": letter, **option} if isinstance(option, dict) else option


NAMED: Final = BeforeValidator(named)


@dataclass(frozen=True, slots=True)
class Entry:
    """One of several things of which none is right or wrong by itself; plain text. Its id is as for a choice."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    text: OptionText
    id: OptionId = ""


def distinct(values: Sequence[str], name: str) -> None:
    """Raise a fault when two of the options have the same `name`, such as teks."""
    repeated = next((value for value in values if values.count(value) > 1), None)
    if repeated is not None:
        raise fault("duplicate-option", f"dua pilihan punya {name} yang sama: {repeated}", f"beri {name} yang berbeda")


class _Named(Protocol):
    """An option of any kind of question."""

    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...


Options = TypeVar("Options", bound=tuple[_Named, ...])


def all_differ(options: Options) -> Options:
    """Return the options; raises a fault when two have the same id or text."""
    distinct([option.id for option in options], "id")
    distinct([option.text for option in options], "teks")
    return options


def exactly_one_right(options: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Return the options; raises a fault unless one of them, and only one, is right."""
    right = sum(option.correct for option in options)
    if right != 1:
        code: ErrorCode = "many-correct-options" if right else "no-correct-option"
        advice = "tulis correct: true pada satu pilihan, atau pakai multiple_choice"
        raise fault(code, f"ada {right} pilihan yang benar, seharusnya satu", advice)
    return options


def some_right(options: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Return the options; raises a fault when none of them is right."""
    if not any(option.correct for option in options):
        raise fault("no-correct-option", "tidak ada pilihan yang benar", "beri correct: true pada pilihan yang benar")
    return options


Entries = Annotated[
    tuple[Entry, ...],
    Field(max_length=limits.OPTIONS),
    BeforeValidator(named, json_schema_input_type=list[Entry | OptionText]),
    AfterValidator(all_differ),
]
Choices = Annotated[tuple[Choice, ...], Field(min_length=2, max_length=limits.OPTIONS), NAMED, AfterValidator(all_differ)]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionsQuestion(Question):
    """What questions with options have in common; each type says how many of them are right, and how it is shown and graded."""

    options: Choices

    @property
    def choices(self) -> tuple[str, ...]:
        """The ids of the options, in the author's order."""
        return tuple(option.id for option in self.options)

    @classmethod
    def parts(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the options from a snapshot."""
        return {"options": tuple(Choice(**option) for option in data["options"])}

    def shown(self, order: Sequence[str]) -> tuple[Option, ...]:
        """Return the options as a learner sees them, in the `order` of their ids."""
        texts = {option.id: option.text for option in self.options}
        return tuple(Option(one, texts[one]) for one in order)

    @property
    def right(self) -> tuple[str, ...]:
        """The ids of the right options, in the author's order."""
        return tuple(option.id for option in self.options if option.correct)

    @property
    def feedback(self) -> dict[str, str]:
        """What is said to each option, in the author's order."""
        return {option.id: option.feedback for option in self.options}
