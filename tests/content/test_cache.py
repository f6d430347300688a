"""What is kept between starts: whatever becomes of it, the content is that of the files."""

import hashlib
import os
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.content import model
from bot.content.holidays import load_calendar
from bot.content.keeping import keep, kept
from bot.content.loader import adapter_of, load
from bot.content.reading import read
from bot.content.shelf import BrokenContentError, Shelf

if TYPE_CHECKING:
    from tests.content.conftest import Folder

SHIPPED = Path(__file__).parents[2] / "content"
WRITER = """
import sys
from pathlib import Path
from bot.content.keeping import keep
from bot.content.loader import load
packed = load(Path("content")).packed
print("begun", flush=True)
while True:
    keep(Path("cache"), packed)
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "var" / "cache"


@pytest.fixture
def file(place: Path) -> Path:
    return place / "modules"


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


def content_of(root: Path, cache_dir: Path | None) -> dict[str, model.Module]:
    return dict(Shelf(root, cache_dir).catalogue.modules)


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


def test_content_and_findings_are_the_same_with_and_without_what_was_kept(rich: "Folder", place: Path) -> None:
    cold = load(rich.root)
    assert cold.findings
    keep(place, cold.packed)
    warm = load(rich.root, kept(place))
    assert warm == cold
    assert cold.catalogue
    assert warm.catalogue
    assert dict(warm.catalogue.modules) == dict(cold.catalogue.modules)
    assert warm.catalogue.paths == cold.catalogue.paths


def test_only_what_changed_is_read_again(tmp_path: Path, place: Path) -> None:
    (tmp_path / "content").mkdir()
    for name in ("modules", "paths", "media"):
        (tmp_path / "content" / name).mkdir() if name == "modules" else (tmp_path / "content" / name).symlink_to(SHIPPED / name)
    for module in (SHIPPED / "modules").iterdir():
        (tmp_path / "content" / "modules" / module.name).write_bytes(module.read_bytes())
    first = load(tmp_path / "content").packed
    keep(place, first)
    changed = tmp_path / "content" / "modules" / "kata-sandi-kuat.yaml"
    changed.write_text(changed.read_text().replace("minutes: ", "minutes: 1", 1))
    before = kept(place)
    second = load(tmp_path / "content", before).packed
    assert [name for name in second if second[name] is not before[name]] == [changed.as_posix()]


def test_an_edit_that_changes_neither_size_nor_time_is_seen(folder: "Folder", place: Path) -> None:
    path = folder.module()
    assert content_of(folder.root, place)["contoh"].minutes == 5
    times = path.stat()
    folder.changed_module("minutes: 5", "minutes: 6")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert path.stat().st_size == times.st_size
    assert content_of(folder.root, place)["contoh"].minutes == 6


def test_a_picture_that_was_replaced_by_one_of_the_same_size_and_time_is_seen(rich: "Folder", place: Path) -> None:
    before = content_of(rich.root, place)["gambar"]
    picture = rich.root / "media" / "a.png"
    times = picture.stat()
    rich.media("a.png", b"GAMBAR")
    os.utime(picture, ns=(times.st_atime_ns, times.st_mtime_ns))
    after = content_of(rich.root, place)["gambar"]
    assert after.version != before.version
    assert after == content_of(rich.root, None)["gambar"]


def test_a_picture_that_is_gone_is_missed(rich: "Folder", place: Path) -> None:
    content_of(rich.root, place)
    (rich.root / "media" / "a.png").unlink()
    with pytest.raises(BrokenContentError, match=r"a\.png tidak ada"):
        Shelf(rich.root, place)


def test_a_fault_is_told_at_every_start_and_what_was_good_stays_known(rich: "Folder", place: Path) -> None:
    content_of(rich.root, place)
    rich.changed_module("minutes: 5", "minutes: banyak")
    faults = []
    for _ in range(2):
        with pytest.raises(BrokenContentError) as caught:
            Shelf(rich.root, place)
        faults.append(str(caught.value))
    assert faults[0] == faults[1]
    assert list(kept(place)) == [(rich.root / "modules/gambar.yaml").as_posix()]


def test_modules_come_and_go(rich: "Folder", place: Path) -> None:
    content_of(rich.root, place)
    (rich.root / "modules/gambar.yaml").unlink()
    rich.changed_module("id: contoh", "id: baru", "baru")
    assert content_of(rich.root, place).keys() == {"contoh", "baru"}
    assert len(kept(place)) == 2


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.integers(0, 1_000_000), byte=st.binary(max_size=3), cut=st.booleans())
def test_a_damaged_file_changes_nothing_and_is_made_anew(
    rich: "Folder",
    place: Path,
    file: Path,
    where: int,
    byte: bytes,
    cut: bool,  # noqa: FBT001 - drawn
) -> None:
    expected = content_of(rich.root, None)
    file.unlink(missing_ok=True)
    content_of(rich.root, place)
    whole = file.read_bytes()
    where %= len(whole)
    damaged = whole[:where] + byte + (b"" if cut else whole[where + 1 :])
    file.write_bytes(damaged)
    with capture_logs() as logs:
        assert content_of(rich.root, place) == expected
    assert [line["event"] for line in logs] == ([] if damaged == whole else ["cache_damaged"])
    with capture_logs() as logs:
        content_of(rich.root, place)
    assert logs == []


@pytest.mark.parametrize("content", [b"", b"[]\n", b"{}\n", b'["3.11"]\n[]', b"\n", b"x\n\n"])
def test_a_file_that_is_whole_but_something_else_is_not_used(folder: "Folder", place: Path, file: Path, content: bytes) -> None:
    folder.module()
    place.mkdir(parents=True)
    file.write_bytes(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
    assert content_of(folder.root, place) == content_of(folder.root, None)
    assert kept(place)


def test_what_another_version_kept_is_not_used(folder: "Folder", place: Path, file: Path) -> None:
    folder.module()
    content_of(folder.root, place)
    maker, _, rest = file.read_bytes()[65:].partition(b"\n")
    other = orjson.dumps([*orjson.loads(maker)[:-1], "0" * 64]) + b"\n" + rest.replace(b"Contoh", b"Lama  ")
    file.write_bytes(hashlib.sha256(other).hexdigest().encode() + b"\n" + other)
    assert kept(place) == {}
    assert Shelf(folder.root, place).catalogue.outlines["contoh"].title == "Contoh"
    assert kept(place)


@pytest.mark.parametrize("where", ["file", "file/below", "taken", "/proc/sinau"])
def test_where_nothing_can_be_kept_the_content_is_there_all_the_same_and_the_log_says_so_once(
    folder: "Folder", tmp_path: Path, where: str
) -> None:
    folder.module()
    (tmp_path / "file").touch()
    (tmp_path / "taken" / "modules").mkdir(parents=True)
    with capture_logs() as logs:
        assert content_of(folder.root, tmp_path / where).keys() == {"contoh"}
    written = [line for line in logs if line["event"] == "cache_not_written"]
    assert len(written) == 1
    assert "cache_dir" in written[0]["advice"]
    assert list((tmp_path / "taken").iterdir()) == [tmp_path / "taken" / "modules"]


def test_a_folder_whose_name_is_no_text_is_content_like_any_other(folder: "Folder", tmp_path: Path, place: Path) -> None:
    folder.module()
    odd = tmp_path / os.fsdecode(b"\xff")
    folder.root.rename(odd)
    for _ in range(2):
        assert content_of(odd, place).keys() == {"contoh"}
    assert list(kept(place)) == [f"{odd}/modules/contoh.yaml"]


def test_what_is_kept_is_closed_to_others(folder: "Folder", place: Path, file: Path) -> None:
    folder.module()
    content_of(folder.root, place)
    assert file.stat().st_mode & 0o777 == 0o600


def test_while_several_processes_write_and_are_killed_what_is_kept_is_always_whole(rich: "Folder", tmp_path: Path) -> None:
    expected = content_of(rich.root, None)
    place = tmp_path / "cache"
    environment = os.environ | {"PYTHONPATH": str(SHIPPED.parent)}
    writers = [subprocess.Popen([sys.executable, "-c", WRITER], cwd=tmp_path, env=environment, stdout=subprocess.PIPE) for _ in range(3)]
    try:
        for writer in writers:
            assert writer.stdout
            assert writer.stdout.readline() == b"begun\n"
        keep(place, load(rich.root).packed)
        with capture_logs() as logs:
            for _ in range(200):
                assert len(kept(place)) == 2
        assert logs == []
    finally:
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
            writer.communicate()
    with capture_logs() as logs:
        assert content_of(rich.root, place) == expected
    assert logs == []


def test_the_holidays_are_kept_too_and_asked_for_again_when_they_are_spoilt(place: Path) -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    first = load_calendar("ID", None, place)
    file = place / "holidays"
    written = file.read_bytes()
    again = load_calendar("ID", None, place)
    file.write_bytes(written[:-3])
    spoilt = load_calendar("ID", None, place)
    assert file.read_bytes() == written
    assert load_calendar("MY", None, place).is_holiday(date(2026, 8, 31))
    told = [[calendar.is_holiday(day) for day in days] for calendar in (load_calendar("ID", None), first, again, spoilt)]
    assert told[1:] == told[:1] * 3
