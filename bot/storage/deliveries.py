"""The way of a delivery: claimed by one sender, and settled with a fate. Each change looks at the state that it changes."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, bindparam, exists, func, or_, select, update

from bot.storage import groups, hold
from bot.storage.prepared import Prepared
from bot.storage.tables import CLAIMED, DUE, WAITING, announcement, delivery


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one chat, claimed by a sender. `attempts` counts this one; `doubtful`: an earlier one may have arrived."""

    id: int
    kind: str
    learner_id: int | None
    chat_id: int
    thread_id: int | None
    announcement_id: int | None
    occasion: str
    expires_at: datetime | None
    doubtful: bool
    attempts: int
    claimed_by: str


_FIELDS: Final = tuple(delivery.c[name] for name in Delivery.__dataclass_fields__)
_OLDEST_DUE: Final = (
    select(delivery.c.id)
    .where(delivery.c.state == "due", delivery.c.due_at <= bindparam("now"), ~hold.STANDS)
    .order_by(delivery.c.due_at, delivery.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_CLAIM: Final = Prepared(
    update(delivery)
    .where(delivery.c.id == _OLDEST_DUE.scalar_subquery(), delivery.c.state == "due")
    .values({"state": "claimed", "claimed_by": bindparam("holder"), "attempts": delivery.c.attempts + 1})
    .returning(*_FIELDS)
)
_HELD: Final = and_(delivery.c.state == "claimed", delivery.c.claimed_by == bindparam("holder"))
_GIVEN_UP: Final = and_(delivery.c.state == "due", delivery.c.doubtful)


def claim(connection: Connection, holder: str, now: datetime) -> Delivery | None:
    """Claim the delivery that has been due for longest, so that no other sender takes it; None when nothing is due, or sending is held."""
    row = _CLAIM.first(connection, {"holder": holder, "now": now})
    return None if row is None else Delivery(*row)


def finish(connection: Connection, claimed: Delivery, state: str, now: datetime, /, **details: Any) -> None:
    """End a claimed delivery in `state`, with `message_id` or `error` as details.

    When it was thought lost meanwhile and is due again, it ends too: it must not be sent a second time.
    """
    values = {"state": state, "claimed_by": None, "finished_at": now, **details}
    _finishing(*values).run(connection, {"key": claimed.id, "holder": claimed.claimed_by, **values})


def put_back(connection: Connection, claimed: Delivery, due_at: datetime, *, attempts: int, doubtful: bool) -> None:
    """Let a claimed delivery be due again at a moment; where its announcement was stopped meanwhile, it is held or ends."""
    state = _waiting_state(connection, claimed.announcement_id, doubtful=doubtful)
    values = {"state": state, "claimed_by": None, "due_at": due_at, "attempts": attempts, "doubtful": doubtful}
    connection.execute(update(delivery).where(delivery.c.id == claimed.id, _held_by(claimed)).values(values))


def recover(connection: Connection, holder: str) -> int:
    """Let what `holder` had claimed when it died be due again, marked doubtful: it may have arrived. Return how many."""
    return _recover(connection, delivery.c.claimed_by == holder)


def claimed_by(connection: Connection, holder: str) -> frozenset[int]:
    """Return the ids of what `holder` has claimed."""
    condition = (CLAIMED, delivery.c.claimed_by == holder)
    return frozenset(connection.execute(select(delivery.c.id).where(*condition)).scalars())


def recover_orphans(connection: Connection, holder: str, orphans: frozenset[int]) -> int:
    """Let what `holder` claimed without learning of it be due again, marked doubtful. Return how many."""
    return _recover(connection, and_(delivery.c.claimed_by == holder, delivery.c.id.in_(orphans))) if orphans else 0


def recover_from_dead(connection: Connection, alive: frozenset[str]) -> int:
    """Let what was claimed by senders that are no longer alive be due again, marked doubtful. Return how many."""
    return _recover(connection, delivery.c.claimed_by.not_in(alive))


def move_chat(connection: Connection, old: int, new: int) -> None:
    """Write a migrated group's new id everywhere the old one stands."""
    connection.execute(update(delivery).where(delivery.c.chat_id == old).values(chat_id=new))
    connection.execute(update(announcement).where(announcement.c.from_chat_id == old).values(from_chat_id=new))
    groups.move(connection, old, new)


def bring_forward(connection: Connection, after: datetime, now: datetime) -> None:
    """Let what is due later than `after` be due now: nothing waits for so long, but a clock that was ahead wrote it so."""
    connection.execute(update(delivery).where(DUE, delivery.c.due_at > after).values(due_at=now))


def is_being_sent(connection: Connection, kind: str) -> bool:
    """Tell whether some delivery of a kind is on its way: claimed by a sender, and its fate not known yet."""
    return bool(connection.execute(select(exists().where(CLAIMED, delivery.c.kind == kind))).scalar())


def count_waiting(connection: Connection) -> dict[str, int]:
    """Return how many deliveries are due (or will be), held and claimed."""
    waiting = select(delivery.c.state, func.count()).where(WAITING).group_by(delivery.c.state)
    return dict(iter(connection.execute(waiting)))


def oldest_due(connection: Connection) -> datetime | None:
    """Return since when the delivery that has been due for longest is due, or when the next one will be; None when none waits."""
    oldest = select(delivery.c.due_at).where(delivery.c.state == "due").order_by(delivery.c.due_at).limit(1)
    return connection.execute(oldest).scalar_one_or_none()


@cache
def _finishing(*columns: str) -> Prepared:
    """Return the change of these columns in a delivery that its sender still has to settle."""
    return Prepared(update(delivery).where(delivery.c.id == bindparam("key"), or_(_HELD, _GIVEN_UP)), columns)


def _held_by(claimed: Delivery) -> ColumnElement[bool]:
    return and_(delivery.c.state == "claimed", delivery.c.claimed_by == claimed.claimed_by)


def _recover(connection: Connection, whose: ColumnElement[bool]) -> int:
    left = (CLAIMED, whose)
    # Made distinct here: asked for it, SQLite reads the index of all deliveries there ever were instead of that of the few claimed ones.
    announcements = set(connection.execute(select(delivery.c.announcement_id).where(*left)).scalars())
    recovered = 0
    for each in announcements:
        state = _waiting_state(connection, each, doubtful=True)
        of_each = delivery.c.announcement_id.is_not_distinct_from(each)
        values = {"state": state, "claimed_by": None, "doubtful": True}
        recovered += connection.execute(update(delivery).where(*left, of_each).values(values)).rowcount
    return recovered


def _waiting_state(connection: Connection, announcement_id: int | None, *, doubtful: bool) -> str:
    """Return what a delivery that goes back becomes: due, unless its announcement is stopped, which nobody can do meanwhile."""
    stands = select(announcement.c.state).where(announcement.c.id == announcement_id).with_for_update(read=True)
    match connection.execute(stands).scalar_one_or_none():
        case "paused":
            return "held"
        case "cancelled":
            return "uncertain" if doubtful else "cancelled"
    return "due"
