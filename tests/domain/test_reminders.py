from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.working_hours import load_hours
from bot.domain.calendar import WorkCalendar
from bot.domain.learner import UNTIL_RESUMED, Learner
from bot.domain.reminders import (
    Decision,
    after_an_hour,
    after_today,
    decide,
    may_come_at,
    next_reminder,
    silent_days,
    step_of,
    tonight,
    waits_for_today,
)
from bot.quiet import QuietHours

CALENDAR = WorkCalendar(days_off=frozenset({date(2026, 3, 10)}), working_days=frozenset({date(2026, 3, 14)}))
NIGHT = QuietHours(time(21), time(6))
SARI = Learner(
    id=1,
    telegram_id=1002,
    name="Sari",
    language="id",
    zone="Asia/Jakarta",
    reminder_minute=8 * 60 + 30,
    paused_until=None,
    stopped=False,
    reachable=True,
    joined_at=datetime(2026, 3, 2, tzinfo=UTC),
    last_studied_on=None,
    next_reminder_at=None,
)
ZONES = st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "America/St_Johns", "Pacific/Kiritimati"])
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds the zone


def local(text: str, zone: str = "Asia/Jakarta") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("after", "due"),
    [
        ("2026-03-02 08:00", "2026-03-02 08:30"),  # Monday, before the hour
        ("2026-03-02 08:30", "2026-03-03 08:30"),  # at the hour: it has come
        ("2026-03-06 09:00", "2026-03-09 08:30"),  # Friday: after the weekend
        ("2026-03-09 09:00", "2026-03-11 08:30"),  # Tuesday is off by the operator's file
        ("2026-03-13 09:00", "2026-03-14 08:30"),  # Saturday is worked by the operator's file
    ],
)
def test_it_comes_at_the_chosen_hour_of_the_next_working_day(after: str, due: str) -> None:
    learner = replace(SARI, renewed_on=date.fromisoformat(after[:10]))
    assert next_reminder(learner, local(after), CALENDAR, NIGHT) == local(due)


def test_the_hour_is_the_learners_own() -> None:
    yosef = replace(SARI, zone="Asia/Jayapura")
    assert next_reminder(yosef, local("2026-03-02 05:00"), CALENDAR, NIGHT) == local("2026-03-02 08:30", "Asia/Jayapura")
    assert next_reminder(yosef, local("2026-03-02 07:00"), CALENDAR, NIGHT) == local("2026-03-03 08:30", "Asia/Jayapura")


@pytest.mark.parametrize("change", [{"reminder_minute": None}, {"stopped": True}, {"paused_until": UNTIL_RESUMED}])
def test_who_wants_none_gets_none(change: dict[str, object]) -> None:
    assert next_reminder(replace(SARI, **change), local("2026-03-02 08:00"), CALENDAR, NIGHT) is None  # type: ignore[arg-type]  # a table of fields


def test_a_pause_ends_by_itself() -> None:
    paused = replace(SARI, paused_until=date(2026, 3, 5))
    assert next_reminder(paused, local("2026-03-02 08:00"), CALENDAR, NIGHT) == local("2026-03-05 08:30")


def test_a_leave_ahead_is_passed_over_and_silence_is_counted_anew_after_it() -> None:
    leaving = replace(SARI, joined_at=local("2026-03-01 23:00"), paused_from=date(2026, 3, 4), paused_until=date(2026, 3, 9))
    assert reminded(leaving, "2026-03-01 23:30", 15) == [("03-02", 0), ("03-03", 1), ("03-09", 0), ("03-11", 1), ("03-13", 3)]


@pytest.mark.parametrize("now", ["2026-03-04 12:00", "2026-03-08 12:00", "2026-03-01 12:00"])  # within the leave, and before it
def test_silence_before_a_leave_is_not_counted_after_it(now: str) -> None:
    leaving = replace(SARI, renewed_on=date(2026, 2, 20), paused_from=date(2026, 3, 2), paused_until=date(2026, 3, 9))
    assert next_reminder(leaving, local(now), CALENDAR, NIGHT) == local("2026-03-09 08:30")


