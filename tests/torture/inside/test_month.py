"""A month of reminders from several replicas on one PostgreSQL, of which one dies in the middle: each exactly once a day, none at night."""

import asyncio
import logging
import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from sqlalchemy import Connection, func, insert, select

from bot.clock import AdjustableClock
from bot.domain.reminders import next_reminder
from bot.services import lesson, preferences
from bot.services.preferences import HOURS, ZONES
from bot.services.turn import Turn
from bot.storage import deliveries, learners
from bot.storage.database import Storage
from bot.storage.engine import make_engine
from bot.storage.tables import delivery, learner
from tests.torture.doses import PATIENCE, dose
from tests.torture.inside.replicas import AT_ONCE, RULES, SHELF, Post, Replica, replicas_at_work

log = logging.getLogger(__name__)

FIRST = date(2026, 3, 9)  # the month of Nyepi and Idul Fitri: a week of holidays and collective leave
DAYS = dose("reminder_days", 10, 30)
LEARNERS = dose("reminder_learners", 30, 1_000)
REPLICAS = dose("reminder_replicas", 2, 3)
BEGIN = datetime(2026, 3, 8, 15, 0, tzinfo=UTC)  # midnight in Jayapura, the first zone in which the first day begins
END = BEGIN + timedelta(days=DAYS)


@dataclass(frozen=True)
class Sari:
    """A learner with their plans: on which days they study before the reminder, and from when to when they pause."""

    chat: int
    zone: str
    at: time
    studies: frozenset[date]
    pause: tuple[date, int]

    def expects(self) -> set[date]:
        """Return the days with a reminder, whose hour lies within the play: those that are worked, not studied and not paused.

        Before them are none, 1, 3, 7 or 14 worked days without study since the last study or pause.
        """
        free = holidays.country_holidays("ID", years=2026, categories=("public", "government"))
        first, length = self.pause
        days = [FIRST + timedelta(days=n) for n in range(DAYS + 1)]
        worked = [day for day in days if day.weekday() < 5 and day not in free]
        paused = {first + timedelta(days=n) for n in range(length)}
        expected, silent = set(), 0
        for day in days:
            if day in self.studies | paused:
                silent = 0
            elif day in worked:
                if silent in {0, 1, 3, 7, 14} and self.moment(day) < END:
                    expected.add(day)
                silent += 1
        return expected

    def moment(self, day: date) -> datetime:
        """Return the learner's hour: in Ramadan, until 20 March 2026, not before 08.00, and on Fridays not in the break."""
        at, ramadan = self.at, day < date(2026, 3, 21)
        if ramadan and at < time(8):
            at = time(8)
        end = time(12, 30) if ramadan else time(13)
        if day.weekday() == 4 and time(11, 30) <= at < end:
            at = end
        return datetime.combine(day, at, tzinfo=ZoneInfo(self.zone))


def make_up(dice: random.Random, chat: int) -> Sari:
    days = [FIRST + timedelta(days=n) for n in range(DAYS)]
    studies = frozenset(day for day in days if dice.random() < 0.1)
    pause = (dice.choice(days), dice.choice((7, 14)) if dice.random() < 0.1 else 0)
    return Sari(chat, dice.choice(ZONES), dice.choice(HOURS), studies, pause)


