"""Queries about invitations, who used them, and who opens links that are none. Only a token's hash is kept."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from bot.storage.ledger import insert_or_ignore
from bot.storage.tables import invitation, invitation_use, wrong_link


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a link gives to the one who opens it."""

    coordinator: bool
    module_id: str | None
    unit_id: int | None
    author_id: int | None


def add(connection: Connection, values: dict[str, Any]) -> None:
    """Write an invitation."""
    connection.execute(insert(invitation).values(**values))


def use(connection: Connection, token_hash: str, learner_id: int, now: datetime) -> Invitation | None:
    """Let a learner use an invitation; None when there is none, it has expired, or it is used up.

    A person uses it once. Opened again it is still theirs, but uses nothing up and makes nobody a coordinator.
    """
    valid = (invitation.c.token_hash == token_hash, invitation.c.expires_at > now)
    given = [invitation.c[name] for name in Invitation.__dataclass_fields__]
    if _has_used(connection, token_hash, learner_id):
        row = connection.execute(select(*given).where(*valid)).one_or_none()
        return replace(Invitation(*row), coordinator=False) if row else None
    taken = update(invitation).where(*valid, invitation.c.uses_left > 0).values(uses_left=invitation.c.uses_left - 1)
    row = connection.execute(taken.returning(*given)).one_or_none()
    if row is None:
        return None
    connection.execute(insert(invitation_use).values(token_hash=token_hash, learner_id=learner_id))
    return Invitation(*row)


def revoke(connection: Connection, token_hash: str) -> bool:
    """Remove an invitation; False when there is none."""
    return connection.execute(delete(invitation).where(invitation.c.token_hash == token_hash)).rowcount == 1


def count_wrong(connection: Connection, learner_id: int, since: datetime) -> int:
    """Return how many links a learner opened that were no invitation, if the first of them was opened after `since`."""
    statement = select(wrong_link.c.count).where(wrong_link.c.learner_id == learner_id, wrong_link.c.since > since)
    return connection.execute(statement).scalar_one_or_none() or 0


def note_wrong(connection: Connection, learner_id: int, since: datetime, now: datetime) -> None:
    """Count a link that is no invitation; what was counted before `since` no longer matters."""
    connection.execute(delete(wrong_link).where(wrong_link.c.learner_id == learner_id, wrong_link.c.since <= since))
    if not insert_or_ignore(connection, wrong_link, {"learner_id": learner_id, "count": 1, "since": now}):
        connection.execute(update(wrong_link).where(wrong_link.c.learner_id == learner_id).values(count=wrong_link.c.count + 1))


def _has_used(connection: Connection, token_hash: str, learner_id: int) -> bool:
    mine = (invitation_use.c.token_hash == token_hash, invitation_use.c.learner_id == learner_id)
    return connection.execute(select(invitation_use.c.learner_id).where(*mine)).first() is not None
