"""Queries about announcements."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import Connection, bindparam, exists, insert, or_, select, update

from bot.storage.prepared import Prepared
from bot.storage.tables import announcement, delivery, learner

State = Literal["draft", "scheduled", "sending", "paused", "cancelled", "done"]
UNENDED: Final[tuple[State, ...]] = ("scheduled", "sending", "paused")  # confirmed, and with somebody left to send it to


@dataclass(frozen=True, slots=True)
class Announcement:
    """A coordinator's message to an audience: a message to copy, or a plain text from the command line."""

    id: int
    author_id: int | None
    from_chat_id: int | None
    message_id: int | None
    body: str | None
    module_id: str | None
    state: State
    due_at: datetime | None
    progress_message_id: int | None
    progress_shown: str | None


_COLUMNS = [announcement.c[name] for name in Announcement.__dataclass_fields__]
_BY_ID = Prepared(select(*_COLUMNS).where(announcement.c.id == bindparam("announcement")))
_DUE = Prepared(
    select(*_COLUMNS)
    .where(announcement.c.state == "scheduled", announcement.c.due_at <= bindparam("now"))
    .order_by(announcement.c.due_at)
)  # fmt: skip
_WAITS = or_(*(delivery.c.state == state for state in ("due", "claimed", "held")))
_DELIVERED = Prepared(
    select(announcement.c.id).where(
        announcement.c.state == "sending", ~exists().where(delivery.c.announcement_id == announcement.c.id, _WAITS)
    )
)


def add(connection: Connection, values: dict[str, Any]) -> int:
    """Write an announcement; return its id."""
    new_id: int = connection.execute(insert(announcement).values(**values).returning(announcement.c.id)).scalar_one()
    return new_id


def find(connection: Connection, announcement_id: int) -> Announcement | None:
    """Return an announcement."""
    row = _BY_ID.first(connection, {"announcement": announcement_id})
    return Announcement(*row) if row else None


def find_unsent(connection: Connection, author_id: int, chat_id: int, message_id: int) -> Announcement | None:
    """Return the newest announcement of an author that copies this message and still has somebody to send it to."""
    condition = (
        announcement.c.author_id == author_id,
        announcement.c.from_chat_id == chat_id,
        announcement.c.message_id == message_id,
        announcement.c.state.in_(("draft", "scheduled", "sending", "paused")),
    )
    row = connection.execute(select(*_COLUMNS).where(*condition).order_by(announcement.c.id.desc()).limit(1)).one_or_none()
    return Announcement(*row) if row else None


def unended(connection: Connection) -> list[Announcement]:
    """Return the announcements that were confirmed and have not ended, oldest first."""
    statement = select(*_COLUMNS).where(announcement.c.state.in_(UNENDED)).order_by(announcement.c.id)
    return [Announcement(*row) for row in connection.execute(statement)]


def change(connection: Connection, announcement_id: int, **values: Any) -> None:
    """Change columns of an announcement."""
    connection.execute(update(announcement).where(announcement.c.id == announcement_id).values(**values))


def move(connection: Connection, announcement_id: int, old: tuple[State, ...], new: State, **values: Any) -> bool:
    """Change an announcement's state if it is one of `old`; tell whether it was."""
    condition = (announcement.c.id == announcement_id, announcement.c.state.in_(old))
    return connection.execute(update(announcement).where(*condition).values(state=new, **values)).rowcount == 1


def due(connection: Connection, now: datetime) -> list[Announcement]:
    """Return the scheduled announcements whose time has come."""
    return [Announcement(*row) for row in _DUE.all(connection, {"now": now})]


def delivered(connection: Connection) -> list[int]:
    """Return the announcements that are going out but have nothing left to send."""
    return [row[0] for row in _DELIVERED.all(connection, {})]


def live(connection: Connection) -> list[tuple[Announcement, int, str, str]]:
    """Return announcements with a progress message that may need an edit, with their author's chat, language and zone."""
    statement = (
        select(*_COLUMNS, learner.c.telegram_id, learner.c.language, learner.c.zone)
        .join(learner, learner.c.id == announcement.c.author_id)
        .where(announcement.c.progress_message_id.is_not(None))
    )
    rows = connection.execute(statement)
    return [(Announcement(*row[: len(_COLUMNS)]), row.telegram_id, row.language, row.zone) for row in rows]
