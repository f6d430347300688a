"""Sittings: the closing quiz of a module, a check between its cards, what was missed once more, and the daily quiz."""

from collections.abc import Sequence
from typing import Any

from bot import views
from bot.content import marking
from bot.content.items import restore, snapshot
from bot.content.items.item import Item
from bot.content.items.reflection import Reflection
from bot.content.model import Module
from bot.domain import quiz as rules
from bot.services import library, practice, results
from bot.services.lesson import note_study
from bot.services.turn import Turn
from bot.storage import coordination, dialogues, enrolments, sittings
from bot.storage.sittings import Asked, Kind, Prompt, Sitting

AskedItem = tuple[Module, Item]


def start(turn: Turn, module_id: str) -> views.Question | views.Result | views.NoAttemptsLeft | views.Gone:
    """Begin the closing quiz of a module, or go on with the one under way."""
    module = turn.catalogue.module(module_id)
    if module is None:
        return views.Gone("module")
    under_way = _under_way(turn, "quiz", module_id)
    if under_way is not None:
        return go_on(turn, under_way)
    if _attempts_left(turn, module) == 0:
        return _no_attempts_left(turn, module)
    _enter_quiz(turn, module)
    return _begin(turn, "quiz", module_id, _drawn(turn, module))


def start_daily(turn: Turn) -> views.Question | views.Result | views.NothingToAsk:
    """Begin today's quiz, or go on with the one under way."""
    under_way, today = _under_way(turn, "daily", None), turn.learner.today(turn.now)
    if under_way is not None:
        sittings.drop_answered_elsewhere(turn.db, under_way.id, today)
        if turn.learner.today(under_way.started_at) == today and sittings.asked(turn.db, under_way.id):
            return go_on(turn, under_way)
        results.leave(turn, under_way)  # what was left on an earlier day is not today's: its answers count, the rest is asked anew
    asked = [item for one in practice.todays(turn) if (item := _find_item(turn, one.module_id, one.item_id))]
    return _begin(turn, "daily", None, asked) if asked else _nothing_to_ask(turn)


def start_check(turn: Turn, module_id: str, card_id: str) -> views.Question | views.Result | views.Gone:
    """Ask the question that belongs to a card, or go on with it; one that was left for another card's is closed."""
    module = turn.catalogue.module(module_id)
    card = module.card(card_id) if module else None
    if module is None or card is None or card.check is None:
        return views.Gone("card" if module else "module")
    under_way = _under_way(turn, "check", module_id)
    if under_way is not None:
        asked = sittings.prompts(turn.db, under_way.id)
        if asked and asked[0].item_id == card.check.id:
            return go_on(turn, under_way)
        results.leave(turn, under_way)
    return _begin(turn, "check", module_id, [(module, card.check)])


def repeat_missed(turn: Turn, sitting_id: int) -> views.Question | views.Result | views.Gone:
    """Ask again what was missed in a finished sitting, as far as the content still has it; another one's repetition is closed."""
    sitting = sittings.find(turn.db, turn.learner.id, sitting_id)
    if sitting is None:
        return views.Gone("prompt")
    missed = [each for each in sittings.prompts(turn.db, sitting_id) if each.correct is False]
    asked = [item for one in missed if (item := _find_item(turn, one.module_id, one.item_id))]
    if not asked:
        return results.result(turn, sitting)
    under_way = _under_way(turn, "repeat", sitting.module_id)
    if under_way is not None:
        if {(each.module_id, each.item_id) for each in sittings.prompts(turn.db, under_way.id)} == {(m.id, i.id) for m, i in asked}:
            return go_on(turn, under_way)
        results.leave(turn, under_way)
    return _begin(turn, "repeat", sitting.module_id, asked)


def _nothing_to_ask(turn: Turn) -> views.NothingToAsk:
    next_day = practice.waiting(turn)
    waiting = views.Waiting(next_day.day, next_day.items) if next_day else None
    return views.NothingToAsk(library.suggestion(turn), turn.learner.today(turn.now), waiting)


def _drawn(turn: Turn, module: Module) -> list[AskedItem]:
    """Draw anew for every learner and every time, and the same again if this very transaction is repeated.

    What is not graded follows what is, until the learner has answered it once.
    """
    quiz = module.quiz
    seed = turn.learner.id * 1009 + sittings.count_finished(turn.db, turn.learner.id, module.id)
    graded = [item for item in quiz.items if item.graded]
    others = [item for item in quiz.items if not item.graded]
    known = sittings.answered_items(turn.db, turn.learner.id, module.id) if others else set()
    drawn = rules.draw(graded, quiz.draw, shuffle=quiz.shuffle, seed=seed)
    return [(module, item) for item in (*drawn, *others) if item.graded or item.id not in known]


def _find_item(turn: Turn, module_id: str, item_id: str) -> AskedItem | None:
    module = turn.catalogue.module(module_id)
    item = module.item(item_id) if module else None
    return (module, item) if module and item else None


def _under_way(turn: Turn, kind: Kind, module_id: str | None) -> Sitting | None:
    opened = sittings.open_sittings(turn.db, turn.learner.id)
    return next((each for each in opened if each.kind == kind and each.module_id == module_id), None)


def _attempts_left(turn: Turn, module: Module) -> int | None:
    return results.attempts_left(turn, module.id, module.quiz.attempts)


def _no_attempts_left(turn: Turn, module: Module) -> views.NoAttemptsLeft:
    place = enrolments.find(turn.db, turn.learner.id, module.id)
    best = place.best_score if place and place.best_score else 0.0
    return views.NoAttemptsLeft(module.id, module.title, module.quiz.attempts, best)


