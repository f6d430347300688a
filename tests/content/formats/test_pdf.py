"""A module as a PDF file: all of its text can be searched for, and what can't be printed is told."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import compress, crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from typer.testing import CliRunner

from bot.cli import app
from bot.content.formats.bank import Note
from bot.content.formats.pdf import write
from bot.content.formats.pdf.runs import Run, runs
from bot.content.items.choice import Choice
from bot.content.items.reflection import Reflection
from bot.content.items.single_choice import SingleChoice
from bot.content.items.true_false import TrueFalse
from bot.content.model import Card, Media, Module, Quiz
from tests.content.formats.everything import everything, picture, readable
from tests.content.formats.pdf_text import Pdf

if TYPE_CHECKING:
    from tests.content.conftest import Folder

MEDIA = Path("content/media")


def small(text: str, title: str = "Judul", media: Media | None = None) -> Module:
    question = TrueFalse(type="true_false", id="satu", text="Ya", answer=True)
    quiz = Quiz(pass_mark=70, draw=1, items=(question,), shuffle=False, confidence=False)
    return Module("kecil", title, title, "id", 5, (Card("satu", title, text, media=media),), quiz)


def what_of(notes: Sequence[Note]) -> list[str]:
    return [f"{note.what}: {note.why}" for note in notes]


def test_every_text_can_be_found(folder: "Folder") -> None:
    module = everything(folder)
    text = Pdf(write(module, MEDIA).data).text
    assert [one for one in readable(module) if one not in text] == ["semua/kotak.png", 'Kotak "merah" <kecil>']


def test_the_key_and_the_sources_are_on_the_last_pages(folder: "Folder") -> None:
    pages = [" ".join(page.split()) for page in Pdf(write(everything(folder), MEDIA).data).pages]
    first = {word: next(place for place, page in enumerate(pages) if page.startswith(word)) for word in ("Semua", "Soal", "Kunci jawaban")}
    assert 0 == first["Semua"] < first["Soal"] < first["Kunci jawaban"]
    before = " ".join(pages[: first["Kunci jawaban"]])
    assert "rahasia kartu pertama" not in before
    assert "Karena begitu." not in before
    assert pages[-1].startswith("Sumber • UU 20/2023")


def test_pages_have_numbers_and_headings_are_bookmarks(folder: "Folder") -> None:
    module = everything(folder)
    found = Pdf(write(module, MEDIA).data)
    count = len(found.pages)
    assert count > 2
    assert all(page.rstrip().endswith(f"· halaman {number} dari {count}") for number, page in enumerate(found.pages, start=1))
    wanted = [
        module.title,
        "Materi",
        "Kartu 1: Kartu bergambar",
        "Cek singkat: Kartu bergambar",
        "Kartu 2: Kutipan & ]]> </title>",
        "Soal",
        "Soal 1",
    ]
    assert found.bookmarks[: len(wanted)] == wanted


def test_it_carries_its_language_its_alt_texts_and_its_links(folder: "Folder") -> None:
    data = write(everything(folder), MEDIA).data
    assert b"/Lang (id)" in data
    assert b'/Alt (Kotak "merah" <kecil>)' in data
    assert b"/URI (https://example.org/?a=1&b=2)" in data
    text = Pdf(data).text
    assert "tautan (https://example.org/?a=1&b=2)" in text


def test_fonts_are_embedded_in_parts(folder: "Folder") -> None:
    data = write(everything(folder), MEDIA).data
    assert len(data) < 100_000
    assert set(re.findall(rb"/BaseFont /(\S+)", data)) == {
        b"MPDFAA+DejaVuSansBook", b"MPDFAA+DejaVuSansBold", b"MPDFAA+DejaVuSansOblique", b"MPDFAA+DejaVuSansMonoBook"
    }  # fmt: skip


def test_the_same_module_gives_the_same_file(folder: "Folder") -> None:
    module = everything(folder)
    assert write(module, MEDIA).data == write(module, MEDIA).data


def test_letters_that_no_font_of_ours_has_are_told() -> None:
    written = write(small("Selamat ꦱꦶꦤꦲꦸ\tpagi {nb}", "Judul 漢 {nb}"), MEDIA)
    text = Pdf(written.data).text
    assert "Selamat □□□□□ pagi {nb}" in text
    assert "Judul □ {nb} · halaman 1 dari 3" in text
    assert what_of(written.notes) == [
        "huruf yang tidak ada di fon DejaVu: 漢 ꦤ ꦱ ꦲ ꦶ ꦸ: tercetak sebagai kotak; ganti hurufnya, atau pakai format html"
    ]


@settings(max_examples=15, deadline=None)  # reading the fonts takes longer than the first one may
@given(st.text(st.sampled_from("aZéŝ ()\\<>&\n\t\"'{}$…—≤Ж\u00ad"), min_size=1).filter(str.strip))
def test_titles_and_texts_are_printed_as_they_were_written(text: str) -> None:
    plain = " ".join(text.replace("\u00ad", "").split())
    title = plain or "Judul"
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    found = Pdf(write(small(escaped, title), MEDIA).data)
    assert plain in found.text.replace("\u00ad", "")
    assert found.bookmarks[0] == title


def test_a_word_longer_than_a_line_and_a_text_longer_than_a_page_go_on() -> None:
    found = Pdf(write(small("k" * 500 + "\n" + "baris\n" * 100 + "<blockquote>" + "kutip " * 600 + "</blockquote>"), MEDIA).data)
    assert found.text.replace(" ", "").count("k") >= 500
    assert found.text.count("baris") == 100
    assert found.text.count("kutip") == 600


@pytest.mark.parametrize("lines", range(30, 46, 3))
def test_an_option_stays_with_its_letter_whatever_the_place_on_the_page(lines: int) -> None:
    options = tuple(Choice(f"Pilihan {n} " + "kata " * 30, correct=n == 1, id=f"o{n}") for n in range(1, 9))
    question = SingleChoice(type="single_choice", id="satu", text="baris\n" * lines, options=options)
    module = small("Teks")
    pages = Pdf(write(replace(module, quiz=replace(module.quiz, items=(question,))), MEDIA).data).pages
    for place, letter in enumerate("ABCDEFGH", start=1):
        assert any(f"{letter}.Pilihan {place} kata" in page for page in pages)


@pytest.mark.parametrize("lines", range(26, 42, 3))
def test_the_lines_to_write_on_lie_within_the_page(lines: int) -> None:
    question = Reflection(type="reflection", id="renungan", text="baris\n" * lines)
    module = small("Teks")
    found = Pdf(write(replace(module, quiz=replace(module.quiz, items=(question,))), MEDIA).data)
    heights = [height for page in found.ruled for height in page]
    assert len(heights) == 5
    assert min(heights) >= 18 / 25.4 * 72 - 0.01  # the margin; above it stands nothing but the footer


def test_a_picture_for_which_a_page_has_no_room_is_on_the_next_one_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "gambar.png").write_bytes(picture())
    found = Pdf(write(small("baris\n" * 30, media=Media("image", "gambar.png", "Kotak")), tmp_path).data)
    assert [len(page) for page in found.pictures] == [0, 1, 0, 0]
    assert found.pages[0].count("baris") == 30
    (bottom,) = found.pictures[1]
    assert bottom > 18 / 25.4 * 72


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("PNG", "I;16"), ("JPEG", "CMYK"), ("WEBP", "RGB")]
)
def test_pictures_of_every_kind_are_printed(form: str, mode: str, tmp_path: Path) -> None:
    (tmp_path / "gambar").write_bytes(picture(form=form, mode=mode))
    written = write(small("Teks", media=Media("image", "gambar", "Sebuah gambar")), tmp_path)
    assert (written.notes, b"/Subtype /Image" in written.data) == ([], True)


def test_a_large_picture_is_printed_small_and_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lying on its side
    Image.new("RGB", (4000, 2000)).save(tmp_path / "foto.jpg", exif=exif)
    data = write(small("Teks\n" * 40, media=Media("image", "foto.jpg", "Foto")), tmp_path).data
    assert b"/Height 1600" in data
    assert b"/Width 800" in data


HEADER = picture()[12:16] + (50_000).to_bytes(4) * 2 + picture()[24:29]  # says 50,000 pixels a side, in 400 bytes
BOMB = picture()[:12] + HEADER + crc32(HEADER).to_bytes(4) + picture()[33:]


REMARK = b"zTXt" + b"a\0\0" + compress(bytes(2_000_000))  # 2 MB of remarks, in 2 KB
NOTED = (len(REMARK) - 4).to_bytes(4) + REMARK + crc32(REMARK).to_bytes(4)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "isinya rusak atau bukan gambar"),
        (b"bukan gambar", "isinya rusak atau bukan gambar"),
        (picture()[:-60], "isinya rusak atau bukan gambar"),
        (picture()[:33] + NOTED + picture()[33:], "isinya rusak atau bukan gambar"),
        (BOMB, "ukurannya terlalu besar untuk dicetak"),
        (picture(6000, 6000, mode="1"), "ukurannya terlalu besar untuk dicetak"),
        (picture(10_000, 10_000, mode="1"), "ukurannya terlalu besar untuk dicetak"),
        (None, "No such file or directory"),
    ],
)
def test_a_picture_that_can_not_be_printed_is_named(content: bytes | None, why: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "gambar.png").write_bytes(content)
    written = write(small("Teks", media=Media("image", "gambar.png", "Sebuah gambar")), tmp_path)
    assert "gambar.png: Sebuah gambar" in Pdf(written.data).text
    assert what_of(written.notes) == [f"Kartu 1: Judul: gambar.png: tidak dapat dicetak ({why}); hanya keterangannya yang dimuat"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("biasa", [Run("biasa")]),
        ("<b>te<i>b</i></b> &amp; <u><s>x</s></u>", [Run("te", "B"), Run("b", "BI"), Run(" & "), Run("x", "US")]),
        ('<a href="https://a.b">https://a.b</a>', [Run("https://a.b", link="https://a.b")]),
        ('<a href="https://a.b">c</a>', [Run("c", link="https://a.b"), Run(" (https://a.b)", link="https://a.b")]),
        ("a\n<blockquote>b</blockquote>\n<pre>c</pre>\nd", [Run("a"), Run("b", block=1), Run("c", fixed=True, block=2), Run("d")]),
        ("<blockquote>a <code>b</code></blockquote>", [Run("a ", block=1), Run("b", fixed=True, block=1)]),
        ("<pre>a</pre>\n\nb\n<pre>c</pre>", [Run("a", fixed=True, block=1), Run("\nb"), Run("c", fixed=True, block=2)]),
    ],
)
def test_a_text_falls_into_runs_that_look_alike(text: str, found: list[Run]) -> None:
    assert runs(text) == found


def test_the_command_writes_it(folder: "Folder", tmp_path: Path) -> None:
    module = everything(folder)
    outcome = CliRunner().invoke(app, ["export", module.id, "-o", "modul.pdf"])
    assert outcome.exit_code == 0, outcome.output
    assert (tmp_path / "modul.pdf").read_bytes() == write(module, MEDIA).data


def test_english_modules_are_printed_in_english(folder: "Folder") -> None:
    data = write(replace(everything(folder), language="en"), MEDIA).data
    found = Pdf(data)
    assert "Answer key" in found.text
    assert f"· page 2 of {len(found.pages)}" in found.text
    assert b"/Lang (en)" in data