def test_a_leave_that_ends_with_a_year_is_passed_over_to_the_next() -> None:
    leaving = replace(SARI, renewed_on=date(2026, 12, 18), paused_from=date(2026, 12, 21), paused_until=date(2027, 1, 4))
    assert next_reminder(leaving, local("2026-12-18 09:00"), CALENDAR, NIGHT) == local("2027-01-04 08:30")


def test_where_no_day_is_a_working_day_there_is_no_reminder() -> None:
    assert next_reminder(SARI, local("2026-03-02 08:00"), WorkCalendar(is_holiday=lambda _: True), NIGHT) is None


@given(after=MOMENTS, zone=ZONES, minute=st.integers(0, 24 * 60 - 1))
def test_it_is_always_later_on_a_working_day_at_the_chosen_minute(after: datetime, zone: str, minute: int) -> None:
    learner = replace(SARI, zone=zone, reminder_minute=minute, joined_at=after)
    due = next_reminder(learner, after, CALENDAR, NIGHT)
    assert due is not None
    assert due > after
    there = due.astimezone(ZoneInfo(zone))
    assert CALENDAR.is_working_day(there.date())
    chosen = time(minute // 60, minute % 60)
    assert there.time() == (NIGHT.ends if NIGHT.cover(chosen) else chosen)
    assert may_come_at(learner, due, CALENDAR, NIGHT) == due


@given(after=MOMENTS, zone=ZONES)
def test_no_earlier_working_day_is_left_out(after: datetime, zone: str) -> None:
    learner = replace(SARI, zone=zone, last_studied_on=SARI.today(after) - timedelta(days=1), renewed_on=date(2040, 1, 1))
    due = next_reminder(learner, after, CALENDAR, NIGHT)
    assert due is not None
    day = learner.today(after)
    while day < learner.today(due):
        earlier = datetime.combine(day, time(8, 30), tzinfo=ZoneInfo(zone))
        assert earlier <= after or not CALENDAR.is_working_day(day)
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "change", "wanted"),
    [
        ("2026-03-02 08:30", {}, True),
        ("2026-03-02 08:30", {"last_studied_on": date(2026, 3, 2)}, False),
        ("2026-03-02 08:30", {"last_studied_on": date(2026, 2, 27)}, True),
        ("2026-03-02 08:30", {"reachable": False}, False),
        ("2026-03-02 08:30", {"stopped": True}, False),
        ("2026-03-02 08:30", {"paused_until": date(2026, 3, 3)}, False),
        ("2026-03-02 08:30", {"paused_until": date(2026, 3, 2)}, True),
        ("2026-03-02 08:30", {"paused_from": date(2026, 3, 3), "paused_until": date(2026, 3, 5)}, True),  # still ahead
        ("2026-03-03 08:30", {"paused_from": date(2026, 3, 3), "paused_until": date(2026, 3, 5)}, False),
        ("2026-03-07 08:30", {}, False),  # Saturday
        ("2026-03-10 08:30", {}, False),  # off by the operator's file
        ("2026-03-14 08:30", {}, True),  # worked by it
        ("2026-03-02 20:59", {}, True),
        ("2026-03-02 21:00", {}, False),
        ("2026-03-02 05:59", {}, False),
        ("2026-03-02 06:00", {}, True),
    ],
)
def test_an_overdue_one_is_sent_only_where_it_still_makes_sense(now: str, change: dict[str, object], wanted: bool) -> None:  # noqa: FBT001 - a table
    learner = replace(SARI, **change)  # type: ignore[arg-type]  # a table of fields
    assert may_come_at(learner, local(now), CALENDAR, NIGHT) == (local(now) if wanted else None)


@pytest.mark.parametrize(
    ("due", "now", "waits"),
    [
        ("2026-03-02 08:30", "2026-03-04 07:00", True),  # missed on Monday; today's hour is still to come
        ("2026-03-02 08:30", "2026-03-04 09:00", False),  # today's hour has passed
        ("2026-03-04 07:30", "2026-03-04 07:30", False),  # snoozed to this moment
        ("2026-03-06 08:30", "2026-03-07 07:00", False),  # no hour comes on a Saturday
    ],
)
def test_a_missed_one_waits_for_todays_own_hour(due: str, now: str, waits: bool) -> None:  # noqa: FBT001 - a table
    learner = replace(SARI, next_reminder_at=local(due))
    assert (waits_for_today(learner, local(now), CALENDAR, NIGHT) is not None) is waits


