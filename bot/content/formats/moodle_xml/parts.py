"""What makes a question of each type in Moodle XML, beyond what every question has."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bot.content.formats.moodle import share
from bot.content.formats.moodle_xml.elements import element, plain, text, value
from bot.content.formats.words import exact
from bot.content.items.choice import Choice
from bot.content.items.cloze import Cloze
from bot.content.items.matching import Matching
from bot.content.items.multiple_choice import MultipleChoice
from bot.content.items.numeric import Numeric
from bot.content.items.ordering import Ordering
from bot.content.items.reflection import Reflection
from bot.content.items.short_text import ShortText
from bot.content.items.single_choice import SingleChoice
from bot.content.items.true_false import TrueFalse

_ALL: Final = "100"
_NONE: Final = "0"


def _single_choice(item: SingleChoice) -> Iterator[str]:
    yield value("single", "true")
    yield value("shuffleanswers", "true")
    yield from (_option(one, _ALL if one.correct else _NONE) for one in item.options)


def _multiple_choice(item: MultipleChoice) -> Iterator[str]:
    """Yield the options: every right one has its share of the 100 %, and every wrong one takes as much away, as our own grading has it."""
    each = share(len(item.right))
    yield value("single", "false")
    yield value("shuffleanswers", "true")
    yield from (_option(one, each if one.correct else f"-{each}") for one in item.options)


def _option(option: Choice, weight: str) -> str:
    return plain("answer", option.text, plain("feedback", option.feedback), fraction=weight)


def _true_false(item: TrueFalse) -> Iterator[str]:
    yield _typed("true", _ALL if item.answer else _NONE, item.feedback.if_true)
    yield _typed("false", _NONE if item.answer else _ALL, item.feedback.if_false)


def _typed(answer: str, weight: str, feedback: str, *parts: str) -> str:
    """Return an answer that is a plain text in Moodle, too."""
    return element("answer", text(answer), plain("feedback", feedback), *parts, fraction=weight, format="moodle_auto_format")


def _short_text(item: ShortText) -> Iterator[str]:
    """Yield the answers; a star is escaped, since Moodle takes it for anything."""
    yield value("usecase", "1" if item.case else "0")
    yield from (_typed(answer.replace("*", r"\*"), _ALL, "") for answer in item.answers)
    yield from (_typed(one.text.replace("*", r"\*"), _NONE, one.feedback) for one in item.wrong)


def _numeric(item: Numeric) -> Iterator[str]:
    yield _number(item.answer, item.tolerance, _ALL, "")
    yield from (_number(one.answer, one.tolerance, _NONE, one.feedback) for one in item.wrong)
    if item.unit:
        units = {item.unit: "1", **{unit: f"{1 / factor:.15g}" for unit, factor in item.units.items()}}
        yield element("units", *(_unit(unit, multiplier) for unit, multiplier in units.items()))
        yield value("unitgradingtype", "0")  # the unit may be left out
        yield value("showunits", "0")  # it is typed with the number


def _number(answer: float, tolerance: float, weight: str, feedback: str) -> str:
    return _typed(f"{exact(answer):f}", weight, feedback, value("tolerance", f"{exact(tolerance):f}"))


def _unit(name: str, multiplier: str) -> str:
    return element("unit", value("multiplier", multiplier), value("unit_name", name))


def _matching(item: Matching) -> Iterator[str]:
    yield value("shuffleanswers", "true")
    sides = [*((pair.left, pair.right) for pair in item.pairs), *(("", distractor) for distractor in item.distractors)]
    yield from (plain("subquestion", left, element("answer", text(right))) for left, right in sides)


def _ordering(item: Ordering) -> Iterator[str]:
    for name, usual in (("layouttype", "VERTICAL"), ("selecttype", "ALL"), ("gradingtype", "ABSOLUTE_POSITION"), ("showgrading", "SHOW")):
        yield value(name, usual)
    yield from (plain("answer", step.text, fraction=str(place)) for place, step in enumerate(item.steps, start=1))


def _cloze(_: Cloze) -> Iterator[str]:
    """Yield nothing: the gaps stand in the text."""
    yield from ()


def _reflection(_: Reflection) -> Iterator[str]:
    yield value("responseformat", "plain")
    yield value("responserequired", "1")
    yield value("responsefieldlines", "10")
    yield value("attachments", "0")


WRITERS: Final[Mapping[str, tuple[str, Callable[[Any], Iterator[str]]]]] = {  # by our name of the type: Moodle's, and the parts
    "single_choice": ("multichoice", _single_choice),
    "multiple_choice": ("multichoice", _multiple_choice),
    "true_false": ("truefalse", _true_false),
    "short_text": ("shortanswer", _short_text),
    "numeric": ("numerical", _numeric),
    "matching": ("matching", _matching),
    "ordering": ("ordering", _ordering),
    "cloze": ("cloze", _cloze),
    "reflection": ("essay", _reflection),
}
