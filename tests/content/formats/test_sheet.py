"""Question banks as tables, by way of CSV: what trainers write is understood, the rest told with its row, what was written read back."""

import csv as rows
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.cli import app
from bot.content.formats import Bank, BrokenBankError, Written, csv
from bot.content.formats.sheet.columns import KINDS
from bot.content.formats.sheet.table import ROWS
from bot.content.items import ITEM_TYPES
from bot.content.items.item import Item
from bot.content.model import Card, Module, Quiz
from tests.content.formats.costs import takes_little_memory, takes_little_time
from tests.content.questions import item, questions

if TYPE_CHECKING:
    from tests.content.conftest import Folder

NOWHERE = Path("nowhere")
HELD = sorted(set(ITEM_TYPES) - {"scenario"})


def table(*lines: list[str], separator: str = ";") -> bytes:
    file = StringIO()
    rows.writer(file, delimiter=separator).writerows(lines)
    return file.getvalue().encode()


def bank(*lines: list[str]) -> Bank:
    return csv.read(table(*lines), "contoh")


def row(**cells: str) -> Bank:
    """Read one question, its cells by the headings with _ for a space."""
    return bank([name.replace("_", " ") for name in cells], [*cells.values()])


def one(**cells: str) -> dict[str, Any]:
    """Return the only question of a row that loses nothing."""
    found = row(**cells)
    assert found.notes == []
    (question,) = found.questions
    assert question.line == 2
    return question.data


def notes(found: Bank | Written) -> list[str]:
    return [str(note) for note in found.notes]


def module(*items: Item, cards: tuple[Card, ...] = (Card("satu", "Satu", "Teks"),)) -> Module:
    return Module("contoh", "Contoh", "Contoh", "id", 5, cards, Quiz(70, 1, items))


ABC: dict[str, str] = {"Pilihan_A": "satu", "Pilihan_B": "dua", "Pilihan_C": "tiga"}


