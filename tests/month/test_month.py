"""A month of reminders for a thousand learners in three zones, sent by one process and by two: each exactly once, to the minute.

What is due is reckoned here from what was ordered, day by day, and by none of the program's own rules.
"""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays
import pytest
from sqlalchemy import Connection, insert

from bot.content.shelf import Shelf
from bot.domain.reminders import next_reminder
from bot.services import lesson, preferences
from bot.services.turn import Rules, Turn
from bot.storage import learners
from bot.storage.engine import make_engine
from bot.storage.tables import learner
from tests.month import replica

CONTENT = Path(__file__).parents[1] / "transcripts" / "content"
LEARNERS = 1_000
FIRST = date(2026, 3, 9)  # a Monday in Ramadan; Nyepi and Idul Fitri with their collective leave are ahead
BEGIN = datetime(2026, 3, 8, 17, 0, tzinfo=UTC)  # midnight in Jakarta
DAYS = [FIRST + timedelta(days=n) for n in range(30)]
WATCHED = DAYS[::5]
END = BEGIN + timedelta(days=30)
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
HOURS = (time(6), time(7), time(7, 13), time(8, 30), time(10), time(11, 59), time(12), time(13), time(16, 41), time(19, 30))
WEEKDAYS = (None, None, None, 0b0011111, 0b0010101, 0b1111111, 0b0100010)  # bit 0 is Monday
OFF, WORKED = date(2026, 3, 11), date(2026, 3, 14)  # a Wednesday and a Saturday, by the operator's file
FREE = holidays.country_holidays("ID", years=2026, categories=("public", "government"))
BEFORE, AFTER, MOVING = time(5, 30), time(20), time(20, 30)  # any hour of a reminder


@dataclass(frozen=True)
class Person:
    """A learner and what they will do; `leave` is the day on which it is said, its first and its last day."""

    chat: int
    zone: str
    at: time
    weekdays: int | None
    studies: dict[date, time]
    leave: tuple[date, date, date] | None
    move: tuple[date, str] | None

    def zone_on(self, day: date) -> ZoneInfo:
        return ZoneInfo(self.move[1] if self.move and day > self.move[0] else self.zone)

    def local(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=self.zone_on(day))

    def works_on(self, day: date) -> bool:
        chosen = 0b0011111 if self.weekdays is None else self.weekdays
        if day == WORKED:
            return self.weekdays is None or bool(chosen >> day.weekday() & 1)
        return bool(chosen >> day.weekday() & 1) and day not in FREE and day != OFF

    def is_away(self, day: date) -> bool:
        return self.leave is not None and self.leave[1] <= day <= self.leave[2]

    def moment(self, day: date) -> datetime:
        """Return the hour: in Ramadan, until 20 March 2026, not before 08.00, and on Fridays not in the break."""
        ramadan = day < date(2026, 3, 21)
        at = max(self.at, time(8)) if ramadan else self.at
        ends = time(12, 30) if ramadan else time(13)
        return self.local(day, ends if day.weekday() == 4 and time(11, 30) <= at < ends else at)

    def due(self) -> Iterator[datetime]:
        """Yield the moments: before each lie 0, 1, 3, 7 or 14 days without study, leave or wish; none comes after 14."""
        silent, fell = 0, False
        for day in DAYS:
            if self.leave and day == self.leave[0]:
                silent, fell = 0, False
            if self.is_away(day) or self.studies.get(day) == BEFORE:
                silent, fell = 0, fell and not self.studies.get(day)
                continue
            if self.works_on(day):
                if silent in {0, 1, 3, 7, 14} and not fell:
                    yield self.moment(day)
                fell = fell or silent == 14
                silent += 1
            if day in self.studies:
                silent, fell = 0, False

    def deeds(self) -> Iterator[tuple[datetime, str, str]]:
        """Yield what they do by themselves: moment, deed, and what is said with it."""
        for day, at in self.studies.items():
            yield self.local(day, at), "study", ""
        if self.leave:
            said, first, last = self.leave
            yield self.local(said, time(5)), "leave", f"{first} sampai {last}"
        if self.move:
            yield self.local(self.move[0], MOVING), "move", self.move[1]


def make_up(dice: random.Random, chat: int) -> Person:
    diligence = dice.choice((0.0, 0.0, 0.05, 0.2, 0.6))
    studies = {day: dice.choice((BEFORE, AFTER)) for day in DAYS if dice.random() < diligence}
    leave = None
    if dice.random() < 0.3:
        said = dice.choice(DAYS[:20])
        first = said + timedelta(days=dice.choice((0, 0, 1, 3, 9)))
        leave = said, first, first + timedelta(days=dice.randrange(14))
    move = (dice.choice(DAYS[:-1]), dice.choice(ZONES)) if dice.random() < 0.2 else None
    return Person(chat, dice.choice(ZONES), dice.choice(HOURS), dice.choice(WEEKDAYS), studies, leave, move)


