"""A small valid folder of content that tests change in one place."""

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from bot.content.findings import Finding
from bot.content.lint.review import review
from bot.content.loader import load
from bot.content.model import Catalogue

TODAY: Final = date(2026, 11, 24)
FORMER: Final = """\
rules:
  - {rule: UU 5/2014 tentang ASN, valid_until: 2023-10-30, replaced_by: UU 20/2023 tentang ASN, source: UU 20/2023}
  - {rule: Surat Edaran Tahunan, valid_until: 2025-12-31, source: Berlaku satu tahun}
"""
COMPETENCIES: Final = "source: PermenPANRB 38/2017\ncompetencies:\n  - {id: integritas, name: Integritas, group: manajerial}\n"
MODULE = """\
id: contoh
title: Contoh
summary: Modul untuk pengujian.
language: id
minutes: 5
sources:
  - id: uu
    rule: UU 27/2022
cards:
  - id: satu
    title: Kartu satu
    text: |
      Baris pertama.
      Baris kedua.
    sources: [uu]
quiz:
  pass_mark: 70
  draw: 2
  items:
    - id: pilih
      type: single_choice
      text: Mana yang tepat?
      options:
        - text: Ini
          correct: true
        - text: Itu
      explanation: Karena ini.
      card: satu
    - id: nilai
      type: true_false
      text: Ini benar.
      answer: true
      explanation: Memang benar.
"""

PATH = """\
id: jalur
title: Jalur
summary: Jalur untuk pengujian.
language: id
modules: [contoh]
"""


class Folder:
    """A folder of content to write into."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("modules", "paths", "media"):
            (root / name).mkdir(parents=True)

    def module(self, text: str | bytes = MODULE, name: str = "contoh") -> Path:
        return self.write(f"modules/{name}.yaml", text)

    def changed_module(self, old: str, new: str, name: str = "contoh") -> Path:
        assert old in MODULE
        return self.module(MODULE.replace(old, new, 1), name)

    def path(self, text: str = PATH, name: str = "jalur") -> Path:
        return self.write(f"paths/{name}.yaml", text)

    def changed_path(self, old: str, new: str, name: str = "jalur") -> Path:
        assert old in PATH
        return self.path(PATH.replace(old, new, 1), name)

    def findings(self) -> list[str]:
        return [str(finding) for finding in load(self.root).findings]

    def review(self, *, whole: bool = True) -> tuple[Finding, ...]:
        return review(self.root, load(self.root), TODAY, whole=whole)

    def catalogue(self) -> Catalogue:
        loaded = load(self.root)
        assert loaded.catalogue, self.findings()
        return loaded.catalogue

    def media(self, name: str, data: bytes = b"data") -> Path:
        return self.write(f"media/{name}", data)

    def write(self, name: str, content: str | bytes) -> Path:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    return Folder(Path("content"))


@pytest.fixture
def informed(folder: Folder) -> Folder:
    """A folder that knows competencies and former rules."""
    folder.write("rules.yaml", FORMER)
    folder.write("competencies.yaml", COMPETENCIES)
    return folder
