"""Reminders and pauses as rows: what a month in the future leaves behind, and what a reminder reads."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, event, insert, select, update

from bot import views
from bot.content.shelf import Shelf
from bot.core import make_rules
from bot.domain.learner import UNTIL_RESUMED
from bot.services import group_quiz, preferences, reminders, silence
from bot.services.turn import Turn
from bot.settings import Settings
from bot.storage import coordination, deliveries, groups, learners, pauses, records
from bot.storage.database import Storage
from bot.storage.tables import delivery, enrolment, learner, memory, person, study_group, unit

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)  # Monday, 08:30 in Jakarta
CONTENT = Path(__file__).parent.parent / "transcripts" / "content"
RULES = make_rules(Settings())
MONDAY = date(2026, 3, 2)
WEEK = timedelta(days=7)


def join(connection: Connection, /, number: int, **values: object) -> int:
    row = {"telegram_id": number, "name": "Sari", "language": "id", "zone": "Asia/Jakarta", "joined_at": NOW, "reminder_minute": 510}
    return int(connection.execute(insert(learner).values(row | values).returning(learner.c.id)).scalar_one())


def coordinating(connection: Connection, learner_id: int, unit_id: int | None = None) -> int:
    coordination.give(connection, learner_id, unit_id, None, NOW)
    return learner_id


def employ(connection: Connection, learner_id: int, unit_id: int) -> None:
    values = {"external_id": str(learner_id), "name": "Pegawai", "unit_id": unit_id, "learner_id": learner_id}
    connection.execute(insert(person).values(values))


async def test_reminders_that_a_clock_in_the_future_planned_come_at_their_right_hour(storage: Storage) -> None:
    count, month = 3 * reminders.BATCH // 2, NOW + timedelta(days=31)

    def begin(connection: Connection) -> None:
        for number in range(count):
            join(connection, number, next_reminder_at=month)
        join(connection, count, next_reminder_at=month, paused_until=date(2026, 4, 2))

    await storage.run(begin)
    since = await storage.run(reminders.bring_forward, RULES, NOW)
    while since:
        since = await storage.run(reminders.bring_forward, RULES, NOW, since)
    planned = await storage.run(lambda connection: list(connection.execute(select(learner.c.next_reminder_at)).scalars()))
    assert planned.count(NOW + timedelta(days=1)) == count
    assert planned.count(NOW + timedelta(days=31)) == 1, "a pause may be long"


async def test_a_reminder_reads_nothing_of_what_was_ever_answered(storage: Storage) -> None:
    read: list[str] = []
    event.listen(storage.engine, "before_cursor_execute", lambda _connection, _cursor, statement, *_: read.append(statement))
    catalogue = Shelf(CONTENT).catalogue

    def begin(connection: Connection) -> int:
        studied = {"module_id": "kata-sandi", "version": "v", "started_at": NOW, "updated_at": NOW}
        learner_id = join(connection, 1)
        connection.execute(insert(enrolment).values(studied | {"learner_id": learner_id, "state": "completed"}))
        return learner_id

    learner_id = await storage.run(begin)
    found = await storage.run(lambda connection: reminders.compose(connection, catalogue, RULES, learner_id, NOW))
    assert found
    assert found[1].items == 3
    assert not [statement for statement in read if "attempt" in statement]


@pytest.mark.parametrize(
    ("ends", "kept"),
    [
        (MONDAY + WEEK, [(MONDAY, MONDAY + WEEK)]),
        (UNTIL_RESUMED, [(MONDAY, UNTIL_RESUMED)]),
        (MONDAY, []),  # taken back on its first day
    ],
)
async def test_what_a_pause_lasts_can_be_changed_while_it_is_in_force(storage: Storage, ends: date, kept: list[tuple[date, date]]) -> None:
    learner_id = await storage.run(join, 1)
    await storage.run(pauses.begin, learner_id, MONDAY - 4 * WEEK, MONDAY - WEEK)
    await storage.run(pauses.begin, learner_id, MONDAY, MONDAY + 2 * WEEK)
    await storage.run(pauses.end, learner_id, MONDAY, ends)
    assert await storage.run(pauses.of_learner, learner_id) == [(MONDAY - 4 * WEEK, MONDAY - WEEK), *kept]


async def test_a_pause_that_begins_twice_on_a_day_as_when_the_zone_changes_is_one(storage: Storage) -> None:
    learner_id = await storage.run(join, 1)
    await storage.run(pauses.begin, learner_id, MONDAY, MONDAY + WEEK)
    await storage.run(pauses.end, learner_id, MONDAY + timedelta(days=1), MONDAY + timedelta(days=1))
    await storage.run(pauses.begin, learner_id, MONDAY, MONDAY + 2 * WEEK)
    assert await storage.run(pauses.of_learner, learner_id) == [(MONDAY, MONDAY + 2 * WEEK)]


async def test_who_falls_silent_is_told_of_once_to_coordinators_and_reminded_no_more(storage: Storage) -> None:
    long_ago = NOW - timedelta(days=60)

    def begin(connection: Connection) -> tuple[int, int]:
        silent = join(connection, 1, joined_at=long_ago, next_reminder_at=NOW)
        return silent, coordinating(connection, join(connection, 2, reminder_minute=None))

    def row(connection: Connection, learner_id: int) -> tuple[datetime | None, datetime | None]:
        found = connection.execute(select(learner).where(learner.c.id == learner_id)).one()
        return found.fell_silent_at, found.next_reminder_at

    def kinds(connection: Connection) -> list[tuple[str, str]]:
        return [tuple(each) for each in connection.execute(select(delivery.c.kind, delivery.c.occasion).order_by(delivery.c.id))]

    def send(connection: Connection, now: datetime) -> None:
        claimed = deliveries.claim(connection, "satu", now)
        assert claimed
        found = reminders.compose(connection, Shelf(CONTENT).catalogue, RULES, silent, now)
        assert found
        assert found[1].is_last
        deliveries.finish(connection, claimed, "sent", now)
        learners.fell_silent(connection, found[0], now)

    silent, coordinator = await storage.run(begin)
    assert await storage.run(reminders.queue_due, RULES, NOW) == 1
    assert await storage.run(row, silent) == (None, NOW + timedelta(days=1)), "it has not been sent yet"
    await storage.run(send, NOW)
    assert await storage.run(row, silent) == (NOW, None)
    assert await storage.run(silence.queue_reports, RULES, NOW) == (0, None), "the day is not over"
    tomorrow = NOW + timedelta(days=1)
    for _ in range(2):
        await storage.run(silence.queue_reports, RULES, tomorrow)
    assert await storage.run(kinds) == [("reminder", "2026-03-02"), ("silent", "2026-03-03")]
    told = await storage.run(silence.compose, RULES, coordinator, "2026-03-03", tomorrow)
    assert told
    assert told[1].count == 1
    await storage.run(lambda connection: connection.execute(update(delivery).values(state="sent")))
    assert await storage.run(silence.queue_reports, RULES, NOW + timedelta(days=2)) == (0, None), "that was told"


async def test_a_units_coordinator_is_told_of_those_who_work_below_it_alone(storage: Storage) -> None:
    def begin(connection: Connection) -> dict[str, int]:
        for unit_id, parent_id in ((1, None), (2, 1), (3, None)):
            connection.execute(insert(unit).values(id=unit_id, parent_id=parent_id, name=f"Dinas {unit_id}"))
        for number, unit_id in ((1, 1), (2, 2), (3, 3)):
            employ(connection, join(connection, number, fell_silent_at=NOW), unit_id)
        join(connection, 4, fell_silent_at=NOW)
        given = {"everybody": None, "first": 1, "below": 2}
        return {name: coordinating(connection, join(connection, 10 + place), given[name]) for place, name in enumerate(given)}

    told = {}
    for name, learner_id in (await storage.run(begin)).items():
        found = await storage.run(silence.compose, RULES, learner_id, "2026-03-03", NOW + timedelta(days=1))
        told[name] = found[1].count if found else 0
    assert told == {"everybody": 4, "first": 2, "below": 1}


async def test_nothing_is_told_of_who_studied_meanwhile(storage: Storage) -> None:
    def begin(connection: Connection) -> int:
        back = join(connection, 1, fell_silent_at=NOW)
        learners.studied(connection, back, date(2026, 3, 3), NOW + timedelta(days=2))
        return coordinating(connection, join(connection, 2))

    coordinator = await storage.run(begin)
    assert await storage.run(silence.compose, RULES, coordinator, "2026-03-03", NOW + timedelta(days=1)) is None


async def test_a_reminder_that_would_leave_in_fridays_break_comes_after_it(storage: Storage) -> None:
    friday = datetime(2026, 4, 10, 4, 45, tzinfo=UTC)  # 11:45 in Jakarta
    learner_id = await storage.run(join, 1)
    catalogue = Shelf(CONTENT).catalogue
    assert await storage.run(lambda connection: reminders.compose(connection, catalogue, RULES, learner_id, friday)) is None
    planned = await storage.run(lambda connection: connection.execute(select(learner.c.next_reminder_at)).scalar_one())
    assert planned == datetime(2026, 4, 10, 6, 0, tzinfo=UTC)


async def test_who_has_nothing_to_do_is_not_silent_and_is_reminded_once_something_is_due(storage: Storage) -> None:
    catalogue = Shelf(CONTENT).catalogue
    due = {"stability": 60.0, "difficulty": 3.0, "reviewed_on": MONDAY, "due_on": date(2026, 5, 4), "mistaken": False}

    def finish_everything(connection: Connection) -> int:
        learner_id = join(connection, 1, last_studied_on=MONDAY, next_reminder_at=NOW + timedelta(days=1))
        for module in catalogue.modules.values():
            studied = {"module_id": module.id, "version": "v", "started_at": NOW, "updated_at": NOW, "state": "completed"}
            connection.execute(insert(enrolment).values(studied | {"learner_id": learner_id}))
            rows = [{"learner_id": learner_id, "module_id": module.id, "item_id": item.id, **due} for item in module.items]
            connection.execute(insert(memory), rows)
        return learner_id

    def pass_day(connection: Connection, now: datetime) -> bool:
        reminders.queue_due(connection, RULES, now)
        claimed = deliveries.claim(connection, "satu", now)
        found = claimed and reminders.compose(connection, catalogue, RULES, learner_id, now)
        if claimed:
            deliveries.finish(connection, claimed, "sent" if found else "cancelled", now)
        return bool(found)

    learner_id = await storage.run(finish_everything)
    reminded = [day for day in range(1, 70) if await storage.run(pass_day, NOW + timedelta(days=day))]
    assert (MONDAY + timedelta(days=reminded[0])) == date(2026, 5, 4)
    assert await storage.run(lambda connection: connection.execute(select(learner.c.fell_silent_at)).scalar_one()) is None


async def test_a_leave_ahead_is_exported_and_a_new_one_takes_its_place(storage: Storage) -> None:
    catalogue = Shelf(CONTENT).catalogue

    def plan(connection: Connection, text: str) -> list[tuple[date, date]]:
        preferences.take_leave(Turn(connection, catalogue, RULES, learners.get(connection, learner_id), NOW), text)
        return list(pauses.of_learner(connection, learner_id))

    learner_id = await storage.run(join, 1)
    assert await storage.run(plan, "10 sampai 13 Maret") == [(date(2026, 3, 10), date(2026, 3, 14))]
    assert await storage.run(plan, "20 sampai 27 April") == [(date(2026, 4, 20), date(2026, 4, 28))]
    exported = await storage.run(records.export, learner_id, 1)
    assert [(row["paused_from"], row["paused_until"]) for row in exported["learner"]] == [(date(2026, 4, 20), date(2026, 4, 28))]
    assert [(row["first"], row["until"]) for row in exported["pause"]] == [(date(2026, 4, 20), date(2026, 4, 28))]


async def test_a_leave_that_is_planned_while_a_pause_is_in_force_ends_it_today(storage: Storage) -> None:
    catalogue = Shelf(CONTENT).catalogue

    def act(connection: Connection) -> list[tuple[date, date]]:
        preferences.pause(Turn(connection, catalogue, RULES, learners.get(connection, learner_id), NOW), 14)
        later = Turn(connection, catalogue, RULES, learners.get(connection, learner_id), NOW + timedelta(days=2))
        shown = preferences.take_leave(later, "20 sampai 27 April")
        assert isinstance(shown, views.Preferences)
        assert shown.replaced_pause
        assert shown.next_reminder == NOW + timedelta(days=3)
        return list(pauses.of_learner(connection, learner_id))

    learner_id = await storage.run(join, 1)
    assert await storage.run(act) == [(MONDAY, MONDAY + timedelta(days=2)), (date(2026, 4, 20), date(2026, 4, 28))]


async def test_days_of_a_leave_ahead_move_what_is_asked_again(storage: Storage) -> None:
    catalogue = Shelf(CONTENT).catalogue

    def plan(connection: Connection) -> Turn:
        turn = Turn(connection, catalogue, RULES, learners.get(connection, learner_id), NOW)
        preferences.take_leave(turn, "5 sampai 6 Maret")
        assert not turn.calendar.is_working_day(date(2026, 3, 5))
        assert turn.calendar.is_working_day(date(2026, 3, 4))
        return turn

    learner_id = await storage.run(join, 1)
    await storage.run(plan)


@pytest.mark.parametrize(("hour", "there"), [(time(8, 30), "Asia/Jayapura"), (time(23), "Asia/Jayapura"), (time(0, 30), "Asia/Jakarta")])
async def test_a_leave_keeps_its_days_and_can_be_taken_back_in_another_zone(storage: Storage, hour: time, there: str) -> None:
    catalogue = Shelf(CONTENT).catalogue
    now = datetime.combine(MONDAY, hour, tzinfo=ZoneInfo("Asia/Jakarta" if there != "Asia/Jakarta" else "Asia/Jayapura"))

    def turn(connection: Connection) -> Turn:
        return Turn(connection, catalogue, RULES, learners.get(connection, learner_id), now)

    def act(connection: Connection) -> None:
        learners.change(connection, learner_id, zone=str(now.tzinfo))
        preferences.take_leave(turn(connection), "hari ini sampai 6 Maret")
        moved = preferences.set_zone(turn(connection), there)
        assert moved.next_reminder == datetime(2026, 3, 9, 8, 30, tzinfo=ZoneInfo(there))
        back = preferences.resume(turn(connection))
        assert back.next_reminder
        assert back.next_reminder < datetime(2026, 3, 4, tzinfo=UTC)
        days = [day for first, until in pauses.of_learner(connection, learner_id) for day in (first, until - timedelta(days=1))]
        assert not [day for day in days if day >= turn(connection).learner.today(now)]

    learner_id = await storage.run(join, 1)
    await storage.run(act)


@pytest.mark.parametrize(("minute", "there", "planned"), [(13 * 60, "Asia/Jakarta", 13), (510, "Asia/Jayapura", 8)])
async def test_a_day_that_had_its_reminder_is_promised_no_other(storage: Storage, minute: int, there: str, planned: int) -> None:
    catalogue = Shelf(CONTENT).catalogue

    def act(connection: Connection) -> datetime | None:
        turn = Turn(connection, catalogue, RULES, learners.get(connection, learner_id), NOW + timedelta(minutes=10))
        preferences.set_zone(turn, there)
        turn = Turn(connection, catalogue, RULES, learners.get(connection, learner_id), NOW + timedelta(minutes=10))
        return preferences.set_reminder(turn, time(minute // 60, minute % 60)).next_reminder

    learner_id = await storage.run(join, 1, next_reminder_at=NOW)
    assert await storage.run(reminders.queue_due, RULES, NOW) == 1
    promised = await storage.run(act)
    assert promised
    assert promised.date() == date(2026, 3, 3)
    assert promised.hour == planned


async def test_flying_west_and_back_on_a_day_brings_no_second_reminder_and_loses_none(storage: Storage) -> None:
    catalogue = Shelf(CONTENT).catalogue
    morning = datetime(2026, 3, 2, 8, 30, tzinfo=ZoneInfo("Asia/Jayapura"))

    def move(connection: Connection, zone: str, now: datetime) -> datetime | None:
        return preferences.set_zone(Turn(connection, catalogue, RULES, learners.get(connection, learner_id), now), zone).next_reminder

    learner_id = await storage.run(join, 1, zone="Asia/Jayapura", next_reminder_at=morning)
    assert await storage.run(reminders.queue_due, RULES, morning) == 1
    west = await storage.run(move, "Asia/Jakarta", morning + timedelta(minutes=1))  # where it is 06:31
    assert west == datetime(2026, 3, 3, 8, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
    east = await storage.run(move, "Asia/Jayapura", morning + timedelta(hours=5))
    assert east == datetime(2026, 3, 3, 8, 30, tzinfo=ZoneInfo("Asia/Jayapura"))


SATURDAY = date(2026, 3, 7)
WITH_SATURDAY = replace(RULES, calendar=replace(RULES.calendar, working_days=frozenset({SATURDAY})))
FRIDAY_NOON = datetime(2026, 3, 6, 5, 0, tzinfo=UTC)
SATURDAYS_HOUR = datetime(2026, 3, 7, 1, 30, tzinfo=UTC)


async def test_a_day_that_became_a_working_day_is_planned_for_all_who_were_planned_behind_it(storage: Storage) -> None:
    count, monday = 3 * reminders.BATCH // 2, SATURDAYS_HOUR + timedelta(days=2)
    studied = {"last_studied_on": date(2026, 3, 5)}

    def begin(connection: Connection) -> None:
        for number in range(count):
            join(connection, number, next_reminder_at=monday, **studied)
        join(connection, count, next_reminder_at=FRIDAY_NOON + timedelta(hours=1), **studied)  # was put off
        join(connection, count + 1, next_reminder_at=monday, paused_until=date(2026, 3, 9))
        join(connection, count + 2, next_reminder_at=monday, reminder_days=0b0000001, **studied)  # on Mondays only

    await storage.run(begin)
    since = await storage.run(reminders.plan_earlier, WITH_SATURDAY, FRIDAY_NOON)
    while since:
        since = await storage.run(reminders.plan_earlier, WITH_SATURDAY, FRIDAY_NOON, since)
    planned = await storage.run(lambda db: list(db.execute(select(learner.c.next_reminder_at).order_by(learner.c.telegram_id)).scalars()))
    assert planned == [*[SATURDAYS_HOUR] * count, FRIDAY_NOON + timedelta(hours=1), monday, monday]


async def test_a_group_is_asked_on_a_day_that_became_a_working_day(storage: Storage) -> None:
    count, monday = 3 * group_quiz.BATCH // 2, SATURDAYS_HOUR + timedelta(days=2)

    def begin(connection: Connection) -> None:
        for number in range(count):
            groups.add(connection, -number, "Tim", "id", "Asia/Jakarta")
            groups.change(connection, -number, quiz_minute=510, next_quiz_at=monday)

    await storage.run(begin)
    since = await storage.run(group_quiz.plan_earlier, WITH_SATURDAY, FRIDAY_NOON)
    while since:
        since = await storage.run(group_quiz.plan_earlier, WITH_SATURDAY, FRIDAY_NOON, since)
    planned = await storage.run(lambda db: set(db.execute(select(study_group.c.next_quiz_at)).scalars()))
    assert planned == {SATURDAYS_HOUR}


@pytest.mark.parametrize("away", [{"fell_silent_at": NOW}, {"stopped": True}])
async def test_whoever_wants_reminders_again_keeps_the_leave_that_is_ahead(storage: Storage, away: dict[str, object]) -> None:
    catalogue = Shelf(CONTENT).catalogue

    def act(connection: Connection) -> list[date | None]:
        def turn() -> Turn:
            return Turn(connection, catalogue, RULES, learners.get(connection, learner_id), NOW)

        preferences.take_leave(turn(), "20 sampai 27 April")
        learners.change(connection, learner_id, **away)
        return [preferences.resume(turn()).reminder.paused_from for _ in range(2)]

    learner_id = await storage.run(join, 1)
    assert await storage.run(act) == [date(2026, 4, 20), None], "what is taken back second is the leave"
