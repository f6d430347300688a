"""Reading the cards of a module; the place is kept at every step."""

from dataclasses import replace

from bot import views
from bot.content.model import Card, Media, Module
from bot.domain.reminders import next_reminder
from bot.services import library
from bot.services.turn import Turn
from bot.storage import dialogues, enrolments, learners, sittings
from bot.storage.enrolments import Enrolment


def open_module(turn: Turn, module_id: str) -> views.Card | views.Gone:
    """Begin a module, or go on at the card where the learner left it; a finished one begins again at its first card.

    Where an edit has taken that card away, they go on at the one that now has its number.
    """
    module = turn.catalogue.module(module_id)
    if module is None:
        return views.Gone("module")
    place = enrolments.find(turn.db, turn.learner.id, module_id)
    card = _resumed_card(module, place) or module.cards[0]
    return _read(turn, module, card, place)


def open_card(turn: Turn, module_id: str, card_id: str) -> views.Card | views.Gone:
    """Show a card and make it the learner's place."""
    module = turn.catalogue.module(module_id)
    if module is None:
        return views.Gone("module")
    card = module.card(card_id)
    if card is None:
        return views.Gone("card")
    return _read(turn, module, card, enrolments.find(turn.db, turn.learner.id, module_id))


def reveal(turn: Turn, module_id: str, card_id: str) -> views.Card | views.Gone:
    """Show a card with what it keeps hidden until it is asked for."""
    module = turn.catalogue.module(module_id)
    card = module.card(card_id) if module else None
    if module is None or card is None:
        return views.Gone("card" if module else "module")
    return _card_view(turn, module, card, revealed=True)


def media(turn: Turn, module_id: str, card_id: str) -> views.Card | views.Gone:
    """Return a card together with its file."""
    module = turn.catalogue.module(module_id)
    card = module.card(card_id) if module else None
    if module is None or card is None or card.media is None:
        return views.Gone("card" if module else "module")
    return _card_view(turn, module, card, with_file=True)


def _resumed_card(module: Module, place: Enrolment | None) -> Card | None:
    if place is None or place.card_id is None or place.state == "completed":
        return None
    return module.card(place.card_id) or module.cards[min(place.place or 0, len(module.cards) - 1)]


def _read(turn: Turn, module: Module, card: Card, place: Enrolment | None) -> views.Card:
    """Note the place and the day, and tell whether the material changed since it was last read."""
    dialogues.stop_awaiting_answers(turn.db, turn.learner.id)
    updated = place is not None and place.version != module.version
    place = place or enrolments.add(turn.db, turn.learner.id, module.id, module.version, turn.now)
    enrolments.change(turn.db, place.id, card_id=card.id, place=module.cards.index(card), version=module.version, updated_at=turn.now)
    note_study(turn)
    pictured = card.media is not None and card.media.type == "image" and not turn.learner.low_data
    return _card_view(turn, module, card, updated=updated, with_file=pictured)


def note_study(turn: Turn) -> None:
    """Note that the learner studied on this local day."""
    today = turn.learner.today(turn.now)
    if turn.learner.last_studied_on != today:
        studied = replace(turn.learner, last_studied_on=today, fell_silent_at=None)
        following = next_reminder(studied, turn.now, turn.rules.calendar, turn.rules.quiet)
        learners.studied(turn.db, turn.learner.id, today, following)


def _card_view(
    turn: Turn, module: Module, card: Card, *, revealed: bool = False, updated: bool = False, with_file: bool = False
) -> views.Card:
    place = module.cards.index(card)
    after = module.cards[place + 1] if place + 1 < len(module.cards) else None
    return views.Card(
        module_id=module.id,
        module_title=module.title,
        card_id=card.id,
        place=place + 1,
        count=len(module.cards),
        title=card.title,
        text=card.text,
        hidden=bool(card.reveal) and not revealed,
        revealed=card.reveal if revealed else "",
        media=views.MediaLine(card.media.type, card.media.size) if card.media else None,
        sources=library.citations(module, card.sources),
        previous_card=module.cards[place - 1].id if place else None,
        next_card=after.id if after else None,
        check=card.check is not None and not sittings.is_answered(turn.db, turn.learner.id, module.id, card.check.id),
        updated=updated,
        file=_file(turn, card.media) if card.media and with_file else None,
    )


def _file(turn: Turn, media: Media) -> views.MediaFile:
    path = turn.catalogue.media_path(media)
    return views.MediaFile(media.type, str(path), path.name, media.version, media.alt)
