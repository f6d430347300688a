"""What a module says, and how long that takes."""

import unicodedata
from collections.abc import Iterator
from typing import Any, Final

import orjson

from bot.content import markup
from bot.content.lint.rule import Known, Remark, Remarks, questions
from bot.content.model import Module
from bot.content.reading import Location
from bot.domain.pacing import minutes_to_learn

TOLERATED_MINUTES: Final = 2
TOLERATED_SHARE: Final = 0.5  # of the time that it takes
_UNSEEN: Final = frozenset("CZ")  # format and control characters, and all kinds of space, by their general categories
_BLANK: Final = frozenset("\u034f\u115f\u1160\u2800\u3164\ufe0e\ufe0f\uffa0")  # letters, marks and signs that are drawn as nothing


def invisible(module: Module, _: Known) -> Remarks:
    """Remark on texts of which nobody sees anything: they hold nothing but letters such as U+200B, which look like no letter at all."""
    for location, text in _texts(orjson.loads(orjson.dumps(module))):
        shown = markup.visible(text)
        if text and all(letter in _BLANK or unicodedata.category(letter)[0] in _UNSEEN for letter in shown):
            letters = ", ".join(sorted({f"U+{ord(letter):04X}" for letter in shown if letter not in " \n"}))
            yield Remark(location, f"teks ini tidak terlihat; isinya hanya {letters}" if letters else "teks ini tidak terlihat")


def explanation_missing(module: Module, _: Known) -> Remarks:
    """Remark on questions that never say why the right answer is right."""
    for location, item in questions(module):
        if item.graded and not item.explanation:
            yield Remark(location, f"soal {item.id} tidak punya penjelasan")


def minutes_off(module: Module, _: Known) -> Remarks:
    """Remark on a length that people will not find: the words of the cards, and the questions of one sitting."""
    words, asked = sum(map(_words, _read(module))), module.quiz.draw + sum(card.check is not None for card in module.cards)
    needed = max(1, round(minutes_to_learn(words, asked)))
    if abs(module.minutes - needed) > max(TOLERATED_MINUTES, TOLERATED_SHARE * needed):
        what = f"minutes {module.minutes}, padahal {words} kata dan {asked} soal perlu sekitar {needed} menit"
        yield Remark(("minutes",), what)


def _texts(value: Any, location: Location = ()) -> Iterator[tuple[Location, str]]:
    if isinstance(value, str):
        yield location, value
    elif isinstance(value, dict | list):
        for part, held in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(held, (*location, part))


def _read(module: Module) -> Iterator[str]:
    return (text for card in module.cards for text in (card.text, card.reveal))


def _words(text: str) -> int:
    return len(markup.visible(text).split())
