"""The days of a leave, as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.leave import FARTHEST, Leave, parse_leave

TUESDAY = date(2026, 11, 24)
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember")
ENGLISH = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("sampai 3 Januari", "2026-11-24", "2027-01-03"),
        ("until 3 January", "2026-11-24", "2027-01-03"),
        ("sampai 03-01-2027", "2026-11-24", "2027-01-03"),
        ("2027-01-03", "2026-11-24", "2027-01-03"),
        ("3/1", "2026-11-24", "2027-01-03"),
        ("3.1.27", "2026-11-24", "2027-01-03"),
        ("3 Jan", "2026-11-24", "2027-01-03"),
        ("January 3rd, 2027", "2026-11-24", "2027-01-03"),
        ("sampai Minggu, 3 Januari.", "2026-11-24", "2027-01-03"),
        ("hari ini", "2026-11-24", "2026-11-24"),
        ("besok", "2026-11-24", "2026-11-25"),
        ("until tomorrow", "2026-11-24", "2026-11-25"),
        ("sampai lusa", "2026-11-24", "2026-11-26"),
        ("Senin", "2026-11-24", "2026-11-30"),
        ("until Monday", "2026-11-24", "2026-11-30"),
        ("sampai hari Selasa", "2026-11-24", "2026-12-01"),  # said on a Tuesday: the next one
        ("sampai Minggu", "2026-11-24", "2026-11-29"),  # Sunday, though the word means week as well
        ("sampai tanggal 15", "2026-11-24", "2026-12-15"),
        ("sampai 30", "2026-11-24", "2026-11-30"),
        ("2 minggu", "2026-11-24", "2026-12-07"),
        ("two weeks", "2026-11-24", "2026-12-07"),
        ("for 10 days", "2026-11-24", "2026-12-03"),
        ("selama seminggu", "2026-11-24", "2026-11-30"),
        ("sebulan", "2026-11-24", "2026-12-23"),
        ("mulai Senin selama 3 hari", "2026-11-30", "2026-12-02"),
        ("20 Desember sampai 3 Januari", "2026-12-20", "2027-01-03"),
        ("from 20 Dec to 3 Jan", "2026-12-20", "2027-01-03"),
        ("20 – 27 Desember", "2026-12-20", "2026-12-27"),
        ("28 sampai 2", "2026-11-28", "2026-12-02"),
        ("dari Senin s/d Rabu", "2026-11-30", "2026-12-02"),
        ("20 November sampai 27 November", "2026-11-24", "2026-11-27"),  # it has begun
        ("1 Maret 2027 sampai dengan 5 Maret 2027", "2027-03-01", "2027-03-05"),
        ("25 November 2027", "2026-11-24", "2027-11-25"),  # the farthest
    ],
)
def test_days_are_read_as_people_write_them(text: str, first: str, last: str) -> None:
    assert parse_leave(text, TUESDAY) == Leave(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "unreadable"),
        ("dong", "unreadable"),
        ("sampai", "unreadable"),
        ("sampai nanti", "unreadable"),
        ("3 Foo", "unreadable"),
        ("0 hari", "unreadable"),
        ("besok sore sampai Jumat", "unreadable"),
        ("31 Februari", "impossible"),
        ("99/99", "impossible"),
        ("12/25", "impossible"),  # no month has that number
        ("29 Februari", "impossible"),  # there is none in 2027
        ("sampai 32", "impossible"),
        ("31 April 2027", "impossible"),
        ("Selasa 4 Januari", "impossible"),  # it is a Monday
        ("sampai 23 November", "past"),
        ("2026-11-23", "past"),
        ("1 Maret 2026 sampai 5 Maret 2026", "past"),
        ("5 Desember sampai 3 Desember", "backwards"),
        ("26 November 2027", "too far"),
        ("999 hari", "too far"),
        ("31/12/9999 sampai 3", "too far"),  # what begins on the last day there is ends on none
        ("31/12/9999 sampai Senin", "too far"),
        ("mulai 31 Desember 9999 selama 2 minggu", "too far"),
    ],
)
def test_what_can_not_be_is_told_apart(text: str, fault: str) -> None:
    assert parse_leave(text, TUESDAY) == fault


@pytest.mark.parametrize(
    ("today", "text", "last"),
    [
        ("2026-12-31", "sampai 1 Januari", "2027-01-01"),
        ("2027-12-01", "sampai 29 Februari", "2028-02-29"),
        ("2027-06-05", "sampai 1 April", "2028-04-01"),  # 301 days ahead, and 65 after the last one
        ("2028-02-28", "besok", "2028-02-29"),
        ("2028-02-29", "2 hari", "2028-03-01"),
        ("2027-01-02", "20 Desember sampai 3 Januari", "2027-01-03"),  # it began last year
    ],
)
def test_the_end_of_a_year_and_leap_days_are_days_like_others(today: str, text: str, last: str) -> None:
    read = parse_leave(text, date.fromisoformat(today))
    assert isinstance(read, Leave)
    assert read.last == date.fromisoformat(last)


@given(today=DAYS, ahead=st.integers(0, 300), form=st.integers(0, 5))
def test_every_day_of_the_months_to_come_is_found_by_each_of_its_names(today: date, ahead: int, form: int) -> None:
    last = today + timedelta(days=ahead)
    month = last.month - 1
    text = (
        f"{last}", f"{last.day}/{last.month}", f"{last.day} {MONTHS[month]}", f"{ENGLISH[month]} {last.day}",
        f"{last.day} {MONTHS[month][:3]} {last.year}", f"{last:%d-%m-%y}",
    )[form]  # fmt: skip
    for word in ("", "sampai ", "UNTIL "):
        assert parse_leave(word + text, today) == Leave(today, last)


@given(text=st.text(), today=DAYS)
def test_whatever_is_written_is_a_leave_within_a_year_or_a_fault(text: str, today: date) -> None:
    read = parse_leave(text, today)
    assert isinstance(read, str) or today <= read.first <= read.last <= today + FARTHEST


@given(first=st.integers(0, 150), days=st.integers(0, 150), today=DAYS)
def test_a_leave_ahead_has_both_its_days(first: int, days: int, today: date) -> None:
    begin = today + timedelta(days=first)
    end = begin + timedelta(days=days)
    text = f"{begin.day} {MONTHS[begin.month - 1]} sampai {end.day} {MONTHS[end.month - 1]}"
    assert parse_leave(text, today) == Leave(begin, end)