@pytest.mark.parametrize(
    ("cells", "data"),
    [
        (
            {"Jenis": "pilihan ganda", **ABC, "Jawaban": "b", "Umpan_balik_A": "Kurang."},
            {
                "type": "single_choice",
                "options": [{"text": "satu", "feedback": "Kurang."}, {"text": "dua", "correct": True}, {"text": "tiga"}],
            },
        ),
        (
            {
                "Jenis": "Pilihan Ganda Kompleks",
                **ABC,
                "Kunci": "A dan C",
                "Penilaian": "Semua",
                "Paling_sedikit": "1",
                "Paling_banyak": "2",
            },
            {
                "type": "multiple_choice",
                "options": [{"text": "satu", "correct": True}, {"text": "dua"}, {"text": "tiga", "correct": True}],
                "grading": "all",
                "min": 1,
                "max": 2,
            },
        ),
        (
            {"Jenis": "multiple_choice", "A": "satu", "B": "dua", "Jawaban": "AB"},
            {"type": "multiple_choice", "options": [{"text": "satu", "correct": True}, {"text": "dua", "correct": True}]},
        ),
        (
            {"Jenis": "benar-salah", "Jawaban": "SALAH", "Umpan_balik_A": "Tidak."},
            {"type": "true_false", "answer": False, "feedback": {"if_true": "Tidak."}},
        ),
        (
            {
                "Jenis": "isian",
                "Jawaban": "Pasal 49\n\n 49 ",
                "Kemiripan": "95",
                "Bedakan_huruf_besar": "ya",
                "Bedakan_tanda_huruf": "tidak",
            },
            {"type": "short_text", "answers": ["Pasal 49", "49"], "threshold": 95, "case": True},
        ),
        (
            {"Jenis": "isian", "Jawaban": "49", "Pilihan_B": "203", "Umpan_balik_B": "Itu PP 11/2017."},
            {"type": "short_text", "answers": ["49"], "wrong": [{"text": "203", "feedback": "Itu PP 11/2017."}]},
        ),
        (
            {"Jenis": "angka", "Jawaban": "2,5", "Toleransi": "0.5", "Satuan": "JP", "Satuan_lain": "menit = 0,0222\njam=1,33"},
            {"type": "numeric", "answer": 2.5, "tolerance": 0.5, "unit": "JP", "units": {"menit": 0.0222, "jam": 1.33}},
        ),
        (
            {
                "Jenis": "angka",
                "Jawaban": "-20",
                "Pilihan_A": "24 ± 1",
                "Umpan_balik_A": "Salah.",
                "Pilihan_B": "30",
                "Umpan_balik_B": "Jauh.",
            },
            {
                "type": "numeric",
                "answer": -20,
                "wrong": [{"answer": 24, "tolerance": 1, "feedback": "Salah."}, {"answer": 30, "feedback": "Jauh."}],
            },
        ),
        ({"Jenis": "urutan", **ABC}, {"type": "ordering", "steps": ["satu", "dua", "tiga"]}),
        ({"Jenis": "urutan", **ABC, "Jawaban": "C, A; B"}, {"type": "ordering", "steps": ["tiga", "satu", "dua"]}),
        (
            {"Jenis": "menjodohkan", "Pilihan_A": "a=b = c", "Pilihan_B": "PNS=pegawai", "Pengecoh": "d\ne"},
            {"type": "matching", "pairs": [{"left": "a=b", "right": "c"}, {"left": "PNS", "right": "pegawai"}], "distractors": ["d", "e"]},
        ),
        (
            {"Jenis": "celah", "Soal": "Isi {1} lalu {dua}.", "Pilihan_A": "20\n24\n\n40", "Pilihan_B": "tahun"},
            {
                "type": "cloze",
                "text": "Isi {1} lalu {dua}.",
                "gaps": [{"id": "1", "answer": "20", "distractors": ["24", "40"]}, {"id": "dua", "answer": "tahun"}],
            },
        ),
        ({"Jenis": "survei", "Skala": "yakin"}, {"type": "survey", "scale": "confidence"}),
        ({"Jenis": "survey", "Skala": "agreement"}, {"type": "survey", "scale": "agreement"}),
        ({"Jenis": "survei", **ABC}, {"type": "survey", "options": ["satu", "dua", "tiga"]}),
        ({"Jenis": "refleksi", "Bagikan": "Ya"}, {"type": "reflection", "share": True}),
    ],
)
def test_every_type_of_question_is_read(cells: dict[str, str], data: dict[str, Any]) -> None:
    found = one(**{"Soal": "Apa?", **cells})
    assert found == {"text": "Apa?", **data}
    assert list(found)[:2] == ["type", "text"]
    item({"id": "soal", **found})


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({**ABC, "Jawaban": "B"}, "single_choice"),
        ({**ABC, "Jawaban": "B, C"}, "multiple_choice"),
        ({"Jawaban": "benar"}, "true_false"),
        ({"Jawaban": "Jakarta"}, "short_text"),
    ],
)
def test_the_type_is_guessed_where_it_is_left_out(cells: dict[str, str], kind: str) -> None:
    assert one(Soal="Apa?", **cells)["type"] == kind


@pytest.mark.parametrize("heading", ["SOAL", " soal ", "Question", "pertanyaan", "Teks"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_headings_are_understood_in_two_languages_and_with_any_separator(heading: str, separator: str) -> None:
    data = table([heading, "option a", "Pilihan  B", "correct_answer"], ["Apa; siapa, dan\tapa?", "ya", "tidak", "A"], separator=separator)
    (question,) = csv.read(data, "contoh").questions
    assert question.data == {
        "type": "single_choice",
        "text": "Apa; siapa, dan\tapa?",
        "options": [{"text": "ya", "correct": True}, {"text": "tidak"}],
    }


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("R&D: 3 < 5 &lt; 7", "R&amp;D: 3 &lt; 5 &lt; 7"),
        ("<b>Siapa</b> <bukan tanda>?", "<b>Siapa</b> &lt;bukan tanda>?"),
        ("satu<br>dua\n<strong>tiga</strong>", "satu\ndua\n<b>tiga</b>"),
    ],
)
def test_texts_become_html_that_telegram_takes(written: str, text: str) -> None:
    assert one(Soal=written, Jawaban="ya")["text"] == text


