"""Queries about invitations. Only a token's hash is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, update

from bot.storage.tables import invitation


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a link gives to the one who opens it."""

    coordinator: bool
    module_id: str | None


def add(connection: Connection, values: dict[str, Any]) -> None:
    """Write an invitation."""
    connection.execute(insert(invitation).values(**values))


def use(connection: Connection, token_hash: str, now: datetime) -> Invitation | None:
    """Use an invitation once; None when there is none, it has expired, or it is used up."""
    statement = (
        update(invitation)
        .where(invitation.c.token_hash == token_hash, invitation.c.uses_left > 0, invitation.c.expires_at > now)
        .values(uses_left=invitation.c.uses_left - 1)
        .returning(invitation.c.coordinator, invitation.c.module_id)
    )
    row = connection.execute(statement).one_or_none()
    return Invitation(*row) if row else None


def revoke(connection: Connection, token_hash: str) -> bool:
    """Remove an invitation; False when there is none."""
    return connection.execute(delete(invitation).where(invitation.c.token_hash == token_hash)).rowcount == 1
