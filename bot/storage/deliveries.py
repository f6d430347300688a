"""The way of a delivery: claimed by one sender, and settled with a fate. Each change looks at the state that it changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from bot.storage import hold
from bot.storage.tables import WAITING, announcement, delivery

# What becomes of a delivery that would be due again, but whose announcement was stopped meanwhile.
_STOPPED: Final = {"paused": "held", "cancelled": "cancelled"}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one chat, claimed by a sender. `attempts` counts this one; `doubtful`: an earlier one may have arrived."""

    id: int
    kind: str
    learner_id: int | None
    chat_id: int
    announcement_id: int | None
    expires_at: datetime | None
    doubtful: bool
    attempts: int
    claimed_by: str


_FIELDS: Final = tuple(delivery.c[name] for name in Delivery.__dataclass_fields__)


def claim(connection: Connection, holder: str, now: datetime) -> Delivery | None:
    """Claim the delivery that has been due for longest, so that no other sender takes it; None when nothing is due, or sending is held."""
    oldest = (
        select(delivery.c.id)
        .where(delivery.c.state == "due", delivery.c.due_at <= now, ~hold.STANDS)
        .order_by(delivery.c.due_at, delivery.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    values = {"state": "claimed", "claimed_by": holder, "attempts": delivery.c.attempts + 1}
    statement = update(delivery).where(delivery.c.id == oldest.scalar_subquery(), delivery.c.state == "due").values(values)
    row = connection.execute(statement.returning(*_FIELDS)).one_or_none()
    return None if row is None else Delivery(*row)


def finish(connection: Connection, claimed: Delivery, state: str, now: datetime, /, **details: Any) -> None:
    """End a claimed delivery in `state`, with `message_id` or `error` as details.

    When it was thought lost meanwhile and is due again, it ends too: it must not be sent a second time.
    """
    given_up = and_(delivery.c.state == "due", delivery.c.doubtful)
    values = {"state": state, "claimed_by": None, "finished_at": now, **details}
    connection.execute(update(delivery).where(delivery.c.id == claimed.id, or_(_held_by(claimed), given_up)).values(values))


def put_back(connection: Connection, claimed: Delivery, due_at: datetime, *, attempts: int, doubtful: bool) -> None:
    """Let a claimed delivery be due again at a moment; held or cancelled when its announcement was stopped meanwhile."""
    state = _stopped_state(connection, claimed.announcement_id) or "due"
    values = {"state": state, "claimed_by": None, "due_at": due_at, "attempts": attempts, "doubtful": doubtful}
    connection.execute(update(delivery).where(delivery.c.id == claimed.id, _held_by(claimed)).values(values))


def recover(connection: Connection, holder: str) -> int:
    """Let what `holder` had claimed when it died be due again, marked doubtful: it may have arrived. Return how many."""
    return _recover(connection, delivery.c.claimed_by == holder)


def recover_from_dead(connection: Connection, alive: frozenset[str]) -> int:
    """Let what was claimed by senders that are no longer alive be due again, marked doubtful. Return how many."""
    return _recover(connection, delivery.c.claimed_by.not_in(alive))


def move_chat(connection: Connection, old: int, new: int) -> None:
    """Write a migrated group's new id everywhere the old one stands."""
    connection.execute(update(delivery).where(delivery.c.chat_id == old).values(chat_id=new))
    connection.execute(update(announcement).where(announcement.c.from_chat_id == old).values(from_chat_id=new))


def count_waiting(connection: Connection) -> dict[str, int]:
    """Return how many deliveries are due (or will be), held and claimed."""
    waiting = select(delivery.c.state, func.count()).where(WAITING).group_by(delivery.c.state)
    return dict(iter(connection.execute(waiting)))


def oldest_due(connection: Connection) -> datetime | None:
    """Return since when the delivery that has been due for longest is due, or when the next one will be; None when none waits."""
    oldest = select(delivery.c.due_at).where(delivery.c.state == "due").order_by(delivery.c.due_at).limit(1)
    return connection.execute(oldest).scalar_one_or_none()


def _held_by(claimed: Delivery) -> ColumnElement[bool]:
    return and_(delivery.c.state == "claimed", delivery.c.claimed_by == claimed.claimed_by)


def _recover(connection: Connection, whose: ColumnElement[bool]) -> int:
    statement = update(delivery).where(delivery.c.state == "claimed", whose)
    announcements = connection.execute(
        statement.values(state="due", claimed_by=None, doubtful=True).returning(delivery.c.announcement_id)
    ).scalars().all()  # fmt: skip
    for stopped in {one for one in announcements if one is not None}:
        if state := _stopped_state(connection, stopped):
            again = (delivery.c.announcement_id == stopped, delivery.c.state == "due")
            connection.execute(update(delivery).where(*again).values(state=state))
    return len(announcements)


def _stopped_state(connection: Connection, announcement_id: int | None) -> str | None:
    if announcement_id is None:
        return None
    state = connection.execute(select(announcement.c.state).where(announcement.c.id == announcement_id)).scalar_one_or_none()
    return _STOPPED.get(state or "")
