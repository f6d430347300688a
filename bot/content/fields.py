"""The kinds of value that a field of a module holds, each with its limit: the loader and the JSON Schema both read these."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Final, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, Strict, StringConstraints
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from bot.content import limits, markup
from bot.content.findings import ErrorCode

CLOSED: Final = ConfigDict(extra="forbid")
ID_PATTERN: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def fault(code: ErrorCode, what: str, advice: str, row: int = 0) -> PydanticCustomError:
    """Return an error about one value: its code, what is wrong, what to do, and in which line of a long text (0 is the first)."""
    return PydanticCustomError("content", "{what}; {advice}", {"code": code, "what": what, "advice": advice, "row": row})


def _plain(most: int) -> StringConstraints:
    return StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=most)


def _identifier(most: int) -> StringConstraints:
    return StringConstraints(strict=True, min_length=1, max_length=most, pattern=ID_PATTERN)


def _html(most: int, code: ErrorCode = "too-long") -> Callable[[str], str]:
    def check(text: str) -> str:
        for found in markup.faults(text):
            raise fault("html", found.what, found.advice, found.row)
        shown = markup.length(markup.visible(text))
        if shown > most:
            raise fault(code, f"teks {shown} huruf, paling banyak {most}", "ringkas, atau bagi menjadi dua")
        return text

    return check


def _one_line(text: str) -> str:
    if "\n" in text:
        raise fault("bad-format", "teks ini lebih dari satu baris", "tulis dalam satu baris")
    return text


def _day(value: object) -> object:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise fault("bad-format", f"{value} bukan tanggal", "tulis seperti 2023-10-31: tahun, bulan, hari") from None


def _refuse(_: object) -> object:
    raise PydanticCustomError("unexpected_keyword_argument", "set by the loader")


_LONG: Final = StringConstraints(strict=True, strip_whitespace=True, min_length=1)

Id = Annotated[str, _identifier(limits.ID)]
OptionId = Annotated[str, _identifier(limits.OPTION_ID)]
Title = Annotated[str, _plain(limits.TITLE), AfterValidator(_one_line)]
Summary = Annotated[str, _plain(limits.SUMMARY)]
OptionText = Annotated[str, _plain(limits.OPTION_TEXT)]
Feedback = Annotated[str, _plain(limits.FEEDBACK)]
Alt = Annotated[str, _plain(limits.ALT)]
Reference = Annotated[str, _plain(limits.REFERENCE), AfterValidator(_one_line)]
Address = Annotated[str, StringConstraints(strict=True, max_length=500, pattern=r"^https?://\S+$")]
CardText = Annotated[str, _LONG, AfterValidator(_html(limits.CARD_TEXT, "card-too-long"))]
QuestionText = Annotated[str, _LONG, AfterValidator(_html(limits.QUESTION_TEXT))]
Explanation = Annotated[str, _LONG, AfterValidator(_html(limits.EXPLANATION))]
SceneText = Annotated[str, _LONG, AfterValidator(_html(limits.SCENE_TEXT))]
Answer = Annotated[str, _plain(limits.ANSWER), AfterValidator(_one_line)]
PairText = Annotated[str, _plain(limits.PAIR_TEXT), AfterValidator(_one_line)]
Unit = Annotated[str, _plain(limits.UNIT), AfterValidator(_one_line)]
Language = Literal["id", "en"]
Flag = Annotated[bool, Strict()]
Number = Annotated[int, Strict()]
Minutes = Annotated[Number, Field(ge=1, le=limits.MINUTES)]
Percent = Annotated[Number, Field(ge=1, le=100)]
Count = Annotated[Number, Field(ge=0)]
Positive = Annotated[Number, Field(ge=1)]
Day = Annotated[date, BeforeValidator(_day)]
Likeness = Annotated[Number, Field(ge=50, le=100)]
SceneScore = Annotated[Number, Field(ge=0, le=limits.SCENE_SCORE)]
Decimalish = Annotated[float, Strict(), Field(allow_inf_nan=False, ge=-1e12, le=1e12)]
Level = Annotated[Number, Field(ge=1, le=5)]
Sources = Annotated[tuple[Id, ...], Field(max_length=limits.SOURCES)]
Keywords = Annotated[str, _plain(limits.KEYWORDS)]
Tags = Annotated[tuple[Id, ...], Field(max_length=limits.TAGS)]
# What the loader finds out and no author may write.
ComputedText = Annotated[SkipJsonSchema[str], BeforeValidator(_refuse)]
ComputedNumber = Annotated[SkipJsonSchema[int], BeforeValidator(_refuse)]


@dataclass(frozen=True, slots=True)
class Competency:
    """A named competency at a level from 1 to 5 (PermenPANRB 38/2017)."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    id: Id
    level: Level
