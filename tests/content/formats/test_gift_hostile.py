"""GIFT from anywhere: what is no text is refused with a line and a sentence, and nothing costs much."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.formats import BrokenBankError, guess
from bot.content.formats.gift import read
from bot.content.formats.gift.syntax import CATEGORY, blocks
from bot.content.importing import modules_of
from bot.content.loader import adapter_of
from bot.content.model import Card
from tests.content.formats.costs import takes_little_time


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "berkas kosong"),
        (b" \n\t\n", "berkas kosong"),
        ("Apa?{=ï}".encode("latin-1"), "baris 1: ada huruf yang bukan UTF-8"),
        (b"Apa?{T}\n\nBerapa?\xff", "baris 3: ada huruf yang bukan UTF-8"),
        ("\ufeffApa?{T}".encode("utf-16-le") + b"x", "baris 1: ada huruf yang bukan UTF-16-LE"),
        ("Apa?{T}".encode("utf-16-le"), "baris 1: ada huruf kendali U+0000 yang tidak terlihat"),
        (b"Apa?\n\n\x0b{T}", "baris 3: ada huruf kendali U+000B"),
        (b"PK\x03\x04", "baris 1: ada huruf kendali U+0003"),
        (b"a{T}\n\n" * 5_001, "baris 10001: lebih dari 5000 soal"),
        (b"a{T}\n\n" * 400_000, "berkas lebih dari 2 MB"),
    ],
)
def test_what_is_no_text_is_refused_with_a_line_and_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(BrokenBankError) as error:
        read(data, "contoh")
    assert str(error.value).startswith(said)
    assert guess(Path("bank.txt"), data) == "gift"


LARGE = [
    "{" * 2_000_000,
    "}{" * 1_000_000,
    "a{T}\n\n" * 5_000,
    "::" * 1_000_000,
    "a{" + "~" * 1_999_990 + "}",
    "a{" + "=a" * 7_000 + "}\n\n",
    "a{#" + "9" * 15_000 + "}",
    "a{#9e999}",
    "a{#1e-999..1e999}",
    "a{~%" + "9" * 15_000 + "%b =c}",
    "[markdown]" + "*_[`" * 3_900 + "{}",
    "[markdown]" + "> " * 7_900 + "{}",
    "[html]" + "<b>" * 5_000 + "{}",
    "\\" * 2_000_000,
    "\n" * 1_000_000 + "a{T}",
    "// [id:" * 280_000 + "\na{T}",
    "[" * 2_000_000,
    "$CATEGORY: " + "/" * 1_999_900,
]


@pytest.mark.parametrize("text", LARGE, ids=range(len(LARGE)))
def test_large_files_cost_little_time(text: str) -> None:
    assert takes_little_time(lambda: read(text.encode(), "contoh"))


def test_large_files_cost_little_memory() -> None:
    program = (
        "from tests.content.formats.test_gift_hostile import LARGE, read\n"
        "for text in LARGE: read(text.encode(), 'contoh')\n"
        "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert int(done.stdout) < 200 * 1024


# Pieces of GIFT in any order: most of it is nonsense.
PIECES = [
    *("{", "}", "~", "=", "#", "####", "->", "::", "%50%", "%-50%", "[html]", "[plain]", "[markdown]", "//", "$CATEGORY:", "..", ":", "*"),
    *("\\", "\n", "\n\n", "\\n", " ", "T", "F", "a", "Apa?", "5", "0.5", "&lt;", "<b>", "{celah}", "****", "[id:a]"),
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join).filter(str.strip))
def test_whatever_stands_in_a_file_becomes_something_valid_or_a_note(text: str) -> None:
    found = read(text.encode(), "contoh")
    unread = sum(note.what.startswith("tidak diimpor") for note in found.notes)
    assert len(found.questions) + len(found.cards) + unread == sum(not block.text.startswith(CATEGORY) for block in blocks(text))
    imported = modules_of(found, "contoh", "Contoh", "id")
    assert len(found.questions) - sum(module.questions for module in imported.modules) == len(imported.notes) - len(found.notes)
    for card in found.cards:
        adapter_of(Card).validate_python(card)
