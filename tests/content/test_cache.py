"""The cache of the modules: whatever becomes of it, the content is that of the files."""

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.content import cache, model
from bot.content.loader import adapter_of, load
from bot.content.reading import read
from bot.content.shelf import BrokenContentError, Shelf

if TYPE_CHECKING:
    from tests.content.conftest import Folder

SHIPPED = Path(__file__).parents[2] / "content"
WRITER = """
import sys
from pathlib import Path
from bot.content import cache
from bot.content.loader import load
packed = load(Path("content")).packed
print("begun", flush=True)
while True:
    cache.write(Path("content.cache"), packed)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "var" / "content.cache"


@pytest.fixture
def rich(folder: "Folder") -> "Folder":
    """A folder with a module that has warnings, one with a picture, and a path."""
    folder.changed_module("title: Contoh", "title: <b>Contoh</b>")
    media = "    media: {type: image, file: a.png, alt: Gambar.}\n"
    folder.changed_module("id: contoh", "id: gambar", "gambar")
    folder.write("modules/gambar.yaml", (folder.root / "modules/gambar.yaml").read_text().replace("    sources: [uu]\n", media))
    folder.media("a.png", b"gambar")
    folder.path()
    return folder


def content_of(root: Path, cache_file: Path | None) -> dict[str, model.Module]:
    return dict(Shelf(root, cache_file).catalogue.modules)


def test_a_module_is_unpacked_as_it_was_written() -> None:
    loaded = load(SHIPPED)
    assert loaded.catalogue
    for module_id, module in loaded.catalogue.modules.items():
        written = adapter_of(model.Module).validate_python(read(SHIPPED / "modules" / f"{module_id}.yaml").data)
        without_files = [card.media and (card.media.file, card.media.alt) for card in written.cards]
        assert [card.media and (card.media.file, card.media.alt) for card in module.cards] == without_files
        assert (module.quiz, module.sources, module.tags, module.competency) == (
            written.quiz,
            written.sources,
            written.tags,
            written.competency,
        )
        assert [(card.id, card.title, card.text, card.reveal, card.sources) for card in module.cards] == [
            (card.id, card.title, card.text, card.reveal, card.sources) for card in written.cards
        ]
        assert loaded.catalogue.outlines[module_id] == module.outline == written.outline


def test_content_and_findings_are_the_same_with_and_without_a_cache(rich: "Folder", file: Path) -> None:
    cold = load(rich.root)
    assert cold.findings
    cache.write(file, cold.packed)
    warm = load(rich.root, cache.read(file))
    assert warm == cold
    assert cold.catalogue
    assert warm.catalogue
    assert dict(warm.catalogue.modules) == dict(cold.catalogue.modules)
    assert warm.catalogue.paths == cold.catalogue.paths


def test_only_what_changed_is_read_again(tmp_path: Path, file: Path) -> None:
    (tmp_path / "content").mkdir()
    for name in ("modules", "paths", "media"):
        (tmp_path / "content" / name).mkdir() if name == "modules" else (tmp_path / "content" / name).symlink_to(SHIPPED / name)
    for module in (SHIPPED / "modules").iterdir():
        (tmp_path / "content" / "modules" / module.name).write_bytes(module.read_bytes())
    first = load(tmp_path / "content").packed
    cache.write(file, first)
    changed = tmp_path / "content" / "modules" / "kata-sandi-kuat.yaml"
    changed.write_text(changed.read_text().replace("minutes: ", "minutes: 1", 1))
    kept = cache.read(file)
    second = load(tmp_path / "content", kept).packed
    assert [name for name in second if second[name] is not kept[name]] == [changed.as_posix()]


def test_an_edit_that_changes_neither_size_nor_time_is_seen(folder: "Folder", file: Path) -> None:
    path = folder.module()
    assert content_of(folder.root, file)["contoh"].minutes == 5
    times = path.stat()
    folder.changed_module("minutes: 5", "minutes: 6")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert path.stat().st_size == times.st_size
    assert content_of(folder.root, file)["contoh"].minutes == 6


def test_a_picture_that_was_replaced_by_one_of_the_same_size_and_time_is_seen(rich: "Folder", file: Path) -> None:
    before = content_of(rich.root, file)["gambar"]
    picture = rich.root / "media" / "a.png"
    times = picture.stat()
    rich.media("a.png", b"GAMBAR")
    os.utime(picture, ns=(times.st_atime_ns, times.st_mtime_ns))
    after = content_of(rich.root, file)["gambar"]
    assert after.version != before.version
    assert after == content_of(rich.root, None)["gambar"]


def test_a_picture_that_is_gone_is_missed(rich: "Folder", file: Path) -> None:
    content_of(rich.root, file)
    (rich.root / "media" / "a.png").unlink()
    with pytest.raises(BrokenContentError, match=r"a\.png tidak ada"):
        Shelf(rich.root, file)


def test_a_fault_is_told_at_every_start_and_what_was_good_stays_known(rich: "Folder", file: Path) -> None:
    content_of(rich.root, file)
    rich.changed_module("minutes: 5", "minutes: banyak")
    faults = []
    for _ in range(2):
        with pytest.raises(BrokenContentError) as caught:
            Shelf(rich.root, file)
        faults.append(str(caught.value))
    assert faults[0] == faults[1]
    assert list(cache.read(file)) == [(rich.root / "modules/gambar.yaml").as_posix()]


def test_modules_come_and_go(rich: "Folder", file: Path) -> None:
    content_of(rich.root, file)
    (rich.root / "modules/gambar.yaml").unlink()
    rich.changed_module("id: contoh", "id: baru", "baru")
    assert content_of(rich.root, file).keys() == {"contoh", "baru"}
    assert len(cache.read(file)) == 2


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 1_000_000), byte=st.binary(max_size=3), cut=st.booleans())
def test_a_damaged_cache_changes_nothing_and_is_made_anew(rich: "Folder", file: Path, place: int, byte: bytes, cut: bool) -> None:  # noqa: FBT001 - drawn
    expected = content_of(rich.root, None)
    file.unlink(missing_ok=True)
    content_of(rich.root, file)
    whole = file.read_bytes()
    place %= len(whole)
    damaged = whole[:place] + byte + (b"" if cut else whole[place + 1 :])
    file.write_bytes(damaged)
    with capture_logs() as logs:
        assert content_of(rich.root, file) == expected
    assert [line["event"] for line in logs] == ([] if damaged == whole else ["content_cache_damaged"])
    with capture_logs() as logs:
        content_of(rich.root, file)
    assert logs == []


@pytest.mark.parametrize("content", [b"", b"[]\n", b"{}\n", b'{"made_by":0}\n', b'{"made_by":null,"modules":[[]]}\n', b"\n", b"x\n\n"])
def test_a_cache_that_is_whole_but_something_else_is_not_used(folder: "Folder", file: Path, content: bytes) -> None:
    folder.module()
    file.parent.mkdir()
    file.write_bytes(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
    assert content_of(folder.root, file) == content_of(folder.root, None)
    assert cache.read(file)


def test_a_cache_that_another_version_made_is_not_used(folder: "Folder", file: Path) -> None:
    folder.module()
    content_of(folder.root, file)
    index, _, bodies = file.read_bytes()[65:].partition(b"\n")
    made = orjson.loads(index)
    made["modules"][0][3]["title"] = "Dari versi lain"
    made["made_by"][-1] = "0" * 64
    content = orjson.dumps(made) + b"\n" + bodies
    file.write_bytes(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
    assert cache.read(file) == {}
    assert Shelf(folder.root, file).catalogue.outlines["contoh"].title == "Contoh"
    assert cache.read(file)


@pytest.mark.parametrize("place", ["file/content.cache", "folder", "/proc/sinau/content.cache"])
def test_where_no_cache_can_be_written_the_content_is_there_all_the_same_and_the_log_says_so_once(
    folder: "Folder", tmp_path: Path, place: str
) -> None:
    folder.module()
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with capture_logs() as logs:
        assert content_of(folder.root, tmp_path / place).keys() == {"contoh"}
    written = [line for line in logs if line["event"] == "content_cache_not_written"]
    assert len(written) == 1
    assert "content.cache" in written[0]["advice"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content", "file", "folder"]


def test_a_folder_whose_name_is_no_text_has_content_but_no_cache(folder: "Folder", tmp_path: Path, file: Path) -> None:
    folder.module()
    odd = tmp_path / os.fsdecode(b"\xff")
    folder.root.rename(odd)
    with capture_logs() as logs:
        assert content_of(odd, file).keys() == {"contoh"}
    assert [line["event"] for line in logs] == ["content_cache_not_written"]


def test_the_cache_is_closed_to_others(folder: "Folder", file: Path) -> None:
    folder.module()
    content_of(folder.root, file)
    assert file.stat().st_mode & 0o777 == 0o600


def test_while_several_processes_write_and_are_killed_the_cache_is_always_whole(rich: "Folder", tmp_path: Path) -> None:
    expected = content_of(rich.root, None)
    file = tmp_path / "content.cache"
    environment = os.environ | {"PYTHONPATH": str(SHIPPED.parent)}
    writers = [subprocess.Popen([sys.executable, "-c", WRITER], cwd=tmp_path, env=environment, stdout=subprocess.PIPE) for _ in range(3)]
    try:
        for writer in writers:
            assert writer.stdout
            assert writer.stdout.readline() == b"begun\n"
        cache.write(file, load(rich.root).packed)
        with capture_logs() as logs:
            for _ in range(200):
                assert len(cache.read(file)) == 2
        assert logs == []
    finally:
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
            writer.communicate()
    with capture_logs() as logs:
        assert content_of(rich.root, file) == expected
    assert logs == []
