"""What a search found."""

from dataclasses import dataclass

from bot.domain.questions import NoQuestion
from bot.question import Question
from bot.views.learning import MediaLine, ModuleState


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A card in a list of what was found; no `card_id`: the module as a whole.

    `snippet` is plain text in pieces, each with whether it is a word that was asked for; `foreign`: it is in another language than the
    learner's.
    """

    module_id: str
    module_title: str
    card_id: str
    title: str
    language: str
    foreign: bool
    snippet: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what a search found, the best first.

    Attributes:
        search_id: the search, whose pages can be turned; None for one that is not kept.
        cards: those of this page.
        page: its number from 0.
        more: whether there is a page after it.
        sure: whether it is called an answer; else these are the nearest.
        passed_on: whether the question's words were passed on as a wish.
        question: what an answer may be phrased to from the cards of this page, where answers are phrased.
        fault: why there was nothing to look for.

    """

    search_id: int | None = None
    cards: tuple[FoundCard, ...] = ()
    page: int = 0
    more: bool = False
    sure: bool = False
    passed_on: bool = False
    fault: NoQuestion | None = None
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class CardFound:
    """A card read from a search, which is nobody's place in the module. `text` is Telegram HTML.

    `search_id` and `page` tell where it was found, None when that is not kept any more.
    """

    module_id: str
    module_title: str
    card_id: str
    title: str
    text: str
    hidden: bool
    media: MediaLine | None
    sources: tuple[str, ...]
    module_state: ModuleState
    search_id: int | None
    page: int
