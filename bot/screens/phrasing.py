"""An answer that a machine phrased from the cards found."""

from dataclasses import replace

from bot.domain.phrasing import Phrased
from bot.question import Passage, Question
from bot.screen import Screen
from bot.screens.pieces import lines, paragraphs
from bot.texts import Words


def phrased(found: Screen, question: Question, answer: Phrased, t: Words) -> Screen:
    """Show an answer in place of what was found, with the cards that it cites, above the same buttons."""
    cited = [passage for passage in question.passages if passage.number in answer.cited]
    text = paragraphs(
        lines(t("<b>Jawaban dari materi</b>"), t("{answer}", answer=answer.text)),
        lines(*[_card(passage, t) for passage in cited]),
        t("<i>Disusun oleh mesin (AI) dari kartu ini, dan bisa keliru. Buka kartunya untuk memastikan.</i>"),
    )
    return replace(found, text=text, question=None)


def _card(passage: Passage, t: Words) -> str:
    return t("[{number}] {card} · {module}", number=passage.number, card=passage.card, module=passage.module)
