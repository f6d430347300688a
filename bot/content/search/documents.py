"""What of a module is searched: a document for each card and one for the module as a whole, in fields of different weight."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from bot.content.markup import visible
from bot.content.model import Card, Module

Fields = list[tuple[str, float]]

# How much a word counts by where it stands; a name is the card's id.
TITLE: Final = 3.0
KEYWORD: Final = 2.5
NAME: Final = 2.0
TEXT: Final = 1.0
MODULE: Final = 0.5
QUESTION: Final = 0.5


def documents(module: Module) -> Iterator[tuple[str, Fields]]:
    """Yield each card's id with its plain texts and their weights; under no id the module as a whole, with the questions of no card."""
    about = f"{module.title} {module.summary} {' '.join(module.tags)}"
    asked = defaultdict(list)
    for card_id, text in _asked(module):
        asked[card_id].append(text)
    for card in module.cards:
        yield card.id, [*_own(card), (about, MODULE), (" ".join(asked.pop(card.id, ())), QUESTION)]
    yield "", [(about, TEXT), (" ".join(text for texts in asked.values() for text in texts), QUESTION)]


def _own(card: Card) -> Fields:
    texts = visible(f"{card.text} {card.reveal}")
    return [(card.title, TITLE), (card.keywords, KEYWORD), (card.id, NAME), (texts, TEXT)]


def _asked(module: Module) -> Iterator[tuple[str, str]]:
    """Yield the questions and explanations, each with its card."""
    for card in module.cards:
        if card.check:
            yield card.id, visible(f"{card.check.text} {card.check.explanation}")
    for item in module.quiz.items:
        yield item.card, visible(f"{item.text} {item.explanation}")
