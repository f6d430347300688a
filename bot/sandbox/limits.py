"""How much a bot may send, and the refusals that a test can order.

Limits: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.errors import TOO_MANY_REQUESTS, BotApiError, too_many_requests
from bot.sandbox.records import Chat

OVERALL = (30, 1.0)
PAID = (1000, 1.0)  # core.telegram.org/bots/api#paid-broadcasts
GROUP = (20, 60.0)
PRIVATE = (10, 10.0)  # one a second over time, with short bursts


@dataclass(slots=True)
class _Window:
    """The moments of what was sent lately, and until when everything is refused."""

    sent: deque[float] = field(default_factory=deque)
    closed_until: float = 0.0

    def is_full(self, now: float, allowance: int, span: float) -> bool:
        """Tell whether nothing more may be sent, without closing anything."""
        while self.sent and self.sent[0] <= now - span:
            self.sent.popleft()
        return self.closed_until > now or len(self.sent) >= allowance

    def wait(self, now: float, allowance: int, span: float) -> float:
        """Return for how many seconds nothing more may be sent."""
        if self.is_full(now, allowance, span) and self.closed_until <= now:
            self.closed_until = now + max(self.sent[0] + span - now, 1.0)
        return self.closed_until - now


class Limits:
    """Counts messages in sliding windows; refuses with 429 while `enforced`, and goes on refusing until the wait is over."""

    def __init__(self, timer: Callable[[], float]) -> None:
        """Count by `timer`, in seconds that pass in the real world: messages travel there."""
        self._timer = timer
        self._overall = _Window()
        self._paid = _Window()
        self._chats: defaultdict[int, _Window] = defaultdict(_Window)
        self.enforced = False
        self.charged = 0

    def admit(self, chat: Chat, messages: int = 1, *, paid: bool = False) -> None:
        """Count messages that are about to be sent to `chat`; raises BotApiError 429 when they are too many.

        Paid ones that find no room among the free ones are counted in `charged`: each costs 0.1 Stars.
        """
        if not self.enforced:
            return
        now = self._timer()
        window = self._chats[chat.id]
        charged = paid and self._overall.is_full(now, *OVERALL)
        overall, limit = (self._paid, PAID) if charged else (self._overall, OVERALL)
        wait = max(overall.wait(now, *limit), window.wait(now, *(PRIVATE if chat.private else GROUP)))
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        overall.sent.extend([now] * messages)
        window.sent.extend([now] * messages)
        self.charged += messages if charged else 0


@dataclass(slots=True)
class Fault:
    """An ordered failure: `times` calls of `method` ("*" for all), in `chat` when given, are answered with `error`.

    Without an error the connection breaks: before the call is carried out, or `late`, when it was carried out already.
    """

    method: str
    times: int
    error: BotApiError | None = None
    chat: int | None = None
    late: bool = False

    def concerns(self, method: str, chat: int) -> bool:
        """Whether this call is to fail."""
        return self.times > 0 and self.method.lower() in {"*", method.lower()} and self.chat in {None, chat}


class Faults:
    """The failures that wait for their calls, and `latency`, the seconds that every call but getUpdates takes."""

    def __init__(self) -> None:
        """Begin with a connection that works."""
        self._ordered: list[Fault] = []
        self.latency = 0.0

    def order(self, fault: Fault) -> None:
        """Let coming calls fail."""
        self._ordered.append(fault)

    def clear(self) -> None:
        """Let everything work again."""
        self._ordered.clear()
        self.latency = 0.0

    def take(self, method: str, chat: int) -> Fault | None:
        """Return the failure that this call meets and use it up once."""
        fault = next((fault for fault in self._ordered if fault.concerns(method, chat)), None)
        if fault:
            fault.times -= 1
            self._ordered = [fault for fault in self._ordered if fault.times]
        return fault


def failure(error_code: int, description: str, retry_after: int | None) -> BotApiError:
    """Return the error of an ordered failure; `retry_after` makes a 429 complete."""
    if error_code == TOO_MANY_REQUESTS:
        return too_many_requests(retry_after or 1)
    return BotApiError(error_code, description, {"retry_after": retry_after} if retry_after else None)
