"""The rules for phrased answers, on the modules that ship: what a card says passes with it, and hardly ever with another card."""

import re
from pathlib import Path

import pytest

from bot.content.loader import load
from bot.content.markup import visible
from bot.domain.phrasing import Phrased, check
from bot.question import Passage, Question

CONTENT = Path(__file__).parents[2] / "content"
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
SHORTEST = 25  # letters; what is shorter is a heading or a half of a list


@pytest.fixture(scope="module")
def cards() -> list[Passage]:
    catalogue = load(CONTENT).catalogue
    assert catalogue is not None
    modules = [module for module_id in catalogue.modules if (module := catalogue.module(module_id)) and module.language == "id"]
    return [Passage(1, module.title, card.title, visible(card.text)) for module in modules for card in module.cards]


def statements(card: Passage) -> list[str]:
    """Return the sentences of a card that state something, as an answer would repeat them."""
    sentences = [sentence.strip().rstrip(".") for sentence in SENTENCE.split(card.text)]
    return [f"{sentence} [1]." for sentence in sentences if len(sentence) > SHORTEST and not sentence.endswith(("?", ":"))]


def passes(answer: str, card: Passage) -> bool:
    return isinstance(check(answer, Question("?", "id", (card,))), Phrased)


def test_whatever_a_card_says_may_be_shown_with_it(cards: list[Passage]) -> None:
    refused = [answer for card in cards for answer in statements(card) if not passes(answer, card)]
    assert refused == []


def test_what_a_card_says_is_hardly_ever_taken_with_a_card_of_another_module(cards: list[Passage]) -> None:
    firsts = {card.module: card for card in reversed(cards)}
    tried = [
        passes(answer, first) for card in cards for answer in statements(card) for first in firsts.values() if first.module != card.module
    ]
    assert len(tried) > 5_000
    assert sum(tried) / len(tried) < 0.05
