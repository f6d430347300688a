"""Answering a prompt: once, whatever is tapped and however often."""

from bot import views
from bot.content.items import restore
from bot.content.prompts import PickMany
from bot.services import quiz, results
from bot.services.lesson import note_study
from bot.services.turn import Turn
from bot.storage import sittings
from bot.storage.sittings import Prompt, Sitting


def show(turn: Turn, prompt_id: int) -> views.Question | views.Result | views.Gone:
    """Show a prompt as it stands."""
    found = _find(turn, prompt_id)
    return _shown(turn, *found) if found else views.Gone("prompt")


def answer(turn: Turn, prompt_id: int, option: str) -> views.Question | views.Result | views.Gone:
    """Choose the one option of a prompt; a prompt that was answered before is shown as it was."""
    return _respond(turn, prompt_id, [option])


def submit(turn: Turn, prompt_id: int) -> views.Question | views.Result | views.Gone:
    """Send in the ticked options of a prompt."""
    return _respond(turn, prompt_id, None)


def tick(turn: Turn, prompt_id: int, option: str) -> views.Question | views.Result | views.Gone:
    """Tick an option, or take the tick back."""
    found = _find(turn, prompt_id)
    if found is None:
        return views.Gone("prompt")
    sitting, prompt = found
    if prompt.response is None and _takes_several(prompt) and option in prompt.snapshot["order"]:
        ticked = {*prompt.ticked} ^ {option}
        sittings.change_prompt(turn.db, prompt.id, ticked=[each for each in prompt.snapshot["order"] if each in ticked])
    return _shown(turn, sitting, prompt)


def toggle_unsure(turn: Turn, prompt_id: int) -> views.Question | views.Result | views.Gone:
    """Mark the coming answer as a doubtful one, or take that back."""
    found = _find(turn, prompt_id)
    if found is None:
        return views.Gone("prompt")
    sitting, prompt = found
    if prompt.response is None:
        sittings.change_prompt(turn.db, prompt.id, unsure=not prompt.unsure)
    return _shown(turn, sitting, prompt)


def read_again(turn: Turn, prompt_id: int) -> views.CardAgain | views.Gone:
    """Show the card that a prompt came from, once it is answered: before that it would be the answer."""
    found = _find(turn, prompt_id)
    if found is None:
        return views.Gone("prompt")
    _, prompt = found
    module = turn.catalogue.module(prompt.module_id)
    card = module.card(restore(prompt.snapshot["item"]).card) if module else None
    if module is None or card is None or prompt.response is None:
        return views.Gone("card")
    return views.CardAgain(prompt.id, module.title, card.title, "\n\n".join(filter(None, (card.text, card.reveal))))


def _find(turn: Turn, prompt_id: int) -> tuple[Sitting, Prompt] | None:
    prompt = sittings.find_prompt(turn.db, turn.learner.id, prompt_id)
    sitting = sittings.find(turn.db, turn.learner.id, prompt.sitting_id) if prompt else None
    return (sitting, prompt) if sitting and prompt else None


def _respond(turn: Turn, prompt_id: int, response: list[str] | None) -> views.Question | views.Result | views.Gone:
    found = _find(turn, prompt_id)
    if found is None:
        return views.Gone("prompt")
    sitting, prompt = found
    chosen = prompt.ticked if response is None else response
    answered_before = prompt.response is not None
    fits = _takes_several(prompt) is (response is None)
    if not answered_before and fits and chosen and set(chosen) <= set(prompt.snapshot["order"]):
        _record(turn, prompt, chosen)
        note_study(turn)
    return _shown(turn, sitting, prompt, again=answered_before)


def _takes_several(prompt: Prompt) -> bool:
    """Tell whether several options may be ticked; a press that does not fit its question changes nothing."""
    return isinstance(restore(prompt.snapshot["item"]).prompt(prompt.snapshot["order"]), PickMany)


def _record(turn: Turn, prompt: Prompt, chosen: list[str]) -> None:
    grade = restore(prompt.snapshot["item"]).grade(chosen)
    ids = {"prompt_id": prompt.id, "learner_id": turn.learner.id, "module_id": prompt.module_id, "item_id": prompt.item_id}
    outcome = {"response": chosen, "score": grade.score, "correct": grade.correct, "unsure": prompt.unsure, "at": turn.now}
    sittings.add_attempt(turn.db, ids | outcome)


def _shown(turn: Turn, sitting: Sitting, prompt: Prompt, *, again: bool = False) -> views.Question:
    asked = sittings.prompts(turn.db, sitting.id)
    current = next(each for each in asked if each.id == prompt.id)
    if all(each.response is not None for each in asked):
        results.finish(turn, sitting, asked)
    return quiz.question(turn, sitting, asked, current, again=again)
