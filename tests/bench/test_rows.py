"""Figures, their goals, and the table that says which are missed."""

from pathlib import Path

import orjson
import pytest
import rows
from hypothesis import given
from hypothesis import strategies as st

VALUES = st.lists(st.floats(0, 1e6), min_size=1)


@pytest.mark.parametrize(
    ("row", "goal", "ok"),
    [
        (rows.told("a", 3, "s"), None, True),
        (rows.at_least("a", 29, "s", 29), "≥ 29", True),
        (rows.at_least("a", 28.9999, "s", 29), "≥ 29", False),  # it shows as 29, and is none the less missed
        (rows.at_most("a", 2.5, "s", 2.5), "≤ 2.5", True),
        (rows.at_most("a", 2.50001, "s", 2.5), "≤ 2.5", False),
        (rows.missing("a", "s", "≤ 1"), "≤ 1", False),
    ],
)
def test_a_goal_is_reached_or_missed_by_what_was_measured(*, row: rows.Row, goal: str | None, ok: bool) -> None:
    assert (row.goal, row.ok) == (goal, ok)


def test_what_could_not_be_measured_says_so_and_counts_as_missed() -> None:
    table = rows.as_table([rows.told("starts", 3, "s"), rows.missing("Sinau ÷ grammY", "times", "≥ 1")])
    assert table.splitlines()[1].split() == ["starts", "3", "s"]
    assert table.splitlines()[2].split() == ["MISSED", "Sinau", "÷", "grammY", "not", "measured", "times", "≥", "1"]


def test_a_figure_claims_no_more_digits_than_a_run_can_tell() -> None:
    assert [rows.told("a", value, "s").value for value in (1234.56, 0.123456, 98761)] == [1235, 0.1235, 98760]


def test_the_rows_are_written_for_other_programs(tmp_path: Path) -> None:
    rows.write([rows.at_most("a", 2, "s", 1), rows.missing("b", "times", "≥ 1")], tmp_path / "results.json")
    assert orjson.loads((tmp_path / "results.json").read_bytes()) == [
        {"name": "a", "value": 2, "unit": "s", "goal": "≤ 1", "ok": False},
        {"name": "b", "value": None, "unit": "times", "goal": "≥ 1", "ok": False},
    ]


def test_one_bad_run_of_five_does_not_move_the_median() -> None:
    assert rows.median([10, 11, 12, 13, 900]) == 12


@given(VALUES, st.integers(1, 99))
def test_a_percentile_is_one_of_the_values_and_so_many_do_not_exceed_it(values: list[float], percent: int) -> None:
    found = rows.percentile(values, percent)
    assert found in values
    assert sum(value <= found for value in values) >= len(values) * percent / 100
    assert sum(value >= found for value in values) >= len(values) * (100 - percent) / 100


def test_the_last_percent_is_what_p99_looks_at() -> None:
    assert rows.percentile([*range(100)], 99) == 99
    assert rows.percentile([*range(1000)], 99) == 990
    assert rows.percentile([7], 99) == 7
