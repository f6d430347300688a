"""Moodle XML: what is written is what Moodle itself writes, and is read back."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError
from typer.testing import CliRunner

from bot.cli import app
from bot.content import limits
from bot.content.formats.moodle_xml import read, write
from bot.content.items.item import Item
from bot.content.model import Card, Media, Module, Quiz
from tests.content.formats.everything import everything, picture
from tests.content.questions import item, questions

if TYPE_CHECKING:
    from tests.content.conftest import Folder

HELD: Final = (*("single_choice", "multiple_choice", "true_false", "short_text", "numeric", "matching", "cloze", "ordering", "reflection"),)
PLAIN: Final = {"feedback", "if_true", "if_false", "answers", "steps", "left", "right", "distractors", "text"}
SPICE: Final = st.text("~#}{\\*=%<>&\"'.,:;!?$@_^[]", max_size=4)
NOT_HELD: Final = {"grading": "partial", "threshold": 90, "diacritics": False, "share": False}


def module(items: Sequence[Item], *cards: Card) -> Module:
    quiz = Quiz(pass_mark=70, draw=1, items=tuple(items))
    return Module(id="m", title="A/B", summary="Isi.", language="id", minutes=5, cards=cards or (Card("k", "Kartu", "Isi"),), quiz=quiz)


def back(*items: Item) -> list[Item]:
    """Return questions that were written and read back."""
    return [item(one.data) for one in read(write(module(items), Path()).data, "m").questions]


def spiced(value: Any, before: str, after: str, name: str = "") -> Any:
    """Put letters that mean something in XML, HTML or Cloze around every plain text."""
    if isinstance(value, dict):
        return {key: spiced(one, before, after, key) for key, one in value.items()}
    if isinstance(value, list):
        return [spiced(one, before, after, name) for one in value]
    return f"{before}{value}{after}" if isinstance(value, str) and (name in PLAIN or name == "answer") else value


def held(data: dict[str, Any]) -> dict[str, Any]:
    """Return a question as Moodle can hold it."""
    kept = data | {key: usual for key, usual in NOT_HELD.items() if key in data}
    if not kept.get("unit"):
        kept.pop("units", None)
    if data["type"] == "cloze":
        for place, gap in enumerate(data["gaps"], start=1):
            kept["text"] = kept["text"].replace(f"{{{gap['id']}}}", f"{{{place}}}", 1)
        kept["gaps"] = [gap | {"id": str(place)} for place, gap in enumerate(data["gaps"], start=1)]
        for gap in kept["gaps"]:
            if set(gap["distractors"]) == {other["answer"] for other in kept["gaps"]} - {gap["answer"]}:
                del gap["distractors"]
    return kept


@given(questions(*HELD), SPICE, SPICE)
def test_questions_are_read_back_as_they_were(data: dict[str, Any], before: str, after: str) -> None:
    parts = {key: value for key, value in data.items() if key not in {"id", "type", "text", "explanation"}}
    rich = {
        "text": f"<b>x{escape(before, quote=False)}</b> {data['text']}",
        "explanation": escape(after, quote=False) + data["explanation"],
    }
    spicy = {**data, **spiced(parts, before, after), **rich}
    spicy = {key: value for key, value in _with_single_spaces(spicy).items() if key != "id"} | {"id": data["id"]}
    try:
        original, expected = item(spicy), item(held(spicy))
    except ValidationError:  # two texts are the same but for their spaces
        assume(condition=False)
    (found,) = back(original)
    assert found == expected


def _with_single_spaces(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_single_spaces(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_with_single_spaces(one) for one in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def test_cards_are_read_back_with_their_files(folder: "Folder") -> None:
    folder.media("m/kotak.png", picture())
    folder.media("m/suara.mp3", b"ID3")
    folder.media("m/film.mp4", b"film")
    cards = (
        Card("satu", "Kartu <satu>", "Isi <b>tebal</b>\n\n• a", reveal="Rahasia", media=Media("image", "m/kotak.png", 'Kotak "merah"')),
        Card("dua", "Dua", "Dengar.", media=Media("audio", "m/suara.mp3", "Suara")),
        Card("tiga", "Tiga", "Lihat.", media=Media("video", "m/film.mp4", "Film")),
    )
    found = read(write(module([item({"type": "reflection", "id": "r", "text": "Apa?"})], *cards), Path("content/media")).data, "m")
    expected = [
        {"id": "satu", "title": "Kartu <satu>", "text": "Isi <b>tebal</b>\n\n• a", "reveal": "Rahasia"},
        {"id": "dua", "title": "Dua", "text": "Dengar."},
        {"id": "tiga", "title": "Tiga", "text": "Lihat."},
    ]
    media = [{"type": one.media.type, "file": one.media.file, "alt": one.media.alt} for one in cards if one.media]
    assert found.cards == [{**card, "media": one} for card, one in zip(expected, media, strict=True)]
    assert found.media == {"m/kotak.png": picture(), "m/suara.mp3": b"ID3", "m/film.mp4": b"film"}
    assert found.title == "A/B"
    assert [note.what for note in found.notes] == ['keterangan kategori "Isi."']


def test_what_moodle_cannot_hold_is_told(folder: "Folder") -> None:
    written = write(everything(folder), Path("content/media"))
    assert [note.what for note in written.notes] == [
        "kompetensi, sumber, tag, dan aturan kuis modul",
        "kartu gambar: sources",
        "kartu gambar: check",
        "kartu kutipan: tg-spoiler",
        "soal satu: card, sources, competency",
        "soal banyak-semua: min, max, grading",
        "soal pasal: threshold, diacritics",
        "soal celah: id celah",
        "soal cerita (scenario)",
        "soal yakin (survey)",
        "soal pendapat (survey)",
        "soal renungan: share",
    ]
    steps = item({"type": "ordering", "id": "o", "text": "x", "steps": [{"id": "dua", "text": "A"}, {"id": "satu", "text": "B"}]})
    units = item({"type": "numeric", "id": "n", "text": "x", "answer": 1, "units": {"kg": 2}})
    assert [note.what for note in write(module([steps, units]), Path()).notes[1:]] == ["soal o: id pilihan", "soal n: units"]


@pytest.mark.parametrize(
    ("size", "why"),
    [
        (None, "tidak dapat dibuka (No such file or directory); unggah sendiri di Moodle"),
        (limits.PHOTO_BYTES + 1, "lebih dari 10 MB; unggah sendiri di Moodle"),
    ],
)
def test_a_file_that_cannot_be_brought_along_is_told(tmp_path: Path, size: int | None, why: str) -> None:
    if size:
        (tmp_path / "a.pdf").write_bytes(bytes(size))
    reflection = item({"type": "reflection", "id": "r", "text": "Apa?"})
    written = write(module([reflection], Card("k", "Kartu", "Isi", media=Media("document", "a.pdf", "Surat"))), tmp_path)
    assert [(note.what, note.why) for note in written.notes[1:]] == [("kartu k: a.pdf", why)]
    assert b"<file" not in written.data


def test_letters_that_xml_cannot_have_are_replaced() -> None:
    (found,) = back(item({"type": "reflection", "id": "r", "text": "a\ufffeb\uffff]]>"}))
    assert found.text == "a\ufffdb\ufffd]]&gt;"


def test_it_is_written_as_moodle_writes_it() -> None:
    items = [
        item(
            {
                "type": "cloze",
                "id": "c",
                "text": "{satu} & {dua}".replace("&", "&amp;"),
                "gaps": [{"id": "satu", "answer": "a=b"}, {"id": "dua", "answer": "c~"}],
            }
        ),
        item(
            {
                "type": "multiple_choice",
                "id": "m",
                "text": "x",
                "options": [{"text": "A", "correct": True}, {"text": "B", "correct": True}, {"text": "C", "correct": True}, {"text": "D"}],
            }
        ),
    ]
    root = fromstring(write(module(items), Path()).data)
    kinds = [one.get("type") for one in root]
    assert kinds == ["category", "description", "cloze", "multichoice"]
    assert root[0].findtext("category/text") == "$course$/top/A//B"
    assert root[2].findtext("questiontext/text") == "{1:MULTICHOICE_S:=a&#61;b~c&#126;} &amp; {1:MULTICHOICE_S:=c&#126;~a&#61;b}"
    assert root[2].findtext("name/text") == "____ & ____"
    assert [one.get("fraction") for one in root[3].iter("answer")] == ["33.33333"] * 3 + ["-33.33333"]


def test_a_module_goes_out_and_comes_in_by_the_command(folder: "Folder", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SINAU_CONTENT__DIR", "content")
    original = everything(folder)
    done = CliRunner().invoke(app, ["export", original.id, "-o", "keluar.xml"])
    assert done.exit_code == 0, done.output
    done = CliRunner().invoke(app, ["import", "keluar.xml", "--module", "masuk"])
    assert done.exit_code == 0, done.output
    assert [finding for finding in folder.findings() if "masuk" in finding] == []
    imported = folder.catalogue().module("masuk")
    assert imported
    assert [card.id for card in imported.cards] == [card.id for card in original.cards]
    assert {one.id for one in imported.items} == {one.id for one in original.items if one.type not in {"scenario", "survey"}}
