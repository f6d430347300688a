"""All that is kept about one person: to hand it out, and to erase it."""

import re
from typing import Any

from sqlalchemy import Connection, Table, delete, or_, select, update

from bot.storage import fates
from bot.storage.outbox import WAITING
from bot.storage.tables import (
    announcement,
    asker,
    attempt,
    audit_entry,
    coordination,
    dead_update,
    delivery,
    dialogue,
    enrolment,
    group_answer,
    invitation,
    invitation_use,
    learner,
    memory,
    pause,
    person,
    prompt,
    search,
    sign_in_link,
    sitting,
    study_day,
    study_group,
    web_session,
    wrong_link,
)

_OF_A_LEARNER: tuple[Table, ...] = (
    study_day, pause, enrolment, sitting, prompt, attempt, memory, delivery, dialogue, invitation_use, wrong_link, group_answer,
    search, asker,
    coordination,
    sign_in_link, web_session,
)  # fmt: skip


def export(connection: Connection, learner_id: int, telegram_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return every row about a learner, by table; values are as Python has them."""
    rows = {"learner": select(learner).where(learner.c.id == learner_id)}
    rows |= {str(table.name): select(table).where(table.c.learner_id == learner_id) for table in _OF_A_LEARNER}
    rows["announcement"] = select(announcement).where(announcement.c.author_id == learner_id)
    rows["person"] = select(person).where(person.c.learner_id == learner_id)
    rows["invitation"] = select(invitation).where(invitation.c.author_id == learner_id)
    rows["audit_entry"] = select(audit_entry).where(or_(audit_entry.c.author_id == learner_id, audit_entry.c.subject_id == learner_id))
    rows["study_group"] = select(study_group).where(study_group.c.author_id == learner_id)
    rows["dead_update"] = select(dead_update).where(dead_update.c.telegram_id == telegram_id)
    return {name: [_named(row) for row in connection.execute(statement).mappings()] for name, statement in rows.items()}


def erase(connection: Connection, learner_id: int, telegram_id: int) -> None:
    """Erase every row about a learner; the tables that refer to one follow by cascade. Reports keep their numbers.

    The roster is the agency's own: the person's row there stays, and no longer tells which account is theirs.
    """
    own = dead_update.c.telegram_id == telegram_id
    connection.execute(delete(dead_update).where(or_(own, dead_update.c.id.in_(_updates_that_mention(connection, telegram_id)))))
    fates.remove(connection, delivery.c.learner_id == learner_id)
    _withdraw_announcements(connection, learner_id)
    connection.execute(delete(learner).where(learner.c.id == learner_id))


def _updates_that_mention(connection: Connection, telegram_id: int) -> list[int]:
    """Return parked updates that name an account: somebody else's may, and of one that could not be read nobody knows whose it is."""
    alone = re.compile(rf"(?<!\d){telegram_id}(?!\d)")  # the same figures within a longer number are another thing
    holding = select(dead_update.c.id, dead_update.c.body).where(dead_update.c.body.contains(str(telegram_id)))
    return [each.id for each in connection.execute(holding) if alone.search(each.body)]


def _named(row: Any) -> dict[str, Any]:
    """Return a row with plain strings as keys: SQLAlchemy's own kind of string is none for JSON."""
    return {str(name): value for name, value in row.items()}


def _withdraw_announcements(connection: Connection, author_id: int) -> None:
    """Cancel what is still to be sent, since the message itself was the author's; what was sent stays as a number of deliveries."""
    own = announcement.c.author_id == author_id
    mine = select(announcement.c.id).where(own)
    connection.execute(
        update(delivery).where(delivery.c.announcement_id.in_(mine), delivery.c.state.in_(WAITING)).values(state="cancelled")
    )
    connection.execute(delete(announcement).where(own, announcement.c.state == "draft"))
    connection.execute(update(announcement).where(own, announcement.c.state != "done").values(state="cancelled"))
    nothing = {"from_chat_id": None, "message_id": None, "progress_message_id": None, "progress_shown": None}
    connection.execute(update(announcement).where(own).values(nothing))
