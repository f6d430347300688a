"""What is passed on of a question tells of no person. All numbers, addresses and names are made up."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.search.wish import LONGEST, as_wish

PRIVATE = [
    ("cek tukin NIP 198001012005011001", "cek tukin nip #"),
    ("NIP 19800101 200501 1 001 tukin", "nip # tukin"),
    ("NIK 3174.0101.0180.0001 salah", "nik #"),
    ("telepon +62 812-3456-7890 ya", "telepon #"),
    ("hubungi (0274) 512 345", "hubungi #"),
    ("kirim ke sari.rekaan@contoh.go.id dong", "kirim #"),
    ("tanya @sari_rekaan soal cuti", "# soal cuti"),
    ("buka https://contoh.go.id/u/sari?x=1 error", "buka # error"),
    ("www.contoh.id/sari lambat", "# lambat"),
    ("sinau-rekaan.go.id lambat", "# lambat"),
    ("Bu Rinawati marah terus", "bu # marah terus"),
    ("Pak Budi cuti", "pak # cuti"),
    ("pak Yohanes Wibisana cuti", "pak # # cuti"),
    ("Pak H. Yohanes Wibisana cuti", "pak # # cuti"),
    ("Pak H.Yohanes Wibisana cuti", "pak # # cuti"),
    ("Bapak Drs. Moh. Wibisana marah", "bapak # marah"),
    ("bu Nur'wati marah", "bu marah"),
    ("Bu Rina-Wati marah", "bu marah"),
    ("rekening 123 456 789 0", "rekening #"),
    ("A12345678B paspor", "# paspor"),
]


@pytest.mark.parametrize(("question", "wish"), PRIVATE)
def test_numbers_addresses_and_names_are_masked(question: str, wish: str) -> None:
    assert as_wish(question) == wish


@pytest.mark.parametrize(
    ("question", "wish"),
    [
        ("Berapa tukin golongan III/a?", "tukin golongan iii"),
        ("apa itu tukin", "tukin"),
        ("TUKIN itu apa ya?!", "tukin"),
        ("layanan untuk ibu hamil", "layanan ibu hamil"),
        ("PP 94 2021 pasal 5", "pp # pasal 5"),
        ("UU 20/2023 tentang ASN", "uu # asn"),
    ],
)
def test_what_a_question_is_about_is_left(question: str, wish: str) -> None:
    assert as_wish(question) == wish


@pytest.mark.parametrize("question", ["", "😀", "halo, apa kabar?", "081234567890", "@sari", "kata " * 13, "a" * (LONGEST + 1), "12 + 3"])
def test_what_is_no_wish_is_not_passed_on(question: str) -> None:
    assert as_wish(question) == ""


@given(before=st.text("abc ,.", max_size=9), number=st.text("0123456789", min_size=5, max_size=20), after=st.text("abc ,.", max_size=9))
def test_no_long_number_is_ever_passed_on(before: str, number: str, after: str) -> None:
    assert not re.search(r"\d{5}", as_wish(f"tukin {before}{number}{after}"))
