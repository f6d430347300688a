"""What a roster file changes: who is new, changed, back or missing, and what contradicts itself."""

from dataclasses import replace

import pytest

from bot.domain.roster import Entry, Known, Plan, compare

SARI = Known(1, "A1", "Sari", ("Dinas", "Bidang"), "Analis", "Muda", "", left=False)
ANDI = Known(2, "A2", "Andi", ("Dinas", "Umum"), "", "", "A1", left=False)
UNITS = [("Dinas",), ("Dinas", "Bidang"), ("Dinas", "Umum")]
ROW = Entry(2, "A1", "Sari", ("Dinas", "Bidang"), "Analis", "Muda", "")


def plan(*entries: Entry, known: tuple[Known, ...] = (SARI, ANDI)) -> Plan:
    return compare(entries, known, UNITS)


def test_a_row_that_says_what_is_known_changes_nothing_whatever_its_capitals() -> None:
    made = plan(replace(ROW, external_id="a1", unit=("dinas", "BIDANG")))
    assert (made.added, made.changed, made.unchanged, made.new_units, made.faults) == ([], [], 1, [], [])


def test_a_column_that_is_not_there_leaves_what_is_known_and_an_empty_one_empties_it() -> None:
    assert plan(replace(ROW, job=None, level=None, supervisor=None)).changed == []
    (change,) = plan(replace(ROW, job="")).changed
    assert change.fields == {"job": ("Analis", "")}


def test_new_units_are_made_from_the_top_down_once() -> None:
    rows = [replace(ROW, unit=("Badan", "Satu")), Entry(3, "A9", "Emma", ("BADAN", "Dua"))]
    assert plan(*rows).new_units == [("Badan",), ("Badan", "Satu"), ("BADAN", "Dua")]


@pytest.mark.parametrize(
    ("units", "missing"),
    [([("Dinas", "Bidang")], []), ([("Dinas",)], ["A2"]), ([("Dinas", "Umum")], ["A2"]), ([("Dinas", "Bidang"), ("Badan",)], ["A2"])],
)
def test_only_who_works_in_the_part_that_the_file_is_about_is_missing(units: list[tuple[str, ...]], missing: list[str]) -> None:
    rows = [replace(ROW, row=2 + place, external_id=f"A{1 + 8 * place}", unit=unit) for place, unit in enumerate(units)]
    assert [each.external_id for each in plan(*rows).missing] == missing


def test_who_comes_back_is_told_even_when_nothing_else_changed() -> None:
    (change,) = plan(ROW, known=(replace(SARI, left=True),)).changed
    assert (change.back, change.fields) == (True, {})


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([("A1", ""), ("A1", "")], ["baris 3: ID sama dengan baris 2"]),
        ([("A1", ""), ("a1", "")], ["baris 3: ID hanya beda huruf besar dari baris 2"]),
        ([("A1", "A7")], ["baris 2: atasan A7 tidak dikenal"]),
        ([("A1", "a1")], ["baris 2: atasan adalah dirinya sendiri"]),
        ([("B1", "B2"), ("B2", "B3"), ("B3", "B1"), ("B4", "B1")], ["baris 2: atasan berputar di baris 2, 3, 4"]),
        ([("A1", "A2")], ["baris 2: atasan berputar di baris 2"]),  # with Andi, who is not in the file
        ([("B1", "A2"), ("B2", "B1")], []),
    ],
)
def test_what_contradicts_itself_is_told_by_row(rows: list[tuple[str, str]], faults: list[str]) -> None:
    entries = [Entry(2 + place, own, "Orang", ("Dinas",), supervisor=chief) for place, (own, chief) in enumerate(rows)]
    assert [str(each).split(";")[0] for each in plan(*entries).faults] == faults