@pytest.mark.parametrize(
    ("begins", "ends", "at", "quiet"),
    [
        (time(21), time(6), time(23), True),
        (time(21), time(6), time(12), False),
        (time(12), time(13), time(12, 30), True),
        (time(12), time(13), time(13), False),
        (time(0), time(0), time(0), False),  # no quiet hours at all
    ],
)
def test_quiet_hours_may_go_over_midnight(begins: time, ends: time, at: time, quiet: bool) -> None:  # noqa: FBT001 - a table
    assert QuietHours(begins, ends).cover(at) is quiet


@pytest.mark.parametrize(
    ("now", "change", "due"),
    [
        ("2026-03-02 08:40", {}, "2026-03-02 09:40"),
        ("2026-03-02 20:30", {}, "2026-03-03 08:30"),  # quiet by then
        ("2026-03-07 10:00", {}, "2026-03-09 08:30"),  # an old button on Saturday
        ("2026-03-02 08:40", {"paused_until": date(2026, 3, 4)}, "2026-03-04 08:30"),
    ],
)
def test_a_snooze_is_promised_only_for_a_moment_at_which_it_comes(now: str, change: dict[str, object], due: str) -> None:
    learner = replace(SARI, **change)  # type: ignore[arg-type]  # a table of fields
    assert after_an_hour(learner, local(now), CALENDAR, NIGHT) == local(due)


@given(now=MOMENTS, zone=ZONES)
def test_a_snoozed_one_would_be_sent(now: datetime, zone: str) -> None:
    learner = replace(SARI, zone=zone)
    due = after_an_hour(learner, now, CALENDAR, NIGHT)
    assert due is not None
    assert due > now
    assert may_come_at(learner, due, CALENDAR, NIGHT) == due


@given(now=MOMENTS, zone=ZONES)
def test_tomorrow_is_never_today(now: datetime, zone: str) -> None:
    learner = replace(SARI, zone=zone, reminder_minute=23 * 60 + 59)
    due = after_today(learner, now, CALENDAR, NIGHT)
    assert due is not None
    assert learner.today(due) > learner.today(now)


def reminded(learner: Learner, first: str, days: int, calendar: WorkCalendar = CALENDAR) -> list[tuple[str, int]]:
    """Return the days on which a learner who does nothing is reminded, and the step of each."""
    found, now, end = [], local(first), local(first) + timedelta(days=days)
    while (due := next_reminder(learner, now, calendar, NIGHT)) and due < end:
        silent = silent_days(learner, learner.today(due), calendar)
        found.append((f"{learner.local(due):%m-%d}", step_of(silent)))
        learner = replace(learner, fell_silent_at=due) if silent == 14 else learner
        now = due
    return found


@pytest.mark.parametrize(
    ("change", "steps"),
    [
        ({}, ["03-02", "03-03", "03-05", "03-12", "03-20"]),
        ({"last_studied_on": date(2026, 2, 27)}, ["03-02", "03-03", "03-05", "03-12", "03-20"]),
        ({"paused_until": date(2026, 3, 9)}, ["03-09", "03-11", "03-13", "03-18", "03-27"]),
        (
            {"renewed_on": date(2026, 3, 2), "paused_from": date(2026, 4, 1), "paused_until": date(2026, 5, 4)},
            ["03-02", "03-03", "03-05", "03-12", "03-20"],  # a leave that begins after the last one
        ),
        ({"last_studied_on": date(2026, 2, 2), "renewed_on": date(2026, 3, 2)}, ["03-02", "03-03", "03-05", "03-12", "03-20"]),
        ({"reminder_days": 0b0100001}, ["03-02", "03-07", "03-14", "03-28", "04-20"]),  # Mondays and Saturdays
    ],
)
def test_who_does_not_study_is_reminded_less_and_less_and_then_no_more(change: dict[str, object], steps: list[str]) -> None:
    learner = replace(SARI, joined_at=local("2026-03-01 23:00"), **change)  # type: ignore[arg-type]  # a table of fields
    assert reminded(learner, "2026-03-01 23:30", 120) == list(zip(steps, [0, 1, 3, 7, 14], strict=True))