def test_what_belongs_to_every_question_is_read() -> None:
    found = row(Id="jp", Soal="Apa?", Jawaban="JP", Penjelasan="Karena <i>itu</i>.", Kartu="Jam Pelajaran", Kompetensi="integritas 3")
    (question,) = found.questions
    assert question.data == {
        "type": "short_text",
        "id": "jp",
        "text": "Apa?",
        "answers": ["JP"],
        "explanation": "Karena <i>itu</i>.",
        "card": "jam-pelajaran",
        "competency": {"id": "integritas", "level": 3},
    }
    assert [(card["id"], card["title"]) for card in found.cards] == [("jam-pelajaran", "Jam Pelajaran")]
    assert notes(found) == ['baris 2: kartu "Jam Pelajaran" tidak ada di dalam berkas; kartunya dibuatkan; isi materinya di modul']


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Jenis": "skenario"}, "skenario tidak muat dalam satu baris; tulis di YAML"),
        ({"Jenis": "pilihan gnda"}, 'jenis "pilihan gnda" tidak dikenal; maksud Anda pilihan ganda? tulis pilihan ganda, pilihan majemuk'),
        ({"Jenis": "xyz"}, 'jenis "xyz" tidak dikenal; tulis pilihan ganda'),
        ({"Penjelasan": "Apa saja."}, "kolom Jenis dan Jawaban kosong; isi salah satunya"),
        ({"Soal": "", "Jawaban": "ya"}, "kolom Soal kosong; isi, atau hapus barisnya"),
        ({"Jenis": "pilihan ganda", "Jawaban": "A"}, "pilihan belum ada; isi Pilihan A dan seterusnya"),
        ({"Jenis": "pilihan ganda", **ABC}, "kolom Jawaban kosong; tulis huruf pilihan yang benar"),
        ({"Jenis": "pilihan ganda", **ABC, "Jawaban": "D"}, 'Jawaban "D" tidak menunjuk pilihan yang ada; tulis huruf kolomnya'),
        ({"Jenis": "pilihan majemuk", **ABC, "Jawaban": "A A"}, 'Jawaban "A A" tidak menunjuk pilihan yang ada'),
        ({"Jenis": "pilihan ganda", **ABC, "Jawaban": "A, B"}, "Jawaban menunjuk 2 pilihan; tulis satu huruf, atau jenis pilihan majemuk"),
        ({"Jenis": "pilihan majemuk", **ABC, "Jawaban": "A", "Penilaian": "x"}, 'Penilaian "x" tidak dikenal; tulis sebagian atau semua'),
        (
            {"Jenis": "pilihan majemuk", **ABC, "Jawaban": "A", "Paling_banyak": "1,5"},
            "Paling banyak 1,5 bukan bilangan bulat; tulis tanpa koma",
        ),
        ({"Jenis": "benar salah"}, "kolom Jawaban kosong; tulis benar atau salah"),
        ({"Jenis": "benar salah", "Jawaban": "A"}, 'Jawaban "A" tidak dikenal; tulis benar atau salah'),
        ({"Jenis": "isian"}, "kolom Jawaban kosong; tulis jawaban yang diterima"),
        ({"Jenis": "angka"}, "kolom Jawaban kosong; tulis bilangannya"),
        ({"Jenis": "angka", "Jawaban": "20 JP"}, 'Jawaban "20 JP" bukan bilangan; tulis angkanya saja'),
        ({"Jenis": "angka", "Jawaban": "dua"}, 'Jawaban "dua" bukan bilangan'),
        ({"Jenis": "angka", "Jawaban": "1.234"}, 'Jawaban "1.234" dapat berarti 1234 atau 1,234; tulis tanpa pemisah ribuan'),
        ({"Jenis": "angka", "Jawaban": "1", "Satuan_lain": "menit"}, 'Satuan lain "menit" bukan bilangan'),
        ({"Jenis": "angka", "Jawaban": "1", "Pilihan_A": "x ± 1", "Umpan_balik_A": "y"}, 'Pilihan "x" bukan bilangan'),
        ({"Jenis": "urutan", **ABC, "Jawaban": "A, B"}, "Jawaban tidak menyebut semua langkah"),
        ({"Jenis": "menjodohkan", "Pilihan_A": "PNS"}, '"PNS" bukan pasangan; tulis kiri = kanan'),
        ({"Jenis": "celah", "Pilihan_A": "ya"}, "ada 0 celah di Soal dan 1 Pilihan yang terisi; tulis {1}, {2} di Soal"),
        ({"Jenis": "celah", "Soal": "{1} dan {2}", "Pilihan_A": "ya"}, "ada 2 celah di Soal dan 1 Pilihan yang terisi"),
        ({"Jenis": "survei", "Skala": "senang"}, 'Skala "senang" tidak dikenal; tulis setuju atau yakin atau sering'),
        ({"Jenis": "renungan", "Bagikan": "mungkin"}, 'Bagikan "mungkin" tidak dimengerti; tulis ya atau tidak'),
    ],
)
def test_rows_that_make_no_question_are_told(cells: dict[str, str], said: str) -> None:
    found = row(**{"Soal": "Apa?", **cells})
    assert found.questions == []
    (note,) = notes(found)
    assert note.startswith(f"baris 2: soal tidak diimpor: {said}")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Id": "Soal Satu"}, 'baris 2: id "Soal Satu" bukan nama yang sah; ditulis soal-satu'),
        ({"Id": "??"}, 'baris 2: id "??" bukan nama yang sah; dibuat dari soalnya'),
        ({"Kompetensi": "integritas"}, 'baris 2: kompetensi "integritas" tidak dimengerti; tidak diimpor'),
        ({"Kompetensi": "integritas 9"}, 'baris 2: kompetensi "integritas 9" tidak dimengerti; tidak diimpor'),
        ({"Toleransi": "2"}, "baris 2: kolom Toleransi tidak dipakai jenis isian; isinya tidak diimpor"),
        ({"Umpan_balik_B": "Wah."}, "baris 2: kolom Umpan balik B tidak dipakai jenis isian; isinya tidak diimpor"),
        ({"Pilihan_A": "x", "Jenis": "isian"}, 'baris 2: jawaban salah "x" tidak punya umpan balik; tidak diimpor'),
        ({"Kesulitan": "sulit"}, 'baris 1: kolom C "Kesulitan" tidak dikenal; 1 sel tidak diimpor; hapus, atau ganti judulnya'),
        ({"": "lepas"}, "baris 1: kolom C tidak punya judul; 1 sel tidak diimpor"),
        ({"Pertanyaan": "Lagi?"}, 'baris 1: kolom C "Pertanyaan" tidak dikenal; 1 sel tidak diimpor'),
        ({"Penjelasan": "<b>tebal"}, None),
        ({"Penjelasan": 'a <img src="x.png"> b'}, "baris 2: Penjelasan: gambar x.png; tidak diimpor; pasang pada kartu di modul"),
    ],
)
def test_what_is_lost_of_a_question_is_told(cells: dict[str, str], said: str | None) -> None:
    found = row(**{"Soal": "Apa?", "Jawaban": "ya", **cells})
    assert len(found.questions) == 1
    item({"id": "soal", **found.questions[0].data})
    assert len(found.notes) <= 1
    assert all(note.startswith(str(said)) for note in notes(found))
    assert bool(found.notes) == bool(said)


