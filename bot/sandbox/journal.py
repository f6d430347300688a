"""What happened, in order, for pages that watch."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from bot.sandbox.records import JsonObject
from bot.sandbox.signal import Signal

_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One happening: `chat` is the chat it belongs to, 0 when it concerns everybody."""

    number: int
    kind: str
    chat: int
    data: JsonObject


class Journal:
    """A bounded list of happenings; a page that fell behind is told to load everything anew."""

    def __init__(self, signal: Signal) -> None:
        """Begin an empty journal that rings `signal` at each entry."""
        self._signal = signal
        self._entries: deque[Entry] = deque(maxlen=_KEPT)
        self.last = 0

    def write(self, kind: str, chat: int, data: JsonObject) -> None:
        """Add a happening and wake whoever watches."""
        self.last += 1
        self._entries.append(Entry(self.last, kind, chat, data))
        self._signal.ring()

    def after(self, number: int) -> Iterator[Entry]:
        """Yield what happened after entry `number`; a single `reload` when that is no longer known."""
        oldest = self._entries[0].number if self._entries else self.last + 1
        if number > self.last or number + 1 < oldest:
            yield Entry(self.last, "reload", 0, {})
            return
        missing = self.last - number
        for position in range(len(self._entries) - missing, len(self._entries)):
            yield self._entries[position]
