"""Queries about learners."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select, update

from bot.domain.learner import Learner
from bot.storage.ledger import insert_or_ignore
from bot.storage.prepared import Prepared, changing
from bot.storage.tables import learner, person, study_day

COLUMNS = [learner.c[name] for name in Learner.__dataclass_fields__]
_BY_TELEGRAM_ID = Prepared(select(*COLUMNS).where(learner.c.telegram_id == bindparam("telegram_id")))
_BY_ID = Prepared(select(*COLUMNS).where(learner.c.id == bindparam("learner_id")))
_STUDY_DAYS = Prepared(
    select(study_day.c.day).where(study_day.c.learner_id == bindparam("learner_id"), study_day.c.day >= bindparam("since"))
)
_DUE = (
    select(*COLUMNS)
    .where(learner.c.next_reminder_at <= bindparam("now"))
    .order_by(learner.c.next_reminder_at)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
)


_REMINDER_AT = learner.c.next_reminder_at
_PLANNED = (
    select(*COLUMNS)
    .where(bindparam("moment") <= _REMINDER_AT, or_(bindparam("moment") < _REMINDER_AT, learner.c.id > bindparam("after")))
    .order_by(_REMINDER_AT, learner.c.id)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
)


def find(connection: Connection, telegram_id: int) -> Learner | None:
    """Return the learner with this Telegram account."""
    row = _BY_TELEGRAM_ID.first(connection, {"telegram_id": telegram_id})
    return Learner(*row) if row else None


def get(connection: Connection, learner_id: int) -> Learner:
    """Return the learner of this id; raises LookupError when there is none."""
    row = _BY_ID.first(connection, {"learner_id": learner_id})
    if row is None:
        raise LookupError(f"no learner has the id {learner_id}")
    return Learner(*row)


def add(connection: Connection, values: dict[str, Any]) -> bool:
    """Add a learner; False when somebody with this Telegram account was there first."""
    return insert_or_ignore(connection, learner, values)


def change(connection: Connection, learner_id: int, **values: Any) -> None:
    """Change columns of a learner."""
    changing(learner, *values).run(connection, {"key": learner_id, **values})


def due(connection: Connection, now: datetime, at_most: int) -> list[Learner]:
    """Return learners whose reminder is due, longest due first, kept from other replicas until the transaction ends."""
    return [Learner(*row) for row in connection.execute(_DUE, {"now": now, "at_most": at_most})]


def planned(connection: Connection, moment: datetime, after: int, at_most: int) -> list[Learner]:
    """Return learners whose next reminder comes later than `moment`, or at it where their id is above `after`; soonest first."""
    return [Learner(*row) for row in connection.execute(_PLANNED, {"moment": moment, "after": after, "at_most": at_most})]


def reschedule(connection: Connection, moments: Sequence[tuple[int, datetime | None]]) -> None:
    """Write the next reminder of several learners, given as (learner id, moment)."""
    if not moments:
        return
    statement = update(learner).where(learner.c.id == bindparam("learner")).values(next_reminder_at=bindparam("moment"))
    connection.execute(statement, [{"learner": learner_id, "moment": moment} for learner_id, moment in moments])


def count_fallen_silent(connection: Connection, since: datetime, until: datetime, among: Collection[int] | None) -> int:
    """Return how many learners were reminded for the last time from one moment to before another, and have not studied since.

    Of all learners, or only among those who work in these units.
    """
    fell = learner.c.fell_silent_at
    counted = select(func.count()).select_from(learner).where(since <= fell, fell < until)
    if among is not None:
        counted = counted.join(person, person.c.learner_id == learner.c.id).where(person.c.unit_id.in_(among))
    return connection.execute(counted).scalar_one()


def mark_unreachable(connection: Connection, telegram_id: int) -> None:
    """Note that Telegram delivers nothing to this person; their reminders stop until they come back."""
    connection.execute(update(learner).where(learner.c.telegram_id == telegram_id).values(reachable=False, next_reminder_at=None))


def fell_silent(connection: Connection, reminded: Learner, now: datetime) -> None:
    """Note that somebody who has not studied for long was reminded for the last time: no more is planned.

    Whoever has studied, asked for reminders or put one off since they were read as `reminded` is not silent.
    """
    unchanged = (
        learner.c.last_studied_on.is_not_distinct_from(reminded.last_studied_on),
        learner.c.renewed_on.is_not_distinct_from(reminded.renewed_on),
        learner.c.next_reminder_at.is_not_distinct_from(reminded.next_reminder_at),
    )
    silent = {"fell_silent_at": now, "next_reminder_at": None}
    connection.execute(update(learner).where(learner.c.id == reminded.id, *unchanged).values(silent))


def wake_silent_after(connection: Connection, moment: datetime) -> list[Learner]:
    """Return the learners who fell silent later than a moment, which only a wrong clock can tell, as ones who did not."""
    later = learner.c.fell_silent_at > moment
    woken = update(learner).where(later).values(fell_silent_at=None).returning(*COLUMNS)
    return [Learner(*row) for row in connection.execute(woken)]


def studied(connection: Connection, learner_id: int, day: date, next_reminder_at: datetime | None) -> None:
    """Note a local day on which a learner studied, and when they are reminded next: silence is over."""
    change(connection, learner_id, last_studied_on=day, fell_silent_at=None, next_reminder_at=next_reminder_at)
    insert_or_ignore(connection, study_day, {"learner_id": learner_id, "day": day})


def study_days(connection: Connection, learner_id: int, since: date) -> set[date]:
    """Return the local days since `since` on which a learner studied."""
    return {row[0] for row in _STUDY_DAYS.all(connection, {"learner_id": learner_id, "since": since})}