def test_rows_are_those_that_a_spreadsheet_shows() -> None:
    found = bank(["Daftar soal"], [], ["Soal", "Jawaban"], ["Satu\nbaris lagi?", "ya"], ["", " "], ["Dua?", "ya"], ["", "ya"])
    assert [(question.line, question.data["text"]) for question in found.questions] == [(4, "Satu\nbaris lagi?"), (6, "Dua?")]
    assert notes(found) == [
        'baris 1: "Daftar soal" di atas judul kolom; tidak diimpor; isi judul modul dengan --title',
        "baris 7: soal tidak diimpor: kolom Soal kosong; isi, atau hapus barisnya",
    ]


def test_the_separator_that_a_file_names_itself_is_no_loss() -> None:
    found = csv.read(b"sep=;\r\nSoal;Jawaban\r\nApa?;ya\r\n", "contoh")
    assert (len(found.questions), found.notes) == (1, [])


def test_short_and_long_rows_are_read() -> None:
    found = csv.read(b"Soal,Jawaban,Penjelasan\nApa?,ya\nSiapa?,dia,Karena.,lepas\n", "contoh")
    assert [question.data["answers"] for question in found.questions] == [["ya"], ["dia"]]
    assert notes(found) == ["baris 1: kolom D tidak punya judul; 1 sel tidak diimpor; hapus, atau ganti judulnya: lihat sinau template"]


