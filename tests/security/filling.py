"""Fills every table with rows about one person: what erasing has to reach, and what an export has to hold."""

import json
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Table, insert

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
    group_question,
    invitation,
    invitation_use,
    learner,
    memory,
    pause,
    person,
    prompt,
    search,
    seen_update,
    sign_in_link,
    sitting,
    study_day,
    study_group,
    unit,
    web_session,
    wrong_link,
)

LEARNER_ID: Final = 918_273_645  # a number that stands nowhere else
DAY: Final = date(2026, 3, 2)


def fill(db: Connection, telegram_id: int, name: str, now: datetime, learner_id: int = LEARNER_ID) -> None:
    """Write rows about a person into every table that can hold one; `learner_id` is to be no other number's."""
    mine = {"learner_id": learner_id}
    account = {"telegram_id": telegram_id, "name": name, "language": "id", "zone": "Asia/Jakarta", "joined_at": now}
    _add(db, learner, id=learner_id, **account)
    _employ(db, now, learner_id)
    _add(db, study_day, **mine, day=DAY)
    _add(db, pause, **mine, first=DAY, until=DAY)
    _add(db, enrolment, **mine, module_id="m", version="v", state="reading", started_at=now, updated_at=now)
    _add(db, sitting, id=learner_id, **mine, kind="quiz", module_id="m", started_at=now)
    for place in (1, 2):
        snapshot = {"item": {"text": "?", "options": [{"id": "a", "correct": True}]}, "order": ["a"]}
        _add(db, prompt, id=learner_id + place, sitting_id=learner_id, **mine, module_id="m", item_id="i", place=place, snapshot=snapshot)
    answer = {"response": ["a"], "score": 1.0, "correct": True, "unsure": False, "at": now}
    _add(db, attempt, prompt_id=learner_id + 1, **mine, module_id="m", item_id="i", **answer)
    _add(db, study_group, chat_id=-learner_id % 89, title="Tim rekaan", language="id", zone="Asia/Jakarta", author_id=learner_id)
    asked = {"occasion": str(DAY), "module_id": "m", "item_id": "i", "snapshot": {}, "asked_at": now}
    _add(db, group_question, id=learner_id % 97, chat_id=-learner_id % 89, **asked)
    _add(db, group_answer, question_id=learner_id % 97, **mine, option="a", correct=True, at=now)
    _add(db, memory, **mine, module_id="m", item_id="i", stability=2.3, difficulty=5, reviewed_on=DAY, due_on=DAY, mistaken=False)
    _add(db, search, id=learner_id, **mine, found=[["m", "k", ["kata"]]], sure=True, passed_on=False, at=now)
    _announce(db, telegram_id, now, learner_id)
    _add(db, dialogue, **mine, awaits="announcement", announcement_id=None, since=now)
    link = {"uses_left": 1, "expires_at": now, "created_at": now, "author_id": learner_id}
    _add(db, invitation, token_hash=f"hash {learner_id % 97}", unit_id=learner_id % 83, person_id=learner_id % 79, **link)
    _add(db, invitation_use, **mine, token_hash=f"hash {learner_id % 97}")
    _add(db, wrong_link, **mine, count=1, since=now)
    _add(db, asker, **mine, day=DAY, count=1)
    _add(db, sign_in_link, **mine, token_hash=f"link {learner_id % 97}", expires_at=now)
    _add(db, web_session, **mine, token_hash=f"session {learner_id % 97}", begun_at=now, seen_at=now)
    _park(db, telegram_id, name, now)
    _add(db, seen_update, bot_id=1, update_id=learner_id % 97, at=now)


def _employ(db: Connection, now: datetime, learner_id: int) -> None:
    """Let them work somewhere, coordinate it, and have done something there."""
    unit_id = learner_id % 83
    row = {"external_id": f"P-{learner_id % 79}", "name": "Nama di daftar pegawai"}  # the agency's own: it stays
    who = {"author_id": learner_id, "subject_id": learner_id, "unit_id": unit_id}
    _add(db, unit, id=unit_id, name=f"Dinas {unit_id}")
    _add(db, person, id=learner_id % 79, unit_id=unit_id, learner_id=learner_id, **row)
    _add(db, coordination, learner_id=learner_id, unit_id=unit_id, given_at=now, author_id=learner_id)
    _add(db, audit_entry, at=now, operator=False, action="role.give", details={}, **who)


def _announce(db: Connection, telegram_id: int, now: datetime, learner_id: int) -> None:
    """Let them have written announcements in every state, and have got or not got messages with every fate."""
    for number, state in enumerate(("draft", "scheduled", "sending", "paused", "cancelled", "done")):
        copied = {"from_chat_id": telegram_id, "message_id": number, "progress_message_id": number, "progress_shown": "…"}
        _add(db, announcement, id=learner_id * 10 + number, author_id=learner_id, state=state, created_at=now, **copied)
    fates = ("due", "held", "claimed", "sent", "blocked", "failed", "cancelled", "uncertain")
    for number, state in enumerate(fates):
        message = {"chat_id": telegram_id, "due_at": now, "state": state, "error": "…", "message_id": number}
        _add(db, delivery, learner_id=learner_id, kind="reminder", occasion=f"{DAY} {state}", **message)
        ours = {"announcement_id": learner_id * 10 + 2 + number % 4, "occasion": f"{state}"}
        _add(db, delivery, learner_id=learner_id, kind="announcement", **ours, **message)


def _park(db: Connection, telegram_id: int, name: str, now: datetime) -> None:
    """Park updates of theirs, one that could not be read, and one of somebody else's that names them."""
    user = {"id": telegram_id, "is_bot": False, "first_name": name}
    origin = {"type": "user", "sender_user": user}
    bodies: list[tuple[int | None, Any]] = [
        (telegram_id, {"message": {"from": user, "text": "rahasia"}}),
        (None, {"message": {"from": user, "chat": "broken"}}),
        (1, {"message": {"from": {"id": 1}, "forward_origin": origin}}),
    ]
    for number, (owner, body) in enumerate(bodies):
        parked = {"body": json.dumps(body), "error": "ValueError", "code": "AAAA", "telegram_id": owner}
        _add(db, dead_update, bot_id=1, update_id=telegram_id * 10 + number, at=now, **parked)


def _add(db: Connection, table: Table, **values: Any) -> None:
    db.execute(insert(table).values(**values))
