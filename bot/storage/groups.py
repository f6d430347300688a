"""Queries about groups: where questions go, what was asked there, and what learners answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, cast, delete, func, insert, or_, select, update

from bot.storage.ledger import insert_or_ignore
from bot.storage.tables import group_answer, group_question, study_group


@dataclass(frozen=True, slots=True)
class Group:
    """A group's settings. `quiz_minute` is the local time of day in minutes since midnight, None when nothing is asked."""

    chat_id: int
    title: str
    thread_id: int | None
    language: str
    zone: str
    quiz_minute: int | None
    next_quiz_at: datetime | None
    recap: bool
    compared: bool
    author_id: int | None


@dataclass(frozen=True, slots=True)
class GroupQuestion:
    """What was, or is about to be, asked in a group."""

    id: int
    chat_id: int
    module_id: str
    item_id: str
    snapshot: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a group answered within a time: `right` of `answers`, by so many people, to so many questions."""

    questions: int
    people: int
    answers: int
    right: int


_GROUP = [study_group.c[name] for name in Group.__dataclass_fields__]
_BY_CHAT = select(*_GROUP).where(study_group.c.chat_id == bindparam("chat_id"))
_QUESTION = [group_question.c[name] for name in GroupQuestion.__dataclass_fields__]
_RIGHT = func.coalesce(func.sum(cast(group_answer.c.correct, Integer)), 0)


def find(connection: Connection, chat_id: int) -> Group | None:
    """Return a group in which somebody has set something."""
    row = connection.execute(_BY_CHAT, {"chat_id": chat_id}).one_or_none()
    return Group(*row) if row else None


def hold(connection: Connection, chat_id: int) -> Group | None:
    """Return a group, kept from other replicas until the transaction ends, so that none changes it meanwhile."""
    row = connection.execute(_BY_CHAT.with_for_update(), {"chat_id": chat_id}).one_or_none()
    return Group(*row) if row else None


def add(connection: Connection, chat_id: int, title: str, language: str, zone: str) -> None:
    """Add a group, unless it is there."""
    insert_or_ignore(connection, study_group, {"chat_id": chat_id, "title": title, "language": language, "zone": zone})


def change(connection: Connection, chat_id: int, **values: Any) -> None:
    """Change columns of a group."""
    connection.execute(update(study_group).where(study_group.c.chat_id == chat_id).values(values))


def due(connection: Connection, now: datetime, far: datetime, at_most: int) -> list[Group]:
    """Return groups whose question is due or planned for later than `far`, kept from other replicas until the transaction ends."""
    planned = or_(study_group.c.next_quiz_at <= now, study_group.c.next_quiz_at > far)
    statement = select(*_GROUP).where(planned).order_by(study_group.c.next_quiz_at).limit(at_most)
    return [Group(*row) for row in connection.execute(statement.with_for_update(skip_locked=True))]


def planned(connection: Connection, moment: datetime, after: int, at_most: int) -> list[Group]:
    """Return groups whose question comes later than `moment`, or at it where their chat is above `after`; soonest first."""
    at = study_group.c.next_quiz_at
    statement = select(*_GROUP).where(at >= moment, or_(at > moment, study_group.c.chat_id > after))
    statement = statement.order_by(at, study_group.c.chat_id).limit(at_most).with_for_update(skip_locked=True)
    return [Group(*row) for row in connection.execute(statement)]


def compared(connection: Connection, since: datetime, until: datetime) -> list[tuple[str, int, int]]:
    """Return the title, the right answers and all answers of each group that takes part in the table of teams and was asked in a time."""
    joined = study_group.join(group_question, group_question.c.chat_id == study_group.c.chat_id).join(
        group_answer, group_answer.c.question_id == group_question.c.id
    )
    statement = select(study_group.c.title, _RIGHT, func.count()).select_from(joined)
    statement = statement.where(study_group.c.compared, *_asked_within(since, until)).group_by(study_group.c.chat_id, study_group.c.title)
    return [tuple(row) for row in connection.execute(statement)]


def question_for(connection: Connection, chat_id: int, occasion: str) -> GroupQuestion | None:
    """Return what was chosen for an occasion: a second attempt to send it asks the same."""
    statement = select(*_QUESTION).where(group_question.c.chat_id == chat_id, group_question.c.occasion == occasion)
    row = connection.execute(statement).one_or_none()
    return GroupQuestion(*row) if row else None


def add_question(connection: Connection, values: dict[str, Any]) -> None:
    """Note what is about to be asked."""
    connection.execute(insert(group_question).values(values))


def note_poll(connection: Connection, chat_id: int, occasion: str, poll_id: str | None) -> None:
    """Note under which name Telegram knows the poll that was sent."""
    condition = (group_question.c.chat_id == chat_id, group_question.c.occasion == occasion)
    connection.execute(update(group_question).where(*condition).values(poll_id=poll_id))


def question_of_poll(connection: Connection, poll_id: str) -> GroupQuestion | None:
    """Return the question that a poll asks."""
    row = connection.execute(select(*_QUESTION).where(group_question.c.poll_id == poll_id)).one_or_none()
    return GroupQuestion(*row) if row else None


def add_answer(connection: Connection, values: dict[str, Any]) -> bool:
    """Record a learner's answer; False when they have answered this question."""
    return insert_or_ignore(connection, group_answer, values)


