"""What was kept long enough is removed, a little at a time; the numbers that reports need, and what people learned, stay."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, func, insert, select, update

from bot.clock import AdjustableClock
from bot.core import make_rules
from bot.services import announcing, reporting
from bot.settings import RetentionSettings, Settings
from bot.storage import fates, retention
from bot.storage.database import Storage
from bot.storage.engine import make_engine
from bot.storage.tables import announcement, attempt, dead_update, delivery, dialogue, invitation, learner, seen_update
from tests.security.conftest import RATNA, SARI, Bot
from tests.security.filling import fill

LIVES = RetentionSettings().lives


async def forget(storage: Storage, clock: AdjustableClock) -> dict[str, int]:
    """Remove everything that is old enough; return how many rows of each kind that were."""
    removed = dict.fromkeys(LIVES, 0)
    for kind, life in LIVES.items():
        while count := await storage.run(retention.KINDS[kind], clock.now() - life):
            assert count <= retention.BATCH
            removed[kind] += count
    return removed


async def count(storage: Storage, table: Any) -> int:
    return await storage.run(lambda db: db.execute(select(func.count()).select_from(table)).scalar_one())


def add_deliveries(db: Connection, announcement_id: int, state: str, number: int, error: str | None = None) -> None:
    base = {"kind": "announcement", "announcement_id": announcement_id, "chat_id": 5, "due_at": NOW, "state": state, "error": error}
    rows = [{**base, "occasion": f"{state} {error} {each}"} for each in range(number)]
    db.execute(insert(delivery), rows)


NOW = AdjustableClock(running=False).now()


@pytest.fixture
def clock() -> AdjustableClock:
    return AdjustableClock(NOW, running=False)


@pytest.fixture
def bot(storage: Storage, clock: AdjustableClock) -> Bot:
    """A bot on each kind of database."""
    return Bot(storage, clock)


async def announce(bot: Bot) -> int:
    announcement_id = await bot.storage.run(announcing.post, "Halo", None, NOW, NOW)

    def send(db: Connection) -> None:
        db.execute(update(announcement).values(state="done", finished_at=NOW))
        add_deliveries(db, announcement_id, "sent", 1200)
        add_deliveries(db, announcement_id, "blocked", 30, "BlockedError")
        add_deliveries(db, announcement_id, "failed", 20, "refused")
        add_deliveries(db, announcement_id, "failed", 5, "unreachable")
        add_deliveries(db, announcement_id, "uncertain", 2)

    await bot.storage.run(send)
    return announcement_id


async def test_the_report_of_an_announcement_says_the_same_before_while_and_after_its_deliveries_are_removed(bot: Bot) -> None:
    announcement_id = await announce(bot)
    bot.clock.advance(timedelta(days=181))

    async def report() -> Any:
        made = await bot.storage.run(reporting.summarise, bot.catalogue, make_rules(Settings()), NOW)
        reasons = await bot.storage.run(fates.reasons, announcement_id)
        return made.announcements, await bot.storage.run(fates.of_announcement, announcement_id), reasons

    before = await report()
    assert before[1] == {"sent": 1200, "blocked": 30, "failed": 25, "uncertain": 2}
    assert before[2] == [("refused", 20), ("unreachable", 5)]
    while await bot.storage.run(retention.deliveries, bot.clock.now() - LIVES["deliveries"]):
        assert await report() == before
    assert await count(bot.storage, delivery) == 0
    assert await report() == before


async def test_several_replicas_that_tidy_at_once_count_everything_once(bot: Bot, database_url: str) -> None:
    announcement_id = await announce(bot)
    bot.clock.advance(timedelta(days=181))
    other = Storage(make_engine(database_url))
    removed = await asyncio.gather(*(forget(each, bot.clock) for each in (bot.storage, other, bot.storage)))
    other.close()
    assert sum(each["deliveries"] for each in removed) == 1257
    assert sum((await bot.storage.run(fates.of_announcement, announcement_id)).values()) == 1257


async def test_what_waits_is_never_removed_however_old(bot: Bot) -> None:
    announcement_id = await bot.storage.run(announcing.post, "Halo", None, NOW, NOW)
    for state in ("due", "held", "claimed"):
        await bot.storage.run(add_deliveries, announcement_id, state, 2)
    bot.clock.advance(timedelta(days=4000))
    assert (await forget(bot.storage, bot.clock))["deliveries"] == 0
    assert await count(bot.storage, delivery) == 6


@pytest.mark.parametrize(
    ("kind", "table", "days"),
    [("deliveries", delivery, 180), ("dead_updates", dead_update, 30), ("seen_updates", seen_update, 2), ("dialogues", dialogue, 1)],
)
async def test_each_kind_lives_for_its_days_and_no_longer(bot: Bot, kind: str, table: Any, days: int) -> None:
    await bot.storage.run(fill, SARI.id, "Sari", NOW)
    there = await count(bot.storage, table)
    assert there
    bot.clock.advance(timedelta(days=days) - timedelta(minutes=1))
    assert (await forget(bot.storage, bot.clock))[kind] == 0
    bot.clock.advance(timedelta(minutes=2))
    assert (await forget(bot.storage, bot.clock))[kind] > 0
    assert await count(bot.storage, table) < there or kind == "deliveries"


async def test_drafts_and_expired_invitations_go_and_what_was_sent_and_is_valid_stays(bot: Bot) -> None:
    await bot.commands(RATNA, "start")
    await bot.commands(RATNA, "umumkan")
    await bot.says(RATNA, "Draf lama")
    sent = await bot.storage.run(announcing.post, "Terkirim", None, NOW, NOW)

    def invite(db: Connection) -> None:
        for token, days in (("old", 1), ("valid", 366)):
            db.execute(insert(invitation).values(token_hash=token, uses_left=1, expires_at=NOW + timedelta(days=days), created_at=NOW))

    await bot.storage.run(invite)
    bot.clock.advance(timedelta(days=32))
    removed = await forget(bot.storage, bot.clock)
    assert (removed["drafts"], removed["invitations"]) == (1, 1)
    assert await bot.storage.run(lambda db: db.execute(select(announcement.c.id)).scalars().all()) == [sent]
    assert await bot.storage.run(lambda db: db.execute(select(invitation.c.token_hash)).scalars().all()) == ["valid"]


async def test_what_a_learner_has_learned_is_kept_for_as_long_as_they_stay(bot: Bot) -> None:
    await bot.storage.run(fill, SARI.id, "Sari", NOW)
    kept = (learner, attempt)
    before = [await count(bot.storage, table) for table in kept]
    bot.clock.advance(timedelta(days=9000))
    await forget(bot.storage, bot.clock)
    assert [await count(bot.storage, table) for table in kept] == before


def test_every_kind_has_a_life() -> None:
    assert LIVES.keys() == retention.KINDS.keys()
