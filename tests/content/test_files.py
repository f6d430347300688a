"""Files as they come from people's machines: unreadable, huge, hostile or merely unusual."""

import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content import reading
from bot.content.loader import load

if TYPE_CHECKING:
    from tests.content.conftest import Folder

ROOT = Path(__file__).parents[2]
FILE = "content/modules/contoh.yaml"


@pytest.mark.parametrize(
    ("data", "finding"),
    [
        (b"", f"{FILE}:1: berkas kosong; mulai dari contoh di docs/authoring.md, atau hapus berkas ini [empty-file]"),
        (b"# hanya catatan\n", f"{FILE}:1: berkas kosong; mulai dari contoh di docs/authoring.md, atau hapus berkas ini [empty-file]"),
        (b"id: contoh\ntitle: caf\xe9\n", f"{FILE}:2: berkas bukan UTF-8; simpan ulang dengan encoding UTF-8 [not-utf-8]"),
        ("id: contoh".encode("utf-16"), f"{FILE}:1: berkas bukan UTF-8; simpan ulang dengan encoding UTF-8 [not-utf-8]"),
        (b"- satu\n- dua\n", f"{FILE}:1: isi berkas bukan pasangan kunci: isi; mulai dari contoh di docs/authoring.md [yaml]"),
        (
            b"id: a\x07b\n",
            f"{FILE}:1: ada huruf kendali yang tidak terlihat; hapus huruf itu, atau ketik ulang barisnya [control-character]",
        ),
        (b"id: x" + "é".encode() * 128 * 1024, f"{FILE}:1: berkas lebih dari 256 KB; bagi menjadi beberapa modul [file-too-large]"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(folder: "Folder", data: bytes, finding: str) -> None:
    folder.module(data)
    assert folder.findings() == [finding]


@pytest.mark.parametrize(
    "text",
    [
        "id: " + "[" * 100_000,
        "id: " + "{a: " * 50_000,
        "\n".join(" " * depth + "a:" for depth in range(500)),
        "- " * 100_000,
        "id: [" + "a," * 30_000 + "]",
    ],
    ids=["brackets", "braces", "indents", "dashes", "many nodes"],
)
def test_nesting_and_size_are_capped(folder: "Folder", text: str) -> None:
    folder.module(text)
    (finding,) = folder.findings()
    assert "isi bertingkat terlalu dalam atau terlalu banyak" in finding


def test_aliases_that_would_multiply_are_refused(folder: "Folder") -> None:
    folder.module("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n")
    assert all("jangkar (&)" in finding for finding in folder.findings())
    assert load(folder.root).catalogue is None


def test_an_anchor_is_seen_behind_emoji_and_windows_line_ends(folder: "Folder") -> None:
    folder.module("id: contoh # 🎓🎓\r\ntitle: &x Contoh\r\n")
    assert any(":2: jangkar (&)" in finding for finding in folder.findings())


def test_windows_habits_are_warnings_and_change_nothing(folder: "Folder") -> None:
    plain = folder.module()
    before = folder.catalogue().modules["contoh"]
    folder.module(b"\xef\xbb\xbf" + plain.read_bytes().replace(b"\n", b"\r\n"))
    assert folder.findings() == [
        f"{FILE}:1: peringatan: berkas diawali tanda BOM; simpan sebagai UTF-8 tanpa BOM [byte-order-mark]",
        f"{FILE}:1: peringatan: akhir baris bergaya Windows (CRLF); simpan dengan akhir baris LF [windows-line-ends]",
    ]
    assert folder.catalogue().modules["contoh"] == before


def test_missing_and_empty_folders_are_told(tmp_path: Path) -> None:
    findings = [str(finding) for finding in load(tmp_path / "tiada").findings]
    assert any("tiada/modules:1: folder tidak dapat dibuka" in finding for finding in findings)
    assert any("tiada/paths:1: peringatan: folder tidak dapat dibuka" in finding for finding in findings)


def test_a_folder_without_modules_is_told(folder: "Folder") -> None:
    assert folder.findings() == ["content/modules:1: belum ada modul; mulai dari contoh di docs/authoring.md [no-modules]"]


def test_files_that_would_be_overlooked_are_told_and_hidden_ones_are_not(folder: "Folder") -> None:
    folder.module()
    folder.write("modules/lupa.yml", "")
    folder.write("modules/dalam/lagi.yaml", "")
    folder.write("modules/.contoh.yaml.swp", "")
    folder.write("modules/README.md", "")
    assert [finding.split(":")[0] for finding in folder.findings()] == ["content/modules/dalam", "content/modules/lupa.yml"]


def test_a_folder_named_like_a_module_is_told(folder: "Folder") -> None:
    folder.module()
    (folder.root / "modules/x.yaml").mkdir()
    assert any("content/modules/x.yaml:1: berkas tidak dapat dibuka" in finding for finding in folder.findings())


@pytest.mark.parametrize("place", ["modules/x.yaml", "paths/x.yaml"])
def test_a_pipe_named_like_a_module_or_a_path_is_told_and_not_waited_for(folder: "Folder", place: str) -> None:
    folder.module()
    folder.path()
    os.mkfifo(folder.root / place)
    what = "ini bukan berkas biasa; hapus, atau ganti dengan berkas teks [file-unreadable]"
    assert folder.findings() == [f"content/{place}:1: {what}"]
    told = os.environ | {"SINAU_CONTENT__DIR": str(folder.root), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bot", "check"]
    done = subprocess.run(command, env=told, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert f"{place}:1: {what}" in done.stdout


def test_where_pyyaml_has_no_c_part_the_same_is_read(folder: "Folder", monkeypatch: pytest.MonkeyPatch) -> None:
    file = folder.module()
    monkeypatch.delattr(yaml, "CSafeLoader")
    slower = runpy.run_path(reading.__file__)
    assert slower["Loader"] is yaml.SafeLoader
    assert slower["read"](file).data == reading.read(file).data


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # each example writes the same file anew
@given(st.binary(max_size=80) | st.text(alphabet="ab:-[]{}&*!|>#%@\"'\\\n\t ?,1", max_size=80).map(str.encode))
def test_no_file_makes_loading_fail(folder: "Folder", data: bytes) -> None:
    folder.module(data)
    loaded = load(folder.root)
    assert loaded.catalogue is None
    assert all(finding.what and finding.advice and finding.line >= 1 for finding in loaded.findings)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # as above
@given(st.data())
def test_no_value_in_any_place_makes_loading_or_reviewing_fail(folder: "Folder", data: st.DataObject) -> None:
    lines = folder.module().read_text().splitlines()
    place = data.draw(st.integers(0, len(lines) - 1))
    value = data.draw(st.sampled_from(["", "x", "1", "1.5", "true", "[]", "{}", "[a, {b: c}]", "{id: 1}", "~", "''", "|", "- - a"]))
    lines[place] = f"{lines[place].partition(':')[0]}: {value}"
    folder.module("\n".join(lines))
    assert all(finding.what and finding.advice and finding.line >= 1 for finding in folder.review())