def last_asked(connection: Connection, chat_id: int) -> dict[tuple[str, str], datetime]:
    """Return when each item was last asked in a group, by module and item."""
    item = (group_question.c.module_id, group_question.c.item_id)
    statement = select(*item, func.max(group_question.c.asked_at)).where(group_question.c.chat_id == chat_id).group_by(*item)
    return {(module_id, item_id): at for module_id, item_id, at in connection.execute(statement)}


def tally(connection: Connection, chat_id: int, since: datetime, until: datetime) -> Tally:
    """Return what a group answered to the questions of a time."""
    joined = group_question.outerjoin(group_answer, group_answer.c.question_id == group_question.c.id)
    counted = (
        func.count(group_question.c.id.distinct()),
        func.count(group_answer.c.learner_id.distinct()),
        func.count(group_answer.c.learner_id),
        _RIGHT,
    )
    return Tally(
        *connection.execute(
            select(*counted).select_from(joined).where(group_question.c.chat_id == chat_id, *_asked_within(since, until))
        ).one()
    )


def outcomes(connection: Connection, chat_id: int, since: datetime, until: datetime) -> list[tuple[str, str, int, int]]:
    """Return, for each item asked in a time, its module, its id, how many answered, and how many of them right."""
    item = (group_question.c.module_id, group_question.c.item_id)
    joined = group_question.join(group_answer, group_answer.c.question_id == group_question.c.id)
    statement = (
        select(*item, func.count(), _RIGHT)
        .select_from(joined)
        .where(group_question.c.chat_id == chat_id, *_asked_within(since, until))
        .group_by(*item)
    )
    return [tuple(row) for row in connection.execute(statement.order_by(*item))]


def _asked_within(since: datetime, until: datetime) -> tuple[Any, ...]:
    return (group_question.c.poll_id.is_not(None), group_question.c.asked_at >= since, group_question.c.asked_at < until)


def forget(connection: Connection, chat_id: int) -> None:
    """Ask nothing more in a group: the bot was put out of it. What was answered stays."""
    change(connection, chat_id, quiz_minute=None, next_quiz_at=None, compared=False)


def move(connection: Connection, old: int, new: int) -> None:
    """Write a migrated group's new id in the place of the old one; where somebody was quicker to set something under it, that is kept."""
    if find(connection, new) is None:
        connection.execute(update(study_group).where(study_group.c.chat_id == old).values(chat_id=new))
        return
    there = select(group_question.c.occasion).where(group_question.c.chat_id == new)
    own = (group_question.c.chat_id == old, group_question.c.occasion.not_in(there))
    connection.execute(update(group_question).where(*own).values(chat_id=new))
    before, after = find(connection, old), find(connection, new)
    if before and after and after.quiz_minute is None:
        change(connection, new, quiz_minute=before.quiz_minute, next_quiz_at=before.next_quiz_at, zone=before.zone)
    connection.execute(delete(study_group).where(study_group.c.chat_id == old))
