"""Options that give the answer away, or that say nothing."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot.content.items.choice import OptionsQuestion
from bot.content.items.item import Item
from bot.content.items.scenario import Scenario
from bot.content.items.survey import Survey
from bot.content.lint.rule import Known, Remark, Remarks, questions
from bot.content.model import Module
from bot.content.reading import Location

ENOUGH: Final = 4  # questions: among fewer a habit can't be told from chance
SHARE: Final = 0.75  # of the questions: by chance it is a quarter to a half
MARGIN: Final = 1.2  # times the longest wrong option: what a person sees at a glance
_ONE_LETTER: Final = re.compile(r"[\W\d_]*[^\W\d_][\W\d_]*")


def always_longest(module: Module, _: Known) -> Remarks:
    """Remark that the right option is the longest in most questions: whoever knows nothing can pick it."""
    choices = _with_one_right(module)
    longest = sum(_is_longest(question) for question in choices)
    return _habit("paling panjang", longest, len(choices))


def always_first(module: Module, _: Known) -> Remarks:
    """Remark that the right option is the first in most questions of a quiz that does not shuffle."""
    choices = [] if module.quiz.shuffle else _with_one_right(module)
    first = sum(question.options[0].correct for question in choices)
    return _habit("yang pertama", first, len(choices))


def one_letter(module: Module, _: Known) -> Remarks:
    """Remark on options such as A: what they stand for is somewhere else, or was lost."""
    for location, texts in _options(module):
        letter = next((place for place, text in enumerate(texts) if _ONE_LETTER.fullmatch(text)), None)
        if letter is not None:
            yield Remark((*location, letter), f'pilihan "{texts[letter]}" hanya satu huruf')


def _habit(what: str, seen: int, among: int) -> Remarks:
    if among >= ENOUGH and seen >= SHARE * among:
        yield Remark(("quiz", "items"), f"pilihan yang benar {what} pada {seen} dari {among} soal pilihan")


def _with_one_right(module: Module) -> list[OptionsQuestion]:
    return [item for item in module.items if isinstance(item, OptionsQuestion) and len(item.right) == 1]


def _is_longest(question: OptionsQuestion) -> bool:
    right = next(_letters(option.text) for option in question.options if option.correct)
    return right > MARGIN * max(_letters(option.text) for option in question.options if not option.correct)


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _options(module: Module) -> Iterator[tuple[Location, Sequence[str]]]:
    for location, item in questions(module):
        for parts, texts in _lists(item):
            yield (*location, *parts), texts


def _lists(item: Item) -> Iterator[tuple[Location, Sequence[str]]]:
    if isinstance(item, OptionsQuestion | Survey):
        yield ("options",), [option.text for option in item.options]
    elif isinstance(item, Scenario):
        for place, scene in enumerate(item.scenes):
            yield ("scenes", place, "options"), [option.text for option in scene.options]
