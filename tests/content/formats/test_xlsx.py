"""Question banks in Excel: what Excel makes of what people type is told, what was written is read back, and bombs cost little."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from datetime import time as clock
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from typer.testing import CliRunner

from bot.cli import app
from bot.content.formats import Bank, BrokenBankError, xlsx
from bot.content.formats.sheet.table import ROWS
from bot.content.items import ITEM_TYPES
from bot.content.items.item import Item
from bot.content.model import Card, Media, Module, Quiz
from tests.content.formats.costs import takes_little_memory, takes_little_time
from tests.content.formats.everything import everything, picture
from tests.content.questions import item, questions

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from tests.content.conftest import Folder

NOWHERE = Path("nowhere")
HELD = sorted(set(ITEM_TYPES) - {"scenario"})
HEADINGS = ["Soal", "Jawaban", "Pilihan A", "Pilihan B"]
STYLES, SHEET, STRINGS, BOOK = "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"


def workbook(fill: Callable[["Worksheet", openpyxl.Workbook], object]) -> bytes:
    """Make a workbook whose first sheet has the headings and is filled."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADINGS)
    fill(sheet, book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(data: bytes) -> Bank:
    return xlsx.read(data, "contoh")


def row(*cells: Any, **formats: str) -> Bank:
    """Read one row of a workbook; `formats` are number formats by the letters of columns."""

    def fill(sheet: "Worksheet", _: openpyxl.Workbook) -> None:
        sheet.append(cells)
        for column, form in formats.items():
            sheet[f"{column}2"].number_format = form

    return read(workbook(fill))


def outcome(data: bytes) -> Bank | str:
    try:
        return read(data)
    except BrokenBankError as error:
        return str(error)


def notes(found: Bank) -> list[str]:
    return [str(note) for note in found.notes]


def patched(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Change one part of a workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old_archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new_archive:
        assert name in old_archive.namelist()
        for entry in old_archive.infolist():
            content = old_archive.read(entry)
            if entry.filename == name:
                assert old in content
                content = content.replace(old, new, 1)
            new_archive.writestr(entry.filename, content)
    return out.getvalue()


def added(data: bytes, name: str, content: bytes) -> bytes:
    """Add a part to a workbook."""
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


CARD = Card("satu", "Satu", "Teks <b>tebal</b>\n&amp; lagi", reveal="=rahasia")


def module(*items: Item, cards: tuple[Card, ...] = (CARD,)) -> Module:
    return Module("contoh", "Judul = <contoh>", "Contoh", "id", 5, cards, Quiz(70, 1, items))


def test_numbers_and_truths_are_read_as_they_were_meant() -> None:
    number, truth = row("Berapa?", 2.5), row(*["Benar?", True])
    assert number.questions[0].data == {"type": "short_text", "text": "Berapa?", "answers": ["2,5"]}
    assert truth.questions[0].data == {"type": "true_false", "text": "Benar?", "answer": True}
    assert (len(number.notes), truth.notes) == (1, [])


@pytest.mark.parametrize(
    ("cells", "formats", "data", "said"),
    [
        (("Mana?", "B", "satu", 20), {}, "20", []),
        (("Mana?", "B", "satu", 1234), {"D": "#,##0"}, "1234", []),
        (("Mana?", "B", "satu", 0.5), {}, "0,5", ["baris 2: Pilihan B disimpan Excel sebagai bilangan 0,5; periksa; untuk teks, awali"]),
        (
            ("Mana?", "B", "satu", 0.5),
            {"D": "0%"},
            "0,5",
            ['baris 2: lembar Sheet: sel D2 ditampilkan Excel dengan format "0%"; dibaca 0.5', "baris 2: Pilihan B disimpan Excel"],
        ),
        (("Mana?", "B", "satu", 7), {"D": "000"}, "7", ['baris 2: lembar Sheet: sel D2 ditampilkan Excel dengan format "000"; dibaca 7']),
        (
            ("Mana?", "B", "satu", 1234567890123456),
            {},
            "1234567890123456",
            ["baris 2: Pilihan B disimpan Excel sebagai bilangan 1234567890"],
        ),
        (
            ("Mana?", "B", "satu", datetime(2025, 2, 1, tzinfo=UTC).replace(tzinfo=None)),
            {},
            "2025-02-01",
            ["baris 2: lembar Sheet: sel D2 berisi tanggal atau jam; dibaca sebagai 2025-02-01; untuk teks, awali isi sel dengan tanda '"],
        ),
        (
            ("Mana?", "B", "satu", clock(12, 30)),
            {},
            "12:30:00",
            ["baris 2: lembar Sheet: sel D2 berisi tanggal atau jam; dibaca sebagai 12:30"],
        ),
        (("Mana?", "B", "satu", "a_x000D_\nb_x0007_c"), {}, "a\nbc", ["baris 2: lembar Sheet: sel D2 memuat huruf kendali"]),
    ],
)
def test_what_excel_made_of_a_text_is_told(cells: tuple[Any, ...], formats: dict[str, str], data: str, said: list[str]) -> None:
    found = row(*cells, **formats)
    assert found.questions[0].data["options"][1]["text"] == data
    assert len(found.notes) == len(said)
    assert all(note.startswith(beginning) for note, beginning in zip(notes(found), said, strict=True)), notes(found)


def test_a_number_that_is_an_answer_is_no_loss() -> None:
    def fill(sheet: "Worksheet", _: openpyxl.Workbook) -> None:
        sheet.append(["Jenis", "Jawaban", "Soal"])
        sheet.append(["angka", 0.1, "Berapa?"])
        sheet.delete_rows(1)

    data = workbook(fill)
    assert (read(data).questions[0].data, read(data).notes) == ({"type": "numeric", "text": "Berapa?", "answer": 0.1}, [])


def test_formulas_without_a_result_and_merged_cells_are_told() -> None:
    def fill(sheet: "Worksheet", _: openpyxl.Workbook) -> None:
        sheet.append(["Apa?", "ya", "=1+1"])
        sheet.append(["Lagi?", "=A2", "x"])

    merged = b"".join(b'<mergeCell ref="C%d:D%d"/>' % (number, number) for number in range(4, 11))
    found = read(patched(workbook(fill), SHEET, b"</sheetData>", b"</sheetData><mergeCells>" + merged + b"</mergeCells>"))
    assert notes(found) == [
        "lembar Sheet: sel gabungan C4:D4, C5:D5, C6:D6, C7:D7, C8:D8, dan 2 lagi; isinya hanya dibaca di sel kiri atas; pisahkan selnya",
        "lembar Sheet: rumus tanpa hasil di C2, B3; dianggap kosong; buka dan simpan di Excel, atau tulis isinya",
        "baris 3: soal tidak diimpor: kolom Jenis dan Jawaban kosong; isi salah satunya",
    ]


def test_results_of_formulas_are_read() -> None:
    data = patched(workbook(lambda sheet, _: sheet.append(["Apa?", "=1+1"])), SHEET, b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
    assert (read(data).questions[0].data["answers"], read(data).notes) == (["2"], [])


def test_errors_of_formulas_are_told() -> None:
    data = patched(workbook(lambda sheet, _: sheet.append(["Apa?", "ya", 1])), SHEET, b'r="C2" t="n"', b'r="C2" t="e"')
    data = patched(data, SHEET, b"<v>1</v></c></row></sheetData>", b"<v>#N/A</v></c></row></sheetData>")
    assert notes(read(data)) == ["baris 2: lembar Sheet: sel C2 berisi galat #N/A; dianggap kosong; perbaiki rumusnya, atau tulis isinya"]


def test_what_is_beside_the_cells_is_told() -> None:
    def fill(sheet: "Worksheet", book: openpyxl.Workbook) -> None:
        sheet.append(["Apa?", "ya"])
        sheet["A2"].comment = Comment("Periksa lagi.", "Siti")
        sheet.add_image(Image(io.BytesIO(picture())))
        for name in ("Catatan", "Petunjuk"):
            book.create_sheet(name).append(["Apa saja."])
        book.create_sheet("Kosong")

    found = read(patched(workbook(fill), SHEET, b"<is><t>ya</t></is>", b"<is><r><t>ya</t></r></is>"))
    assert notes(found) == [
        "lembar Catatan; tidak diimpor; pindahkan soalnya ke lembar pertama, atau impor dari berkas tersendiri",
        "gambar di buku kerja; tidak diimpor; simpan gambarnya di content/media, dan pasang pada kartu",
        "komentar pada sel; tidak diimpor; pindahkan ke kolom Penjelasan atau Umpan balik",
        "huruf tebal, miring, atau berwarna di dalam sel; tidak diimpor; tulis <b>tebal</b> atau <i>miring</i>",
    ]


def test_cards_have_a_sheet_of_their_own() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Kartu"
    for cells in (
        ["Judul", "Teks", "Tersembunyi", "Warna"],
        ["Jam Pelajaran", "Satu JP: R&D", "45 menit"],
        ["", "x", "", "merah"],
        [None, 1.5],
    ):
        book.worksheets[0].append(cells)
    sheet = book.create_sheet("Bank")
    for cells in (["Soal", "Jawaban", "Kartu"], ["Apa?", "ya", "jam pelajaran"]):
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    found = read(stream.getvalue())
    assert found.questions[0].data["card"] == "jam-pelajaran"
    assert found.cards == [
        {"id": "jam-pelajaran", "title": "Jam Pelajaran", "text": "Satu JP: R&amp;D", "reveal": "45 menit"},
        {"id": "kartu-2", "title": "", "text": "x"},
        {"id": "kartu-3", "title": "", "text": "1,5"},
    ]
    assert [note.split(";")[0] for note in notes(found)] == [
        'baris 1: lembar Kartu: kolom D "Warna" tidak dikenal',
        "baris 4: lembar Kartu: Teks disimpan Excel sebagai bilangan 1,5",
    ]


def test_a_sheet_of_cards_without_headings_is_told() -> None:
    def fill(sheet: "Worksheet", book: openpyxl.Workbook) -> None:
        sheet.append(["Apa?", "ya"])
        book.create_sheet("Kartu").append(["Isi kartu."])

    assert notes(read(workbook(fill))) == [
        "baris 1: lembar Kartu: tidak ada baris judul kolom; tidak diimpor; tulis Judul dan Teks di baris pertama"
    ]


@given(questions(*HELD))
@settings(max_examples=50, deadline=None)  # every example is two workbooks
def test_what_was_written_is_read_back(data: dict[str, Any]) -> None:
    original = module(item(data))
    written = xlsx.write(original, NOWHERE)
    found = read(written.data)
    assert [item(one.data) for one in found.questions] == [item(data)]
    assert [Card(**card) for card in found.cards] == list(original.cards)
    assert (found.title, notes(found)) == (original.title, [])
    assert [note.what for note in written.notes] == ["ringkasan, sumber, kompetensi, dan aturan kuis modul"]
    assert written == xlsx.write(original, NOWHERE)


def test_what_a_workbook_can_not_hold_is_told() -> None:
    checked = item({"type": "true_false", "id": "cek", "text": "Ya?", "answer": True})
    card = Card("satu", "Satu", "Teks", media=Media("image", "a.png", "Gambar"), check=checked, sources=("uu",))
    asked = item({"type": "ordering", "id": "urut", "text": "Apa?", "steps": [{"id": "x", "text": "a"}, "b"], "sources": ["uu"]})
    written = xlsx.write(module(asked, cards=(card,)), NOWHERE)
    again = "tidak ditulis; tambahkan lagi di modul setelah diimpor"
    assert [str(note) for note in written.notes] == [
        "soal urut: id pilihan; tidak ditulis; saat diimpor pilihannya diberi id a, b, c, menurut urutannya",
        f"sumber pada soal urut; {again}",
        "ringkasan, sumber, kompetensi, dan aturan kuis modul; tidak ditulis; atur lagi di modul setelah diimpor",
        f"kartu satu: media; {again}",
        f"kartu satu: soal check; {again}",
        f"sumber pada kartu satu; {again}",
    ]


def test_people_see_texts_a_heading_that_stays_and_an_explanation() -> None:
    data = xlsx.write(module(item({"type": "reflection", "id": "a", "text": "=HYPERLINK(1)"})), NOWHERE).data
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Soal", "Kartu", "Petunjuk"]
    sheet = book["Soal"]
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("=HYPERLINK(1)", "s")
    assert book["Kartu"]["D2"].data_type == "s"
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["C"].width > 40
    assert {sheet.column_dimensions["C"].number_format, sheet["C2"].number_format} == {"@"}
    explained = {str(cells[0].value) for cells in book["Petunjuk"].iter_rows()}
    assert {column.value for column in sheet[1]} | {column.value for column in book["Kartu"][1]} < explained


def test_an_exported_module_is_imported_again(folder: "Folder") -> None:
    everything(folder)
    runner = CliRunner()
    assert runner.invoke(app, ["export", "semua-jenis", "-o", "bank.xlsx"]).exit_code == 0
    outcome = runner.invoke(app, ["import", "bank.xlsx", "--module", "lagi"])
    assert outcome.exit_code == 0, outcome.output
    old, new = (folder.catalogue().modules[name] for name in ("semua-jenis", "lagi"))
    assert new.title == old.title
    assert [one.id for one in new.quiz.items] == [one.id for one in old.quiz.items if one.type != "scenario"]
    assert [(card.id, card.title, card.text, card.reveal) for card in new.cards] == [
        (card.id, card.title, card.text, card.reveal) for card in old.cards
    ]


def test_the_template_is_imported_as_it_is(folder: "Folder") -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["template", "bank.XLSX"]).exit_code == 0
    outcome = runner.invoke(app, ["import", "bank.XLSX", "--module", "jam-pelajaran-asn"])
    assert (outcome.exit_code, "tidak dapat dipertahankan" in outcome.output) == (0, False)
    made = folder.catalogue().modules["jam-pelajaran-asn"]
    assert (made.title, [one.type for one in made.quiz.items]) == ("Jam pelajaran asn", ["single_choice", "short_text"])


PLAIN = workbook(lambda sheet, _: sheet.append(["Apa?", "ya"]))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "isi berkas bukan arsip ZIP yang utuh; berkasnya terpotong atau rusak"),
        (b"Soal;Jawaban\n", "isi berkas bukan arsip ZIP yang utuh"),
        (PLAIN[:-100], "isi berkas bukan arsip ZIP yang utuh"),
        (PLAIN[:200] + bytes(50) + PLAIN[250:], "docProps/core.xml di dalam berkas tidak dapat dibuka"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "berkas Excel lama (.xls) atau yang memakai kata sandi; simpan"),
        (workbook(lambda sheet, _: sheet.delete_rows(1)), "baris 1: tidak ada baris judul kolom"),
        (patched(PLAIN, SHEET, b"</row>", b""), "isinya bukan buku kerja Excel yang utuh"),
        (patched(PLAIN, SHEET, b"<sheetData>", b"<sheetData>\0"), "xl/worksheets/sheet1.xml di dalam berkas bukan buatan Excel"),
        (
            patched(PLAIN, SHEET, b"<worksheet", b"<!DOCTYPE a [<!ENTITY a 'b'>]><worksheet"),
            "xl/worksheets/sheet1.xml di dalam berkas bukan",
        ),
        (patched(PLAIN, SHEET, b"<worksheet", b'<?xml version="1.0" encoding="cp037"?><worksheet'), "xl/worksheets/sheet1.xml di dalam"),
        (patched(PLAIN, SHEET, b"<sheetData>", b"<sheetData>" + b"<c/>" * 100_001), "tabelnya terlalu besar; bagi menjadi beberapa berkas"),
        (patched(PLAIN, SHEET, b"<sheetData>", b"<sheetData>" + b" " * 9_000_000), "isi arsip"),
        (added(PLAIN, "../x", b""), "arsip memuat berkas di luar foldernya: ../x"),
        (added(PLAIN, "/etc/x", b""), "arsip memuat berkas di luar foldernya: /etc/x"),
        (added(PLAIN, "a\\..\\x", b""), "arsip memuat berkas di luar foldernya"),
        (added(PLAIN, "C:/x", b""), "arsip memuat berkas di luar foldernya: C:/x"),
        (patched(PLAIN, BOOK, b"</sheets>", b'<sheet name="b" sheetId="9" r:id="rId1"/></sheets>'), "buku kerja punya 2 lembar"),
    ],
    ids=range(17),
)
def test_what_is_no_workbook_is_refused_with_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(BrokenBankError) as error:
        read(data)
    assert str(error.value).startswith(said)


