"""A roster as people hand it in: what spreadsheets do to it, and every fault at once, with its row and what to do."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from xlsxwriter import Workbook as ChartBook  # type: ignore[import-untyped]  # ships no type information

from bot.content.formats.bank import BrokenBankError
from bot.content.roster import template
from bot.content.roster.reading import read
from bot.domain.roster import Entry

HEADINGS = "ID;Nama;Unit;Jabatan;Jenjang;Atasan"


def read_csv(*rows: str, headings: str = HEADINGS) -> tuple[list[Entry], list[str]]:
    entries, faults, _ = read("\n".join([headings, *rows]).encode(), workbook=False)
    return entries, [str(each) for each in faults]


def book(*rows: tuple[object, ...], formats: dict[str, str] | None = None) -> bytes:
    made, file = Workbook(), BytesIO()
    sheet = made.active
    assert sheet
    for row in (HEADINGS.split(";"), *rows):
        sheet.append(list(row))
    for place, shown in (formats or {}).items():
        sheet[place].number_format = shown
    made.save(file)
    return file.getvalue()


def read_book(*rows: tuple[object, ...], formats: dict[str, str] | None = None) -> tuple[list[Entry], list[str]]:
    entries, faults, _ = read(book(*rows, formats=formats), workbook=True)
    return entries, [str(each) for each in faults]


@pytest.mark.parametrize("make", [template.as_csv, template.as_xlsx])
def test_the_template_is_read_as_it_was_written(make: object) -> None:
    assert callable(make)
    entries, faults, notes = read(make(), workbook=make is template.as_xlsx)
    assert (faults, notes) == ([], [])
    assert entries == [
        Entry(2, "A-001", "Pegawai Contoh Satu", ("Dinas Contoh",), "Kepala Dinas", "Pratama", ""),
        Entry(3, "A-002", "Pegawai Contoh Dua", ("Dinas Contoh", "Bidang Contoh"), "Analis", "Muda", "A-001"),
    ]


def test_the_template_keeps_excel_from_making_numbers_of_ids() -> None:
    sheet = load_workbook(BytesIO(template.as_xlsx())).active
    assert sheet
    assert sheet["A2"].number_format == "@"


def test_english_headings_any_order_and_a_title_above_are_understood() -> None:
    entries, faults = read_csv("unit,name,employee id", "Dinas A,Sari,7", headings="Daftar pegawai,,")
    assert (entries, faults) == ([Entry(3, "7", "Sari", ("Dinas A",))], [])


def test_what_nobody_sees_is_taken_off_and_an_id_has_no_spaces() -> None:
    dewi = "1980 0101\u00a0200501\u200b 1 001; Sari\u00a0 Dewi ; Dinas  A>Bidang B ;;;"
    entries, faults = read_csv(dewi, ";;;;;", "'007;Andi;Dinas A;;;")
    assert faults == []
    assert [(each.external_id, each.name, each.unit) for each in entries] == [
        ("198001012005011001", "Sari Dewi", ("Dinas A", "Bidang B")),
        ("007", "Andi", ("Dinas A",)),
    ]


def test_a_quoted_formula_that_keeps_a_number_as_text_is_that_text() -> None:
    assert read_csv('"=""0012""";Sari;Dinas A;;;')[0][0].external_id == "0012"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (";Sari;Dinas A;;;", "baris 2: ID kosong; isi, atau hapus barisnya"),
        ("1;;Dinas A;;;", "baris 2: Nama kosong"),
        ("1;Sari;;;;", "baris 2: Unit kosong"),
        ("1;Sari;Dinas A > > B;;;", "baris 2: Unit punya bagian kosong; tulis seperti"),
        ("1,98E+17;Sari;Dinas A;;;", "baris 2: ID disingkat Excel menjadi 1,98E+17; jadikan kolomnya Teks"),
        ("1;Sari;Dinas A;;;1.98E+17", "baris 2: Atasan disingkat Excel"),
        ("1;=B2;Dinas A;;;", "baris 2: Nama berisi rumus; tulis isinya"),
        (f"1;{'x' * 201};Dinas A;;;", "baris 2: Nama lebih dari 200 huruf; persingkat"),
        (f"{'x' * 65};Sari;Dinas A;;;", "baris 2: ID lebih dari 64 huruf"),
    ],
)
def test_a_fault_is_told_with_its_row_and_what_to_do(row: str, fault: str) -> None:
    (told,) = read_csv(row)[1]
    assert told.startswith(fault)