def test_whoever_studies_again_is_reminded_as_at_first() -> None:
    silent = replace(SARI, fell_silent_at=local("2026-03-23 08:30"))
    assert next_reminder(silent, local("2026-04-01 08:00"), CALENDAR, NIGHT) is None
    back = replace(silent, last_studied_on=date(2026, 4, 1), fell_silent_at=None)
    assert next_reminder(back, local("2026-04-01 08:00"), CALENDAR, NIGHT) == local("2026-04-02 08:30")


def test_the_last_one_comes_later_where_it_could_not_come_on_its_day() -> None:
    silent = replace(SARI, joined_at=local("2026-01-05 08:00"))
    assert next_reminder(silent, local("2026-03-02 08:00"), CALENDAR, NIGHT) == local("2026-03-02 08:30")


@pytest.mark.parametrize(
    ("after", "minute", "zone", "due"),
    [
        ("2026-04-03 00:00", 11 * 60 + 30, "Asia/Jakarta", "2026-04-03 13:00"),  # a Friday
        ("2026-04-03 00:00", 12 * 60, "Asia/Jayapura", "2026-04-03 13:00"),
        ("2026-04-03 00:00", 11 * 60 + 29, "Asia/Jakarta", "2026-04-03 11:29"),
        ("2026-04-02 00:00", 12 * 60, "Asia/Jakarta", "2026-04-02 12:00"),  # a Thursday
        ("2026-03-02 00:00", 7 * 60, "Asia/Makassar", "2026-03-02 08:00"),  # in Ramadan
        ("2026-03-06 00:00", 12 * 60, "Asia/Jakarta", "2026-03-06 12:30"),  # a Friday in Ramadan
        ("2026-04-01 00:00", 7 * 60, "Asia/Jakarta", "2026-04-01 07:00"),
        ("2090-04-03 00:00", 7 * 60, "Asia/Jakarta", "2090-04-03 07:00"),  # whose Ramadan is not known
    ],
)
def test_it_waits_for_work_in_ramadan_and_for_the_end_of_fridays_break(after: str, minute: int, zone: str, due: str) -> None:
    learner = replace(SARI, zone=zone, reminder_minute=minute, renewed_on=date.fromisoformat(after[:10]))
    calendar = WorkCalendar(hours=load_hours())
    assert next_reminder(learner, local(after, zone), calendar, NIGHT) == local(due, zone)


def test_what_is_overdue_in_fridays_break_comes_after_it() -> None:
    calendar = WorkCalendar(hours=load_hours())
    assert may_come_at(SARI, local("2026-04-03 11:45"), calendar, NIGHT) == local("2026-04-03 13:00")


@pytest.mark.parametrize(
    ("now", "night", "due"),
    [
        ("2026-04-01 08:40", NIGHT, "2026-04-01 19:00"),
        ("2026-04-01 19:00", NIGHT, None),
        ("2026-04-01 08:40", QuietHours(time(18), time(6)), None),
        ("2026-04-04 08:40", NIGHT, None),  # Saturday
    ],
)
def test_tonight_is_offered_while_it_may_come_then(now: str, night: QuietHours, due: str | None) -> None:
    assert tonight(SARI, local(now), WorkCalendar(), night) == (local(due) if due else None)


@pytest.mark.parametrize(
    ("after", "change", "due"),
    [
        ("2026-03-02 23:59", {"joined_at": "2026-03-02 23:59"}, "2026-03-03 08:30"),  # joined a minute before midnight: that day is silent
        ("2026-03-03 00:00", {"joined_at": "2026-03-02 23:59"}, "2026-03-03 08:30"),
        ("2026-03-03 08:30", {"joined_at": "2026-03-02 23:59"}, "2026-03-05 08:30"),  # after 1 comes 3
        ("2026-03-02 23:59", {"last_studied_on": date(2026, 3, 2)}, "2026-03-03 08:30"),
        ("2026-03-03 00:00", {"last_studied_on": date(2026, 3, 2)}, "2026-03-03 08:30"),
        ("2026-03-03 00:01", {"last_studied_on": date(2026, 3, 3)}, "2026-03-04 08:30"),  # studied a minute after midnight
        ("2026-03-02 23:59", {"paused_from": date(2026, 3, 3), "paused_until": date(2026, 3, 4)}, "2026-03-04 08:30"),
        ("2028-02-28 09:00", {"last_studied_on": date(2028, 2, 28)}, "2028-02-29 08:30"),  # the leap day
        ("2028-02-29 09:00", {"last_studied_on": date(2028, 2, 29)}, "2028-03-01 08:30"),
        ("2028-02-25 09:00", {"paused_from": date(2028, 2, 26), "paused_until": date(2028, 2, 29)}, "2028-02-29 08:30"),
        ("2026-12-31 09:00", {"last_studied_on": date(2026, 12, 31)}, "2027-01-01 08:30"),  # the end of a year
        ("2026-12-31 23:59", {"last_studied_on": date(2026, 12, 31)}, "2027-01-01 08:30"),
    ],
)
def test_midnight_leap_days_and_the_end_of_a_year_are_the_learners_own(after: str, change: dict[str, object], due: str) -> None:
    joined = change.pop("joined_at", None)
    learner = replace(SARI, renewed_on=None if joined else date.fromisoformat(after[:10]), **change)  # type: ignore[arg-type]  # a table of fields
    learner = replace(learner, joined_at=local(str(joined))) if joined else learner
    assert next_reminder(learner, local(after), CALENDAR, NIGHT) == local(due)


