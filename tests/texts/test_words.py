"""Sentences, numbers, days and times as people of each language write them."""

from datetime import UTC, date, datetime, time

import pytest

from bot.texts import Words, load_words


@pytest.fixture(name="indonesian", scope="module")
def fixture_indonesian() -> Words:
    return load_words()["id"]


@pytest.fixture(name="english", scope="module")
def fixture_english() -> Words:
    return load_words()["en"]


def test_a_sentence_is_said_in_each_language(indonesian: Words, english: Words) -> None:
    assert indonesian.plain("Anda memilih {options}.", options="A") == "Anda memilih A."
    assert english.plain("Anda memilih {options}.", options="A") == "You chose A."


def test_a_sentence_without_a_translation_is_said_in_indonesian(english: Words) -> None:
    assert english.plain("Kalimat yang baru saja ditulis.") == "Kalimat yang baru saja ditulis."


def test_a_value_cannot_bring_formatting_with_it(indonesian: Words, english: Words) -> None:
    assert indonesian("<b>Progres {name}</b>", name="<i>A&B</i>") == "<b>Progres &lt;i&gt;A&amp;B&lt;/i&gt;</b>"
    assert english("<b>Progres {name}</b>", name="<i>A&B</i>") == "<b>&lt;i&gt;A&amp;B&lt;/i&gt;'s progress</b>"


def test_a_value_with_braces_is_shown_as_it_is(indonesian: Words) -> None:
    assert indonesian("Halo, {name}. Saya Sinau, teman belajar ASN.", name="{zone}").startswith("Halo, {zone}.")


def test_labels_are_not_escaped(indonesian: Words) -> None:
    assert indonesian.plain("Yang belum menyelesaikan {module}", module="Tanya & Jawab") == "Yang belum menyelesaikan Tanya & Jawab"


@pytest.mark.parametrize(
    ("n", "in_indonesian", "in_english"),
    [(0, "0 soal", "0 questions"), (1, "1 soal", "1 question"), (2, "2 soal", "2 questions"), (1284, "1.284 soal", "1,284 questions")],
)
def test_things_are_counted(indonesian: Words, english: Words, n: int, in_indonesian: str, in_english: str) -> None:
    assert indonesian.many("{n} soal", "{n} soal", n) == in_indonesian
    assert english.many("{n} soal", "{n} soal", n) == in_english


def test_numbers(indonesian: Words, english: Words) -> None:
    assert [indonesian.number(1_234_567), indonesian.number(2.5)] == ["1.234.567", "2,5"]
    assert [english.number(1_234_567), english.number(2.5)] == ["1,234,567", "2.5"]


@pytest.mark.parametrize("at", [time(0, 0), time(8, 30), time(16, 5)])
def test_times_of_day_have_four_digits(indonesian: Words, english: Words, at: time) -> None:
    assert indonesian.time_of_day(at) == f"{at.hour:02}.{at.minute:02}"
    assert english.time_of_day(at) == f"{at.hour:02}:{at.minute:02}"


def test_days(indonesian: Words, english: Words) -> None:
    friday = date(2026, 5, 1)
    assert [indonesian.day(friday), indonesian.short_day(friday)] == ["Jumat, 1 Mei", "Jum"]
    assert [english.day(friday), english.short_day(friday)] == ["Friday, 1 May", "Fri"]


@pytest.mark.parametrize(
    ("zone", "in_indonesian", "in_english"),
    [
        ("Asia/Jakarta", "Rabu, 25 November pukul 23.30 WIB", "Wednesday, 25 November at 23:30 WIB"),
        ("Asia/Makassar", "Kamis, 26 November pukul 00.30 WITA", "Thursday, 26 November at 00:30 WITA"),
        ("Asia/Jayapura", "Kamis, 26 November pukul 01.30 WIT", "Thursday, 26 November at 01:30 WIT"),
    ],
)
def test_a_moment_is_told_on_the_clock_of_its_zone(
    indonesian: Words, english: Words, zone: str, in_indonesian: str, in_english: str
) -> None:
    moment = datetime(2026, 11, 25, 16, 30, tzinfo=UTC)
    assert indonesian.moment(moment, zone) == in_indonesian
    assert english.moment(moment, zone) == in_english
