"""What phrased answers use, shared by every process and kept over restarts: reserved before a call, settled after it.

A call that nobody settles, since the process died, stays counted as the most that it may have cost.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import Connection, func, select, update

from bot.domain.asking import Caps, Tokens
from bot.storage import learners
from bot.storage.ledger import insert_or_ignore
from bot.storage.tables import answer_use, asker

Cap = Literal["nobody", "person_cap", "day_cap", "budget"]


@dataclass(frozen=True, slots=True)
class Reservation:
    """What was set aside for one call: the day it counts for, and the tokens that it may use."""

    day: date
    tokens: Tokens


def reserve(connection: Connection, telegram_id: int, most: Tokens, caps: Caps, day: date) -> Reservation | Cap:
    """Set `most` aside for a person's question, or tell which cap leaves no room for it: then nothing is counted.

    `nobody` when the person is no learner any more. Reservations of a month wait for one another, so that they can't overspend together.
    """
    learner = learners.find(connection, telegram_id)
    if learner is None:
        return "nobody"
    month = day.replace(day=1)
    for each in (month, day):
        insert_or_ignore(connection, answer_use, {"day": each, "requests": 0, "tokens_in": 0, "tokens_out": 0})
    connection.execute(select(answer_use.c.day).where(answer_use.c.day == month).with_for_update())
    if _asked(connection, learner.id, day) >= caps.per_person_a_day:
        return "person_cap"
    if connection.execute(select(answer_use.c.requests).where(answer_use.c.day == day)).scalar_one() >= caps.per_day:
        return "day_cap"
    if caps.budget_per_month is not None and caps.price(_used_since(connection, month)) + caps.price(most) > caps.budget_per_month:
        return "budget"
    _note_asked(connection, learner.id, day)
    _add(connection, day, most, requests=1)
    return Reservation(day, most)


def settle(connection: Connection, reserved: Reservation, used: Tokens) -> None:
    """Count what a call used in place of what was reserved for it; more than that, if it was more."""
    _add(connection, reserved.day, Tokens(used.read - reserved.tokens.read, used.written - reserved.tokens.written), requests=0)


def used_in_month(connection: Connection, day: date) -> Tokens:
    """Return the tokens used or reserved in the calendar month of a day, up to its end."""
    return _used_since(connection, day.replace(day=1))


def _used_since(connection: Connection, first: date) -> Tokens:
    sums = (func.coalesce(func.sum(answer_use.c.tokens_in), 0), func.coalesce(func.sum(answer_use.c.tokens_out), 0))
    read, written = connection.execute(select(*sums).where(answer_use.c.day >= first)).one()
    return Tokens(int(read), int(written))


def _asked(connection: Connection, learner_id: int, day: date) -> int:
    mine = select(asker.c.count).where(asker.c.learner_id == learner_id, asker.c.day == day)
    return connection.execute(mine).scalar_one_or_none() or 0


def _note_asked(connection: Connection, learner_id: int, day: date) -> None:
    if insert_or_ignore(connection, asker, {"learner_id": learner_id, "day": day, "count": 1}):
        return
    count = _asked(connection, learner_id, day) + 1
    connection.execute(update(asker).where(asker.c.learner_id == learner_id).values(day=day, count=count))


def _add(connection: Connection, day: date, tokens: Tokens, *, requests: int) -> None:
    use = answer_use.c
    more = {"requests": use.requests + requests, "tokens_in": use.tokens_in + tokens.read, "tokens_out": use.tokens_out + tokens.written}
    connection.execute(update(answer_use).where(use.day == day).values(more))
