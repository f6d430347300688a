"""Removes what was kept long enough, a little at a time: nobody waits for it, and it can be broken off anywhere."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Column, ColumnElement, Connection, Table, delete, select, tuple_

from bot.storage import fates
from bot.storage.tables import (
    FINISHED,
    announcement,
    answer_use,
    asker,
    content_wish,
    dead_update,
    delivery,
    dialogue,
    invitation,
    search,
    seen_update,
    sign_in_link,
    web_session,
    wrong_link,
)

BATCH: Final = 500  # rows in one transaction: a few milliseconds


def deliveries(connection: Connection, before: datetime) -> int:
    """Remove finished deliveries that were due before a moment; the numbers of announcements stay."""
    oldest = select(delivery.c.id).where(FINISHED, delivery.c.due_at < before).order_by(delivery.c.due_at).limit(BATCH)
    return fates.remove(connection, delivery.c.id.in_(oldest.with_for_update(skip_locked=True)))


def dead_updates(connection: Connection, before: datetime) -> int:
    """Remove updates that could not be handled and are older than a moment: they hold what people wrote."""
    return _remove(connection, dead_update, dead_update.c.at < before)


def drafts(connection: Connection, before: datetime) -> int:
    """Remove announcements that were begun before a moment and never confirmed."""
    return _remove(connection, announcement, announcement.c.state == "draft", announcement.c.created_at < before)


def invitations(connection: Connection, before: datetime) -> int:
    """Remove invitations that expired before a moment, with who used them."""
    return _remove(connection, invitation, invitation.c.expires_at < before)


def seen_updates(connection: Connection, before: datetime) -> int:
    """Remove the numbers of updates that came before a moment, when Telegram can't repeat them any more."""
    return _remove(connection, seen_update, seen_update.c.at < before)


def dialogues(connection: Connection, before: datetime) -> int:
    """Remove what was awaited from people since before a moment."""
    return _remove(connection, dialogue, dialogue.c.since < before)


def wrong_links(connection: Connection, before: datetime) -> int:
    """Remove the counts of wrong links that began before a moment."""
    return _remove(connection, wrong_link, wrong_link.c.since < before)


def searches(connection: Connection, before: datetime) -> int:
    """Remove what was found for people before a moment."""
    return _remove(connection, search, search.c.at < before)


def wishes(connection: Connection, before: datetime) -> int:
    """Remove what was asked in vain, and not again since the day before a moment's."""
    return _remove(connection, content_wish, content_wish.c.day < before.astimezone(UTC).date())


def askers(connection: Connection, before: datetime) -> int:
    """Remove the counts of questions of days before that of a moment."""
    return _remove(connection, asker, asker.c.day < before.date())


def answer_uses(connection: Connection, before: datetime) -> int:
    """Remove what answers used on days before that of a moment."""
    return _remove(connection, answer_use, answer_use.c.day < before.date())


def sign_in_links(connection: Connection, before: datetime) -> int:
    """Remove links into the dashboard that expired before a moment."""
    return _remove(connection, sign_in_link, sign_in_link.c.expires_at < before)


def web_sessions(connection: Connection, before: datetime) -> int:
    """Remove sessions of the dashboard that were begun before a moment."""
    return _remove(connection, web_session, web_session.c.begun_at < before)


# What is removed, by the name that settings and metrics have for it; each removes a batch and returns how many rows that were.
KINDS: Final[Mapping[str, Callable[[Connection, datetime], int]]] = {
    each.__name__: each
    for each in (
        deliveries,
        dead_updates,
        drafts,
        invitations,
        seen_updates,
        dialogues,
        wrong_links,
        searches,
        wishes,
        askers,
        answer_uses,
        sign_in_links,
        web_sessions,
    )
}


def _remove(connection: Connection, table: Table, *conditions: ColumnElement[bool]) -> int:
    key: list[Column[object]] = list(table.primary_key)
    oldest = select(*key).where(*conditions).limit(BATCH).with_for_update(skip_locked=True)
    return connection.execute(delete(table).where(tuple_(*key).in_(oldest))).rowcount
