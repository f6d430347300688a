"""Content may come from anybody: it runs nothing, fills no memory, and opens no file but those in its own folder.

What every other fault of a file leads to is shown in tests/content.
"""

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from bot.configuration import load_settings
from bot.content.holidays import HolidaysError, load_calendar
from bot.content.loader import load
from bot.settings import SettingsError
from tests.security.conftest import CONTENT

EIGHT = "abcdefgh"
BOMB = "a: &a [x, x, x, x, x, x, x, x]\n" + "".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 8)}]\n" for before, after in pairwise(EIGHT)
)
HOSTILE = {
    "a tag that calls": "id: x\ntitle: !!python/object/apply:pathlib.Path.touch [{mark}]\n",
    "a tag that makes": "id: x\ntitle: !!python/object/new:os.system [touch {mark}]\n",
    "a tag that names a module": "id: x\ntitle: !!python/module:antigravity ''\n",
    "a tag of one's own": "id: x\ntitle: !include /etc/passwd\n",
    "a merged anchor": "id: &x\n  a: 1\ntitle:\n  <<: *x\n",
    "a bomb": BOMB,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_and_runs_nothing(tmp_path: Path, name: str) -> None:
    root, mark = Path(shutil.copytree(CONTENT, tmp_path / "content")), tmp_path / "ran"
    (root / "modules" / "x.yaml").write_text(HOSTILE[name].replace("{mark}", str(mark)), encoding="utf-8")
    loaded = load(root)
    assert loaded.catalogue is None
    assert any("jangkar (&), alias (*) dan penanda (!)" in str(finding) for finding in loaded.findings)
    assert not mark.exists()
    assert "root:" not in "".join(map(str, loaded.findings))


@pytest.mark.parametrize("name", ["a tag that calls", "a tag that makes", "a tag of one's own"])
def test_settings_and_holidays_run_nothing_either(tmp_path: Path, name: str) -> None:
    file, mark = tmp_path / "x.yaml", tmp_path / "ran"
    file.write_text(HOSTILE[name].replace("{mark}", str(mark)), encoding="utf-8")
    with pytest.raises(SettingsError):
        load_settings(file)
    with pytest.raises(HolidaysError):
        load_calendar("ID", file)
    assert not mark.exists()


@pytest.mark.parametrize(
    "file", ["../rahasia.txt", "/etc/hostname", "map/../../rahasia.txt", "tautan.txt", "map/rahasia.txt", "file:///etc/hostname"]
)
def test_no_file_outside_of_the_media_folder_can_be_sent(tmp_path: Path, file: str) -> None:
    root = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    secret = root / "rahasia.txt"
    secret.write_text("rahasia", encoding="utf-8")
    (root / "media").mkdir(exist_ok=True)
    (root / "media" / "tautan.txt").symlink_to(secret)
    (root / "media" / "map").symlink_to(root)
    module = root / "modules" / "surel-dinas.yaml"
    text = module.read_text(encoding="utf-8")
    assert text.count("    title:") >= 1
    module.write_text(text.replace("    title:", f"    media: {{type: document, file: '{file}', alt: x}}\n    title:", 1), encoding="utf-8")
    loaded = load(root)
    assert loaded.catalogue is None
    assert [finding.what for finding in loaded.findings if "content/media" in finding.what]
