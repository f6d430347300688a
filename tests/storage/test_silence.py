"""Silence as rows: the last reminder comes until it was sent."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from bot.app import make_rules
from bot.content.shelf import Shelf
from bot.gateway.terms import Noted
from bot.handlers.outgoing import Composer
from bot.services import lesson, preferences, reminders
from bot.services.rulebook import Rulebook
from bot.services.turn import Turn
from bot.settings import Settings
from bot.storage import deliveries, learners
from bot.storage.database import Storage
from bot.storage.tables import learner
from bot.texts import load_words

NOW = datetime(2026, 3, 2, 13, 55, tzinfo=UTC)  # Monday, 20:55 in Jakarta, where it is quiet from 21:00 on
DAY = timedelta(days=1)
LONG_AGO = NOW - 60 * DAY
RULES = make_rules(Settings())
COMPOSER = Composer(Shelf(Path(__file__).parent.parent / "transcripts" / "content"), Rulebook(RULES), load_words())


def join(connection: Connection, /, number: int, **values: object) -> int:
    row = {"telegram_id": number, "name": "Sari", "language": "id", "zone": "Asia/Jakarta", "joined_at": LONG_AGO}
    return int(connection.execute(insert(learner).values(row | values).returning(learner.c.id)).scalar_one())


def join_silent(connection: Connection) -> int:
    return join(connection, 1, reminder_minute=20 * 60 + 55, next_reminder_at=NOW)


def plan_of(connection: Connection, learner_id: int) -> tuple[datetime | None, datetime | None]:
    found = learners.get(connection, learner_id)
    return found.fell_silent_at, found.next_reminder_at


def send(connection: Connection, now: datetime, fate: str = "sent") -> str:
    """Let what is due longest leave, as the sender does; return what arrived."""
    claimed = deliveries.claim(connection, "satu", now)
    assert claimed
    outgoing = COMPOSER.compose(connection, claimed, now)
    deliveries.finish(connection, claimed, fate if outgoing else "cancelled", now)
    if outgoing is None or fate == "failed":
        return ""
    screen = outgoing.screen if isinstance(outgoing, Noted) else outgoing
    if isinstance(outgoing, Noted):
        outgoing.note(connection, now)
    return getattr(screen, "text", "")


@pytest.mark.parametrize(("late", "fate"), [(timedelta(minutes=6), "sent"), (timedelta(0), "failed")])
async def test_the_last_reminder_comes_on_the_next_day_when_it_could_not_be_sent(storage: Storage, late: timedelta, fate: str) -> None:
    learner_id = await storage.run(join_silent)
    await storage.run(reminders.queue_due, RULES, NOW)
    assert await storage.run(send, NOW + late, fate) == ""
    assert await storage.run(plan_of, learner_id) == (None, NOW + DAY)
    await storage.run(reminders.queue_due, RULES, NOW + DAY)
    assert "Ini pengingat terakhir" in await storage.run(send, NOW + DAY)
    assert await storage.run(plan_of, learner_id) == (NOW + DAY, None)


@pytest.mark.parametrize("meanwhile", ["studies", "asks for reminders", "puts it off"])
async def test_whoever_does_something_while_the_last_reminder_is_sent_is_not_silent(storage: Storage, meanwhile: str) -> None:
    def act(connection: Connection) -> tuple[datetime | None, datetime | None]:
        reminders.queue_due(connection, RULES, NOW)
        claimed = deliveries.claim(connection, "satu", NOW)
        assert claimed
        outgoing = COMPOSER.compose(connection, claimed, NOW)
        assert isinstance(outgoing, Noted)
        turn = Turn(connection, COMPOSER.shelf.catalogue, RULES, learners.get(connection, learner_id), NOW)
        match meanwhile:
            case "studies":
                lesson.note_study(turn)
            case "asks for reminders":
                preferences.resume(turn)
            case _:
                learners.reschedule(connection, [(learner_id, NOW + 3 * DAY)])
        planned = plan_of(connection, learner_id)
        outgoing.note(connection, NOW)
        assert plan_of(connection, learner_id) == planned
        return planned

    learner_id = await storage.run(join_silent)
    fell, planned = await storage.run(act)
    assert fell is None
    assert planned


async def test_whoever_puts_an_older_reminder_off_after_the_last_one_is_reminded_in_other_words(storage: Storage) -> None:
    def snooze(connection: Connection) -> datetime | None:
        turn = Turn(connection, COMPOSER.shelf.catalogue, RULES, learners.get(connection, learner_id), NOW)
        return preferences.snooze(turn, "tomorrow").next_reminder

    learner_id = await storage.run(join_silent)
    await storage.run(reminders.queue_due, RULES, NOW)
    assert "Ini pengingat terakhir" in await storage.run(send, NOW)
    assert await storage.run(snooze) == NOW + DAY
    await storage.run(reminders.queue_due, RULES, NOW + DAY)
    text = await storage.run(send, NOW + DAY)
    assert text
    assert "Ini pengingat terakhir" not in text
    fell, planned = await storage.run(plan_of, learner_id)
    assert fell is None
    assert planned
    assert planned > NOW + DAY
