"""Searches the content in force, with an index that is built at the first search and again after the content was swapped."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.content.model import Catalogue
from bot.content.shelf import Shelf
from bot.domain.questions import no_question

if TYPE_CHECKING:
    from bot.content.search.index import Hit, Index


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found for a question, the best first, and what of its words may be passed on.

    Attributes:
        hits: the cards.
        wish: the words as a wish, empty when they may not be one.
        masked: the whole question without what tells of a person.

    """

    hits: tuple[Hit, ...] = ()
    wish: str = ""
    masked: str = ""


class Finder:
    """Searches the catalogue on the shelf, in a thread of its own.

    There is one thread, so that at most one search competes with the event loop and the database for the interpreter, however many ask.
    """

    def __init__(self, shelf: Shelf) -> None:
        """Search what this shelf holds; nothing is built yet."""
        self._shelf = shelf
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="search")
        self._built: tuple[Catalogue, Index] | None = None

    def find(self, question: str, language: str) -> Future[Findings]:
        """Look for the cards that answer a question of a reader of this language. What is no question finds nothing."""
        return self._thread.submit(self._find, question, language)

    def close(self) -> None:
        """Search no more."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _find(self, question: str, language: str) -> Findings:
        from bot.content.search.wish import as_wish, masked  # noqa: PLC0415 - the stemmer is loaded at the first search, not at the start

        if no_question(question):
            return Findings()
        return Findings(tuple(self._index().search(question, language)), as_wish(question), masked(question))

    def _index(self) -> Index:
        from bot.content.search.index import Index  # noqa: PLC0415 - as above

        catalogue = self._shelf.catalogue
        if self._built is None or self._built[0] is not catalogue:
            self._built = (catalogue, Index(catalogue))
        return self._built[1]
