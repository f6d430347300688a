"""What a module says, and how long that takes."""

from collections.abc import Iterator
from typing import Final

from bot.content import markup
from bot.content.lint.rule import Known, Remark, Remarks, questions
from bot.content.model import Module
from bot.domain.pacing import minutes_to_learn

TOLERATED_MINUTES: Final = 2
TOLERATED_SHARE: Final = 0.5  # of the time that it takes


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


def _read(module: Module) -> Iterator[str]:
    return (text for card in module.cards for text in (card.text, card.reveal))


def _words(text: str) -> int:
    return len(markup.visible(text).split())