def test_cards_that_are_named_are_made_once_and_fit_their_buttons() -> None:
    long = "Judul kartu yang amat sangat panjang sekali dan lebih dari enam puluh huruf banyaknya"
    found = bank(
        ["Soal", "Jawaban", "Kartu"], ["Satu?", "ya", long], ["Dua?", "ya", long.upper()], ["Tiga?", "ya", "私"], ["Empat?", "ya", "x-1"]
    )
    assert [(card["id"], card["title"]) for card in found.cards] == [
        ("judul-kartu-yang-amat", long[:60]),
        ("kartu-2", "私"),
        ("x-1", "x-1"),
    ]
    assert [question.data["card"] for question in found.questions] == ["judul-kartu-yang-amat", "judul-kartu-yang-amat", "kartu-2", "x-1"]
    assert [note.line for note in found.notes] == [2, 4, 5]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "berkas kosong"),
        ("Soal;Jawaban\nApa?;ï".encode("latin-1"), "baris 2: ada huruf yang bukan UTF-8"),
        (b"Nama;Nilai\nSiti;90\n", "baris 1: tidak ada baris judul kolom; tulis Soal, Pilihan A, Jawaban"),
        (b"Soal saja\nApa?\n", "baris 1: tidak ada baris judul kolom"),
        (b'Soal;Jawaban\nApa?;"ya\n', "baris 2: ada tanda kutip tanpa pasangan, atau sel yang terlalu panjang"),
        (b'Soal;Jawaban\n"Apa"?;ya\n', "baris 2: ada tanda kutip tanpa pasangan"),
        (b"Soal;Jawaban\n" + b"x" * 200_000, "baris 2: ada tanda kutip tanpa pasangan, atau sel yang terlalu panjang"),
        (b"Soal;Jawaban\n" + b"Apa?;ya\n" * (ROWS + 1), f"baris {ROWS + 2}: lebih dari {ROWS} baris; bagi menjadi beberapa berkas"),
        (b"Soal;Jawaban\n" + b"\n" * 200_000, "baris 200001: lebih dari 200000 baris; bagi menjadi beberapa berkas"),
        (b"Soal;Jawaban\nApa?;ya\n" * 200_000, "berkas lebih dari 2 MB"),
    ],
)
def test_what_is_no_question_bank_is_refused_with_a_line_and_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(BrokenBankError) as error:
        csv.read(data, "contoh")
    assert str(error.value).startswith(said)


