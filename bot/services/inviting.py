"""Invitations: unguessable links that can be revoked. Only a token's hash is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.services.joining import token_hash
from bot.storage import invitations


@dataclass(frozen=True, slots=True)
class Terms:
    """What a link gives, to how many people, and until when."""

    coordinator: bool
    module_id: str | None
    uses: int
    expires_at: datetime


def new_token() -> str:
    """Return a token that nobody guesses: 192 bits at random. Its prefix keeps it apart from links to a module."""
    return f"u-{secrets.token_urlsafe(24)}"


def invite(db: Connection, token: str, terms: Terms, now: datetime) -> None:
    """Make an invitation that opens with this token."""
    values = {"coordinator": terms.coordinator, "module_id": terms.module_id, "uses_left": terms.uses, "expires_at": terms.expires_at}
    invitations.add(db, values | {"token_hash": token_hash(token), "created_at": now})


def revoke(db: Connection, token: str) -> bool:
    """Make an invitation invalid; False when there is none."""
    return invitations.revoke(db, token_hash(token))
