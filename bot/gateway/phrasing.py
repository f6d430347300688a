"""Phrases answers from what was found, behind what people see at once: a bonus that may come late, or not at all, and disturbs nothing.

A fixed number of calls at a time and a short line before them. What waits or is under way at the end of the process is dropped:
what was found has been shown already.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

import structlog

from bot.domain.asking import messages, most_tokens
from bot.domain.phrasing import Phrased, check
from bot.gateway.endpoint import Endpoint, EndpointError
from bot.gateway.incoming import Incoming
from bot.gateway.lanes import Lanes
from bot.gateway.meters import Meters
from bot.gateway.presenter import Presenter
from bot.gateway.purse import NOTHING, Purse
from bot.logs import describe_error
from bot.question import Question
from bot.screen import Screen
from bot.storage.database import StorageUnavailableError
from bot.storage.spending import Reservation

log = structlog.get_logger()

AT_ONCE: Final = 4
WAITING: Final = 16
FAILURES: Final = 3  # in a row, before the endpoint is left alone
REST_SECONDS: Final = 60.0

Handle = Callable[[Incoming], Awaitable[Screen | None]]
Show = Callable[[Incoming, Screen | None, dict[str, Any] | None], Awaitable[int | None]]


@dataclass(frozen=True, slots=True)
class PhrasingTerms:
    """What the operator allows, and how an answer is shown.

    Attributes:
        max_tokens: the longest answer.
        seconds: how long after what was found an answer is still of use.
        draw: returns the screen that shows an answer in place of the one that shows what was found.
        rest: for how many seconds an endpoint is left alone that fails again and again.

    """

    max_tokens: int
    seconds: float
    draw: Callable[[Screen, Question, Phrased], Screen]
    rest: float = REST_SECONDS


@dataclass(frozen=True, slots=True, eq=False)
class _Awaited:
    """An answer that somebody may get: who, in which message, and until when it is of use, on the loop's clock."""

    telegram_id: int
    chat_id: int
    message_id: int
    screen: Screen
    question: Question
    until: float


