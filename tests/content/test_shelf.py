"""The content in force, and how another takes its place."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot.content.shelf import Shelf

if TYPE_CHECKING:
    from tests.content.conftest import Folder


@pytest.fixture
def shelf(folder: "Folder") -> Shelf:
    folder.module()
    return Shelf(folder.root)


def test_new_content_takes_the_place_of_the_old(folder: "Folder", shelf: Shelf) -> None:
    before = shelf.catalogue
    folder.changed_module("title: Contoh", "title: Lain")
    assert shelf.reload() == ()
    assert shelf.catalogue.modules["contoh"].title == "Lain"
    assert before.modules["contoh"].title == "Contoh"


def test_with_a_fault_the_old_content_stays(folder: "Folder", shelf: Shelf) -> None:
    before = shelf.catalogue
    folder.changed_module("title: Contoh", "titel: Contoh")
    with capture_logs() as logs:
        assert any(finding.severity == "error" for finding in shelf.reload())
    assert shelf.catalogue is before
    assert [line["event"] for line in logs] == ["content_kept"]
    folder.module()
    assert shelf.reload() == ()


def test_whatever_goes_wrong_while_reading_the_old_content_stays_and_the_log_says_so(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Path) -> None:
        raise RuntimeError("diska rusak")

    before = shelf.catalogue
    monkeypatch.setattr(Path, "iterdir", fail)
    with capture_logs() as logs:
        assert [finding.severity for finding in shelf.reload()] == ["error"]
    assert shelf.catalogue is before
    assert [(line["event"], line["log_level"]) for line in logs] == [("content_kept", "error")]
    monkeypatch.undo()
    assert shelf.reload() == ()


def test_the_watch_reads_only_when_a_file_changed(folder: "Folder", shelf: Shelf) -> None:
    before = shelf.catalogue
    shelf.reload_if_changed()
    assert shelf.catalogue is before
    folder.changed_module("title: Contoh", "title: Contoh lain")
    shelf.reload_if_changed()
    assert shelf.catalogue.modules["contoh"].title == "Contoh lain"


def test_links_that_lead_nowhere_or_to_themselves_hurt_nobody(folder: "Folder") -> None:
    folder.module()
    (folder.root / "media" / "loop.png").symlink_to("loop.png")
    (folder.root / "media" / "gone.png").symlink_to("nowhere.png")
    shelf = Shelf(folder.root)
    media = "    media: {type: image, file: loop.png, alt: Gambar.}\n"
    folder.changed_module("    sources: [uu]\n", media)
    assert [str(finding) for finding in shelf.reload()] == [
        "content/modules/contoh.yaml:15: loop.png menunjuk ke dirinya sendiri; salin berkasnya ke content/media [media-unusable]"
    ]
