"""Hostile updates of every kind: nobody is disturbed, nothing is stalled, and none of their words is in the log."""

import asyncio
import itertools
import json
import logging
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from io import BytesIO

import aiohttp
import pytest
import telegram
from sqlalchemy import func, select

from bot.gateway.incoming import parse
from bot.storage.tables import attempt, dead_update
from bot.web.webhook import MAX_BODY
from tests.torture.doses import PATIENCE, dose
from tests.torture.inside.hostile import bodies
from tests.torture.inside.learners import answer_all, begin_quizzes, percentile
from tests.torture.inside.updates import MARK, Maker, message_fields
from tests.torture.people import FIRST
from tests.torture.stage import OpenStage, Stage

log = logging.getLogger(__name__)

HOSTILE = dose("hostile", 400, 50_000)  # updates on each database
WELL_FORMED = dose("well_formed", 100, 5_000)
AT_ONCE = 16
A_SECOND = 50  # hostile updates, while it is measured what they cost the others
LEARNERS = range(FIRST, FIRST + dose("healthy", 20, 100))
ROUNDS = dose("healthy_answers", 1, 10)  # of each, in each phase
STALL = 30  # seconds
_ANSWERS = (HTTPStatus.OK, HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)  # taken in, no update, too large


@dataclass
class Enemy:
    """Pushes to the bot's webhook what Telegram never would, with Telegram's own secret."""

    stage: Stage
    session: aiohttp.ClientSession
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[bytes] = field(default_factory=list)

    async def push(self, body: bytes) -> None:
        try:
            status = await self._post(body)
        except aiohttp.ServerDisconnectedError:  # a kept connection may end just when it is used again, whoever pushes
            status = await self._post(body)
        self.statuses[status] += 1
        if status not in _ANSWERS:
            self.faults.append(body[:1000])

    async def _post(self, body: bytes) -> int:
        """Return the HTTP status, 504 when there is none in time."""
        webhook = self.stage.world.state.webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret}
        limit = aiohttp.ClientTimeout(total=STALL)
        try:
            async with self.session.post(webhook.url, data=BytesIO(body), headers=headers, timeout=limit) as response:
                return response.status
        except (aiohttp.ClientOSError, aiohttp.ClientConnectionResetError):
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE if len(body) > MAX_BODY else 0  # the bot hangs up on what is too large
        except TimeoutError:
            return HTTPStatus.GATEWAY_TIMEOUT

    async def push_all(self, sent: Iterator[bytes]) -> None:
        """Push as fast as the bot takes them."""

        async def push_some() -> None:
            for body in sent:
                await self.push(body)

        await asyncio.gather(*(push_some() for _ in range(AT_ONCE)))

    async def push_steadily(self, sent: Iterator[bytes]) -> None:
        """Push so many a second until cancelled."""
        async with asyncio.TaskGroup() as group:
            for body in sent:
                group.create_task(self.push(body))
                await asyncio.sleep(1 / A_SECOND)


def test_every_kind_of_update_and_of_message_is_among_them() -> None:
    made = list(itertools.islice(Maker(random.Random(1)).updates(), 12_000))  # noqa: S311 - the same each time
    assert {kind for update in made for kind in update} == {"update_id", *map(str, telegram.Update.ALL_TYPES)}
    inside = {name for update in made if isinstance(message := update.get("message"), dict) for name in message}
    assert {*message_fields()} - {"from_user"} <= inside
    events = Counter(type(parse(update, "sinau_bot").event).__name__ for update in made)
    assert {"Tap", "Command", "Text", "Attachment", "Edited", "Membership", "Migrated", "Other", "PollAnswer"} == set(events)


@pytest.mark.timeout(PATIENCE)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
async def test_hostile_updates_disturb_nobody(open_stage: OpenStage, database: str) -> None:
    async with open_stage(database, "webhook", size=len(LEARNERS), questions=3 * ROUNDS) as stage, aiohttp.ClientSession() as session:
        await stage.program.start()
        await begin_quizzes(stage, LEARNERS)
        enemy = Enemy(stage, session)
        dice = random.Random(database)  # noqa: S311 - as above
        await enemy.push_all(_written(itertools.islice(Maker(dice).updates(), WELL_FORMED)))
        assert enemy.statuses == {200: WELL_FORMED}
        assert stage.rows(select(dead_update.c.error)) == [], "what the bot has no use for is no fault"

        quiet = await answer_all(stage, LEARNERS, ROUNDS)
        steady = asyncio.create_task(enemy.push_steadily(bodies(dice)))
        disturbed = await answer_all(stage, LEARNERS, ROUNDS)
        steady.cancel()
        await asyncio.wait([steady])
        flood = asyncio.create_task(enemy.push_all(itertools.islice(bodies(dice), HOSTILE)))
        flooded = await answer_all(stage, LEARNERS, ROUNDS)
        await flood

        for name, waited in (("quiet", quiet), (f"{A_SECOND} hostile a second", disturbed), ("as many as it takes", flooded)):
            figures = (database, name, len(waited), percentile(waited, 50) * 1000, percentile(waited, 99) * 1000)
            log.info("%s, %s: %d answers, median %.1f ms, p99 %.1f ms", *figures)
        log.info("%s: HTTP statuses %s", database, dict(enemy.statuses))
        assert enemy.faults == [], _unexpected(stage.program.log())
        await _is_unharmed(stage, session)
        assert stage.rows(select(func.count()).select_from(attempt)) == [(3 * ROUNDS * len(LEARNERS),)]


async def _is_unharmed(stage: Stage, session: aiohttp.ClientSession) -> None:
    """Check that nothing failed inside: what is parked was malformed, and the log has neither a fault nor their words."""
    assert {error.partition(" ")[0] for (error,) in stage.rows(select(dead_update.c.error))} <= {"MalformedUpdateError"}
    address = stage.world.state.webhook.url.rpartition("/telegram")[0]
    async with session.get(f"{address}/readyz") as response:
        assert response.status == 200
    async with session.get(f"{address}/metrics") as response:
        metrics = await response.text()
    assert 'sinau_updates_total{outcome="dead"} 0.0\n' in metrics
    assert 'sinau_updates_total{outcome="malformed"} 0.0\n' not in metrics
    written = stage.program.log()
    for word in (MARK, "Traceback", "update_failed", "screen_lost", "apology_failed"):
        assert word not in written


def _written(updates: Iterator[object]) -> Iterator[bytes]:
    return (json.dumps(update).encode() for update in updates)


def _unexpected(written: str) -> str:
    """Return what the log says beside what it has to say about malformed updates."""
    return "\n".join(line for line in written.splitlines() if "update_parked" not in line and "update_without_number" not in line)
