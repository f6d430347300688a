"""Signing in to the dashboard: by a link that a coordinator asks for in chat, which opens once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Generic, TypeVar

from sqlalchemy import Connection

from bot import views
from bot.content.model import Catalogue
from bot.services import reporting
from bot.services.joining import token_hash
from bot.services.turn import Rules, Turn
from bot.storage import learners, signing_in
from bot.views.signing_in import DashboardLink

LINK_LIFE: Final = timedelta(minutes=10)
IDLE: Final = timedelta(hours=12)
LONGEST: Final = timedelta(days=7)
SEEN_EVERY: Final = timedelta(minutes=1)

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class World:
    """What a visit happens in, beside its database."""

    catalogue: Catalogue
    rules: Rules
    now: datetime


@dataclass(frozen=True, slots=True)
class Visit(Generic[R]):
    """Who looks, and what a service gave them."""

    name: str
    language: str
    result: R


def offer(turn: Turn, token: str) -> DashboardLink | views.NotAllowed:
    """Let a coordinator in by this token, once; the one they had before opens nothing any more."""
    if not reporting.may_read(turn):
        return views.NotAllowed()
    signing_in.add_link(turn.db, token_hash(token), turn.learner.id, turn.now + LINK_LIFE)
    return DashboardLink(token, LINK_LIFE // timedelta(minutes=1))


def invited(db: Connection, world: World, token: str) -> Visit[None] | None:
    """Return who a link would let in, without using it up: programs that look at links look at this too."""
    learner_id = signing_in.find_link(db, token_hash(token), world.now)
    return None if learner_id is None else _visited(db, world, learner_id, lambda _turn: None)


def enter(db: Connection, world: World, token: str, session_token: str) -> bool:
    """Use a link up and begin a session; False when the link opens nothing (any more)."""
    learner_id = signing_in.use_link(db, token_hash(token), world.now)
    if learner_id is None:
        return False
    signing_in.begin(db, token_hash(session_token), learner_id, world.now)
    return True


def enter_as(db: Connection, world: World, telegram_id: int, session_token: str) -> bool:
    """Begin a session for an account that Telegram vouches for; False when it is no coordinator's."""
    learner = learners.find(db, telegram_id)
    if learner is None or not reporting.may_read(Turn(db, world.catalogue, world.rules, learner, world.now)):
        return False
    signing_in.begin(db, token_hash(session_token), learner.id, world.now)
    return True


def visit(db: Connection, world: World, session_token: str, service: Callable[[Turn], R]) -> Visit[R] | None:
    """Run a service for whoever is signed in by this token; None when nobody is. The service asks what they may do, each time anew."""
    hashed = token_hash(session_token)
    session = signing_in.find(db, hashed)
    if session is None:
        return None
    if world.now - session.seen_at >= IDLE or world.now - session.begun_at >= LONGEST:
        signing_in.end(db, hashed)
        return None
    if world.now - session.seen_at >= SEEN_EVERY:
        signing_in.see(db, hashed, world.now)
    return _visited(db, world, session.learner_id, service)


def leave(db: Connection, session_token: str) -> None:
    """End a session."""
    signing_in.end(db, token_hash(session_token))


def leave_everywhere(turn: Turn) -> None:
    """End every session of the person, and the link that was not used yet."""
    signing_in.end_all(turn.db, turn.learner.id)


def _visited(db: Connection, world: World, learner_id: int, service: Callable[[Turn], R]) -> Visit[R]:
    turn = Turn(db, world.catalogue, world.rules, learners.get(db, learner_id), world.now)
    result = service(turn)
    me = learners.get(db, learner_id)  # whose language the service may have changed
    return Visit(me.name, me.language, result)
