"""The end of a sitting: its score, what it completes, and what comes next."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot import views
from bot.content.model import Module
from bot.domain import pacing, streak
from bot.domain import quiz as rules
from bot.services import library, practice
from bot.services.turn import Turn
from bot.storage import enrolments, learners, sittings
from bot.storage.sittings import Asked, Sitting

LOOK_BACK = timedelta(days=400)  # a streak longer than this is still a long one


def show(turn: Turn, sitting_id: int) -> views.Result | views.Gone:
    """Show the result of a sitting."""
    sitting = sittings.find(turn.db, turn.learner.id, sitting_id)
    if sitting is None or sitting.finished_at is None:
        return views.Gone("prompt")
    return result(turn, sitting)


def finish(turn: Turn, sitting: Sitting, asked: Sequence[Asked]) -> Sitting:
    """End a sitting whose prompts are all answered, by the rule in force now; ending it twice changes nothing."""
    if sitting.finished_at is not None:
        return sitting
    graded = [each.score for each in asked if each.score is not None]
    score = sum(graded) / len(graded) if graded else 1.0
    end: dict[str, Any] = {
        "finished_at": turn.now,
        "score": score,
        "passed": _pass(turn, sitting, score),
        "minutes": _minutes(turn, sitting, len(asked)),
    }
    sittings.finish(turn.db, sitting.id, **end)
    return replace(sitting, **end)


def leave(turn: Turn, sitting: Sitting) -> None:
    """End a sitting that is not gone on with: what was answered counts, the time that it took included."""
    answered = [each for each in sittings.asked(turn.db, sitting.id) if each.answered]
    if answered:
        finish(turn, sitting, answered)
    else:
        sittings.finish(turn.db, sitting.id, finished_at=turn.now)


def result(turn: Turn, sitting: Sitting) -> views.Result:
    """Return the result of a finished sitting."""
    asked = sittings.prompts(turn.db, sitting.id)
    days = practice.days_of_return(turn, asked)
    module = turn.catalogue.module(sitting.module_id) if sitting.module_id else None
    today = turn.learner.today(turn.now)
    active = active_days(turn)
    calendar = turn.calendar
    week = calendar.week_of(today)
    place = enrolments.find(turn.db, turn.learner.id, module.id) if module else None
    completed = place is not None and place.state == "completed"
    left = attempts_left(turn, module.id, module.quiz.attempts) if module else None
    return views.Result(
        sitting_id=sitting.id,
        kind=sitting.kind,
        module_id=module.id if module else None,
        module_title=module.title if module else asked[0].snapshot["module_title"],
        correct=sum(each.correct is True for each in asked),
        count=sum(each.correct is not None for each in asked),
        passed=bool(sitting.passed),
        completed=completed,
        pass_mark=module.quiz.pass_mark if module and sitting.kind == "quiz" else None,
        attempts_left=left,
        missed=tuple(views.Missed(practice.about(turn, each), day) for each, day in zip(asked, days, strict=True) if each.correct is False),
        others=tuple(sorted(day for each, day in zip(asked, days, strict=True) if day and each.correct)),
        today=today,
        minutes=sitting.minutes,
        active_days=sum(day in active for day in week),
        working_days=len(week),
        streak=streak.streak(active, today, calendar),
        next_module=_next_module(turn, module) if module is None or completed or left == 0 else None,
    )


def _next_module(turn: Turn, module: Module | None) -> views.ModuleLine | None:
    """Return what to study after a module: the one that follows it in its path, else any other that is not finished."""
    following = turn.catalogue.next_after(module.id) if module else None
    line = library.line(following, enrolments.find(turn.db, turn.learner.id, following.id)) if following else None
    offered = line if line and line.state != "completed" else library.suggestion(turn)
    return None if offered and module and offered.id == module.id else offered


def attempts_left(turn: Turn, module_id: str, allowed: int) -> int | None:
    """Return how often the closing quiz may still be begun; None means without limit."""
    if allowed == 0:
        return None
    return max(0, allowed - sittings.count_finished(turn.db, turn.learner.id, module_id))


def active_days(turn: Turn) -> set[date]:
    """Return the learner's local days with any study, reading or answering."""
    days = learners.study_days(turn.db, turn.learner.id, (turn.now - LOOK_BACK).date())
    return days | {turn.learner.last_studied_on} if turn.learner.last_studied_on else days


def _pass(turn: Turn, sitting: Sitting, score: float) -> bool | None:
    """Tell whether the sitting is passed; a passed closing quiz completes the enrolment, which no later one takes away.

    The module's pass mark decides, or the one at which the quiz began when the module is gone; None when neither is known.
    """
    if sitting.kind != "quiz" or sitting.module_id is None:
        return True
    pass_mark = _pass_mark(turn, sitting, sitting.module_id)
    if pass_mark is None:
        return None
    passed = rules.is_passed(score, pass_mark)
    place = enrolments.find(turn.db, turn.learner.id, sitting.module_id)
    if place is not None:
        best = max(score, place.best_score or 0.0)
        completed = {"state": "completed", "completed_at": place.completed_at or turn.now, "card_id": None} if passed else {}
        enrolments.change(turn.db, place.id, best_score=best, updated_at=turn.now, **completed)
    return passed


def _pass_mark(turn: Turn, sitting: Sitting, module_id: str) -> int | None:
    module = turn.catalogue.module(module_id)
    if module is not None:
        return module.quiz.pass_mark
    pinned: int | None = sittings.prompts(turn.db, sitting.id)[0].snapshot.get("pass_mark")
    return pinned


def _minutes(turn: Turn, sitting: Sitting, asked: int) -> int:
    """Return the study time to credit: the module's declared minutes at its first quiz, else the time that answering takes.

    A check between cards is a part of the module's minutes.
    """
    if sitting.kind == "check":
        return 0
    module = turn.catalogue.module(sitting.module_id) if sitting.module_id else None
    if sitting.kind == "quiz" and module and sittings.count_finished(turn.db, turn.learner.id, module.id) == 0:
        return module.minutes
    return pacing.minutes_for(asked)