@pytest.mark.parametrize(("kind", "processes"), [("sqlite", 1), ("sqlite", 2), ("postgresql", 2)])
@pytest.mark.timeout(300)
def test_each_due_reminder_comes_once_at_its_minute_and_no_other(
    kind: str, processes: int, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    dice = random.Random(f"{kind} {processes}")  # noqa: S311 - the same each time
    people = [make_up(dice, 1_000 + number) for number in range(LEARNERS)]
    file = tmp_path / "holidays.yaml"
    file.write_text(f"days_off:\n  {OFF}: rekaan\nworking_days:\n  {WORKED}: rekaan\n", encoding="utf-8")
    url = request.getfixturevalue(f"{kind}_url")
    month = Month(url, replica.rules_with(file))
    month.join(people)
    with ExitStack() as stack:
        stack.callback(month.close)
        senders = [stack.enter_context(sender(f"satu-{number}", url, file)) for number in range(processes)]
        came = [Counter[tuple[int, datetime]]() for _ in senders]
        for moment, deeds in plan(people):
            month.do(deeds, moment)
            for process in senders:
                tell(process, moment)
            for process, counted in zip(senders, came, strict=True):
                counted.update((chat, moment) for chat in answer(process))
    wanted = Counter((person.chat, moment.astimezone(UTC)) for person in people for moment in person.due() if moment < END)
    assert sum(came, Counter()) == wanted
    assert all(came), "each process had its share"
    assert len(wanted) > 5 * LEARNERS


def plan(people: list[Person]) -> list[tuple[datetime, list[tuple[Person, str, str]]]]:
    """Return the moments at which something may happen, with what people do then; on some days also the minute before each hour."""
    moments: dict[datetime, list[tuple[Person, str, str]]] = {}
    for person in people:
        for day in DAYS:
            hour = person.moment(day).astimezone(UTC)
            moments.setdefault(hour, [])
            if day in WATCHED:
                moments.setdefault(hour - timedelta(minutes=1), [])
        for moment, *deed in person.deeds():
            moments.setdefault(moment.astimezone(UTC), []).append((person, *deed))  # type: ignore[arg-type]  # two texts
    return sorted((moment, deeds) for moment, deeds in moments.items() if BEGIN < moment < END)


class Month:
    """What people do by themselves, on the same database."""

    def __init__(self, url: str, rules: Rules) -> None:
        self._engine = make_engine(url)
        self._rules = rules
        self._shelf = Shelf(CONTENT)

    def join(self, people: list[Person]) -> None:
        with self._engine.begin() as db:
            for person in people:
                row = {"telegram_id": person.chat, "name": "Sari", "language": "id", "zone": person.zone, "joined_at": BEGIN}
                plan = {"reminder_minute": person.at.hour * 60 + person.at.minute, "reminder_days": person.weekdays}
                joined = learners.get(db, db.execute(insert(learner).values(row | plan).returning(learner.c.id)).scalar_one())
                learners.reschedule(db, [(joined.id, next_reminder(joined, BEGIN, self._rules.calendar, self._rules.quiet))])

    def close(self) -> None:
        self._engine.dispose()

    def do(self, deeds: list[tuple[Person, str, str]], now: datetime) -> None:
        if deeds:
            with self._engine.begin() as db:
                for person, deed, said in deeds:
                    self._do(db, person, deed, said, now)

    def _do(self, db: Connection, person: Person, deed: str, said: str, now: datetime) -> None:
        found = learners.find(db, person.chat)
        assert found
        turn = Turn(db, self._shelf.catalogue, self._rules, found, now)
        if deed == "study":
            lesson.note_study(turn)
        elif deed == "leave":
            preferences.take_leave(turn, said)
        else:
            preferences.set_zone(turn, said)


@contextmanager
def sender(name: str, url: str, holidays_file: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, replica.__file__, name, url, str(holidays_file)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def tell(process: "subprocess.Popen[str]", moment: datetime) -> None:
    assert process.stdin
    process.stdin.write(f"{moment.isoformat()}\n")
    process.stdin.flush()


def answer(process: "subprocess.Popen[str]") -> list[int]:
    assert process.stdout
    chats: list[int] = json.loads(process.stdout.readline())
    return chats
