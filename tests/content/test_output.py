"""What `sinau check` prints, for people, for programs and for GitHub, and how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from bot.content.findings import Finding
from bot.content.lint.output import OUTPUTS

if TYPE_CHECKING:
    from tests.content.conftest import Folder

ROOT: Final = Path(__file__).parents[2]
WARNING: Final = Finding("content/modules/a.yaml", 5, "minutes-off", "minutes 9, padahal 2", "tulis 2", "warning")
ODD: Final = Finding("content/a,b:c%.yaml", 1, "yaml", "100%\nlebih: ya, dua\r", "hapus", "error")


def test_people_read_a_line_a_finding() -> None:
    assert OUTPUTS["text"]([WARNING], 3) == (
        "content/modules/a.yaml:5: peringatan: minutes 9, padahal 2; tulis 2 [minutes-off]\n3 modul dimuat, 1 temuan."
    )


def test_programs_read_json() -> None:
    assert json.loads(OUTPUTS["json"]([WARNING], 3)) == [
        {
            "file": "content/modules/a.yaml",
            "line": 5,
            "code": "minutes-off",
            "severity": "warning",
            "what": "minutes 9, padahal 2",
            "advice": "tulis 2",
        }
    ]


def test_github_reads_annotations_with_its_own_escapes() -> None:
    assert OUTPUTS["github"]([WARNING, ODD], 0).splitlines() == [
        "::warning file=content/modules/a.yaml,line=5,title=minutes-off::minutes 9, padahal 2; tulis 2",
        "::error file=content/a%2Cb%3Ac%25.yaml,line=1,title=yaml::100%25%0Alebih: ya, dua%0D; hapus",
        "0 modul dimuat, 2 temuan.",
    ]


def test_github_is_told_files_from_the_top_of_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "belajar").mkdir()
    monkeypatch.chdir(tmp_path / "belajar")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    names = ("content/a.yaml", str(tmp_path / "belajar/content/b.yaml"), "/elsewhere/c.yaml")
    told = OUTPUTS["github"]([Finding(name, 1, "yaml", "a", "b", "error") for name in names], 0)
    assert [line.partition("file=")[2].partition(",")[0] for line in told.splitlines()[:3]] == [
        "belajar/content/a.yaml",
        "belajar/content/b.yaml",
        "/elsewhere/c.yaml",
    ]


@pytest.mark.parametrize(
    ("change", "options", "status"),
    [
        ("minutes: 1", (), 0),
        ("minutes: 1", ("--strict",), 0),
        ("minutes: 9", (), 0),
        ("minutes: 9", ("--strict",), 1),
        ("minutes: 99", (), 1),
        ("minutes: 99", ("--json",), 1),
    ],
)
def test_it_fails_for_errors_and_when_it_is_strict_for_warnings(
    folder: "Folder", change: str, options: tuple[str, ...], status: int
) -> None:
    folder.changed_module("minutes: 5", change)
    folder.module((folder.root / "modules/contoh.yaml").read_text().replace("id: nilai\n", "id: nilai\n      card: satu\n"))
    assert check(*options).returncode == status


def test_its_formats_are_what_is_asked_for(folder: "Folder") -> None:
    folder.changed_module("minutes: 5", "minutes: 99")
    assert check("--format", "github").stdout.startswith("::error file=content/modules/contoh.yaml,line=5,title=out-of-range::minutes 99")
    assert check("--format", "json").stdout == check("--json").stdout
    assert json.loads(check("--json").stdout)[0]["severity"] == "error"
    assert check("--format", "xml").returncode == 2


def check(*options: str) -> "subprocess.CompletedProcess[str]":
    """Run the command in this folder, as a person would."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(("SINAU_", "GITHUB_"))}
    environment = others | {"PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-m", "bot", "check", *options], env=environment, capture_output=True, text=True, check=False)
