"""Queries about dialogues: what a person's next message will be taken for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.storage.prepared import Prepared
from bot.storage.tables import dialogue


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What the bot awaits from a person.

    That is an `announcement` (its content), a `schedule` (its time), an `answer` (to a prompt), a `leave` (its days), or a `question`.
    `album` is the one that came instead of a content last: each of its parts is a message of its own.
    """

    awaits: str
    announcement_id: int | None
    prompt_id: int | None
    since: datetime
    album: str | None


_NO_ANSWERS = Prepared(delete(dialogue).where(dialogue.c.learner_id == bindparam("learner"), dialogue.c.prompt_id.is_not(None)))
_COLUMNS = [dialogue.c[name] for name in Dialogue.__dataclass_fields__]


def begin(connection: Connection, learner_id: int, awaits: str, announcement_id: int | None, now: datetime) -> None:
    """Await something from a person, about an announcement or not, instead of what was awaited before."""
    end(connection, learner_id)
    values = {"learner_id": learner_id, "awaits": awaits, "announcement_id": announcement_id, "since": now}
    connection.execute(insert(dialogue).values(**values))


def await_answer(connection: Connection, learner_id: int, prompt_id: int, now: datetime) -> None:
    """Await the answer to a prompt from a person, instead of what was awaited before."""
    same = update(dialogue).where(dialogue.c.learner_id == learner_id, dialogue.c.prompt_id == prompt_id)
    if not connection.execute(same.values(since=now)).rowcount:
        end(connection, learner_id)
        connection.execute(insert(dialogue).values(learner_id=learner_id, awaits="answer", prompt_id=prompt_id, since=now))


def stop_awaiting_answers(connection: Connection, learner_id: int) -> None:
    """Take a person's next message for no answer any more, whatever it was asked for."""
    _NO_ANSWERS.run(connection, {"learner": learner_id})


def asked(connection: Connection, learner_id: int) -> None:
    """Await no question any more; anything else stays awaited."""
    connection.execute(delete(dialogue).where(dialogue.c.learner_id == learner_id, dialogue.c.awaits == "question"))


def answered(connection: Connection, learner_id: int, prompt_id: int) -> None:
    """Await no answer to this prompt any more; anything else stays awaited."""
    connection.execute(delete(dialogue).where(dialogue.c.learner_id == learner_id, dialogue.c.prompt_id == prompt_id))


def find(connection: Connection, learner_id: int) -> Dialogue | None:
    """Return what is awaited from a person."""
    row = connection.execute(select(*_COLUMNS).where(dialogue.c.learner_id == learner_id)).one_or_none()
    return Dialogue(*row) if row else None


def note_album(connection: Connection, learner_id: int, album: str) -> None:
    """Note that an album came instead of what is awaited."""
    connection.execute(update(dialogue).where(dialogue.c.learner_id == learner_id).values(album=album))


def end(connection: Connection, learner_id: int) -> bool:
    """Await nothing any more; tell whether something was awaited."""
    return connection.execute(delete(dialogue).where(dialogue.c.learner_id == learner_id)).rowcount > 0
