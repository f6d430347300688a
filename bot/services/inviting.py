"""Invitations: unguessable links that can be revoked. Only a token's hash is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.services import auditing
from bot.services.auditing import Act
from bot.services.joining import token_hash
from bot.storage import invitations


@dataclass(frozen=True, slots=True)
class Terms:
    """What a link gives, to how many people, and until when.

    `unit_id` is the unit that it lets coordinate, with all below it; None is everybody.
    """

    coordinator: bool
    module_id: str | None
    uses: int
    expires_at: datetime
    unit_id: int | None = None


def new_token() -> str:
    """Return a token that nobody guesses: 192 bits at random. Its prefix keeps it apart from links to a module."""
    return f"u-{secrets.token_urlsafe(24)}"


def invite(db: Connection, token: str, terms: Terms, now: datetime, author_id: int | None = None) -> None:
    """Make an invitation that opens with this token; without an author it is the operator's."""
    values: dict[str, Any] = {
        "coordinator": terms.coordinator,
        "module_id": terms.module_id,
        "unit_id": terms.unit_id,
    }
    values |= {"uses_left": terms.uses, "expires_at": terms.expires_at, "created_at": now, "author_id": author_id}
    invitations.add(db, values | {"token_hash": token_hash(token)})
    details = {"uses": terms.uses, "coordinator": int(terms.coordinator)}
    auditing.note(db, Act("invitation.make", terms.unit_id, details=details), author_id, now)


def revoke(db: Connection, token: str, now: datetime) -> bool:
    """Make an invitation invalid; False when there is none."""
    revoked = invitations.revoke(db, token_hash(token))
    if revoked:
        auditing.note(db, Act("invitation.revoke"), None, now)
    return revoked
