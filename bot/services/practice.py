"""What is practised: which items may be asked, which are asked today, when they return, and which were sure but wrong."""

from collections.abc import Sequence
from datetime import date

from bot import views
from bot.content.items import restore
from bot.content.items.item import Item
from bot.content.model import Module
from bot.domain import daily
from bot.domain.daily import Candidate
from bot.services.turn import Turn
from bot.storage import enrolments, memories, sittings
from bot.storage.enrolments import Enrolment
from bot.storage.sittings import Prompt

SHOWN = 10  # mistakes on one screen


def todays(turn: Turn) -> list[Candidate]:
    """Return the items to ask on the learner's present day, in their order."""
    today = turn.learner.today(turn.now)
    return daily.choose(candidates(turn), turn.rules.daily_items, today, turn.calendar, turn.rules.memory)


def waiting(turn: Turn) -> daily.Waiting | None:
    """Return the next day that brings items, for when today brings none any more."""
    return daily.waiting(candidates(turn), turn.rules.daily_items, turn.learner.today(turn.now), turn.calendar)


def candidates(turn: Turn) -> list[Candidate]:
    """Return what may be asked: the items that were asked, and those of the cards that the learner has read, last used modules first.

    Of a module that was never begun, and last, these are the items that were answered in a group.
    """
    known = memories.of_learner(turn.db, turn.learner.id)
    places: dict[str, Enrolment | None] = {each.module_id: each for each in enrolments.of_learner(turn.db, turn.learner.id)}
    never_begun = sorted({module_id for module_id, _ in known} - places.keys())
    return [
        Candidate(module.id, item.id, known.get((module.id, item.id)))
        for module_id, place in (places | dict.fromkeys(never_begun)).items()
        if (module := turn.catalogue.module(module_id))
        for item in module.items
        if item.graded and ((module.id, item.id) in known or _is_taught(module, place, item))
    ]


def days_of_return(turn: Turn, asked: Sequence[Prompt]) -> list[date | None]:
    """Return for each prompt the day on which its item is asked again, today at the earliest; None where it is asked no more."""
    known = memories.of_learner(turn.db, turn.learner.id)
    today, calendar = turn.learner.today(turn.now), turn.calendar

    def day_of(prompt: Prompt) -> date | None:
        remembered = known.get((prompt.module_id, prompt.item_id)) if _is_asked(turn, prompt.module_id, prompt.item_id) else None
        return max(daily.practice_day(remembered, calendar), today) if remembered else None

    return [day_of(each) for each in asked]


def show_mistakes(turn: Turn) -> views.Mistakes:
    """Return the items at which the learner was sure but wrong, until they are answered right or the content has them no more."""
    mistaken = memories.mistakes(turn.db, turn.learner.id)
    prompts = [prompt_id for key, prompt_id in mistaken.items() if _is_asked(turn, *key)]
    found = (sittings.find_prompt(turn.db, turn.learner.id, prompt_id) for prompt_id in prompts[:SHOWN])
    lines = tuple(views.Mistake(prompt.id, about(turn, prompt), prompt.snapshot["module_title"]) for _, prompt in filter(None, found))
    return views.Mistakes(lines, len(prompts))


def about(turn: Turn, prompt: Prompt) -> str:
    """Name what an item was about: the title of its card, else of its module."""
    module = turn.catalogue.module(prompt.module_id)
    card = module.card(restore(prompt.snapshot["item"]).card) if module else None
    title: str = prompt.snapshot["module_title"]
    return card.title if card else title


def _is_asked(turn: Turn, module_id: str, item_id: str) -> bool:
    item = turn.catalogue.item(module_id, item_id)
    return item is not None and item.graded


def _is_taught(module: Module, place: Enrolment | None, item: Item) -> bool:
    """Tell whether the learner has read the card that an item is about; one about no card is about all of them."""
    if place is None:
        return False
    if place.state != "reading":
        return True
    number = next((n for n, card in enumerate(module.cards) if card.id == place.card_id), place.place or 0)
    return any(item.id == (card.check and card.check.id) or item.card == card.id for card in module.cards[:number])