def _enter_quiz(turn: Turn, module: Module) -> None:
    """Note that the learner is past the cards; a completed module stays completed."""
    place = enrolments.find(turn.db, turn.learner.id, module.id)
    place = place or enrolments.add(turn.db, turn.learner.id, module.id, module.version, turn.now)
    state = place.state if place.state == "completed" else "quiz"
    enrolments.change(turn.db, place.id, state=state, card_id=None, updated_at=turn.now)
    note_study(turn)


def _begin(turn: Turn, kind: Kind, module_id: str | None, asked: Sequence[AskedItem]) -> views.Question | views.Result:
    sitting_id = sittings.start(turn.db, turn.learner.id, kind, module_id, turn.now)
    if sitting_id is not None:
        rows = [_prompt_row(turn, sitting_id, place, module, item) for place, (module, item) in enumerate(asked, start=1)]
        sittings.add_prompts(turn.db, rows)
    under_way = _under_way(turn, kind, module_id)
    if under_way is None:
        raise RuntimeError("a sitting that was just begun is not there")
    return go_on(turn, under_way)


def _prompt_row(turn: Turn, sitting_id: int, place: int, module: Module, item: Item) -> dict[str, Any]:
    """Pin the item as it is now, with the order of its options: an edit of the module never reaches this prompt."""
    pinned = {
        "item": snapshot(item),
        "order": item.order(shuffle=module.quiz.shuffle, seed=sitting_id * 100 + place),
        "version": module.version,
        "module_title": module.title,
        "pass_mark": module.quiz.pass_mark,
        "sources": list(library.citations(module, item.sources)),
        "confidence": module.quiz.confidence,
    }
    ids = {"sitting_id": sitting_id, "learner_id": turn.learner.id, "module_id": module.id, "item_id": item.id}
    return {**ids, "place": place, "snapshot": pinned, "shown_at": turn.now if place == 1 else None}


def go_on(turn: Turn, sitting: Sitting) -> views.Question | views.Result:
    """Return the first unanswered prompt of a sitting, or its result when there is none."""
    dialogues.stop_awaiting_answers(turn.db, turn.learner.id)
    asked = sittings.asked(turn.db, sitting.id)
    waiting = next((each.id for each in asked if not each.answered), None)
    found = sittings.find_prompt(turn.db, turn.learner.id, waiting) if waiting is not None else None
    if found is None:
        return results.result(turn, results.finish(turn, sitting, asked))
    note_shown(turn, found[1])
    return question(turn, sitting, asked, found[1])


def note_shown(turn: Turn, prompt: Prompt) -> None:
    """Note when a prompt is shown for the first time; that of the first one of a sitting is written with it."""
    if prompt.shown_at is None and prompt.response is None:
        sittings.change_prompt(turn.db, prompt.id, shown_at=turn.now)


def item_of(prompt: Prompt) -> Item:
    """Return the item as it was when it was asked."""
    return restore(prompt.snapshot["item"])


def question(turn: Turn, sitting: Sitting, asked: Sequence[Asked], prompt: Prompt, *, again: bool = False) -> views.Question:
    """Return a prompt as it stands: asked, or answered with its outcome."""
    item = item_of(prompt)
    shown = item.prompt(prompt.snapshot["order"], prompt.ticked if prompt.response is None else prompt.response)
    if prompt.response is None and marking.is_typed(shown):
        dialogues.await_answer(turn.db, turn.learner.id, prompt.id, turn.now)
    waiting = next((each.id for each in asked if not each.answered and each.id != prompt.id), None)
    return views.Question(
        prompt_id=prompt.id,
        sitting_id=sitting.id,
        kind=sitting.kind,
        module_id=prompt.module_id,
        module_title=prompt.snapshot["module_title"],
        place=[each.id for each in asked].index(prompt.id) + 1,
        count=len(asked),
        prompt=shown,
        marked=tuple(prompt.ticked),
        unsure=prompt.unsure,
        has_card=_has_card(turn, prompt, item),
        next_prompt=waiting,
        outcome=None if prompt.response is None else _outcome(prompt, item, prompt.response),
        again=again,
        may_doubt=item.graded and prompt.snapshot.get("confidence", True),
        may_share=_may_share(turn, prompt, item),
        shared=prompt.shared_at is not None,
        after_check=_card_after(turn, prompt) if sitting.kind == "check" else "",
    )


def _may_share(turn: Turn, prompt: Prompt, item: Item) -> bool:
    """Tell whether what was written can be sent to a coordinator: the author offers it, and there is somebody to read it."""
    if not isinstance(item, Reflection) or not item.share or prompt.response is None:
        return False
    readers = coordination.contacts(turn.db, turn.rules.admins, turn.learner.id)
    return any(learner_id != turn.learner.id for learner_id, _ in readers)


def _card_after(turn: Turn, prompt: Prompt) -> str:
    """Return the card that follows the one whose check this is; empty where the quiz follows, or the card is there no more."""
    module = turn.catalogue.module(prompt.module_id)
    cards = module.cards if module else ()
    place = next((number for number, card in enumerate(cards) if card.check and card.check.id == prompt.item_id), len(cards))
    return cards[place + 1].id if place + 1 < len(cards) else ""


def _has_card(turn: Turn, prompt: Prompt, item: Item) -> bool:
    module = turn.catalogue.module(prompt.module_id)
    return module is not None and bool(item.card) and module.card(item.card) is not None


def _outcome(prompt: Prompt, item: Item, response: Sequence[str]) -> views.Outcome:
    grade = item.grade(response)
    return views.Outcome(
        correct=grade.correct,
        partly=grade.correct is False and bool(grade.score),
        chosen=tuple(response),
        right=grade.answer,
        feedback=tuple(text for text in grade.feedback if text),
        explanation=item.explanation,
        sources=tuple(prompt.snapshot["sources"]),
        unsure=prompt.unsure,
    )
