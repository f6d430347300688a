"""A module as a SCORM 1.2 package: its manifest, its files, and what is told about it. The player has tests of its own."""

import re
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element
from zipfile import ZipFile

import orjson
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.cli import app
from bot.content.formats.scorm import PLAYER, write
from bot.content.formats.scorm.words import player_words
from bot.content.formats.words import LANGUAGES
from bot.content.items.true_false import TrueFalse
from bot.content.model import Card, Media, Module, Quiz
from tests.content.formats.everything import everything, readable

if TYPE_CHECKING:
    from tests.content.conftest import Folder

MEDIA = Path("content/media")
IMSCP = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
IMSMD = "{http://www.imsglobal.org/xsd/imsmd_rootv1p2p1}"
ADLCP = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"


def small(title: str = "Judul", media: Media | None = None) -> Module:
    question = TrueFalse(type="true_false", id="satu", text="Ya", answer=True)
    quiz = Quiz(pass_mark=70, draw=1, items=(question,), confidence=False)
    return Module("7-kecil", title, title, "id", 5, (Card("satu", title, "Teks", media=media),), quiz)


def parts(module: Module, media: Path = MEDIA) -> dict[str, bytes]:
    with ZipFile(BytesIO(write(module, media).data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def course_of(packed: dict[str, bytes]) -> dict[str, Any]:
    found = re.fullmatch(r'"use strict";\n\nSinau\.module = (.*);\n', packed["module.js"].decode())
    assert found
    course: dict[str, Any] = orjson.loads(found[1])
    return course


def outline(element: Element) -> list[str]:
    return [child.tag for child in element]


def test_the_manifest_has_the_structure_of_scorm_1_2(folder: "Folder") -> None:
    module = everything(folder)
    root = fromstring(parts(module)["imsmanifest.xml"])
    assert (root.tag, root.get("identifier")) == (f"{IMSCP}manifest", "sinau-semua-jenis")
    assert outline(root) == [f"{IMSCP}{name}" for name in ("metadata", "organizations", "resources")]
    metadata, organizations, resources = root
    assert [(child.tag, child.text) for child in metadata][:2] == [(f"{IMSCP}schema", "ADL SCORM"), (f"{IMSCP}schemaversion", "1.2")]
    general = root.find(f".//{IMSMD}general")
    assert general is not None
    assert outline(general) == [f"{IMSMD}{name}" for name in ("title", "language", "description", "keyword", "keyword")]
    organization = organizations[0]
    assert organizations.get("default") == organization.get("identifier")
    assert [(child.tag, child.text) for child in organization][:1] == [(f"{IMSCP}title", module.title)]
    item, resource = organization[1], resources[0]
    assert item.get("identifierref") == resource.get("identifier")
    assert [(child.tag, child.text) for child in item] == [(f"{IMSCP}title", module.title), (f"{ADLCP}masteryscore", "70")]
    assert resource.attrib == {"identifier": "player", "type": "webcontent", f"{ADLCP}scormtype": "sco", "href": "index.html"}


def test_the_manifest_lists_every_file_of_the_package(folder: "Folder") -> None:
    packed = parts(everything(folder))
    listed = [file.get("href") for file in fromstring(packed["imsmanifest.xml"]).iter(f"{IMSCP}file")]
    assert next(iter(packed)) == "imsmanifest.xml"
    assert listed == [name for name in packed if name != "imsmanifest.xml"]
    assert {"index.html", "player.css", "player.js", "media/1.png", "media/2.mp3"} <= set(listed)


def test_every_file_of_the_player_is_in_the_package_and_is_packaged_with_the_program() -> None:
    packed = parts(small())
    own = {one.name for one in PLAYER.iterdir()}
    assert own | {"module.js", "imsmanifest.xml"} == set(packed)
    pyproject = (Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8")
    assert all(f'"*.{name.rpartition(".")[2]}"' in pyproject for name in own)


def test_nothing_is_fetched_from_elsewhere() -> None:
    packed = parts(small())
    texts = {name: content.decode() for name, content in packed.items() if name != "imsmanifest.xml"}
    assert [name for name, text in texts.items() if re.search(r"https?://|@import|fetch\(|XMLHttpRequest|eval\(", text)] == []
    assert set(re.findall(r'(?:src|href)="([^"]+)"', texts["index.html"])) == set(texts) - {"index.html"} | {"data:,"}


def test_every_text_is_in_the_package(folder: "Folder") -> None:
    module = everything(folder)
    packed = parts(module)
    texts = texts_of(course_of(packed))
    read = [unescape(re.sub(r"</?[a-z]+\b[^<>]*>", "", text)) for text in texts]
    found = "".join("".join([*texts, *read, unescape(packed["imsmanifest.xml"].decode())]).split())
    missing = [text for text in readable(module) if "".join(text.split()) not in found]
    assert missing == ["semua/kotak.png", "semua/suara.mp3"]  # the files themselves are there, under other names


def texts_of(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for one in value for text in texts_of(one)]
    return [value] if isinstance(value, str) else []


def test_the_same_module_gives_the_same_package(folder: "Folder") -> None:
    module = everything(folder)
    assert write(module, MEDIA).data == write(module, MEDIA).data


@settings(deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1),
    st.sampled_from(["<script>", "]]>", '"', "'", "</script>", "</title>", "&amp;", "$x ${y}", "\\", "\u2028", "<!--"]),
)
def test_titles_are_kept_as_they_were_written(title: str, end: str) -> None:
    packed = parts(small(title + end))
    assert fromstring(packed["imsmanifest.xml"]).findtext(f".//{IMSCP}title") == title + end
    assert course_of(packed)["title"] == title + end
    assert re.search(rb"[<\xe2](?:[!/]|\x80[\xa8\xa9])", packed["module.js"]) is None
    assert packed["index.html"].count(b"<script") == len(re.findall(rb'<script src="\w+\.js"></script>', packed["index.html"]))


def test_what_a_package_can_not_hold_is_told(folder: "Folder") -> None:
    assert [str(note) for note in write(everything(folder), MEDIA).notes] == [
        "kunci jawaban; ada di dalam paket, karena dinilai di peramban; jangan pakai paket ini untuk ujian",
        "tombol Saya ragu; hanya ada di bot",
        "salah ketik pada jawaban singkat; dinilai di peramban tanpa rapidfuzz, dengan rumus kemiripan yang sama seperti di bot",
        "tulisan renungan; tidak disimpan untuk peserta; minta peserta menyalinnya sebelum menutup halaman",
    ]
    assert [note.what for note in write(small(), MEDIA).notes] == ["kunci jawaban"]


def test_a_lost_file_is_told_and_described(tmp_path: Path) -> None:
    module = small(media=Media("image", "hilang.png", "Gambar yang hilang"))
    assert [str(note) for note in write(module, tmp_path).notes][1:] == [
        "kartu satu: hilang.png; tidak dapat dibuka (No such file or directory); hanya keterangannya yang dimuat"
    ]
    assert course_of(parts(module, tmp_path))["cards"][0]["media"] == {"type": "lost", "file": None, "alt": "Gambar yang hilang"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_player_has_every_word_that_it_says_and_says_every_word_that_it_has(language: str) -> None:
    said = set(
        re.findall(
            r'say\("(\w+)"', "".join((PLAYER / name).read_text(encoding="utf-8") for name in ("questions.js", "quiz.js", "player.js"))
        )
    )
    words = player_words(language)
    assert said - words.keys() == set()
    assert all(words.values())


def test_the_package_has_the_language_of_its_module() -> None:
    packed = parts(replace(small(), language="en"))
    assert b'<html lang="en">' in packed["index.html"]
    assert course_of(packed)["words"]["start"] == "Start quiz"


def test_the_command_writes_it(folder: "Folder", tmp_path: Path) -> None:
    module = everything(folder)
    outcome = CliRunner().invoke(app, ["export", module.id, "-o", "modul.zip", "--format", "scorm"])
    assert outcome.exit_code == 0, outcome.output
    assert (tmp_path / "modul.zip").read_bytes() == write(module, MEDIA).data
