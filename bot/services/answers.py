"""Answering a prompt: once, whatever is tapped or typed and however often."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bot import views
from bot.content import marking
from bot.content.items.item import Item
from bot.content.prompts import Prompt as Form
from bot.content.prompts import TypeText, Walk
from bot.domain import memory, pacing
from bot.domain.grading import Grade
from bot.services import quiz, results
from bot.services.lesson import note_study
from bot.services.turn import Turn
from bot.storage import dialogues, memories, sittings
from bot.storage.sittings import Prompt, Sitting

Shown = views.Question | views.Result | views.NothingToAsk | views.Gone
Mark = Callable[[Form, Sequence[str]], list[str] | None]


def show(turn: Turn, prompt_id: int) -> Shown:
    """Show a prompt as it stands; what is written from now on answers this one or none.

    Where one of the daily quiz has been answered elsewhere on this day, the day's quiz goes on without it.
    """
    dialogues.stop_awaiting_answers(turn.db, turn.learner.id)
    found = sittings.find_prompt(turn.db, turn.learner.id, prompt_id)
    if found is None:
        return views.Gone("prompt")
    if _is_answered_elsewhere(turn, *found):
        return quiz.start_daily(turn)
    quiz.note_shown(turn, found[1])
    return _shown(turn, *found)


def answer(turn: Turn, prompt_id: int, option: str) -> views.Question | views.Gone:
    """Choose the one option of a prompt; a prompt that was answered before is shown as it was."""
    return _respond(turn, prompt_id, [option])


def submit(turn: Turn, prompt_id: int) -> views.Question | views.Gone:
    """Send in what is marked or typed at a prompt."""
    return _respond(turn, prompt_id, None)


def tick(turn: Turn, prompt_id: int, option: str) -> views.Question | views.Gone:
    """Tick an option, or take the tick back."""
    return _mark(turn, prompt_id, lambda shown, marked: marking.tick(shown, marked, option))


def put(turn: Turn, prompt_id: int, place: int, option: str) -> views.Question | views.Gone:
    """Choose an option for the next place, which is number `place` from 0; a story that ends with it is answered."""
    return _mark(turn, prompt_id, lambda shown, marked: marking.put(shown, marked, place, option))


def take_back(turn: Turn, prompt_id: int, place: int) -> views.Question | views.Gone:
    """Take back what was chosen for a place and all after it."""
    return _mark(turn, prompt_id, lambda shown, marked: marking.take_back(shown, marked, place))


def write(turn: Turn, prompt_id: int, text: str) -> views.Question | views.Gone:
    """Take a text as what is to be sent in; nothing is graded before the learner does so. An empty text is something else than text."""
    found = sittings.find_prompt(turn.db, turn.learner.id, prompt_id)
    if found is None:
        dialogues.answered(turn.db, turn.learner.id, prompt_id)
        return views.Gone("prompt")
    sitting, prompt = found
    item = quiz.item_of(prompt)
    if prompt.response is not None or item.takes([text]):
        return _mark(turn, prompt_id, lambda shown, _: marking.write(shown, text))
    shown = item.prompt(prompt.snapshot["order"], prompt.ticked)
    fault: views.TypingFault = "text" if not text.strip() else "long" if isinstance(shown, TypeText) else "number"
    return replace(_shown(turn, sitting, prompt), fault=fault)


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


def _is_answered_elsewhere(turn: Turn, sitting: Sitting, prompt: Prompt) -> bool:
    today = turn.learner.today(turn.now)
    waits = sitting.kind == "daily" and prompt.response is None
    return waits and prompt.memory is not None and prompt.memory.reviewed_on >= today


def _mark(turn: Turn, prompt_id: int, mark: Mark) -> views.Question | views.Gone:
    """Change the response so far; a press that does not fit the question, or its present state, changes nothing."""
    found = sittings.find_prompt(turn.db, turn.learner.id, prompt_id)
    if found is None:
        return views.Gone("prompt")
    sitting, prompt = found
    if prompt.response is not None:
        return _shown(turn, sitting, prompt, again=True)
    item = quiz.item_of(prompt)
    shown = item.prompt(prompt.snapshot["order"], prompt.ticked)
    marked = mark(shown, prompt.ticked)
    if marked is None:
        return _shown(turn, sitting, prompt)
    sittings.change_prompt(turn.db, prompt.id, ticked=marked)
    prompt = replace(prompt, ticked=marked)
    if isinstance(shown, Walk) and item.takes(marked):
        note_study(turn)
        prompt = _recorded(turn, prompt, item, marked)
    return _shown(turn, sitting, prompt)


def _respond(turn: Turn, prompt_id: int, response: list[str] | None) -> views.Question | views.Gone:
    found = sittings.find_prompt(turn.db, turn.learner.id, prompt_id)
    if found is None:
        return views.Gone("prompt")
    sitting, prompt = found
    if prompt.response is not None:
        return _shown(turn, sitting, prompt, again=True)
    item = quiz.item_of(prompt)
    chosen = prompt.ticked if response is None else response
    is_marked = marking.is_marked(item.prompt(prompt.snapshot["order"]))
    if is_marked is not (response is None) or not item.takes(chosen):
        return _shown(turn, sitting, prompt)
    note_study(turn)
    return _shown(turn, sitting, _recorded(turn, prompt, item, chosen))


def _recorded(turn: Turn, prompt: Prompt, item: Item, chosen: list[str]) -> Prompt:
    """Grade and store the response; return the prompt as it is now."""
    grade = item.grade(chosen)
    if marking.is_typed(item.prompt(prompt.snapshot["order"])):
        dialogues.answered(turn.db, turn.learner.id, prompt.id)
    ids = {"prompt_id": prompt.id, "learner_id": turn.learner.id, "module_id": prompt.module_id, "item_id": prompt.item_id}
    outcome: dict[str, Any] = {"response": chosen, "score": grade.score, "correct": grade.correct}
    seconds = pacing.seconds_taken(prompt.shown_at, turn.now)
    how = {"unsure": prompt.unsure, "at": turn.now, "seconds": seconds, "initial": grade.correct is not None and prompt.memory is None}
    sittings.add_attempt(turn.db, ids | outcome | how)
    _remember(turn, prompt, grade)
    return replace(prompt, **outcome)


def _remember(turn: Turn, prompt: Prompt, grade: Grade) -> None:
    """Let every graded answer count, wherever it was asked: a check, too, tells what is known, and is not to be asked again today."""
    if grade.score is None or grade.correct is None:
        return
    sure = not prompt.unsure if prompt.snapshot.get("confidence", True) else None
    answer = memory.Answer(grade.score, grade.correct, sure)
    remembered = memory.review(prompt.memory, answer, turn.learner.today(turn.now), turn.rules.memory)
    memories.write(turn.db, turn.learner.id, (prompt.module_id, prompt.item_id), remembered)


def _shown(turn: Turn, sitting: Sitting, prompt: Prompt, *, again: bool = False) -> views.Question:
    asked = sittings.asked(turn.db, sitting.id)
    if all(each.answered for each in asked):
        results.finish(turn, sitting, asked)
    return quiz.question(turn, sitting, asked, prompt, again=again)