def bomb(name: str, old: bytes, new: bytes) -> Callable[[], bytes]:
    return lambda: patched(xlsx.template(), name, old, new)


BOMBS: dict[str, Callable[[], bytes]] = {
    "rows": bomb(SHEET, b"<sheetData>", b"<sheetData>" + b"<row/>" * 95_000),
    "cells": bomb(SHEET, b"<sheetData>", b'<sheetData><row r="1">' + b"<c/>" * 95_000 + b"</row>"),
    "wide rows": bomb(SHEET, b"<sheetData>", b"<sheetData>" + b'<row><c r="XFD1"/></row>' * 48_000),
    "a far row": bomb(SHEET, b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'),
    "a wide merge": bomb(SHEET, b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "conditional formats": bomb(SHEET, b"</sheetData>", b"</sheetData>" + b'<conditionalFormatting sqref="A1"/>' * 18_500),
    "a deep tree": bomb(SHEET, b"<sheetData>", b"<a>" * 18_500 + b"</a>" * 18_500 + b"<sheetData>"),
    "a deeper tree": bomb(SHEET, b"<sheetData>", b"<a>" * 250_000 + b"</a>" * 250_000 + b"<sheetData>"),
    "signs": bomb(SHEET, b"<sheetData>", b"<" * 700_000 + b"<sheetData>"),
    "spaces": bomb(SHEET, b"<sheetData>", b"<sheetData>" + b" " * 9_000_000),
    "attributes": bomb(SHEET, b"<sheetData>", b"<sheetData>" + b'<row><c r="A1"' + b' xr="A1"' * 900_000 + b"/></row>"),
    "formulas": bomb(SHEET, b"<sheetData>", b"<sheetData>" + b'<row><c r="A1"><f>1' * 60_000),
    "strings": bomb(STRINGS, b"</sst>", b"<si/>" * 64_000 + b"</sst>"),
    "runs": bomb(STRINGS, b"</sst>", b"<si>" + b"<r><rPr/><t>a</t></r>" * 27_000 + b"</si></sst>"),
    "styles": bomb(STYLES, b"</cellXfs>", b"<xf/>" * 18_500 + b"</cellXfs>"),
    "more styles": bomb(STYLES, b"</cellXfs>", b"<xf/>" * 900_000 + b"</cellXfs>"),
    "a picture": lambda: added(PLAIN, "xl/media/a.png", bytes(30_000_000)),
    "a large picture": lambda: added(PLAIN, "xl/media/a.png", bytes(70_000_000)),
    "entries": lambda: b"PK\x01\x02" * 12_000_000,
    "questions": bomb(SHEET, b"</sheetData>", b'<row><c r="A3"><v>1</v></c></row>' * (ROWS + 5) + b"</sheetData>"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_cost_little_time(name: str) -> None:
    data = BOMBS[name]()
    assert takes_little_time(lambda: outcome(data))


@pytest.mark.parametrize("name", ["cells", "spaces", "strings", "a large picture", "entries"])  # measuring takes its time
def test_bombs_cost_little_memory(name: str) -> None:
    data = BOMBS[name]()
    assert takes_little_memory(lambda: outcome(data))