@pytest.mark.timeout(PATIENCE)
async def test_every_reminder_comes_once_whichever_replica_sends_it_and_whichever_dies(postgresql_url: str) -> None:
    dice = random.Random(1)  # noqa: S311 - the same each time
    people = [make_up(dice, 1_000 + number) for number in range(LEARNERS)]
    clock = AdjustableClock(BEGIN, running=False)
    post = Post(clock)
    storage = Storage(make_engine(postgresql_url))
    await storage.run(_join, people, clock.now())
    async with replicas_at_work(REPLICAS, postgresql_url, post) as replicas:
        for moment, deeds in _plan(people):
            await _come_to(moment, clock, storage, replicas)
            for person, deed in deeds:
                await storage.run(_does, person, deed, clock.now())
            replicas[0].doomed = len(post.arrived) >= 2 * LEARNERS
        await _come_to(END, clock, storage, replicas)
    fates = dict(await storage.run(_fates))
    storage.close()

    got = Counter((chat, _local(people[chat - 1_000], moment).date()) for moment, chat in post.arrived)
    wanted = Counter((person.chat, day) for person in people for day in person.expects())
    log.info("%s learners, %s days, %s replicas: %s reminders; fates %s", LEARNERS, DAYS, REPLICAS, len(post.arrived), fates)
    assert got == wanted
    assert not [moment for moment, chat in post.arrived if RULES.quiet.cover(_local(people[chat - 1_000], moment).time())]
    assert set(fates) <= {"sent", "cancelled", "uncertain"}
    assert 0 < fates.get("uncertain", 0) <= AT_ONCE
    assert max(_lateness(people, post)) < timedelta(minutes=2), "a reminder waited for no longer than it takes to notice a dead replica"


def _plan(people: list[Sari]) -> list[tuple[datetime, list[tuple[Sari, str]]]]:
    """Return what people do, by the moment: they study an hour before their reminder, and pause at the beginning of a day."""
    plan: dict[datetime, list[tuple[Sari, str]]] = {}
    for person in people:
        for day in person.studies:
            plan.setdefault(person.moment(day) - timedelta(hours=1), []).append((person, "study"))
        if person.pause[1]:
            plan.setdefault(person.moment(person.pause[0]) - timedelta(hours=2), []).append((person, "pause"))
    return sorted((moment, deeds) for moment, deeds in plan.items() if BEGIN < moment < END)


async def _come_to(moment: datetime, clock: AdjustableClock, storage: Storage, replicas: list[Replica]) -> None:
    """Let time go by up to a moment, all replicas ticking whenever a reminder is due, until nothing is left to send."""
    while (due := await storage.run(_next_due)) is not None and due <= moment:
        clock.advance(max(due - clock.now(), timedelta()))
        await asyncio.gather(*(replica.tick() for replica in replicas))
        while await storage.run(deliveries.count_waiting):
            clock.advance(timedelta(seconds=1))
            await asyncio.gather(*(replica.tick() for replica in replicas))
    clock.advance(max(moment - clock.now(), timedelta()))


def _join(db: Connection, people: list[Sari], now: datetime) -> None:
    for person in people:
        minute = person.at.hour * 60 + person.at.minute
        row = {
            "telegram_id": person.chat,
            "name": "Sari",
            "language": "id",
            "zone": person.zone,
            "joined_at": now,
            "reminder_minute": minute,
        }
        joined = learners.get(db, db.execute(insert(learner).values(row).returning(learner.c.id)).scalar_one())
        learners.reschedule(db, [(joined.id, next_reminder(joined, now, RULES.calendar, RULES.quiet))])


def _does(db: Connection, person: Sari, deed: str, now: datetime) -> None:
    found = learners.find(db, person.chat)
    assert found
    turn = Turn(db, SHELF.catalogue, RULES, found, now)
    if deed == "study":
        lesson.note_study(turn)
    else:
        preferences.pause(turn, person.pause[1])


def _next_due(db: Connection) -> datetime | None:
    earliest: datetime | None = db.execute(select(func.min(learner.c.next_reminder_at))).scalar_one()
    return earliest


def _fates(db: Connection) -> list[tuple[str, int]]:
    return [(state, count) for state, count in db.execute(select(delivery.c.state, func.count()).group_by(delivery.c.state))]


def _lateness(people: list[Sari], post: Post) -> list[timedelta]:
    moments = [(people[chat - 1_000], moment) for moment, chat in post.arrived]
    return [moment - person.moment(_local(person, moment).date()) for person, moment in moments]


def _local(person: Sari, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(person.zone))
