"""The hours in which no reminder comes, by the file that ships (Perpres 21/2023)."""

from datetime import date, time
from pathlib import Path

import pytest

from bot.content.working_hours import HoursError, load_hours


@pytest.mark.parametrize(
    ("day", "at", "comes"),
    [
        (date(2026, 11, 25), time(7), time(7)),  # a Wednesday: nothing keeps it
        (date(2026, 11, 27), time(11, 29), time(11, 29)),  # a Friday, before its break
        (date(2026, 11, 27), time(11, 30), time(13)),
        (date(2026, 11, 27), time(13), time(13)),
        (date(2026, 2, 25), time(7, 30), time(8)),  # Ramadan 1447: work begins later
        (date(2026, 2, 27), time(12), time(12, 30)),  # and Friday's break is shorter
        (date(2026, 2, 18), time(7, 30), time(7, 30)),  # the day before Ramadan
        (date(2026, 3, 23), time(7, 30), time(7, 30)),  # after Idul Fitri
        (date(2023, 4, 11), time(7), time(7)),  # before the rule was in force
    ],
)
def test_a_reminder_comes_at_the_first_minute_that_is_allowed(day: date, at: time, comes: time) -> None:
    assert load_hours().settle(day, at) == comes


def test_a_year_whose_ramadan_is_not_in_the_file_has_none() -> None:
    assert not load_hours().is_ramadan(date(2040, 10, 10))


OWN = """rules:
  - since: 2026-01-01
    usual: {begins: 07:30, friday_break: ["11:00", "13:30"]}
    ramadan: {}
  - since: 2026-06-01
    usual: {begins: "7:45"}
    ramadan: {begins: "09:00"}
ramadan:
  1447: [2026-02-18, 2026-03-20]
  1449: [2028-01-28, 2028-02-27]
"""


@pytest.mark.parametrize(
    ("day", "at", "comes"),
    [
        (date(2026, 4, 10), time(12), time(13, 30)),
        (date(2026, 4, 10), time(7), time(7, 30)),
        (date(2026, 2, 18), time(7), time(7)),  # an own day of Ramadan, in which nothing is moved
        (date(2026, 7, 3), time(7), time(7, 45)),  # by the later rule, whatever their order
        (date(2026, 7, 3), time(12), time(12)),
        (date(2027, 2, 8), time(7), time(9)),  # a Ramadan that ships
        (date(2028, 1, 28), time(7), time(9)),
        (date(2025, 11, 28), time(12), time(12)),  # before the first rule of one's own, nothing is known
    ],
)
def test_an_agency_has_its_own_hours_and_days_of_ramadan(tmp_path: Path, day: date, at: time, comes: time) -> None:
    file = tmp_path / "hours.yaml"
    file.write_text(OWN, encoding="utf-8")
    assert load_hours(file).settle(day, at) == comes


@pytest.mark.parametrize(("text", "comes"), [("", time(13)), ("ramadan:\n", time(13)), ("rules: []\n", time(13))])
def test_what_does_not_stand_in_it_is_as_it_ships(tmp_path: Path, text: str, comes: time) -> None:
    file = tmp_path / "hours.yaml"
    file.write_text(text, encoding="utf-8")
    assert load_hours(file).settle(date(2026, 11, 27), time(12)) == comes


RULE = "a rule has since, usual and ramadan"
HOURS = 'hours are begins: "08:00"'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, ": No such file or directory; correct reminders.hours_file"),
        ("rules: {", ":1: this is not valid YAML"),
        ("jam:\n", ":1: only rules and ramadan may stand here"),
        ("rules: 8\n", f":1: {RULE}"),
        ("rules:\n  - since: 2026-01-01\n    usual: {}\n", f":2: {RULE}"),
        ("rules:\n  - since: 2026-01-01\n    usual: {}\n    puasa: {}\n", f":4: {RULE}"),
        ("rules:\n  - since: besok\n    usual: {}\n    ramadan: {}\n", ":2: since must be a day such as 2026-01-01"),
        ("rules:\n  - since: 2026-01-01\n    usual: {ends: '16:00'}\n    ramadan: {}\n", f":3: {HOURS}"),
        ("rules:\n  - since: 2026-01-01\n    usual: {begins: pagi}\n    ramadan: {}\n", f":3: {HOURS}"),
        ("rules:\n  - since: 2026-01-01\n    usual: {begins: ['08:00']}\n    ramadan: {}\n", f":3: {HOURS}"),
        ("rules:\n  - since: 2026-01-01\n    usual: {begins: '08:00+07:00'}\n    ramadan: {}\n", f":3: {HOURS}"),
        ("rules:\n  - since: 2026-01-01\n    usual: {friday_break: ['11:30']}\n    ramadan: {}\n", f":3: {HOURS}"),
        ("rules:\n  - since: 2026-01-01\n    usual: {friday_break: ['13:00', '11:30']}\n    ramadan: {}\n", ":3: a break must end later"),
        ("ramadan:\n  ? [1449]\n  : [2028-01-28, 2028-02-27]\n", ":2: ramadan must have lines such as"),
        ("ramadan:\n  1449: 2028-01-28\n", ":2: ramadan must have lines such as"),
        ("ramadan:\n  1449: [2028-01-28, 2029-02-27]\n", ":2: Idul Fitri must come 29 or 30 days after"),
        ("ramadan:\n  1449: [2028-01-28, 2028-01-28]\n", ":2: Idul Fitri must come 29 or 30 days after"),
    ],
)
def test_a_file_of_hours_that_can_not_be_used_is_refused_with_its_line_and_what_to_do(tmp_path: Path, text: str | None, said: str) -> None:
    file = tmp_path / "hours.yaml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(HoursError) as refused:
        load_hours(file)
    assert str(refused.value).startswith(f"{file}{said}")
