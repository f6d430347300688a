"""The updates that wait for the bot, until it acknowledges them."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice, takewhile
from typing import Any

from bot.clock import Clock
from bot.sandbox.records import JsonObject, Update
from bot.sandbox.signal import Signal

KEPT = timedelta(hours=24)
MAX_BATCH = 100
_FIRST_ID = range(100_000_000, 900_000_000)
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class UpdateQueue:
    """Updates in order of their ids; `pending` holds what is not acknowledged.

    It also knows what the bot should say something about and has not yet: a message until any call concerns its chat,
    a callback query until answerCallbackQuery.
    """

    def __init__(self, clock: Clock, signal: Signal) -> None:
        """Begin with a random high id, as Telegram does."""
        self._clock = clock
        self._signal = signal
        self._next_id = _FIRST_ID.start + secrets.randbelow(len(_FIRST_ID))
        self._unanswered_messages: dict[int, list[Update]] = {}
        self._unanswered_queries: dict[str, Update] = {}
        self.pending: dict[int, Update] = {}
        self.allowed: frozenset[str] = frozenset()
        self.turn = 0

    def take_turn(self) -> int:
        """Begin a getUpdates; one that is still waiting sees that the turn is no longer its own."""
        self.turn += 1
        self._signal.ring()
        return self.turn

    @property
    def answered(self) -> bool:
        """Whether nothing waits: all is acknowledged, and every message and query has had its answer."""
        return not (self.pending or self._unanswered_messages or self._unanswered_queries)

    def add(self, kind: str, payload: JsonObject, lane: int, query: str = "") -> None:
        """Queue an update of a kind that the bot wants; others never come into being."""
        if not self._wanted(kind):
            return
        update = Update(self._next_id, kind, payload, lane, self._clock.now(), query)
        self._next_id += 1
        self.pending[update.id] = update
        if kind == "message":
            self._unanswered_messages.setdefault(lane, []).append(update)
        elif kind == "callback_query":
            self._unanswered_queries[query] = update
        self._signal.ring()

    def allow(self, kinds: Iterable[Any]) -> None:
        """Choose the kinds that come into being from now on; an empty list means all but those that must be asked for."""
        self.allowed = frozenset(map(str, kinds))

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in _ON_REQUEST

    def batch(self, limit: int) -> list[Update]:
        """Return the oldest pending updates and note that the bot has seen them; those older than a day are gone."""
        self._forget_before(self._clock.now() - KEPT)
        chosen = list(islice(self.pending.values(), limit))
        for update in chosen:
            update.delivered = True
        return chosen

    def acknowledge(self, ids: Iterable[int]) -> None:
        """Forget updates that the bot has taken."""
        for update_id in list(ids):
            self.pending.pop(update_id, None)
        self._signal.ring()

    def acknowledge_before(self, offset: int) -> None:
        """Forget what lies before `offset`; a negative one keeps only that many of the newest, as getUpdates has it."""
        self.acknowledge(list(self.pending)[:offset] if offset < 0 else takewhile(lambda update_id: update_id < offset, self.pending))

    def clear(self) -> None:
        """Drop everything that waits."""
        self.acknowledge(self.pending)
        self._unanswered_messages.clear()
        self._unanswered_queries.clear()

    def chat_answered(self, chat_id: int) -> None:
        """Note that the bot has said something in a chat: the messages it has seen there are answered."""
        unseen = [update for update in self._unanswered_messages.pop(chat_id, []) if not update.delivered]
        if unseen:
            self._unanswered_messages[chat_id] = unseen

    def query_answered(self, query: str) -> None:
        """Note that the bot has answered a callback query."""
        self._unanswered_queries.pop(query, None)

    def forget_chat(self, chat_id: int) -> None:
        """Expect no more answers in a chat where the bot cannot speak any more."""
        self._unanswered_messages.pop(chat_id, None)
        for query, update in list(self._unanswered_queries.items()):
            if update.lane == chat_id:
                del self._unanswered_queries[query]

    def _forget_before(self, moment: datetime) -> None:
        for update in list(takewhile(lambda update: update.moment < moment, self.pending.values())):
            del self.pending[update.id]
            self.forget_chat(update.lane)
