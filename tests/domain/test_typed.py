"""What people type: words with their typing errors, numbers with either decimal mark."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.typed import alike, readings


@pytest.mark.parametrize(
    ("given_text", "expected", "threshold", "same"),
    [
        ("pasal  49.", "Pasal 49", 100, True),
        ("PELAJARAN", "pelajaran", 100, True),
        ("pelajarn", "pelajaran", 90, True),
        ("pelajarn", "pelajaran", 100, False),
        ("piket", "pelajaran", 50, False),
        ("Pasal 48", "Pasal 49", 50, False),  # another number is no typing error
        ("UU 20/2022", "UU 20/2023", 80, False),
        ("café", "cafe", 100, True),
        ("“benar”", "benar", 100, True),
        (".", "?", 50, False),  # marks alone are compared as they are
        ("?", "?", 100, True),
        ("", "a", 50, False),
    ],
)
def test_texts_are_alike_but_for_typing_errors(given_text: str, expected: str, threshold: int, *, same: bool) -> None:
    assert alike(given_text, expected, threshold) is same


def test_capitals_and_accents_count_when_they_are_asked_for() -> None:
    assert not alike("pns", "PNS", 100, case=True)
    assert not alike("cafe", "café", 100, diacritics=True)


@pytest.mark.parametrize(
    ("text", "numbers", "unit"),
    [
        ("20", ["20"], ""),
        ("1.234", ["1234", "1.234"], ""),
        ("1,234", ["1234", "1.234"], ""),
        ("1.234,5", ["1234.5"], ""),
        ("1,234.5", ["1234.5"], ""),
        ("12,5", ["12.5"], ""),
        (".5", ["0.5"], ""),
        ("0,123", ["0.123"], ""),
        ("Rp. 20.000,00", ["20000.00"], "rp"),
        ("20 JP", ["20"], "jp"),
        ("5 m2", ["5"], "m2"),
        ("1 234 567", ["1234567"], ""),
        ("\u22123", ["-3"], ""),
        ("+ 3", ["3"], ""),
        ("50%", ["50"], "%"),
        ("1.234.567,89", ["1234567.89"], ""),
        ("1.2.3", [], ""),
        ("12.34,5", [], ""),
        ("1,23,456", [], ""),
        ("dua", [], ""),
        ("antara 5 dan 6", [], ""),
        ("", [], ""),
        ("9" * 40, [], ""),
    ],
)
def test_numbers_are_read_in_every_way_that_they_can_be_meant(text: str, numbers: list[str], unit: str) -> None:
    assert readings(text) == tuple((Decimal(number), unit) for number in numbers)


@given(number=st.decimals(-(10**9), 10**9, places=3), indonesian=st.booleans())
def test_a_number_is_read_as_it_is_written_in_either_language(number: Decimal, *, indonesian: bool) -> None:
    english = f"{number:,f}"
    written = english.translate(str.maketrans(",.", ".,")) if indonesian else english
    assert number in [found for found, _ in readings(written)]


@given(st.text(max_size=60))
def test_whatever_is_typed_it_is_read_or_not(text: str) -> None:
    for number, _ in readings(text):
        assert number.is_finite()
