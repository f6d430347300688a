from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.moments import parse_moment

NOW = datetime(2026, 3, 2, 8, 0, 30, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("08.30", "2026-03-02 08:30"),
        ("8:30", "2026-03-02 08:30"),
        ("pukul 08.30", "2026-03-02 08:30"),
        ("07.59", "2026-03-03 07:59"),  # has passed today
        ("08.00", "2026-03-03 08:00"),  # half a minute ago
        ("hari ini 16.00", "2026-03-02 16:00"),
        ("  Besok   08.30 ", "2026-03-03 08:30"),
        ("besok pukul 08.30", "2026-03-03 08:30"),
        ("tomorrow 23:59", "2026-03-03 23:59"),
        ("today 9:05", "2026-03-02 09:05"),
        ("25/11 08.30", "2026-11-25 08:30"),
        ("25-11-2027 08.30", "2027-11-25 08:30"),
        ("25.11.2026 8.30", "2026-11-25 08:30"),
        ("1/3 08.30", "2027-03-01 08:30"),  # the next first of March
        ("2026-11-25 00:00", "2026-11-25 00:00"),
        ("hari ini 07.00", "2026-03-02 07:00"),  # whoever asks refuses what has passed
    ],
)
def test_a_moment_is_read_as_people_write_it(text: str, moment: str) -> None:
    assert parse_moment(text, NOW) == datetime.fromisoformat(moment).replace(tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(
    "text",
    ["", "kapan saja", "25:00", "08.60", "8", "besok", "lusa 08.30", "31/02 08.30", "32/1 08.30", "2026-13-01 08:30", "29/2 08.30", "0830"],
)
def test_what_is_no_moment_is_not_guessed(text: str) -> None:
    assert parse_moment(text, NOW) is None


@given(text=st.text(max_size=40))
def test_no_text_whatever_makes_it_fail(text: str) -> None:
    moment = parse_moment(text, NOW)
    assert moment is None or moment.tzinfo is NOW.tzinfo


@given(hour=st.integers(0, 23), minute=st.integers(0, 59))
def test_a_time_alone_is_its_next_occurrence(hour: int, minute: int) -> None:
    moment = parse_moment(f"{hour:02}.{minute:02}", NOW)
    assert moment is not None
    assert (moment.hour, moment.minute, moment.second) == (hour, minute, 0)
    assert NOW < moment <= NOW + timedelta(days=1)