@pytest.mark.parametrize(
    ("moved_at", "zone", "due"),
    [
        ("2026-03-03 06:00", "Asia/Jayapura", "2026-03-03 08:30"),  # 08:00 there: that day's own hour
        ("2026-03-03 07:00", "Asia/Jayapura", "2026-03-04 08:30"),  # 09:00 there: that day's hour has passed
        ("2026-03-03 23:00", "Asia/Jayapura", "2026-03-04 08:30"),  # it is the next day there already
        ("2026-03-03 08:00", "Asia/Makassar", "2026-03-04 08:30"),
        ("2026-03-03 08:00", "Pacific/Honolulu", "2026-03-02 19:30"),  # where it is still the day before
    ],
)
def test_whoever_moves_is_reminded_at_the_hour_of_the_new_zone(moved_at: str, zone: str, due: str) -> None:
    learner = replace(SARI, zone=zone, renewed_on=date(2026, 3, 3), reminder_minute=int(due[11:13]) * 60 + int(due[14:16]))
    assert next_reminder(learner, local(moved_at), CALENDAR, NIGHT) == local(due, zone)


@pytest.mark.parametrize(
    ("now", "change", "comes", "following"),
    [
        ("2026-03-03 08:30", {}, "2026-03-03 08:30", "2026-03-05 08:30"),
        ("2026-03-05 08:30", {}, "2026-03-05 08:30", "2026-03-12 08:30"),
        (
            "2026-03-06 07:00",
            {},
            "2026-03-06 08:30",
            "2026-03-06 08:30",
        ),  # missed while the machine was off: today's hour is waited for
        ("2026-03-06 09:00", {}, "2026-03-06 09:00", "2026-03-12 08:30"),  # caught up once
        ("2026-03-07 09:00", {}, None, "2026-03-12 08:30"),  # a Saturday
        ("2026-03-20 08:30", {}, "2026-03-20 08:30", "2026-03-23 08:30"),  # the last one, until it was sent
        ("2026-03-27 08:30", {}, "2026-03-27 08:30", "2026-03-30 08:30"),  # its day was missed
        ("2026-03-27 08:30", {"fell_silent_at": "2026-03-20 08:30"}, "2026-03-27 08:30", None),
        ("2026-03-05 08:30", {"last_studied_on": date(2026, 3, 5)}, None, "2026-03-06 08:30"),
        ("2026-03-05 08:30", {"paused_from": date(2026, 3, 5), "paused_until": date(2026, 3, 9)}, None, "2026-03-09 08:30"),
    ],
)
def test_what_is_due_is_decided_with_what_follows(now: str, change: dict[str, object], comes: str | None, following: str | None) -> None:
    fell = change.pop("fell_silent_at", None)
    learner = replace(SARI, joined_at=local("2026-03-01 23:00"), next_reminder_at=local("2026-03-03 08:30"), **change)  # type: ignore[arg-type]  # a table of fields
    learner = replace(learner, fell_silent_at=local(str(fell))) if fell else learner
    decision = decide(learner, local(now), CALENDAR, NIGHT)
    assert decision == Decision(local(comes) if comes else None, local(following) if following else None)
