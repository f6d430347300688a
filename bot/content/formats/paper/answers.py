"""The answer key: what is right, what is said to each option, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final, cast

from bot.content import limits
from bot.content.formats.answers import right
from bot.content.formats.paper.questions import lettered, letters, printed
from bot.content.formats.words import number
from bot.content.items.choice import OptionsQuestion
from bot.content.items.item import Item
from bot.content.items.multiple_choice import MultipleChoice
from bot.content.items.numeric import Numeric
from bot.content.items.reflection import Reflection
from bot.content.items.scenario import Scenario
from bot.content.items.short_text import ShortText
from bot.content.items.true_false import TrueFalse
from bot.content.prompts import FALSE, TRUE, Arrange, Chosen, PickMany, PickOne

_EXACTLY: Final = 100  # percent


@dataclass(frozen=True, slots=True)
class Answer:
    """An entry of the key: the right answer, what is remarked, the explanation (Telegram HTML), where it comes from; plain lines else."""

    name: str
    right: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    explanation: str = ""
    origin: tuple[str, ...] = ()


def answer(item: Item, name: str, language: str, w: Mapping[str, str]) -> Answer:
    """Return the key's entry for a question of this name."""
    return Answer(name, tuple(_right(item, language, w)), tuple(_remarks(item, language, w)), item.explanation)


def _right(item: Item, language: str, w: Mapping[str, str]) -> Iterator[str]:
    match item:
        case ShortText():
            yield item.answers[0]
        case Numeric():
            yield " ".join(filter(None, (number(item.answer, language), item.unit)))
        case Scenario():
            yield from _best(item, w)
        case _ if not item.graded:
            yield w["ungraded"]
        case _:
            yield from _named(cast("Chosen", printed(item)), right(item), w)  # what is told or typed has gone above


def _named(prompt: Chosen, response: Sequence[str], w: Mapping[str, str]) -> Iterator[str]:
    match prompt:
        case PickOne(options=options) | PickMany(options=options):
            named = lettered(options, w)
            yield from (". ".join(named[one]) for one in response)
        case Arrange(options=options):
            named = lettered(options, w)
            yield from (f"{place}. {named[one][1]} ({named[one][0]})" for place, one in enumerate(response, start=1))
        case _:
            for slot, one in zip(prompt.slots, response, strict=True):
                letter, text = lettered(slot.options, w)[one]
                yield f"{slot.label} → {text} ({letter})"


def _best(item: Scenario, w: Mapping[str, str]) -> Iterator[str]:
    for place, scene in enumerate(item.scenes, start=1):
        letter, deed = max(letters(scene), key=lambda one: one[1].score)
        yield f"{w['scene'].format(n=place)}: {letter}. {deed.text}"


def _remarks(item: Item, language: str, w: Mapping[str, str]) -> Iterator[str]:
    match item:
        case OptionsQuestion() | TrueFalse():
            yield from _said(item, w)
        case ShortText():
            yield from _of_text(item, w)
        case Numeric():
            yield from _of_number(item, language, w)
        case Scenario():
            yield from _of_deeds(item, w)
        case Reflection(share=True):
            yield w["share"]


def _said(item: OptionsQuestion | TrueFalse, w: Mapping[str, str]) -> Iterator[str]:
    if isinstance(item, TrueFalse):
        feedback = {w[TRUE]: item.feedback.if_true, w[FALSE]: item.feedback.if_false}
    else:
        # Such options are printed as the author wrote them, so their letters follow.
        feedback = dict(zip(ascii_uppercase, item.feedback.values(), strict=False))
    yield from (f"{name}: {text}" for name, text in feedback.items() if text)
    if isinstance(item, MultipleChoice) and item.grading == "all":
        yield w["all"]


def _of_text(item: ShortText, w: Mapping[str, str]) -> Iterator[str]:
    if item.answers[1:]:
        yield w["accepted"].format(answers=" / ".join(item.answers[1:]))
    yield w["to_the_letter"] if item.threshold == _EXACTLY else w["alike"].format(n=item.threshold)
    yield from (w[name] for name, counts in (("case", item.case), ("diacritics", item.diacritics)) if counts)
    yield from (w["foreseen"].format(answer=one.text, feedback=one.feedback) for one in item.wrong)


def _of_number(item: Numeric, language: str, w: Mapping[str, str]) -> Iterator[str]:
    if item.tolerance:
        yield w["tolerance"].format(n=number(item.tolerance, language))
    yield from (f"1 {unit} = {number(one, language)} {item.unit}".strip() for unit, one in item.units.items())
    for one in item.wrong:
        around = f" ± {number(one.tolerance, language)}" if one.tolerance else ""
        yield w["foreseen"].format(answer=number(one.answer, language) + around, feedback=one.feedback)


def _of_deeds(item: Scenario, w: Mapping[str, str]) -> Iterator[str]:
    for place, scene in enumerate(item.scenes, start=1):
        for letter, deed in letters(scene):
            named = w["scene"].format(n=place)
            yield w["deed"].format(scene=named, letter=letter, score=deed.score, most=limits.SCENE_SCORE, reason=deed.reason)
