"""Answering a prompt: once, whatever is tapped and however often."""

from dataclasses import replace
from typing import Any

from bot import views
from bot.content.items.item import Item
from bot.content.prompts import PickMany
from bot.services import quiz, results
from bot.services.lesson import note_study
from bot.services.turn import Turn
from bot.storage import sittings
from bot.storage.sittings import Prompt, Sitting


def show(turn: Turn, prompt_id: int) -> views.Question | views.Gone:
    """Show a prompt as it stands."""
    found = sittings.find_prompt(turn.db, turn.learner.id, prompt_id)
    return _shown(turn, *found) if found else views.Gone("prompt")


def answer(turn: Turn, prompt_id: int, option: str) -> views.Question | views.Gone:
    """Choose the one option of a prompt; a prompt that was answered before is shown as it was."""
    return _respond(turn, prompt_id, [option])


def submit(turn: Turn, prompt_id: int) -> views.Question | views.Gone:
    """Send in the ticked options of a prompt."""
    return _respond(turn, prompt_id, None)


def tick(turn: Turn, prompt_id: int, option: str) -> views.Question | views.Gone:
    """Tick an option, or take the tick back."""
    found = sittings.find_prompt(turn.db, turn.learner.id, prompt_id)
    if found is None:
        return views.Gone("prompt")
    sitting, prompt = found
    if prompt.response is None and _takes_several(prompt, quiz.item_of(prompt)) and option in prompt.snapshot["order"]:
        chosen = {*prompt.ticked} ^ {option}
        ticked = [each for each in prompt.snapshot["order"] if each in chosen]
        sittings.change_prompt(turn.db, prompt.id, ticked=ticked)
        prompt = replace(prompt, ticked=ticked)
    return _shown(turn, sitting, prompt)


def toggle_unsure(turn: Turn, prompt_id: int) -> views.Question | views.Gone:
    """Mark the coming answer as a doubtful one, or take that back."""
    found = sittings.find_prompt(turn.db, turn.learner.id, prompt_id)
    if found is None:
        return views.Gone("prompt")
    sitting, prompt = found
    if prompt.response is None:
        sittings.change_prompt(turn.db, prompt.id, unsure=not prompt.unsure)
        prompt = replace(prompt, unsure=not prompt.unsure)
    return _shown(turn, sitting, prompt)


def read_again(turn: Turn, prompt_id: int) -> views.CardAgain | views.Gone:
    """Show the card that a prompt came from, once it is answered: before that it would be the answer."""
    found = sittings.find_prompt(turn.db, turn.learner.id, prompt_id)
    if found is None:
        return views.Gone("prompt")
    _, prompt = found
    module = turn.catalogue.module(prompt.module_id)
    card = module.card(quiz.item_of(prompt).card) if module else None
    if module is None or card is None or prompt.response is None:
        return views.Gone("card")
    return views.CardAgain(prompt.id, module.title, card.title, "\n\n".join(filter(None, (card.text, card.reveal))))


def _respond(turn: Turn, prompt_id: int, response: list[str] | None) -> views.Question | views.Gone:
    found = sittings.find_prompt(turn.db, turn.learner.id, prompt_id)
    if found is None:
        return views.Gone("prompt")
    sitting, prompt = found
    item = quiz.item_of(prompt)
    chosen = prompt.ticked if response is None else response
    if prompt.response is not None:
        return _shown(turn, sitting, prompt, again=True)
    fits = _takes_several(prompt, item) is (response is None)
    if not fits or not chosen or not set(chosen) <= set(prompt.snapshot["order"]):
        return _shown(turn, sitting, prompt)
    note_study(turn)
    return _shown(turn, sitting, _recorded(turn, prompt, item, chosen))


def _takes_several(prompt: Prompt, item: Item) -> bool:
    """Tell whether several options may be ticked; a press that does not fit its question changes nothing."""
    return isinstance(item.prompt(prompt.snapshot["order"]), PickMany)


def _recorded(turn: Turn, prompt: Prompt, item: Item, chosen: list[str]) -> Prompt:
    """Grade and store the response; return the prompt as it is now."""
    grade = item.grade(chosen)
    ids = {"prompt_id": prompt.id, "learner_id": turn.learner.id, "module_id": prompt.module_id, "item_id": prompt.item_id}
    outcome: dict[str, Any] = {"response": chosen, "score": grade.score, "correct": grade.correct}
    sittings.add_attempt(turn.db, ids | outcome | {"unsure": prompt.unsure, "at": turn.now})
    return replace(prompt, **outcome)


def _shown(turn: Turn, sitting: Sitting, prompt: Prompt, *, again: bool = False) -> views.Question:
    asked = sittings.asked(turn.db, sitting.id)
    if all(each.answered for each in asked):
        results.finish(turn, sitting, asked)
    return quiz.question(turn, sitting, asked, prompt, again=again)
