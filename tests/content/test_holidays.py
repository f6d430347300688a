"""The published holidays of a country, and the operator's corrections of them."""

import json
import runpy
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.content import published
from bot.content.holidays import HolidaysError, load_calendar


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 1, 1), False),  # New Year
        (date(2026, 3, 17), True),
        (date(2026, 3, 18), False),  # collective leave before Nyepi
        (date(2026, 3, 19), False),  # Nyepi
        (date(2026, 3, 21), False),  # Idul Fitri
        (date(2026, 3, 23), False),  # collective leave
        (date(2026, 3, 25), True),
        (date(2026, 8, 17), False),  # Independence Day
        (date(2026, 12, 24), False),  # collective leave before Christmas
    ],
)
def test_public_holidays_and_collective_leave_are_days_off(day: date, working: bool) -> None:  # noqa: FBT001 - a table
    assert load_calendar("ID", None).is_working_day(day) is working


@pytest.mark.parametrize("year", [1999, 2024, 2026, 2031, 2090])
def test_a_day_off_is_known_in_whatever_year_the_clock_stands(year: int) -> None:
    calendar = load_calendar("ID", None)
    assert calendar.is_holiday(date(year, 1, 1))
    assert not calendar.is_holiday(date(year, 2, 2))


@pytest.mark.parametrize("country", ["XX", "id", "os", "HolidayBase", "__name__", ""])
def test_a_country_without_a_calendar_is_refused_by_name(country: str) -> None:
    with pytest.raises(HolidaysError, match=rf"no calendar is known for '{country}'"):
        load_calendar(country, None)


def test_a_country_without_a_calendar_is_refused_at_every_start(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(HolidaysError, match="no calendar is known for 'XX'"):
            load_calendar("XX", None, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_calendar_is_the_same_where_no_other_program_can_be_run(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = load_calendar("ID", None)
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    read_here = load_calendar("ID", None)
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(730)]
    assert [read_here.is_holiday(day) for day in days] == [asked.is_holiday(day) for day in days]


@pytest.mark.parametrize(
    ("country", "known"),
    [("ID", ["2026-01-01", "2026-12-25"]), ("MY", ["2026-02-17", "2026-12-25"]), ("XX", None)],
)
def test_the_program_prints_the_days_of_a_country(
    country: str, known: list[str] | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["published.py", country, "2026", "2026"])
    runpy.run_path(published.__file__, run_name="__main__")
    printed = json.loads(capsys.readouterr().out)
    days, leave_years = printed or [None, None]
    assert days == known or (days[0], days[-1]) == tuple(known or ())
    assert leave_years == ([2026] if country == "ID" else None)


def test_the_operators_file_adds_and_takes_away_days(tmp_path: Path) -> None:
    file = tmp_path / "holidays.yaml"
    file.write_text("days_off:\n  2026-03-03: Pilkada\nworking_days:\n  2026-01-01: Piket\n", encoding="utf-8")
    calendar = load_calendar("ID", file)
    assert not calendar.is_working_day(date(2026, 3, 3))
    assert calendar.is_working_day(date(2026, 1, 1))


@pytest.mark.parametrize("text", ["", "days_off:\n", "# belum ada\n"])
def test_an_operators_file_without_days_corrects_nothing(tmp_path: Path, text: str) -> None:
    file = tmp_path / "holidays.yaml"
    file.write_text(text, encoding="utf-8")
    assert load_calendar("ID", file).is_working_day(date(2026, 3, 3))


DAYS_OFF = "days_off must have lines such as 2026-12-24: reason"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, ": No such file or directory; correct reminders.holidays_file"),
        (b"days_off: [", ":1: this is not valid YAML; compare it with the example in docs/operating.md"),
        (b"days_off:\n  2026-03-03: caf\xe9", ":2: this is not valid YAML; compare it with the example in docs/operating.md"),
        (b"- 2026-12-24", ":1: only days_off and working_days may stand here"),
        (b"days_off:\nholidays:\n  2026-12-24: x", ":2: only days_off and working_days may stand here"),
        (b"days_off: [2026-12-24]", f":1: {DAYS_OFF}"),
        (b"days_off: !!map {2026-12-24: x}\n\nworking_days:\n  2026-12-27: x\n  besok: x", ":5: working_days must have lines such as"),
        (b"days_off:\n  2026-02-30: x", f":2: {DAYS_OFF}"),
        (b"days_off:\n  ? [2026-12-24]\n  : x", f":2: {DAYS_OFF}"),
        (b"days_off:\n  2026-12-24: x\nworking_days:\ndays_off:\n  2026-12-28: x", ":4: days_off stands here for the second time"),
        (b"days_off: !!python/name:os.system {}", f":1: {DAYS_OFF}"),
    ],
)
def test_an_operators_file_that_can_not_be_used_is_refused_with_its_line_and_what_to_do(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "holidays.yaml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(HolidaysError) as refused:
        load_calendar("ID", file)
    assert str(refused.value).startswith(f"{file}{said}")
