"""Comments by which an author takes a warning upon themselves."""

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.content.conftest import Folder

# Four findings, and two texts that look like comments.
POOR: Final = """\
id: contoh
title: Contoh
summary: Modul untuk pengujian.
language: id
minutes: 9
sources: [{id: uu, rule: UU 27/2022}]
cards:
  - id: satu
    title: Kartu satu
    text: |
      Tulis # lint: ignore minutes-off di sini.
    sources: [uu]
quiz:
  pass_mark: 70
  draw: 1
  items:
    - id: pilih
      type: single_choice
      text: "Mana # lint: ignore explanation-missing yang tepat?"
      sources: [uu]
      options:
        - text: |
            <b>Ini</b>
          correct: true
        - text: Itu
    - {id: nilai, type: true_false, text: Ini benar., answer: true, sources: [uu]}
"""
FOUND: Final = ("minutes-off", "explanation-missing", "html-in-plain-text", "explanation-missing")


def left(folder: "Folder", text: str, *, whole: bool = True) -> list[str]:
    """Return the codes that are left of the findings about a module."""
    folder.module(text)
    return [one.code for one in folder.review(whole=whole)]


def test_what_stands_within_a_text_is_no_comment(folder: "Folder") -> None:
    assert left(folder, POOR) == [*FOUND]


@pytest.mark.parametrize(
    ("old", "new", "gone"),
    [
        ("minutes: 9", "minutes: 9  # lint: ignore minutes-off", 0),
        ("minutes: 9", "minutes: 9 #lint:ignore minutes-off videonya panjang", 0),
        ("minutes: 9", "# lint: ignore minutes-off\nminutes: 9", 0),
        ("minutes: 9", "# lint: ignore minutes-off\n# Videonya panjang.\n\nminutes: 9", 0),
        ("    - id: pilih", "    # lint: ignore explanation-missing\n    - id: pilih", 1),
        ("    - id: pilih", "    - id: pilih  # lint: ignore explanation-missing", 1),
        ("- text: |", "- text: |  # lint: ignore html-in-plain-text", 2),
        ("        - text: |", "        # lint: ignore html-in-plain-text\n        - text: |", 2),
        ("sources: [uu]}", "sources: [uu]}  # lint: ignore explanation-missing", 3),
    ],
)
def test_a_comment_ignores_what_is_found_in_its_line_or_in_the_one_below(folder: "Folder", old: str, new: str, gone: int) -> None:
    assert left(folder, POOR.replace(old, new, 1)) == [*FOUND[:gone], *FOUND[gone + 1 :]]


def test_a_comment_above_everything_is_about_the_whole_file(folder: "Folder") -> None:
    comments = "# yaml-language-server: x\n# lint: ignore explanation-missing, minutes-off\n\n"
    assert left(folder, comments + POOR) == ["html-in-plain-text"]


def test_a_comment_behind_a_line_is_not_about_the_next(folder: "Folder") -> None:
    text = POOR.replace("language: id", "language: id  # lint: ignore minutes-off")
    assert left(folder, text) == ["unused-ignore", *FOUND]


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        (
            "# lint: ignore rule-expired",
            "lint: ignore rule-expired tidak mengabaikan apa pun; hapus, atau pindahkan ke baris temuannya atau ke",
        ),
        ("# lint: ignore minute-off", "kode minute-off tidak ada; maksud Anda minutes-off? daftarnya ada di docs/authoring.md"),
        ("# lint: ignore card-too-long", "kesalahan card-too-long tidak dapat diabaikan; hapus catatan ini"),
        ("# lint: ignore", "lint: ignore tanpa kode; tulis kode yang tampil di ujung temuan"),
    ],
)
def test_a_comment_of_no_use_is_told(folder: "Folder", comment: str, told: str) -> None:
    folder.module(f"id: contoh\n{comment}\n{POOR.removeprefix('id: contoh')}")
    (useless,) = (str(one) for one in folder.review() if one.code == "unused-ignore")
    assert useless.startswith(f"content/modules/contoh.yaml:2: peringatan: {told}")


def test_of_one_module_alone_nobody_can_tell_whether_a_comment_is_of_use(folder: "Folder") -> None:
    text = POOR.replace("minutes: 9", "minutes: 9  # lint: ignore duplicate-question")
    assert left(folder, text, whole=False) == [*FOUND]
    assert left(folder, text) == ["minutes-off", "unused-ignore", *FOUND[1:]]


def test_no_comment_hides_an_error_or_anything_beside_it(folder: "Folder") -> None:
    comments = "# lint: ignore too-long, html-in-plain-text\n"
    assert left(folder, comments + POOR.replace("title: Contoh", f"title: {'x' * 61}")) == ["too-long", "html-in-plain-text"]
    assert left(folder, comments + "id: [") == ["yaml"]


def test_a_comment_in_a_path_is_about_the_path(folder: "Folder") -> None:
    folder.module(POOR)
    folder.changed_path("language: id\nmodules: [contoh]", "language: en\nmodules: [contoh]  # lint: ignore other-language")
    assert [one.code for one in folder.review()] == [*FOUND]


def test_a_comment_is_found_behind_emoji_and_windows_line_ends(folder: "Folder") -> None:
    text = POOR.replace("title: Contoh", "title: 🎓 Contoh 🎓").replace("minutes: 9", "minutes: 9  # 🎓 # lint: ignore minutes-off")
    written = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    folder.module(written)
    assert [one.code for one in folder.review()] == ["byte-order-mark", "windows-line-ends", *FOUND[1:]]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)  # each example writes the same file anew
@given(st.integers(0, POOR.count("\n")), st.sampled_from(["", " ", "\n", "\n    "]), st.booleans())
def test_wherever_a_comment_stands_nothing_fails(folder: "Folder", place: int, before: str, known: bool) -> None:  # noqa: FBT001 - drawn
    lines = POOR.split("\n")
    lines[place] += f"{before}# lint: ignore {'minutes-off' if known else 'x, y'}"
    assert left(folder, "\n".join(lines))


def test_a_text_that_nobody_sees_can_not_be_ignored(folder: "Folder") -> None:
    text = POOR.replace("title: Contoh", 'title: "\\u200b"  # lint: ignore invisible-text')
    assert left(folder, text)[:2] == ["invisible-text", "unused-ignore"]
