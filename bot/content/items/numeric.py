"""Questions that are answered with a number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from bot.content import limits
from bot.content.fields import CLOSED, Decimalish, Feedback, Unit, fault
from bot.content.items.item import Question
from bot.content.prompts import TypeNumber
from bot.domain.grading import Grade, grade_typed
from bot.domain.typed import readings, unit_name


@dataclass(frozen=True, slots=True)
class WrongNumber:
    """A wrong number that the author foresaw, give or take its tolerance, and what is said to it."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    answer: Decimalish
    feedback: Feedback
    tolerance: Annotated[Decimalish, Field(ge=0)] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric(Question):
    """A question whose answer is a number, give or take `tolerance`, in `unit`, which may be typed or left out.

    `units` names further units and how much one of each is in `unit`. Both decimal marks are understood; a number that can be read in two
    ways is right when one of them is.
    """

    type: Literal["numeric"]
    answer: Decimalish
    tolerance: Annotated[Decimalish, Field(ge=0)] = 0
    unit: Unit = ""
    units: Annotated[dict[Unit, Annotated[Decimalish, Field(gt=0)]], Field(max_length=limits.UNITS)] = field(default_factory=dict)
    wrong: Annotated[tuple[WrongNumber, ...], Field(max_length=limits.ANSWERS)] = ()

    @model_validator(mode="after")
    def _units_differ(self) -> Self:
        """Refuse units that a learner could not tell apart by typing them."""
        names = [unit_name(unit) for unit in (self.unit, *self.units)]
        if len({*names}) < len(names) or "" in names[1:]:
            advice = "beri nama yang berbeda, bukan hanya huruf besar atau titiknya"
            raise fault("question-parts", "dua satuan tidak dapat dibedakan", advice)
        return self

    @model_validator(mode="after")
    def _foreseen_can_be_wrong(self) -> Self:
        """Refuse a foreseen wrong number all of which is right: what is said to it would never be read."""
        inside = (one.answer for one in self.wrong if _near(_exact(one.answer), self.answer, self.tolerance - one.tolerance))
        never = next(inside, None)
        if never is not None:
            raise fault("question-parts", f"{never:g} ada di wrong, tetapi benar menurut answer dan tolerance", "ubah salah satunya")
        return self

    def prompt(self, order: Sequence[str], marked: Sequence[str] = ()) -> TypeNumber:  # noqa: ARG002 - there are no options
        """Return the question."""
        return TypeNumber(self.text, self.unit)

    def takes(self, response: Sequence[str]) -> bool:
        """Tell whether a number was typed, in a unit that is known."""
        return len(response) == 1 and len(response[0]) <= limits.ANSWER and bool(self._numbers(response[0]))

    def grade(self, response: Sequence[str]) -> Grade:
        """Grade the number that was typed.

        Raises:
            ValueError: it is no number, or its unit is not known.

        """
        if not self.takes(response):
            raise ValueError("one number is needed")
        numbers = self._numbers(response[0])
        right = any(_near(number, self.answer, self.tolerance) for number in numbers)
        foreseen = (one for one in self.wrong for number in numbers if not right and _near(number, one.answer, one.tolerance))
        feedback = next((one.feedback for one in foreseen), "")
        return grade_typed(right, feedback, " ".join(filter(None, (f"{_exact(self.answer):f}", self.unit))))

    def _numbers(self, typed: str) -> list[Decimal]:
        """Return what was typed as numbers in `unit`, in each way that it can be read."""
        factors = {"": Decimal(1), unit_name(self.unit): Decimal(1), **{unit_name(unit): _exact(one) for unit, one in self.units.items()}}
        return [number * factors[unit] for number, unit in readings(typed) if unit in factors]

    @classmethod
    def parts(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the foreseen answers from a snapshot."""
        return {"wrong": tuple(WrongNumber(**one) for one in data["wrong"])}


def _exact(number: float) -> Decimal:
    """Return the number as it was written: 0.1 is a tenth."""
    return Decimal(str(number))


def _near(number: Decimal, expected: float, tolerance: float) -> bool:
    return abs(number - _exact(expected)) <= _exact(tolerance)
