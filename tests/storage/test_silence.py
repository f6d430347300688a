"""Silence as rows: the last reminder comes until it was sent, and whoever it silenced is told of until that was sent."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select

from bot.content.shelf import Shelf
from bot.core import make_rules
from bot.gateway.terms import Noted
from bot.handlers.outgoing import Composer
from bot.services import lesson, preferences, reminders, silence
from bot.services.rulebook import Rulebook
from bot.services.turn import Turn
from bot.settings import Settings
from bot.storage import coordination, deliveries, learners
from bot.storage.database import Storage
from bot.storage.tables import delivery, learner
from bot.texts import load_words

NOW = datetime(2026, 3, 2, 13, 55, tzinfo=UTC)  # Monday, 20:55 in Jakarta, where it is quiet from 21:00 on
MORNING = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)  # Tuesday, 09:00
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


def join_coordinator(connection: Connection, /, **values: object) -> None:
    """Let there be a coordinator, and somebody who fell silent on Monday."""
    join(connection, 1, fell_silent_at=NOW)
    coordination.give(connection, join(connection, 2, **values), None, None, LONG_AGO)


async def reports(storage: Storage, moments: list[datetime]) -> list[str]:
    """Return what arrives of the reports at these moments."""

    async def report(now: datetime) -> str:
        told, _ = await storage.run(silence.queue_reports, RULES, now)
        return await storage.run(send, now) if told else ""

    return [await report(now) for now in moments]


@pytest.mark.parametrize(("late", "fate"), [(13 * timedelta(hours=1), "sent"), (DAY, "sent"), (timedelta(0), "failed")])
async def test_whom_a_report_was_about_that_never_left_is_in_the_next_one(storage: Storage, late: timedelta, fate: str) -> None:
    await storage.run(join_coordinator)
    assert await storage.run(silence.queue_reports, RULES, MORNING) == (1, None)
    assert await storage.run(send, MORNING + late, fate) == "", "in the night, or when the next report's day has begun"
    (told, again) = await reports(storage, [MORNING + DAY, MORNING + 2 * DAY])
    assert told.startswith("1 orang")
    assert again == ""


async def test_many_coordinators_are_told_in_batches_each_once(storage: Storage) -> None:
    def join_all(connection: Connection) -> None:
        join(connection, 1, fell_silent_at=NOW)
        for number in range(2, silence.BATCH + 9):
            coordination.give(connection, join(connection, number), None, None, LONG_AGO)

    await storage.run(join_all)
    told, after = await storage.run(silence.queue_reports, RULES, MORNING)
    assert (told, after) == (silence.BATCH, silence.BATCH + 1)
    assert after
    assert await storage.run(silence.queue_reports, RULES, MORNING, after) == (7, None)
    queued = await storage.run(lambda db: db.execute(select(delivery.c.learner_id)).scalars().all())
    assert sorted(queued) == list(range(2, silence.BATCH + 9))


async def test_a_report_that_may_have_arrived_is_not_repeated(storage: Storage) -> None:
    await storage.run(join_coordinator)
    assert await storage.run(silence.queue_reports, RULES, MORNING) == (1, None)
    await storage.run(send, MORNING, "uncertain")
    assert await reports(storage, [MORNING + DAY]) == [""]


async def test_who_fell_silent_while_a_coordinator_was_on_leave_is_told_of_after_it(storage: Storage) -> None:
    await storage.run(join_coordinator, paused_until=date(2026, 3, 16))
    during, after, later = await reports(storage, [MORNING + 3 * DAY, MORNING + 13 * DAY, MORNING + 14 * DAY])
    assert (during, later) == ("", "")
    assert after.startswith("1 orang")


async def test_whoever_has_long_been_silent_is_not_told_of_again_when_the_last_report_is_no_longer_known(storage: Storage) -> None:
    await storage.run(join_coordinator)
    assert (await reports(storage, [MORNING]))[0].startswith("1 orang")
    much_later = datetime(2026, 9, 8, 2, 0, tzinfo=UTC)  # a Tuesday, 189 days after
    await storage.run(lambda db: db.execute(delivery.delete()))
    assert await reports(storage, [much_later]) == [""]
    await storage.run(lambda db: join(db, 3, fell_silent_at=much_later))
    assert (await reports(storage, [much_later + DAY]))[0].startswith("1 orang")


async def test_whoever_becomes_a_coordinator_is_told_of_nobody_who_was_silent_before_they_joined(storage: Storage) -> None:
    await storage.run(join_coordinator, joined_at=MORNING)
    assert await reports(storage, [MORNING + timedelta(hours=1), MORNING + DAY]) == ["", ""]