class Phrasing:
    """Watches what is shown and what people do next; puts an answer where it is still of use."""

    def __init__(self, endpoint: Endpoint, purse: Purse, lanes: Lanes, presenter: Presenter, meters: Meters, terms: PhrasingTerms) -> None:
        """Ask `endpoint` on these terms, as far as `purse` allows; answers are shown by `presenter` in the order of `lanes`."""
        self._endpoint = endpoint
        self._purse = purse
        self._lanes = lanes
        self._presenter = presenter
        self._meters = meters
        self._terms = terms
        self._line: asyncio.Queue[_Awaited] = asyncio.Queue(WAITING)
        self._awaited: dict[int, _Awaited] = {}
        self._asked: dict[int, int] = {}  # the number of the update by which a chat asked, if it did nothing since
        self._failures = 0
        self._rests_until = 0.0

    def watching(self, handle: Handle) -> Handle:
        """Return `handle`, noting that whoever does something no longer waits for an answer."""

        async def watch(incoming: Incoming) -> Screen | None:
            self._awaited.pop(incoming.chat_id, None)
            self._asked.pop(incoming.chat_id, None)
            screen = await handle(incoming)
            if screen is not None and screen.question is not None:
                self._asked[incoming.chat_id] = incoming.update_id
            return screen

        return watch

    def following(self, show: Show) -> Show:
        """Return `show`, putting what can be answered into the line once it is shown."""

        async def follow(incoming: Incoming, screen: Screen | None, answer: dict[str, Any] | None) -> int | None:
            shown = await show(incoming, screen, answer)
            if shown and screen is not None and screen.question is not None and incoming.person is not None:
                awaited = _Awaited(incoming.person.id, incoming.chat_id, shown, screen, screen.question, _now() + self._terms.seconds)
                self._line_up(awaited, incoming.update_id)
            return shown

        return follow

    async def run(self) -> None:
        """Phrase answers until cancelled."""
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(self._serve())

    def _line_up(self, awaited: _Awaited, update_id: int) -> None:
        if not awaited.question.passages:  # from nothing, nothing is phrased
            return
        if self._asked.get(awaited.chat_id) != update_id:  # more was done while this was being shown
            self._count("left")
            return
        del self._asked[awaited.chat_id]
        try:
            self._line.put_nowait(awaited)
        except asyncio.QueueFull:
            self._count("busy")
        else:
            self._awaited[awaited.chat_id] = awaited

    async def _serve(self) -> None:
        while True:
            awaited = await self._line.get()
            try:
                refusal = await self._phrase(awaited)
            except StorageUnavailableError:
                refusal = "no_database"
            except Exception as error:  # noqa: BLE001 - the next one goes on
                log.error("answer_failed", error=describe_error(error))  # noqa: TRY400 - a trace may quote what people wrote
                refusal = "failed"
            if refusal:
                self._forget(awaited)
                self._count(refusal)

    async def _phrase(self, awaited: _Awaited) -> str | None:
        """Phrase an answer and let it be shown; return why there is none."""
        if not self._is_awaited(awaited):
            return "left"
        if _now() >= awaited.until:
            return "late"
        if _now() < self._rests_until:
            return "resting"
        asked = messages(awaited.question)
        reserved = await self._purse.reserve(awaited.telegram_id, most_tokens(asked, self._terms.max_tokens))
        if not isinstance(reserved, Reservation):
            return reserved
        answer = await self._ask(asked, reserved, awaited.until - _now())
        checked = check(answer.text, awaited.question) if isinstance(answer, _Answer) else answer
        if not isinstance(checked, Phrased):
            return checked
        screen = self._terms.draw(awaited.screen, awaited.question, checked)
        followed = await self._lanes.follow(awaited.chat_id, lambda: self._show(awaited, screen))
        return None if followed else "left"

    async def _ask(self, asked: list[dict[str, str]], reserved: Reservation, seconds: float) -> "_Answer | str":
        """Return the model's answer, or why there is none; settle what it cost."""
        self._meters.answers_asked.inc()
        try:
            completion = await self._endpoint.complete(asked, self._terms.max_tokens, seconds)
        except EndpointError as error:
            self._note_failure(error)
            if not error.perhaps_billed:
                await self._purse.settle(reserved, NOTHING)
            return error.kind
        self._failures = 0
        if completion.used is not None:
            await self._purse.settle(reserved, completion.used)
        return _Answer(completion.text) if completion.whole else "cut"

    def _note_failure(self, error: EndpointError) -> None:
        self._failures += 1
        if self._failures >= FAILURES and _now() >= self._rests_until:
            self._rests_until = _now() + self._terms.rest
            log.warning("answers_rest", reason=error.kind, status=error.status, seconds=self._terms.rest)

    async def _show(self, awaited: _Awaited, screen: Screen) -> None:
        """Put the answer into the message, unless the person did something meanwhile, which may have changed what it shows."""
        if not self._is_awaited(awaited):
            self._count("left")
            return
        self._forget(awaited)
        try:
            shown = await self._presenter.amend(awaited.chat_id, awaited.message_id, screen)
        except Exception as error:  # noqa: BLE001 - it must not hold up the chat's next screen
            log.error("answer_failed", error=describe_error(error))  # noqa: TRY400 - as above
            shown = False
        self._count("shown" if shown else "lost")

    def _is_awaited(self, awaited: _Awaited) -> bool:
        return self._awaited.get(awaited.chat_id) is awaited

    def _forget(self, awaited: _Awaited) -> None:
        if self._is_awaited(awaited):
            del self._awaited[awaited.chat_id]

    def _count(self, outcome: str) -> None:
        self._meters.answers.labels(outcome).inc()


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a model wrote, unchecked."""

    text: str


def _now() -> float:
    return asyncio.get_running_loop().time()
