"""Answering questions from the cards. What people ask is not kept, but for the masked words of what no card answers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

from bot import views
from bot.content.markup import visible
from bot.domain.questions import no_question
from bot.question import Passage, Question
from bot.services import library
from bot.services.turn import Turn
from bot.storage import dialogues, enrolments, searches, wishes
from bot.storage.searches import FoundPlace, Search

if TYPE_CHECKING:
    from bot.content.finder import Findings

PAGE: Final = 3  # cards on one screen
WISHES_A_DAY: Final = 3  # of one person: nobody fills the list alone


def begin(turn: Turn) -> None:
    """Await a question."""
    dialogues.begin(turn.db, turn.learner.id, "question", None, turn.now)


def answer(turn: Turn, question: str, findings: "Findings") -> views.Found:
    """Return what was found for a question, as far as it is still in the content; or why there was nothing to look for."""
    fault = no_question(question)
    if fault:
        return views.Found(fault=fault)
    dialogues.asked(turn.db, turn.learner.id)
    found = [FoundPlace(hit.module_id, hit.card_id, hit.words) for hit in findings.hits]
    sure = any(hit.sure for hit in findings.hits[:PAGE])
    passed_on = not sure and _pass_on(turn, findings.wish)
    if not found and not passed_on:
        return views.Found()
    page = _page(turn, searches.add(turn.db, turn.learner.id, found, turn.now, sure=sure, passed_on=passed_on), 0)
    return replace(page, question=_question(turn, findings.masked, page.cards)) if sure and turn.rules.phrases else page


def show_found(turn: Turn, search_id: int, page: int) -> views.Found | views.Gone:
    """Return a page of what a search of this person found."""
    found = searches.find(turn.db, turn.learner.id, search_id)
    return _page(turn, found, max(page, 0)) if found else views.Gone("search")


def open_found(turn: Turn, module_id: str, card_id: str) -> views.CardFound | views.Gone:
    """Show a card without making it the learner's place: whoever looks something up stays where they are."""
    module = turn.catalogue.module(module_id)
    card = module.card(card_id) if module else None
    if module is None or card is None:
        return views.Gone("card" if module else "module")
    found = searches.latest(turn.db, turn.learner.id)
    place = found.place_of(module_id, card_id) if found else None
    return views.CardFound(
        module_id=module.id,
        module_title=module.title,
        card_id=card.id,
        title=card.title,
        text=card.text,
        hidden=bool(card.reveal),
        media=views.MediaLine(card.media.type, card.media.size) if card.media else None,
        sources=library.citations(module, card.sources),
        module_state=library.line(module, enrolments.find(turn.db, turn.learner.id, module_id)).state,
        search_id=found.id if found and place is not None else None,
        page=(place or 0) // PAGE,
    )


def _pass_on(turn: Turn, wish: str) -> bool:
    """Note the words as a wish, without whose they are; of one person a few a day.

    Those of somebody who may announce are not passed on to themselves: they may be an announcement that came too late.
    """
    day = timedelta(days=1)
    if not wish or turn.may_announce or searches.count_passed_on(turn.db, turn.learner.id, turn.now - day) >= WISHES_A_DAY:
        return False
    wishes.note(turn.db, wish, turn.learner.language, turn.now.astimezone(UTC).date())
    return True


def _page(turn: Turn, search: Search, page: int) -> views.Found:
    cards = [card for place in search.found if (card := _card(turn, place))]
    shown = cards[page * PAGE : (page + 1) * PAGE]
    return views.Found(search.id, tuple(shown), page, len(cards) > (page + 1) * PAGE, search.sure, search.passed_on)


def _question(turn: Turn, masked: str, cards: Sequence[views.FoundCard]) -> Question | None:
    """Return what an answer may be phrased to, from the cards in the learner's language; None when there is none of them."""
    readable = [passage for card in cards if not card.foreign and (passage := _passage(turn, card))]
    passages = tuple(replace(passage, number=number) for number, passage in enumerate(readable, start=1))
    return Question(masked, turn.learner.language, passages) if passages else None


def _passage(turn: Turn, found: views.FoundCard) -> Passage | None:
    """Return what a card says to everybody: nothing of what it hides until it is asked for."""
    module = turn.catalogue.module(found.module_id)
    card = module.card(found.card_id) if module else None
    if module is None or card is None:
        return None
    return Passage(0, module.title, card.title, visible(card.text), library.citations(module, card.sources))


def _card(turn: Turn, place: FoundPlace) -> views.FoundCard | None:
    """Return a card as a line of what was found; what a hidden part or an explanation says is not shown."""
    from bot.content.search.snippet import snippet  # noqa: PLC0415 - the stemmer is loaded at the first search, not at the start

    module = turn.catalogue.module(place.module_id)
    card = module.card(place.card_id) if module else None
    if module is None or (card is None and place.card_id):
        return None
    return views.FoundCard(
        module_id=module.id,
        module_title=module.title,
        card_id=place.card_id,
        title=card.title if card else module.title,
        language=module.language,
        foreign=module.language != turn.learner.language,
        snippet=snippet(visible(card.text) if card else module.summary, module.language, place.words),
    )
