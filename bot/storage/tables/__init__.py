"""The tables, a module a feature. Alembic's migrations are the only way they change; this is their present shape."""

from bot.storage.tables.agency import audit_entry, coordination, person, unit
from bot.storage.tables.announcing import announcement, delivery_count
from bot.storage.tables.asking import content_wish, search
from bot.storage.tables.columns import Moment, metadata
from bot.storage.tables.groups import group_answer, group_question, study_group
from bot.storage.tables.learning import INITIAL, attempt, enrolment, memory, prompt, sitting
from bot.storage.tables.outbox import CLAIMED, DUE, FINISHED, WAITING, brake, delivery, hold, uploaded_file
from bot.storage.tables.people import asker, dialogue, invitation, invitation_use, learner, pause, study_day, wrong_link
from bot.storage.tables.reporting import figure
from bot.storage.tables.running import answer_use, dead_update, lease, replica, request, seen_update
from bot.storage.tables.web import sign_in_link, web_session

__all__ = [
    "CLAIMED",
    "DUE",
    "FINISHED",
    "INITIAL",
    "WAITING",
    "Moment",
    "announcement",
    "answer_use",
    "asker",
    "attempt",
    "audit_entry",
    "brake",
    "content_wish",
    "coordination",
    "dead_update",
    "delivery",
    "delivery_count",
    "dialogue",
    "enrolment",
    "figure",
    "group_answer",
    "group_question",
    "hold",
    "invitation",
    "invitation_use",
    "learner",
    "lease",
    "memory",
    "metadata",
    "pause",
    "person",
    "prompt",
    "replica",
    "request",
    "search",
    "seen_update",
    "sign_in_link",
    "sitting",
    "study_day",
    "study_group",
    "unit",
    "uploaded_file",
    "web_session",
    "wrong_link",
]
