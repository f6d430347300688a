"""Who gives and takes the coordinator's role: an admin anywhere, a coordinator within the units they coordinate; each act is noted."""

from datetime import datetime

from sqlalchemy import Connection

from bot.services import auditing
from bot.services.auditing import Act
from bot.services.turn import Turn
from bot.storage import coordination, dialogues


def appoint(turn: Turn, learner_id: int, unit_id: int | None) -> bool:
    """Let a learner coordinate a unit; False when the one who asks may not give that."""
    if not turn.standing.may_appoint(unit_id):
        return False
    if coordination.give(turn.db, learner_id, unit_id, turn.learner.id, turn.now):
        auditing.note(turn.db, Act("role.give", unit_id, learner_id), turn.learner.id, turn.now)
    return True


def withdraw(turn: Turn, learner_id: int, unit_id: int | None) -> bool:
    """Let a learner coordinate a unit no more; False when the one who asks may not take that."""
    if not turn.standing.may_appoint(unit_id):
        return False
    dismiss(turn.db, learner_id, unit_id, turn.learner.id, turn.now)
    return True


def take_up(turn: Turn, unit_id: int | None, author_id: int | None) -> None:
    """Let the learner coordinate what an invitation of this author gives them."""
    if coordination.give(turn.db, turn.learner.id, unit_id, author_id, turn.now):
        auditing.note(turn.db, Act("role.give", unit_id, turn.learner.id), author_id, turn.now)


def dismiss(db: Connection, learner_id: int, unit_id: int | None, author_id: int | None, now: datetime) -> None:
    """Take a role away, with whatever the bot awaits from this coordinator."""
    if coordination.take(db, learner_id, unit_id):
        dialogues.end(db, learner_id)
        auditing.note(db, Act("role.take", unit_id, learner_id), author_id, now)
