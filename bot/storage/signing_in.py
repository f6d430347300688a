"""Queries about who is let into the dashboard and who is signed in. Only hashes of tokens are kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from bot.storage.tables import sign_in_link, web_session


@dataclass(frozen=True, slots=True)
class Session:
    """Whose session it is, since when, and when it was last used."""

    learner_id: int
    begun_at: datetime
    seen_at: datetime


def add_link(connection: Connection, token_hash: str, learner_id: int, expires_at: datetime) -> None:
    """Write a link in the place of those that the learner had."""
    connection.execute(delete(sign_in_link).where(sign_in_link.c.learner_id == learner_id))
    connection.execute(insert(sign_in_link).values(token_hash=token_hash, learner_id=learner_id, expires_at=expires_at))


def find_link(connection: Connection, token_hash: str, now: datetime) -> int | None:
    """Return whom a link lets in; None when there is none, or it has expired."""
    valid = (sign_in_link.c.token_hash == token_hash, sign_in_link.c.expires_at > now)
    return connection.execute(select(sign_in_link.c.learner_id).where(*valid)).scalar_one_or_none()


def use_link(connection: Connection, token_hash: str, now: datetime) -> int | None:
    """Use a link up and return whom it lets in; None as for find_link. Of two at once only one finds it."""
    valid = (sign_in_link.c.token_hash == token_hash, sign_in_link.c.expires_at > now)
    return connection.execute(delete(sign_in_link).where(*valid).returning(sign_in_link.c.learner_id)).scalar_one_or_none()


def begin(connection: Connection, token_hash: str, learner_id: int, now: datetime) -> None:
    """Write a session."""
    connection.execute(insert(web_session).values(token_hash=token_hash, learner_id=learner_id, begun_at=now, seen_at=now))


def find(connection: Connection, token_hash: str) -> Session | None:
    """Return a session, in force or not."""
    columns = (web_session.c.learner_id, web_session.c.begun_at, web_session.c.seen_at)
    row = connection.execute(select(*columns).where(web_session.c.token_hash == token_hash)).one_or_none()
    return Session(*row) if row else None


def see(connection: Connection, token_hash: str, now: datetime) -> None:
    """Note that a session is used."""
    connection.execute(update(web_session).where(web_session.c.token_hash == token_hash).values(seen_at=now))


def end(connection: Connection, token_hash: str) -> None:
    """Remove a session."""
    connection.execute(delete(web_session).where(web_session.c.token_hash == token_hash))


def end_all(connection: Connection, learner_id: int) -> None:
    """Remove every session and link of a learner."""
    for table in (web_session, sign_in_link):
        connection.execute(delete(table).where(table.c.learner_id == learner_id))
