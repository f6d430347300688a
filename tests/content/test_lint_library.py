"""What is poor about the content as a whole, and when that is looked at."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from bot.content.lint.review import review
from bot.content.loader import load
from bot.content.writing import to_yaml
from tests.content.conftest import TODAY
from tests.content.poor import card, judge, module, without

if TYPE_CHECKING:
    from tests.content.conftest import Folder

ROOT: Final = Path(__file__).parents[2]
DUTY: Final = "Data pribadi wajib dijaga oleh instansi."


def told(folder: "Folder", code: str) -> list[str]:
    """Return what is said under a code, and where."""
    return [f"{one.file.removeprefix('content/')}: {one.what}" for one in folder.review() if one.code == code]


def test_a_question_of_another_module_is_named_with_its_file(informed: "Folder") -> None:
    informed.module(to_yaml(module(judge(DUTY), id="asal")), "asal")
    informed.module(to_yaml(module(judge(DUTY.upper()))))
    assert told(informed, "duplicate-question") == ["modules/contoh.yaml: soal nilai sama atau hampir sama dengan soal nilai di asal.yaml"]


def test_of_three_alike_each_later_one_names_the_first(informed: "Folder") -> None:
    informed.module(to_yaml(module(judge(DUTY), judge(DUTY, id="lagi"), judge(f"{DUTY}an", id="nyaris"))))
    assert told(informed, "duplicate-question") == [
        "modules/contoh.yaml: soal lagi sama atau hampir sama dengan soal nilai",
        "modules/contoh.yaml: soal nyaris sama atau hampir sama dengan soal nilai",
    ]


def test_one_that_is_like_two_which_differ_names_the_first_of_them(informed: "Folder") -> None:
    informed.module(to_yaml(module(judge(f"{DUTY}ab", id="asal"), judge(f"{DUTY}cdef", id="jauh"), judge(f"{DUTY}abcd", id="tengah"))))
    assert told(informed, "duplicate-question") == ["modules/contoh.yaml: soal tengah sama atau hampir sama dengan soal asal"]


@pytest.mark.parametrize("now", ["id: [", None], ids=["broken", "gone"])
def test_of_a_file_that_was_changed_meanwhile_only_what_was_found_before_is_told(informed: "Folder", now: str | None) -> None:
    file = informed.module(to_yaml(module(judge(), minutes=20, title="<b>Judul</b>")))
    loaded = load(informed.root)
    file.unlink()
    if now:
        informed.module(now)
    assert [one.code for one in review(informed.root, loaded, TODAY)] == ["html-in-plain-text"]


def test_media_that_no_card_shows_are_told_but_for_notes_and_hidden_files(informed: "Folder") -> None:
    informed.module(to_yaml(module(cards=card(media={"type": "image", "file": "./kota/a.png", "alt": "Kota."}))))
    for name in ("kota/a.png", "kota/b.png", "README.md", ".sampah/c.png", "kota/.d.png"):
        informed.media(name)
    assert told(informed, "orphan-media") == ["media/kota/b.png: berkas ini tidak dipakai kartu mana pun"]


def test_what_only_the_whole_content_tells_waits_until_nothing_has_an_error(informed: "Folder") -> None:
    informed.module(to_yaml(without(module(), "title")))
    informed.module(to_yaml(module(without(judge(), "explanation"), id="lain")), "lain")
    informed.media("a.png")
    assert [one.code for one in informed.review()] == ["missing-key", "explanation-missing"]


def test_of_one_module_alone_only_what_it_tells_itself_is_told(informed: "Folder") -> None:
    informed.module(to_yaml(module(judge(DUTY), judge(DUTY, id="lagi"))))
    informed.media("a.png")
    assert [one.code for one in informed.review(whole=False)] == ["duplicate-question"]


@pytest.mark.parametrize(
    ("name", "text", "finding"),
    [
        (
            "rules.yaml",
            "rules: [{rule: UU 5/2014, source: UU}]",
            "rules.yaml:1: valid_until belum ada; tambahkan valid_until: [missing-key]",
        ),
        (
            "rules.yaml",
            "rules: []\r\n",
            "rules.yaml:1: peringatan: akhir baris bergaya Windows (CRLF); simpan dengan akhir baris LF [windows-line-ends]",
        ),
        (
            "competencies.yaml",
            "- a",
            "competencies.yaml:1: isi berkas bukan pasangan kunci: isi; mulai dari contoh di docs/authoring.md [yaml]",
        ),
    ],
)
def test_a_fault_in_a_list_is_told_and_keeps_nothing_from_being_used(folder: "Folder", name: str, text: str, finding: str) -> None:
    folder.module(to_yaml(module()))
    folder.write(name, text)
    assert [str(one) for one in folder.review()] == [f"content/{finding}"]
    assert folder.catalogue()


def test_what_ships_is_not_poor() -> None:
    root = ROOT / "content"
    assert [str(finding) for finding in review(root, load(root), TODAY)] == []


def test_loading_content_asks_no_rule_of_quality() -> None:
    """A start takes no longer for them."""
    script = "import sys; from pathlib import Path; from bot.content.shelf import Shelf; Shelf(Path('content')); print(*sys.modules)"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "bot.content.loader" in loaded
    assert not [name for name in loaded if name.startswith(("bot.content.lint", "bot.content.registers", "rapidfuzz"))]
