"""The operator's files while the bot runs, and what is not known of the time to come."""

import os
from datetime import date, time
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.content.almanac import Almanac

WEDNESDAY = date(2026, 3, 4)
SATURDAY = date(2026, 3, 7)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep the published holidays, so that they are asked for once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "holidays.yaml"
    path.write_text("days_off:\n  2026-03-03: Pilkada\n", encoding="utf-8")
    return path


def settled(almanac: Almanac) -> bool:
    """Look twice, as time goes by; tell whether another calendar is in force."""
    return almanac.reload_if_changed() or almanac.reload_if_changed()


def test_what_changes_while_the_bot_runs_is_in_force_once_it_is_written(file: Path, cache: Path) -> None:
    almanac = Almanac("ID", file, None, cache)
    assert not settled(almanac)
    file.write_text("days_off:\n  2026-03-04: Pilkada\nworking_days:\n  2026-03-07: Piket\n", encoding="utf-8")
    assert not almanac.reload_if_changed(), "it may be half written"
    assert almanac.reload_if_changed()
    assert not almanac.reload_if_changed()
    assert [almanac.calendar.is_working_day(day) for day in (date(2026, 3, 3), WEDNESDAY, SATURDAY)] == [True, False, True]


def test_a_file_that_takes_the_place_of_another_is_noticed_though_size_and_time_are_the_same(file: Path, cache: Path) -> None:
    almanac = Almanac("ID", file, None, cache)
    was = file.stat()
    other = file.with_name("new")
    other.write_text("days_off:\n  2026-03-04: Pilkada\n", encoding="utf-8")
    os.utime(other, ns=(was.st_atime_ns, was.st_mtime_ns))
    other.replace(file)
    assert settled(almanac)
    assert not almanac.calendar.is_working_day(WEDNESDAY)


def test_a_file_that_is_written_in_place_is_noticed_though_its_time_is_set_back(file: Path, cache: Path) -> None:
    almanac = Almanac("ID", file, None, cache)
    was = file.stat()
    file.write_text("days_off:\n  2026-03-04: Pilkada\n", encoding="utf-8")
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert settled(almanac)
    assert not almanac.calendar.is_working_day(WEDNESDAY)


def test_a_fault_is_told_of_again_once_somebody_has_changed_who_may_read_the_file(file: Path, cache: Path) -> None:
    almanac = Almanac("ID", file, None, cache)
    file.write_text("days_off: x\n", encoding="utf-8")
    assert not settled(almanac)
    with capture_logs() as logs:
        file.chmod(0o640)
        assert not settled(almanac)
    assert [line["event"] for line in logs] == ["calendar_kept"], "it was read anew"


def test_a_broken_file_keeps_what_was_in_force_and_is_told_of_once_by_its_line(file: Path, cache: Path) -> None:
    almanac = Almanac("ID", file, None, cache)
    before = almanac.calendar
    with capture_logs() as logs:
        file.write_text("days_off:\n  2026-03-04: Pilkada\n  besok: x\n", encoding="utf-8")
        assert not any(almanac.reload_if_changed() for _ in range(5))
    assert almanac.calendar is before
    assert [line["event"] for line in logs] == ["calendar_kept"]
    assert logs[0]["fault"] == f"{file}:3: days_off must have lines such as 2026-12-24: reason"
    file.write_text("days_off:\n  2026-03-04: Pilkada\n", encoding="utf-8")
    assert settled(almanac)
    assert not almanac.calendar.is_working_day(WEDNESDAY)


def test_a_file_that_is_taken_away_keeps_what_was_in_force(file: Path, cache: Path) -> None:
    almanac = Almanac("ID", file, None, cache)
    file.unlink()
    with capture_logs() as logs:
        assert not settled(almanac)
    assert "No such file" in logs[0]["fault"]
    assert not almanac.calendar.is_working_day(date(2026, 3, 3))


def test_hours_change_while_the_bot_runs_too(tmp_path: Path, cache: Path) -> None:
    file = tmp_path / "hours.yaml"
    file.write_text("", encoding="utf-8")
    almanac = Almanac("ID", None, file, cache)
    file.write_text("rules:\n  - {since: 2026-01-01, usual: {begins: '10:00'}, ramadan: {}}\n", encoding="utf-8")
    assert settled(almanac)
    assert almanac.calendar.hours.settle(WEDNESDAY.replace(month=4), time(8)) == time(10)


@pytest.mark.parametrize(
    ("today", "gaps"),
    [
        (date(2026, 11, 24), []),
        (date(2027, 2, 20), []),  # within the last Ramadan that is known
        (date(2027, 3, 10), ["the days of the next Ramadan are not known"]),
        (date(2025, 11, 2), []),
    ],
)
def test_it_is_told_when_the_next_ramadan_is_not_known(today: date, gaps: list[str], cache: Path) -> None:
    assert [gap for gap, _ in Almanac("ID", cache_dir=cache).gaps(today) if "Ramadan" in gap] == gaps


def test_who_adds_the_days_of_ramadan_is_not_told_any_more(tmp_path: Path, cache: Path) -> None:
    file = tmp_path / "hours.yaml"
    file.write_text("ramadan:\n  1449: [2028-01-28, 2028-02-27]\n", encoding="utf-8")
    assert not [gap for gap, _ in Almanac("ID", None, file, cache).gaps(date(2027, 6, 1)) if "Ramadan" in gap]


def test_who_has_no_rule_about_ramadan_needs_to_know_none(tmp_path: Path, cache: Path) -> None:
    file = tmp_path / "hours.yaml"
    file.write_text("rules:\n  - {since: 2020-01-01, usual: {}, ramadan: {}}\n", encoding="utf-8")
    assert not [gap for gap, _ in Almanac("ID", None, file, cache).gaps(date(2040, 6, 1)) if "Ramadan" in gap]


@pytest.mark.parametrize(
    ("country", "today", "years"),
    [
        ("ID", date(2026, 6, 1), []),
        ("ID", date(2030, 6, 1), ["2030"]),  # no decree says anything of a year so far ahead
        ("ID", date(2029, 10, 1), ["2029"]),
        ("ID", date(2029, 11, 1), ["2029", "2030"]),
        ("MY", date(2030, 6, 1), []),  # has none
    ],
)
def test_it_is_told_which_years_collective_leave_is_not_known(country: str, today: date, years: list[str], cache: Path) -> None:
    told = [gap for gap, _ in Almanac(country, cache_dir=cache).gaps(today) if "collective leave" in gap]
    assert told == [f"the collective leave (cuti bersama) of {year} is not known" for year in years]


def test_days_off_of_ones_own_stand_for_the_collective_leave_of_their_year(tmp_path: Path, cache: Path) -> None:
    file = tmp_path / "holidays.yaml"
    file.write_text("days_off:\n  2030-12-24: cuti bersama\n", encoding="utf-8")
    assert not [gap for gap, _ in Almanac("ID", file, None, cache).gaps(date(2030, 6, 1)) if "collective leave" in gap]