def test_all_faults_are_told_at_once() -> None:
    _, faults = read_csv(";;;;;x", "1;Sari;;;;", "2;=A1;Dinas A >;;;")
    assert [each.split(":")[0] for each in faults] == ["baris 2", "baris 2", "baris 2", "baris 3", "baris 4", "baris 4"]


def test_numbers_as_ids_are_taken_while_excel_keeps_all_their_digits() -> None:
    entries, faults = read_book((123456789, "Sari", "Dinas A", None, 3, None))
    assert faults == []
    assert (entries[0].external_id, entries[0].level, entries[0].supervisor) == ("123456789", "3", "")


@pytest.mark.parametrize("number", [198001012005011001, 1.98e17, 1.5])
def test_an_id_whose_last_digits_excel_lost_is_refused(number: float) -> None:
    _, (fault,) = read_book((number, "Sari", "Dinas A"))
    assert fault.startswith("baris 2: ID disimpan Excel sebagai bilangan, jadi angka terakhirnya hilang; jadikan kolomnya Teks")


def test_zeros_in_front_that_only_the_format_shows_are_refused() -> None:
    _, (fault,) = read_book((7, "Sari", "Dinas A"), formats={"A2": "0000"})
    assert fault.startswith('baris 2: sel A2 ditampilkan Excel dengan format "0000"; jadikan kolomnya Teks')


def test_what_stands_in_a_column_that_is_left_out_is_no_fault() -> None:
    entries, faults = read_book(("1", "Sari", "Dinas A", "", "", "", 7), formats={"G2": "0000"})
    assert (len(entries), faults) == (1, [])


def test_a_formula_that_was_never_computed_is_refused_with_its_place() -> None:
    _, faults = read_book(("1", "=A2", "Dinas A"))
    assert [each.split(";")[0] for each in faults] == ["rumus tanpa hasil di B2", "baris 2: Nama kosong"]


def test_merged_cells_are_told_as_only_the_first_of_them_is_read() -> None:
    made, file = load_workbook(BytesIO(book(("1", "Sari", "Dinas A", "", "", "9"), ("2", "Andi", "Dinas A")))), BytesIO()
    assert made.active
    made.active.merge_cells("F2:F3")
    made.save(file)
    entries, faults, notes = read(file.getvalue(), workbook=True)
    assert (faults, [each.supervisor for each in entries]) == ([], ["9", ""])
    assert [str(each) for each in notes] == ["sel gabungan F2:F3; isinya hanya dibaca di sel kiri atas; pisahkan selnya"]


def chart_alone() -> bytes:
    file = BytesIO()
    with ChartBook(file, {"in_memory": True}) as made:
        chart = made.add_chart({"type": "bar"})
        chart.add_series({"values": "={1,2}"})
        made.add_chartsheet().set_chart(chart)
    return file.getvalue()


def test_a_column_that_nobody_knows_is_left_out_and_told() -> None:
    entries, _, notes = read(b"ID;Nama;Unit;NIK;\n1;Sari;Dinas A;3201;", workbook=False)
    assert entries[0] == Entry(2, "1", "Sari", ("Dinas A",))
    assert [str(each) for each in notes] == ['baris 1: kolom D "NIK" tidak dikenal; tidak diimpor']


@pytest.mark.parametrize(
    ("data", "workbook", "why"),
    [
        (b"Nama;Unit\nSari;Dinas A", False, "judul dengan kolom ID, Nama, dan Unit"),
        (b"ID;Nama\n1;Sari", False, "judul dengan kolom ID, Nama, dan Unit"),
        (b"ID;Nama;Unit\n;;\n", False, "tidak ada pegawai"),
        (b"", False, "berkas kosong"),
        (b"PK", True, "bukan arsip ZIP"),
        (chart_alone(), True, "judul dengan kolom ID, Nama, dan Unit"),
    ],
)
def test_what_is_no_roster_is_refused(data: bytes, workbook: bool, why: str) -> None:  # noqa: FBT001 - a parameter of the table
    with pytest.raises(BrokenBankError, match=why):
        read(data, workbook=workbook)
