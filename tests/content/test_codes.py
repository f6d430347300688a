"""Every fault has its code: a file that has the fault for each of them, and a row in the documentation."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from bot.content.findings import VALIDITY
from bot.content.lint import RULES
from bot.content.loader import load
from tests.content.conftest import MODULE

if TYPE_CHECKING:
    from tests.content.conftest import Folder

DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "authoring.md"
SEVERITIES: Final = {"kesalahan": "error", "peringatan": "warning"}
ROW: Final = re.compile(r"^\| `([a-z0-9-]+)` \| (kesalahan|peringatan) \| [^|]+ \| [^|]+ \|$", re.MULTILINE)
MEDIA: Final = "    sources: [uu]\n    media: {type: image, file: "
ALL_BUT_ITEMS: Final = MODULE[: MODULE.index("    - id: pilih")]
LONG_OPTIONS: Final = "".join(f"        - {{text: {letter * 200}, feedback: {letter * 300}}}\n" for letter in "pqrstuv")
LONG_SOURCE: Final = f"\n  - id: lain\n    rule: {'x' * 190}\n    article: {'y' * 200}"


def changed(*changes: tuple[str, str]) -> Callable[["Folder"], object]:
    """Return what writes the module with these changes."""

    def write(folder: "Folder") -> None:
        text = folder.module().read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        folder.module(text)

    return write


def with_path(old: str, new: str) -> Callable[["Folder"], object]:
    return lambda folder: (folder.module(), folder.changed_path(old, new))


FAULTS: Final[Mapping[str, Callable[["Folder"], object]]] = {
    "folder-unreadable": lambda folder: (folder.root / "modules").rename(folder.root / "modul"),
    "no-modules": lambda _: None,
    "no-paths": lambda folder: (folder.module(), (folder.root / "paths").rename(folder.root / "jalur")),
    "file-ignored": lambda folder: (folder.module(), folder.write("modules/lupa.yml", "")),
    "file-unreadable": lambda folder: (folder.root / "modules/contoh.yaml").mkdir(),
    "file-too-large": lambda folder: folder.module(b"#" * 256 * 1025),
    "empty-file": lambda folder: folder.module(""),
    "not-utf-8": lambda folder: folder.module(b"id: caf\xe9"),
    "byte-order-mark": lambda folder: folder.module(b"\xef\xbb\xbf" + folder.module().read_bytes()),
    "windows-line-ends": lambda folder: folder.module(folder.module().read_bytes().replace(b"\n", b"\r\n")),
    "yaml": changed(("title: Contoh", "title: [Contoh")),
    "yaml-mark": changed(("title: Contoh", "title: &x Contoh")),
    "control-character": changed(("title: Contoh", 'title: "a\\0b"')),
    "duplicate-key": changed(("minutes: 5", "minutes: 5\nminutes: 5")),
    "too-deep": changed(("title: Contoh", f"title: {'[' * 20}{']' * 20}")),
    "missing-key": changed(("title: Contoh\n", "")),
    "unknown-key": changed(("title:", "judul:")),
    "empty-value": changed(("title: Contoh", "title:")),
    "wrong-type": changed(("minutes: 5", "minutes: lima")),
    "unknown-value": changed(("language: id", "language: jv")),
    "bad-format": changed(("id: satu", "id: Satu")),
    "out-of-range": changed(("minutes: 5", "minutes: 21")),
    "too-long": changed(("title: Contoh", f"title: {'x' * 61}")),
    "too-few": changed(("        - text: Itu\n", "")),
    "too-many": changed(("minutes: 5", f"minutes: 5\ntags: [{', '.join('abcdefghijk')}]")),
    "invalid-value": changed(("type: true_false", "type: numeric"), ("answer: true", "answer: 1e999")),
    "html": changed(("Baris kedua.", "Baris <b>kedua.")),
    "html-in-plain-text": changed(("title: Contoh", "title: <b>Contoh</b>")),
    "card-too-long": changed(("Baris kedua.", "x" * 1200)),
    "alt-missing": changed(("    sources: [uu]\n", f"{MEDIA}a.png}}\n")),
    "media-missing": changed(("    sources: [uu]\n", f"{MEDIA}a.png, alt: Gambar.}}\n")),
    "media-unusable": changed(("    sources: [uu]\n", f"{MEDIA}a.mp3, alt: Gambar.}}\n")),
    "no-correct-option": changed(("          correct: true\n", "")),
    "many-correct-options": changed(("- text: Itu", "- text: Itu\n          correct: true")),
    "duplicate-option": changed(("text: Itu", "text: Ini")),
    "question-parts": changed(("type: true_false", "type: survey"), ("      answer: true\n", "")),
    "question-too-long": changed(("        - text: Itu\n", LONG_OPTIONS)),
    "nothing-graded": lambda folder: folder.module(f"{ALL_BUT_ITEMS}    - {{id: renungan, type: reflection, text: Apa?}}\n"),
    "draw-too-high": changed(("draw: 2", "draw: 3")),
    "duplicate-id": changed(("id: nilai", "id: pilih")),
    "unknown-id": changed(("card: satu", "card: dua")),
    "id-not-file-name": changed(("id: contoh", "id: lain")),
    "id-too-long": lambda folder: folder.module(MODULE.replace("contoh", "m" * 32).replace("satu", "s" * 30), "m" * 32),
    "citations-too-long": changed(("UU 27/2022", f"{'x' * 200}\n    article: {'y' * 200}{LONG_SOURCE}"), ("[uu]", "[uu, lain]")),
    "other-language": with_path("language: id", "language: en"),
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_is_told_with_its_code_and_severity(folder: "Folder", code: str) -> None:
    FAULTS[code](folder)
    found = {finding.code: finding.severity for finding in load(folder.root).findings}
    assert found.get(code) == VALIDITY[code], found


def test_there_is_an_example_of_every_fault() -> None:
    assert FAULTS.keys() == VALIDITY.keys()


def test_no_rule_has_the_code_of_a_fault_or_of_another_rule() -> None:
    codes = [*VALIDITY, *(rule.code for rule in RULES)]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) for code in codes)


def test_every_code_is_documented_with_its_severity_and_no_other() -> None:
    rows = ROW.findall(DOCUMENT.read_text(encoding="utf-8"))
    documented = [(code, SEVERITIES[severity]) for code, severity in rows]
    assert sorted(documented) == sorted([*VALIDITY.items(), *((rule.code, rule.severity) for rule in RULES)])