def test_the_way_to_utf_8_is_told_as_excel_calls_it() -> None:
    with pytest.raises(BrokenBankError, match=r"simpan dengan Save As sebagai CSV UTF-8"):
        csv.read("Soal;Jawaban\nApa?;ï".encode("cp1252"), "contoh")


@pytest.mark.parametrize(
    "text",
    [
        ";" * 2_000_000,
        "Soal;Jawaban" + ";" * 1_990_000,
        "\n" * 2_000_000,
        "Soal;Jawaban\n" + "a\n" * 990_000,
        "Soal;Jawaban\n" + "a;b\n" * ROWS,
        "Soal;Jawaban\n" + ('"' * 1_000_000),
        '"' * 2_000_000,
        "Soal;A\n" + "<b" * 60_000,
        "Soal;A\n" + "<b>" * 40_000,
        "Soal;A\n" + "&#" * 60_000,
        "Soal;Jawaban;Kartu\n" + "".join(f"a;b;kartu {number}\n" for number in range(ROWS)),
    ],
    ids=range(11),
)
def test_hostile_files_cost_little(text: str) -> None:
    def outcome() -> Bank | str:
        try:
            return csv.read(text.encode(), "contoh")
        except BrokenBankError as error:
            return str(error)

    assert takes_little_time(outcome)
    assert takes_little_memory(outcome)


@settings(deadline=None)
@given(questions(*HELD))
@example({"type": "single_choice", "id": "a", "text": "=1+1", "options": [{"text": "-1", "correct": True}, {"text": "'=1"}]})
@example(
    {"type": "numeric", "id": "a", "text": "@apa", "answer": 1.234, "units": {"=a": 0.1}, "wrong": [{"answer": -1e12, "feedback": "+"}]}
)
@example({"type": "true_false", "id": "a", "text": "Apa?", "answer": True, "competency": {"id": "integritas", "level": 3}, "card": "satu"})
@example({"type": "ordering", "id": "a", "text": "Apa?", "steps": ["a\nb", "c"]})
@example(
    {"type": "multiple_choice", "id": "a", "text": "x", "options": [{"text": "a", "correct": True}, {"text": "b"}], "min": 1, "max": 2}
)
def test_what_was_written_is_read_back(data: dict[str, Any]) -> None:
    written = csv.write(module(item(data)), NOWHERE)
    found = csv.read(written.data, "contoh")
    assert [item(one.data) for one in found.questions] == [item(data)]
    assert [note.line for note in written.notes] == [0, 0]
    assert len(found.notes) == ("card" in data)


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=30).filter(str.strip))
def test_no_cell_is_a_formula(text: str) -> None:
    asked = item({"type": "reflection", "id": "a", "text": text.replace("<", "").replace("&", "").strip() or "a"})
    written = csv.write(module(asked), NOWHERE).data.decode("utf-8-sig")
    for cells in rows.reader(StringIO(written), delimiter=";"):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    assert [item(one.data) for one in csv.read(written.encode(), "contoh").questions] == [asked]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ({"type": "matching", "pairs": [{"left": "a = b", "right": "c"}, {"left": "d", "right": "e"}]}, "isinya akan berubah"),
        ({"type": "matching", "pairs": [{"left": "a = b", "right": "c"}, {"left": "a = d", "right": "e"}]}, "isinya akan berubah"),
        ({"type": "numeric", "answer": 1e-40}, "isinya akan berubah"),
        ({"type": "short_text", "answers": ["a"], "wrong": [{"text": str(n), "feedback": "x"} for n in range(9)]}, "isinya akan berubah"),
        ({"type": "reflection", "text": f'<a href="https://example.org/{"x" * 40_000}">a</a>'}, "isinya akan berubah"),
        (
            {
                "type": "scenario",
                "scenes": [
                    {
                        "id": "a",
                        "text": "x",
                        "options": [{"text": "b", "score": 1, "reason": "c"}, {"text": "d", "score": 2, "reason": "e"}],
                    }
                ],
            },
            "jenisnya tidak muat dalam satu baris",
        ),
    ],
)
def test_questions_that_no_row_holds_are_left_out_and_told(data: dict[str, Any], what: str) -> None:
    kept = item({"type": "reflection", "id": "lain", "text": "Apa?"})
    written = csv.write(module(item({"id": "sulit", "text": "Apa?", **data}), kept), NOWHERE)
    assert (
        notes(written)[0]
        == f"soal sulit ({data['type']}); tidak ditulis: {what}{' bila ditulis dalam sel' if 'akan' in what else ''}; pertahankan di YAML"
    )
    assert [item(one.data) for one in csv.read(written.data, "contoh").questions] == [kept]


