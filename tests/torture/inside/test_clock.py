"""Clocks that jump, midnights, moves between zones, leap days, ends of years: at most one reminder a local day, and none forgotten."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import Engine, insert

from bot.content.shelf import Shelf
from bot.core import make_rules
from bot.domain.learner import Learner
from bot.domain.reminders import LAST_STEP, silent_days
from bot.services import lesson, preferences, reminders
from bot.services.preferences import HOURS, ZONES
from bot.services.turn import Turn
from bot.settings import ReminderSettings, Settings
from bot.storage import deliveries, learners
from bot.storage.engine import make_engine
from bot.storage.tables import delivery, learner
from tests.torture.doses import PATIENCE, dose

CATALOGUE = Shelf(Path(__file__).parents[2] / "transcripts" / "content").catalogue
RULES = make_rules(Settings(reminders=ReminderSettings(quiet_from=time(19, 30), quiet_until=time(6))))
BEFORE = (  # moments shortly before something happens to the calendar
    datetime(2026, 3, 2, 0, 30, tzinfo=UTC),
    datetime(2028, 2, 28, 16, 30, tzinfo=UTC),  # a leap day begins in Jakarta
    datetime(2026, 12, 31, 14, 30, tzinfo=UTC),  # a year ends in Jayapura
    datetime(2026, 3, 17, 12, 0, tzinfo=UTC),  # a week of holidays
    datetime(2026, 3, 6, 9, 0, tzinfo=UTC),  # a weekend
)
JUMPS = (timedelta(hours=1), timedelta(hours=-1), timedelta(days=-1), timedelta(days=31), timedelta(days=-31))
EXAMPLES = dose("clock_stories", 12, 400)
STEPS = dose("clock_steps", 25, 60)
A_TICK = timedelta(seconds=5)
AFTERWARDS = timedelta(days=8)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


class Life(RuleBasedStateMachine):
    """One learner, the reminders they get, and all that can happen to their clock and their wishes."""

    engine: Engine

    @initialize(now=st.sampled_from(BEFORE), zone=st.sampled_from(ZONES), hour=st.sampled_from(HOURS))
    def begin(self, now: datetime, zone: str, hour: time) -> None:
        self.now = now
        self.got: Counter[date] = Counter()
        self.snoozed: Counter[date] = Counter()
        self.put_off: datetime | None = None
        row = {"telegram_id": 1, "name": "Sari", "language": "id", "zone": zone, "joined_at": now}
        with self.engine.begin() as db:
            db.execute(delivery.delete())
            db.execute(learner.delete())
            self.learner_id = db.execute(insert(learner).values(row).returning(learner.c.id)).scalar_one()
        self._does(lambda turn: preferences.set_reminder(turn, hour))

    @rule(minutes=st.integers(1, 24 * 60))
    def time_passes(self, minutes: int) -> None:
        self._pass(timedelta(minutes=minutes))

    @rule(jump=st.sampled_from(JUMPS))
    def the_clock_jumps(self, jump: timedelta) -> None:
        self.now += jump
        self._tick()

    @rule(jump=st.sampled_from(JUMPS))
    def the_clock_is_wrong_for_a_moment(self, jump: timedelta) -> None:
        self.the_clock_jumps(jump)
        self.the_clock_jumps(-jump)

    @rule(zone=st.sampled_from(ZONES))
    def moves(self, zone: str) -> None:
        self._does(lambda turn: preferences.set_zone(turn, zone))

    @rule(hour=st.sampled_from(HOURS))
    def chooses_an_hour(self, hour: time) -> None:
        self._does(lambda turn: preferences.set_reminder(turn, hour))

    @rule(days=st.sampled_from([1, 7]))
    def pauses(self, days: int) -> None:
        self._does(lambda turn: preferences.pause(turn, days))

    @rule()
    def resumes(self) -> None:
        self._does(preferences.resume)

    @rule(until=st.sampled_from(["hour", "tomorrow"]))
    def snoozes(self, until: str) -> None:
        self.snoozed[self._learner().today(self.now)] += 1
        self._does(lambda turn: preferences.snooze(turn, until))
        self.put_off = self._learner().next_reminder_at

    @rule()
    def studies(self) -> None:
        self._does(lesson.note_study)

    def teardown(self) -> None:
        """Let the clock be right from now on: the next reminder is near, and on each day after it that has a step of silence one comes."""
        if not hasattr(self, "learner_id"):
            return
        with self.engine.begin() as db:
            reminders.bring_forward(db, RULES, self.now)
        sari = self._learner()
        if sari.fell_silent_at and silent_days(sari, sari.today(self.now), RULES.calendar) == LAST_STEP:  # that was the last one
            assert sari.next_reminder_at in {None, self.put_off}, "no more comes but what was put off by the learner"
            return
        assert sari.next_reminder_at, "the next reminder is forgotten"
        nearest = max(sari.today(self.now), sari.paused_until or date.min)
        assert sari.today(sari.next_reminder_at) <= nearest + reminders.FAR, "the next reminder is too far away"
        before, first = self.got.copy(), sari.today(sari.next_reminder_at)
        self._pass(AFTERWARDS)
        for day in (first + timedelta(days=n) for n in range((sari.today(self.now) - first).days)):
            if (
                RULES.calendar.is_working_day(day)
                and not before[day]
                and sari.last_studied_on != day
                and silent_days(sari, day, RULES.calendar) in {0, 1, 3, 7}
            ):
                assert self.got[day] == 1, f"no reminder on {day}"

    def _pass(self, span: timedelta) -> None:
        """Let time go by; the program ticks each few seconds, but only a tick at which a reminder is due does anything."""
        end = self.now + span
        while self.now < end:
            planned = self._learner().next_reminder_at or end
            self.now = min(end, max(self.now + A_TICK, planned))
            self._tick()

    def _tick(self) -> None:
        """Do what the program's tick and its sender do."""
        with self.engine.begin() as db:
            reminders.queue_due(db, RULES, self.now)
        with self.engine.begin() as db:
            while claimed := deliveries.claim(db, "one", self.now):
                found = reminders.compose(db, CATALOGUE, RULES, self.learner_id, self.now)
                if found:
                    self._receive(found[0])
                deliveries.finish(db, claimed, "sent" if found else "cancelled", self.now)
                if found and found[1].is_last:
                    learners.fell_silent(db, found[0], self.now)

    def _receive(self, sari: Learner) -> None:
        local = sari.local(self.now)
        self.got[local.date()] += 1
        assert not RULES.quiet.cover(local.time()), f"sent in the quiet hours, at {local}"
        assert RULES.calendar.is_working_day(local.date()), f"sent on a day off, {local}"
        assert sari.last_studied_on != local.date(), "sent to somebody who has studied today"
        assert not sari.is_paused(self.now), "sent in a pause"
        assert self.got[local.date()] <= 1 + self.snoozed[local.date()], f"sent twice on {local.date()}"

    def _does(self, service: Callable[[Turn], Any]) -> None:
        with self.engine.begin() as db:
            service(Turn(db, CATALOGUE, RULES, learners.get(db, self.learner_id), self.now))
        self._tick()

    def _learner(self) -> Learner:
        with self.engine.begin() as db:
            return learners.get(db, self.learner_id)


@pytest.mark.timeout(PATIENCE)
def test_whatever_clock_and_learner_do_there_is_one_reminder_a_local_day(engine: Engine) -> None:
    machine = type("LifeOnThisDatabase", (Life,), {"engine": engine})
    examples = EXAMPLES if engine.dialect.name == "sqlite" else EXAMPLES // 3
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        machine, settings=settings(max_examples=examples, stateful_step_count=STEPS, deadline=None, suppress_health_check=checks)
    )
