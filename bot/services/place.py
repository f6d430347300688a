"""Where a learner is now: what is shown when nothing more special can be."""

from bot import views
from bot.services import lesson, library, quiz
from bot.services.turn import Turn
from bot.storage import dialogues, enrolments, sittings

Place = views.Question | views.Result | views.Card | views.Library | views.NothingToAsk | views.NoAttemptsLeft | views.Gone


def resume(turn: Turn) -> Place:
    """Go on with what was used last: the sitting under way, or the module under way; else choose one."""
    current = library.current_module(turn)
    for sitting in sittings.open_sittings(turn.db, turn.learner.id):
        if not _was_left_for(turn, sitting, current):
            return quiz.start_daily(turn) if sitting.kind == "daily" else quiz.go_on(turn, sitting)
    return lesson.open_module(turn, current.id) if current else library.browse(turn)


def _was_left_for(turn: Turn, sitting: sittings.Sitting, current: views.ModuleLine | None) -> bool:
    """Tell whether a sitting is a daily quiz of an earlier day, or the learner went on reading after it had begun.

    What they went on with is another module or, for a check, any card of its own.
    """
    if sitting.kind == "daily" and turn.learner.today(sitting.started_at) < turn.learner.today(turn.now):
        return True
    if sitting.kind == "check" and sitting.module_id is not None:
        place = enrolments.find(turn.db, turn.learner.id, sitting.module_id)
        return place is None or place.card_id is None or place.updated_at > sitting.started_at
    if current is None or current.id == sitting.module_id:
        return False
    reading = enrolments.find(turn.db, turn.learner.id, current.id)
    return reading is not None and reading.updated_at > sitting.started_at


def open_module(turn: Turn, module_id: str) -> Place:
    """Begin a module, or go on with it: with its quiz if that is under way, else with its cards."""
    opened = sittings.open_sittings(turn.db, turn.learner.id)
    under_way = next((each for each in opened if each.kind == "quiz" and each.module_id == module_id), None)
    return quiz.go_on(turn, under_way) if under_way else lesson.open_module(turn, module_id)


def whoami(turn: Turn) -> views.Me:
    """Return who speaks, for answers that depend on nothing else."""
    return views.Me(turn.learner.name, turn.may_announce)


def leave(turn: Turn) -> None:
    """Let the learner go; what they write next is no answer any more."""
    dialogues.stop_awaiting_answers(turn.db, turn.learner.id)


def cancel(turn: Turn) -> views.Me:
    """Give up what the bot awaits from this person."""
    return views.Me(turn.learner.name, turn.may_announce, cancelled=dialogues.end(turn.db, turn.learner.id))
