"""Aiken: questions with one right answer, and what belongs to none."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.content.formats import FORMATS, BrokenBankError, guess
from bot.content.formats.aiken import looks_like, read
from tests.content.formats.costs import takes_little_time
from tests.content.questions import item

if TYPE_CHECKING:
    from tests.content.conftest import Folder

SAMPLE = Path(__file__).parent / "samples" / "contoh-aiken.txt"
GOOD = "Mana?\nA. Ini\nB. Itu\nANSWER: B\n"


def notes(text: str) -> list[str]:
    return [str(note) for note in read(text.encode(), "contoh").notes]


def test_questions_are_read() -> None:
    found = read(SAMPLE.read_bytes(), "contoh")
    assert found.notes == []
    assert [(question.line, question.data) for question in found.questions] == [
        (
            1,
            {
                "type": "single_choice",
                "text": "Nilai dasar ASN disingkat apa?",
                "options": [{"text": "BerAKHLAK", "correct": True}, {"text": "Pancasila & UUD 1945"}, {"text": "a < b"}, {"text": "SPBE"}],
            },
        ),
        (
            8,
            {
                "type": "single_choice",
                "text": "B.J. Habibie lahir di mana?",
                "options": [{"text": "Surabaya"}, {"text": "Parepare", "correct": True}],
            },
        ),
        (
            13,
            {
                "type": "single_choice",
                "text": "Soal yang ditulis\ndalam dua baris?",
                "options": [{"text": "Ya (tanpa spasi)"}, {"text": "Tidak (dengan tab)", "correct": True}],
            },
        ),
    ]
    for question in found.questions:
        item({"id": "soal", **question.data})


def test_a_question_is_escaped_and_its_choices_are_plain() -> None:
    (question,) = read(b"\xef\xbb\xbf1 < 2 & 3?\r\nA) <b>\r\nB) &\r\nANSWER: A", "contoh").questions
    assert question.data["text"] == "1 &lt; 2 &amp; 3?"
    assert [option["text"] for option in question.data["options"]] == ["<b>", "&"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A) Tanpa soal\n" + GOOD, ['baris 1: "A) Tanpa soal" tidak termasuk soal mana pun']),
        ("ANSWER: A\n" + GOOD, ['baris 1: "ANSWER: A" tidak termasuk soal mana pun']),
        (GOOD + "Tidak selesai?\nA) Ya\nB) Tidak\n\n" + GOOD, ['baris 5: soal "Tidak selesai?" tidak punya ANSWER:']),
        (GOOD + "Judul yang panjang\n", ['baris 5: soal "Judul yang panjang"']),
        ("Judul\n\n" + GOOD, ['baris 1: soal "Judul" tidak punya ANSWER:']),
        ("Mana?\nA. Ini\nB. Itu\nANSWER: C", ['baris 4: kunci "C" tidak menunjuk tepat satu pilihan']),
        ("Mana?\nA. Ini\nA. Itu\nANSWER: A", ['baris 4: kunci "A" tidak menunjuk tepat satu pilihan']),
        ("Mana?\nA. Ini\nB. Itu\nANSWER: A, B", ['baris 4: kunci "A, B" tidak menunjuk tepat satu pilihan']),
        ("Mana?\nANSWER:", ['baris 2: kunci "" tidak menunjuk tepat satu pilihan']),
    ],
)
def test_what_belongs_to_no_question_is_told_with_its_line(text: str, said: list[str]) -> None:
    found = notes(text)
    assert len(found) == len(said)
    for note, beginning in zip(found, said, strict=True):
        assert note.startswith(beginning)


def test_text_files_are_told_apart() -> None:
    assert guess(Path("a.TXT"), GOOD.encode()) == "aiken"
    assert guess(Path("a.txt"), GOOD.encode("utf-16")) == "aiken"
    assert guess(Path("a.txt"), b"Mana?{~A =B}\n\n// ANSWER: nanti") == "gift"
    assert guess(Path("a.gift"), GOOD.encode()) == "gift"
    assert not looks_like(b"\xff")
    assert not FORMATS["aiken"].writes


@pytest.mark.parametrize("text", ["a\n" * 1_000_000, "A)" + "\n" * 2_000_000, "A" * 2_000_000, GOOD * 4_999], ids=range(4))
def test_large_files_cost_little(text: str) -> None:
    assert looks_like(text.encode()) == ("ANSWER" in text)
    assert takes_little_time(lambda: (looks_like(text.encode()), read(text.encode(), "contoh")))


@pytest.mark.parametrize("text", ["A) a\n" * 400_000, "ANSWER: A\n" * 200_000, GOOD * 5_001], ids=range(3))
def test_more_than_a_file_may_hold_is_refused_at_once(text: str) -> None:
    def refused() -> None:
        with pytest.raises(BrokenBankError, match=r"baris \d+: lebih dari 5000 soal; bagi menjadi beberapa berkas"):
            read(text.encode(), "contoh")

    assert takes_little_time(refused)


def test_the_command_brings_it_in(folder: "Folder") -> None:
    bank = folder.write("bank.txt", SAMPLE.read_text(encoding="utf-8") + "\n\nTidak selesai?\nA. Ya\n")
    brought = CliRunner().invoke(app, ["import", str(bank), "--module", "uji"])
    assert brought.exit_code == 0, brought.output
    assert "uji.yaml: 3 soal" in brought.output
    assert 'bank.txt: baris 22: soal "Tidak selesai?" tidak punya ANSWER:' in brought.output
    module = folder.catalogue().module("uji")
    assert module
    assert len(module.items) == 3
