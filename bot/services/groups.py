"""What is set in a group: by a coordinator who is an administrator there, and by nobody else."""

from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import Final

from sqlalchemy import Connection

from bot import views
from bot.domain.groups import next_quiz
from bot.services import group_quiz
from bot.services.turn import Turn
from bot.storage import groups, learners
from bot.storage.groups import Group

# The times of day that are offered, as far as they are not quiet ones.
HOURS: Final = (time(8), time(9), time(10), time(11), time(13), time(14), time(15), time(16))
BETWEEN_QUESTIONS: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is set: the group, its title, and its topic, if it has topics."""

    chat_id: int
    title: str
    thread_id: int | None


def show(turn: Turn, place: Place) -> views.GroupSettings:
    """Return what is set in a group; one that is new gets the language and the zone of who asks."""
    return _settings(turn, _known(turn, place))


def set_hour(turn: Turn, place: Place, at: time | None) -> views.GroupSettings:
    """Ask at another local time of day, in the zone of who sets it and in this topic; None asks nothing more."""
    if at is not None and at not in _offered(turn):
        return show(turn, place)
    minute = None if at is None else at.hour * 60 + at.minute
    following = next_quiz(minute, turn.learner.zone, turn.now, turn.rules.calendar, turn.rules.quiet)
    return _changed(turn, place, zone=turn.learner.zone, thread_id=place.thread_id, quiz_minute=minute, next_quiz_at=following)


def set_recap(turn: Turn, place: Place, *, on: bool) -> views.GroupSettings:
    """Send a recap of the week, or none."""
    return _changed(turn, place, recap=on)


def set_compared(turn: Turn, place: Place, *, on: bool) -> views.GroupSettings:
    """Take part in the table of teams, or not any more."""
    return _changed(turn, place, compared=on)


def ask_now(turn: Turn, place: Place) -> views.GroupSettings:
    """Ask a question at once; one every ten minutes at most, whoever presses how often."""
    group = _known(turn, place)
    last = max(groups.last_asked(turn.db, group.chat_id).values(), default=None)
    if last is not None and turn.now - last < BETWEEN_QUESTIONS:
        return replace(_settings(turn, group), asked=False)
    here = replace(group, thread_id=place.thread_id)
    asked = group_quiz.ask(turn.db, turn.catalogue, here, f"extra {turn.now.isoformat()}", turn.now)
    return replace(_settings(turn, group), asked=asked)


def note_membership(db: Connection, chat_id: int, *, member: bool) -> None:
    """Ask nothing more in a group that the bot was put out of."""
    if not member:
        groups.forget(db, chat_id)


def note_unreachable(db: Connection, chat_id: int) -> None:
    """Note that nothing can be sent to a chat any more: a learner's, or a group's."""
    learners.mark_unreachable(db, chat_id)
    groups.forget(db, chat_id)


def _known(turn: Turn, place: Place) -> Group:
    groups.add(turn.db, place.chat_id, place.title, turn.learner.language, turn.learner.zone)
    found = groups.find(turn.db, place.chat_id)
    if found is None:
        raise RuntimeError("a group that was just added is not there")
    return found


def _changed(turn: Turn, place: Place, **values: object) -> views.GroupSettings:
    _known(turn, place)
    groups.change(turn.db, place.chat_id, title=place.title, language=turn.learner.language, **values)
    return show(turn, place)


def _settings(turn: Turn, group: Group) -> views.GroupSettings:
    minute = group.quiz_minute
    return views.GroupSettings(
        at=None if minute is None else time(minute // 60, minute % 60),
        zone=group.zone,
        hours=_offered(turn),
        next_quiz=group.next_quiz_at,
        now=turn.now,
        in_topic=group.thread_id is not None,
        recap=group.recap,
        compared=group.compared,
    )


def _offered(turn: Turn) -> tuple[time, ...]:
    return tuple(hour for hour in HOURS if not turn.rules.quiet.cover(hour))
