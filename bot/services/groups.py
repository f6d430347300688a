"""What is set in a group: by a coordinator who is an administrator there, and by nobody else."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot import views
from bot.domain.groups import LIFE, next_quiz
from bot.domain.learner import Learner
from bot.services import auditing, group_quiz
from bot.services.auditing import Act
from bot.services.turn import Turn
from bot.storage import groups, learners, outbox
from bot.storage.deliveries import Delivery
from bot.storage.groups import Group

# The times of day that are offered, as far as they are not quiet ones.
HOURS: Final = (time(8), time(9), time(10), time(11), time(13), time(14), time(15), time(16))
BETWEEN_QUESTIONS: Final = timedelta(minutes=10)
STOPPED: Final = "group_stopped"
TOPIC_GONE: Final = "topic_gone"
LASTING: Final = frozenset({TOPIC_GONE, "no_rights"})  # reasons that stay until somebody does something about them


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
    moment = _next_quiz(turn, _known(turn, place), minute)
    return _changed(turn, place, zone=turn.learner.zone, thread_id=place.thread_id, quiz_minute=minute, next_quiz_at=moment)


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
    asked = group_quiz.ask(turn.db, turn.catalogue, here, f"extra {turn.now.isoformat()}", turn.now, turn.now + LIFE)
    if asked:
        groups.change(turn.db, group.chat_id, author_id=turn.learner.id)
        auditing.note(turn.db, Act("group.ask", details={"chat": group.chat_id}), turn.learner.id, turn.now)
    return replace(_settings(turn, group), asked=asked)


def note_unreachable(db: Connection, chat_id: int) -> None:
    """Note that nothing can be sent to a chat any more: a learner's, or a group's."""
    learners.mark_unreachable(db, chat_id)
    groups.forget(db, chat_id)


def note_refused(db: Connection, refused: Delivery, reason: str, now: datetime) -> None:
    """Ask nothing more in a group whose questions Telegram refuses until somebody mends it, and tell who set something there last.

    That a topic is gone says nothing of another one, to which the daily questions go.
    """
    group = groups.find(db, refused.chat_id) if refused.learner_id is None and reason in LASTING else None
    if group is None or (reason == TOPIC_GONE and refused.thread_id != group.thread_id):
        return
    groups.change(db, group.chat_id, quiz_minute=None, next_quiz_at=None)
    learner = learners.get(db, group.author_id) if group.author_id else None
    if learner and learner.reachable and not learner.stopped:
        occasion = f"{group.chat_id} {reason} {learner.today(now).isoformat()}"
        place = {"learner_id": learner.id, "chat_id": learner.telegram_id}
        outbox.queue(db, [{"kind": STOPPED, **place, "occasion": occasion, "due_at": now, "state": "due"}])


def compose_stopped(db: Connection, learner_id: int, occasion: str) -> tuple[Learner, views.GroupStopped] | None:
    """Return what somebody is told of a group whose questions ended, None when they have begun again or the group is gone."""
    chat_id, reason, _ = occasion.split()
    group = groups.find(db, int(chat_id))
    if group is None or group.quiz_minute is not None:
        return None
    return learners.get(db, learner_id), views.GroupStopped(group.title, topic_gone=reason == TOPIC_GONE)


def _next_quiz(turn: Turn, group: Group, minute: int | None) -> datetime | None:
    """Return when a group is asked next: an hour that stays keeps its plan, and a day that has its question gets no second one."""
    if minute == group.quiz_minute and turn.learner.zone == group.zone:
        return group.next_quiz_at
    today = turn.now.astimezone(ZoneInfo(turn.learner.zone))
    has_one = groups.question_for(turn.db, group.chat_id, today.date().isoformat()) is not None
    after = datetime.combine(today.date(), time.max, tzinfo=today.tzinfo) if has_one else turn.now
    return next_quiz(minute, turn.learner.zone, after, turn.rules.calendar)


def _known(turn: Turn, place: Place) -> Group:
    groups.add(turn.db, place.chat_id, place.title, turn.learner.language, turn.learner.zone)
    found = groups.hold(turn.db, place.chat_id)
    if found is None:
        raise RuntimeError("a group that was just added is not there")
    return found


def _changed(turn: Turn, place: Place, **values: object) -> views.GroupSettings:
    _known(turn, place)
    groups.change(turn.db, place.chat_id, title=place.title, language=turn.learner.language, author_id=turn.learner.id, **values)
    auditing.note(turn.db, Act("group.set", details={"chat": place.chat_id}), turn.learner.id, turn.now)
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
