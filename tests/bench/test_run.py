"""The benchmarks as a developer starts them."""

import subprocess
import sys
from pathlib import Path

import orjson

ROOT = Path(__file__).parents[2]
RUN = (sys.executable, str(ROOT / "bench" / "run.py"))


def test_a_small_run_without_peers_measures_sinau_and_misses_what_it_could_not_compare(tmp_path: Path) -> None:
    results = tmp_path / "rows.json"
    arguments = ("--quick", "--alone", "--only", "answers-sqlite", "--output", str(results))
    done = subprocess.run([*RUN, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows = {row["name"]: row for row in orjson.loads(results.read_bytes())}
    assert rows["answers, SQLite: Sinau"]["value"] > 0
    assert rows["answers, SQLite: Sinau ÷ grammY"] == {
        "name": "answers, SQLite: Sinau ÷ grammY", "value": None, "unit": "times", "goal": "≥ 1", "ok": False,
    }  # fmt: skip
    assert "not measured" in done.stdout
    assert "The peers are left out" in done.stdout


def test_an_unknown_measure_is_named_with_those_there_are() -> None:
    done = subprocess.run([*RUN, "--only", "speed"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "answers-sqlite" in done.stderr