def test_what_a_table_can_not_hold_is_told() -> None:
    asked = item({"type": "reflection", "id": "a", "text": "Apa?", "sources": ["uu"]})
    assert notes(csv.write(module(asked), NOWHERE)) == [
        "sumber pada soal a; tidak ditulis; tambahkan lagi di modul setelah diimpor",
        "ringkasan, sumber, kompetensi, dan aturan kuis modul; tidak ditulis; atur lagi di modul setelah diimpor",
        "isi 1 kartu; tidak ditulis; pakai XLSX, yang punya lembar Kartu",
    ]


def test_a_file_is_one_that_excel_in_indonesia_opens() -> None:
    data = csv.write(module(item({"type": "true_false", "id": "a", "text": "Apa?", "answer": True})), NOWHERE).data
    assert data.startswith("\ufeffJenis;Id;Soal;Pilihan A".encode())
    assert b"\r\nbenar salah;a;Apa?;" in data


def test_an_exported_module_is_imported_again(folder: "Folder") -> None:
    folder.module()
    runner = CliRunner()
    assert runner.invoke(app, ["export", "contoh", "-o", "bank.csv"]).exit_code == 0
    outcome = runner.invoke(app, ["import", "bank.csv", "--module", "lagi"])
    assert outcome.exit_code == 0, outcome.output
    old, new = (folder.catalogue().modules[name] for name in ("contoh", "lagi"))
    assert [one.text for one in new.quiz.items] == [one.text for one in old.quiz.items]


def test_the_template_is_found_filled_in_and_imported(folder: "Folder") -> None:
    runner = CliRunner()
    outcome = runner.invoke(app, ["template", "bank.csv"])
    assert (outcome.exit_code, outcome.output) == (
        0,
        "bank.csv: isi dengan Excel atau LibreOffice, lalu: sinau import bank.csv --module ID\n",
    )
    filled = Path("bank.csv").read_bytes() + b"pilihan ganda;;Mana?;satu;dua;;;;;;;B\r\n"
    Path("bank.csv").write_bytes(filled)
    assert runner.invoke(app, ["import", "bank.csv", "--module", "baru"]).exit_code == 0
    assert [one.type for one in folder.catalogue().modules["baru"].quiz.items] == ["single_choice", "short_text", "single_choice"]


def test_a_template_never_writes_over_a_file(folder: "Folder") -> None:
    bank_file = folder.root / "bank.xlsx"
    bank_file.write_bytes(b"hasil kerja")
    outcome = CliRunner().invoke(app, ["template", str(bank_file)])
    assert outcome.exit_code == 1
    assert "is there already; nothing was written" in str(outcome.exception)
    assert bank_file.read_bytes() == b"hasil kerja"


def test_a_template_has_to_be_a_spreadsheet(folder: "Folder") -> None:
    outcome = CliRunner().invoke(app, ["template", str(folder.root / "bank.docx")])
    assert outcome.exit_code == 2
    assert ".xlsx or .csv" in " ".join(outcome.output.split())


def test_every_question_type_has_a_name_and_an_explanation() -> None:
    assert sorted(KINDS) == HELD
