"""How fast the bot may send, as rules over moments: no clock, no waiting. Moments are seconds of any steady clock.

Telegram's limits: 30 messages a second in all, 1 a second in a chat, 20 a minute in a group
(core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this).
"""

from collections import OrderedDict, deque
from typing import Final

CEILING: Final = 30
SECOND: Final = 1.0
MINUTE: Final = 60.0
GROUP_LIMIT: Final = 20
# Two messages do not take equally long to arrive: what left just over a second apart may arrive within one.
WAY: Final = 0.03
# For so long after a reply, broadcasts leave room for the next ones: people write one after another, not evenly spread.
REPLIES_EXPECTED: Final = 5.0


class Pace:
    """Decides when the next message may go. `take_…` returns 0 and writes the message down, or returns the seconds to wait."""

    def __init__(self, per_second: int) -> None:
        """Allow `per_second` broadcasts a second, and 30 messages of any kind, or `per_second` where Telegram allows this bot more."""
        self._per_second = per_second
        self._most = max(CEILING, per_second)
        self._all: deque[float] = deque()
        self._broadcasts: deque[float] = deque()
        self._replies: deque[float] = deque()
        self._even = float("-inf")  # when the next broadcast is due if they are spread evenly
        self._paused_until = float("-inf")
        self._chats: OrderedDict[int, deque[float]] = OrderedDict()
        self.set_share(1)

    def set_share(self, replicas: int) -> None:
        """Take an equal part of the bot's limits, shared by so many live replicas."""
        self._rate = max(1, self._per_second // max(1, replicas))
        self._ceiling = max(1, self._most // max(1, replicas))

    def pause(self, seconds: float, now: float) -> None:
        """Let nothing go for `seconds`; a longer pause that runs already stays."""
        self._paused_until = max(self._paused_until, now + seconds)

    def paused_for(self, now: float) -> float:
        """Return the seconds that the pause still lasts."""
        return max(0.0, self._paused_until - now)

    def take_reply(self, now: float) -> float:
        """Ask for a message that answers a person."""
        wait = self._wait(now)
        if wait == 0:
            self._all.append(now)
            self._replies.append(now)
        return wait

    def take_broadcast(self, now: float) -> float:
        """Ask for a message that nobody waits for."""
        interval = SECOND / self._rate
        # One message may leave early, which makes up for a timer that woke late.
        wait = max(self._wait(now, room=self._room_for_replies(now)), _until_free(self._broadcasts, self._rate, SECOND, now))
        wait = max(wait, self._even - interval - now)
        if wait > 0:
            return wait
        self._all.append(now)
        self._broadcasts.append(now)
        self._even = max(self._even, now) + interval
        return 0.0

    def wait_for_chat(self, chat_id: int, now: float) -> float:
        """Return the seconds until the next broadcast may go to a chat."""
        sent = self._chats.get(chat_id)
        return max(0.0, sent[-1] + SECOND - now, self.wait_for_group(chat_id, now)) if sent else 0.0

    def wait_for_group(self, chat_id: int, now: float) -> float:
        """Return the seconds until anything may go to a group; 0 for a private chat."""
        sent = self._chats.get(chat_id)
        return max(0.0, sent[0] + MINUTE - now) if chat_id < 0 and sent and len(sent) == GROUP_LIMIT else 0.0

    def note_chat(self, chat_id: int, now: float) -> None:
        """Write down that a message goes to a chat, and forget chats that were quiet for a minute."""
        self._chats.setdefault(chat_id, deque(maxlen=GROUP_LIMIT)).append(now)
        self._chats.move_to_end(chat_id)
        while next(iter(self._chats.values()))[-1] <= now - MINUTE:
            self._chats.popitem(last=False)

    def _wait(self, now: float, *, room: int = 0) -> float:
        return max(self.paused_for(now), _until_free(self._all, max(1, self._ceiling - room), SECOND + WAY, now))

    def _room_for_replies(self, now: float) -> int:
        """Return how many messages broadcasts leave to replies: none while nobody writes, else one more than the last second had.

        At most half of what those left, so that an announcement gets through while many people write.
        """
        while self._replies and self._replies[0] <= now - REPLIES_EXPECTED:
            self._replies.popleft()
        if not self._replies:
            return 0
        lately = sum(moment > now - SECOND for moment in self._replies)
        return min(1 + lately, max(0, self._ceiling - lately) // 2)


def _until_free(sent: deque[float], limit: int, span: float, now: float) -> float:
    """Forget what is older than `span` and return the seconds until one more of `limit` fits into it."""
    while sent and sent[0] + span <= now:
        sent.popleft()
    return max(0.0, sent[-limit] + span - now) if len(sent) >= limit else 0.0
