"""Queries about searches: what was found for a person, for as long as they may turn its pages. What they asked is not kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select

from bot.storage.tables import search


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A card that was found, by its ids, empty for a module as a whole; `words` are the stems that were found in it."""

    module_id: str
    card_id: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Search:
    """What was found, the best first; `sure` tells whether it was called an answer."""

    id: int
    found: tuple[FoundPlace, ...]
    sure: bool
    passed_on: bool

    def place_of(self, module_id: str, card_id: str) -> int | None:
        """Return the number of a card in what was found, from 0; None when it is not in it."""
        cards = [(each.module_id, each.card_id) for each in self.found]
        return cards.index((module_id, card_id)) if (module_id, card_id) in cards else None


def add(connection: Connection, learner_id: int, found: Sequence[FoundPlace], now: datetime, *, sure: bool, passed_on: bool) -> Search:
    """Keep what was found for a person."""
    kept = [[place.module_id, place.card_id, sorted(place.words)] for place in found]
    values = {"learner_id": learner_id, "found": kept, "sure": sure, "passed_on": passed_on, "at": now}
    key = connection.execute(insert(search).values(values).returning(search.c.id)).scalar_one()
    return Search(key, tuple(found), sure, passed_on)


def find(connection: Connection, learner_id: int, search_id: int) -> Search | None:
    """Return a search of this person."""
    return next(iter(_of(connection, learner_id, search.c.id == search_id)), None)


def latest(connection: Connection, learner_id: int) -> Search | None:
    """Return this person's last search."""
    newest = select(func.max(search.c.id)).where(search.c.learner_id == learner_id).scalar_subquery()
    return next(iter(_of(connection, learner_id, search.c.id == newest)), None)


def count_passed_on(connection: Connection, learner_id: int, since: datetime) -> int:
    """Return how many questions of this person became wishes since a moment."""
    theirs = (search.c.learner_id == learner_id) & search.c.passed_on & (search.c.at > since)
    return connection.execute(select(func.count()).select_from(search).where(theirs)).scalar_one()


def _of(connection: Connection, learner_id: int, which: ColumnElement[bool]) -> list[Search]:
    columns = (search.c.id, search.c.found, search.c.sure, search.c.passed_on)
    rows = connection.execute(select(*columns).where(search.c.learner_id == learner_id, which))
    return [Search(row.id, tuple(map(_place, row.found)), row.sure, row.passed_on) for row in rows]


def _place(kept: Sequence[Any]) -> FoundPlace:
    module_id, card_id, words = kept
    return FoundPlace(module_id, card_id, frozenset(words))
