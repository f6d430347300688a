"""Queries about wishes: what people asked that no card answers, without whose question it was."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, delete, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.tables import content_wish

MOST: Final = 1000  # rows
_KEY: Final = (content_wish.c.words, content_wish.c.language)
_MOST_ASKED_FIRST: Final = (content_wish.c.count.desc(), content_wish.c.day.desc(), *_KEY)


@dataclass(frozen=True, slots=True)
class Wish:
    """Words that were asked so often, in a language, and on which day (UTC) last."""

    words: str
    language: str
    count: int
    day: date


def note(connection: Connection, words: str, language: str, day: date) -> None:
    """Count a wish; above a thousand of them those that were asked least, and longest ago, give way."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(content_wish).values(words=words, language=language, day=day, count=1)
    again = {"count": content_wish.c.count + 1, "day": statement.excluded.day}
    connection.execute(statement.on_conflict_do_update(index_elements=_KEY, set_=again))
    too_many = select(*_KEY).order_by(*_MOST_ASKED_FIRST).offset(MOST).limit(MOST)
    connection.execute(delete(content_wish).where(tuple_(*_KEY).in_(too_many)))


def asked(connection: Connection, least: int) -> list[Wish]:
    """Return the wishes that were asked `least` times or more, the most asked first."""
    columns = [content_wish.c[name] for name in Wish.__dataclass_fields__]
    return [Wish(*row) for row in connection.execute(select(*columns).where(content_wish.c.count >= least).order_by(*_MOST_ASKED_FIRST))]
