"""A module as one HTML file: all of it is there, nothing in it is code, and it prints with the answers at the end."""

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from typer.testing import CliRunner

from bot.cli import app
from bot.content.formats.html import EMBEDDED_BYTES, write
from bot.content.formats.words import LANGUAGES
from bot.content.items.true_false import TrueFalse
from bot.content.model import Card, Media, Module, Quiz
from tests.content.formats.everything import everything, readable

if TYPE_CHECKING:
    from tests.content.conftest import Folder

VOID = {"meta", "img", "br"}
MEDIA = Path("content/media")


class Reader(HTMLParser):
    """Reads a page as a strict browser would: every tag is closed in its turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.pieces: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "br":
            self.pieces.append(" ")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.pieces.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())


def page_of(module: Module) -> str:
    return write(module, MEDIA).data.decode()


def small(title: str, option: str = "Ya") -> Module:
    question = TrueFalse(type="true_false", id="satu", text=option, answer=True)
    quiz = Quiz(pass_mark=70, draw=1, items=(question,), shuffle=False, confidence=False)
    return Module("kecil", title, title, "id", 5, (Card("satu", title, "Teks"),), quiz)


def test_every_text_can_be_read_and_every_letter_is_right(folder: "Folder") -> None:
    module = everything(folder)
    page = Reader(page_of(module))
    missing = [text for text in readable(module) if text not in page.text]
    assert missing == ["semua/kotak.png", 'Kotak "merah" <kecil>']  # seen instead, and the alt text of what is seen


def test_the_page_has_a_language_a_title_headings_and_alt_texts(folder: "Folder") -> None:
    module = everything(folder)
    page = Reader(page_of(module))
    assert ("html", {"lang": "id"}) in page.tags
    levels = [int(tag[1]) for tag, _ in page.tags if tag in {"h1", "h2", "h3", "h4"}]
    assert levels[:3] == [1, 2, 3]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [attributes["alt"] for tag, attributes in page.tags if tag == "img"] == ['Kotak "merah" <kecil>']


def test_questions_are_numbered_and_the_key_follows_them(folder: "Folder") -> None:
    text = Reader(page_of(everything(folder))).text
    key = text.index("Kunci jawaban")
    assert text.index("Soal 1 Mana yang tepat? Pilih satu. A. Yang ini < itu B. Yang itu C. Yang lain") < key
    assert text.index("Soal 1 A. Yang ini < itu A: Ya & benar. B: Bukan. Karena begitu. Lihat kartu 1: Kartu bergambar") > key
    assert "Sumber: UU 20/2023 tentang Aparatur Sipil Negara, Pasal 49, Pasal 50" in text
    assert "PP 11/2017 <dicabut>, berlaku sampai 2023-10-31" in text
    assert "Pilih tepat 2. A. a B. b C. e" in text
    assert "Adegan 1: A. Menampilkan berkasnya sendiri." in text
    assert "B. Memberikannya. (→ lanjut ke adegan 2)" in text
    assert "20,575 jam Selisih paling banyak 0,1 diterima. 1 menit = 0,0166666667 jam" in text


def test_a_range_of_picks_and_a_number_without_a_unit_are_asked_for(folder: "Folder") -> None:
    module = everything(folder, ("min: 2", "min: 1"), ("      unit: jam\n", ""))
    text = Reader(page_of(module)).text
    assert "Pilih 1 sampai 2." in text
    assert "Tulis angkanya. " in text


def test_of_a_typed_answer_only_what_the_author_wrote_is_in_the_key(folder: "Folder") -> None:
    module = everything(folder, ('answers: [Pasal 49, "49"]', "answers: [Pasal 49]"), ("      tolerance: 0.1\n", ""))
    text = Reader(page_of(module)).text
    assert "Pasal 49 Salah ketik diterima" in text
    assert "Juga diterima" not in text
    assert "20,575 jam 1 menit = 0,0166666667 jam" in text
    assert "Selisih" not in text


def test_nothing_is_fetched_and_nothing_is_code(folder: "Folder") -> None:
    page = Reader(page_of(everything(folder)))
    assert {tag for tag, _ in page.tags} & {"script", "iframe", "link", "object", "embed"} == set()
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert all((attributes["src"] or "").startswith("data:image/png;base64,") for _, attributes in page.tags if "src" in attributes)


@settings(deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
    st.sampled_from(["<script>", "]]>", '"', "'", "</title>", "&amp;", "$x ${y}"]),
)
def test_titles_are_shown_as_they_were_written(title: str, end: str) -> None:
    page = Reader(page_of(small(title + end)))
    assert page.text.count(" ".join((title + end).split())) >= 4
    assert len(page.tags) == len(Reader(page_of(small("Judul"))).tags)


def test_what_paper_can_not_hold_is_told(folder: "Folder") -> None:
    written = write(everything(folder), MEDIA)
    assert list(map(str, written.notes)) == [
        "tombol Saya ragu; hanya ada di bot; minta peserta menulis tanda ? di samping jawaban",
        "teks tersembunyi (tg-spoiler); tercetak terbuka; pindahkan ke reveal bila harus di halaman kunci",
        "Kartu 2: Kutipan & ]]> </title>: semua/suara.mp3; hanya disebut namanya; kirim berkasnya bersama berkas HTML ini",
    ]
    assert write(small("Judul"), MEDIA).notes == []
    shuffling = replace(small("Judul"), quiz=replace(small("Judul").quiz, shuffle=True))
    assert [note.what for note in write(shuffling, MEDIA).notes] == ["urutan pilihan yang diacak"]


@pytest.mark.parametrize(("content", "why"), [(bytes(EMBEDDED_BYTES + 1), "hanya disebut namanya"), (None, "tidak dapat dibuka")])
def test_a_large_or_lost_picture_is_named(content: bytes | None, why: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "besar.png").write_bytes(content)
    card = Card("satu", "Judul", "Teks", media=Media("image", "besar.png", "Gambar besar"))
    written = write(replace(small("Judul"), cards=(card,)), tmp_path)
    assert "besar.png: Gambar besar" in Reader(written.data.decode()).text
    assert [note.what for note in written.notes] == ["Kartu 1: Judul: besar.png"]
    assert why in written.notes[0].why


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_language_of_its_module(language: Literal["id", "en"], folder: "Folder") -> None:
    text = Reader(page_of(replace(everything(folder), language=language))).text
    assert ("Answer key" in text, "Kunci jawaban" in text) == (language == "en", language == "id")
    assert ("20.575 jam" in text, "20,575 jam" in text) == (language == "en", language == "id")


def test_the_command_writes_it(folder: "Folder", tmp_path: Path) -> None:
    module = everything(folder)
    outcome = CliRunner().invoke(app, ["export", module.id, "-o", "modul.html"])
    assert outcome.exit_code == 0, outcome.output
    assert (tmp_path / "modul.html").read_bytes() == write(module, MEDIA).data
    assert "3 hal tidak dapat dipertahankan" in outcome.output


@pytest.fixture
def opened(browser: Browser, folder: "Folder", tmp_path: Path) -> Iterator[Page]:
    """Open the file on a phone; the browser has nothing to complain about."""
    (tmp_path / "modul.html").write_bytes(write(everything(folder), MEDIA).data)
    page = browser.new_page(viewport={"width": 390, "height": 844})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((tmp_path / "modul.html").as_uri())
    yield page
    page.close()
    assert complaints == []


def test_on_a_phone_it_fits_and_reveals(opened: Page) -> None:
    assert opened.evaluate("document.documentElement.scrollWidth") == 390
    assert opened.locator("img").evaluate("image => image.naturalWidth") == 400
    revealed = opened.get_by_text("rahasia kartu pertama")
    assert [one.is_visible() for one in revealed.all()] == [False, False]
    opened.locator("summary").focus()
    opened.keyboard.press("Enter")
    assert [one.is_visible() for one in revealed.all()] == [True, False]


def test_in_print_the_answers_are_on_the_last_pages(opened: Page) -> None:
    opened.emulate_media(media="print")
    assert not opened.locator("details").is_visible()
    assert opened.locator(".key").get_by_text("rahasia kartu pertama").is_visible()
    assert opened.locator(".key").evaluate("key => getComputedStyle(key).breakBefore") == "page"
    assert opened.get_by_text("Jawabannya ada di kunci jawaban.").is_visible()
