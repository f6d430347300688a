"""Measures Sinau, beside its peers where that says more. `make bench` runs everything; docs/performance.md says what each figure means."""

import argparse
import asyncio
import signal
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from time import perf_counter
from typing import Final

import databases
import learning
import prepare
import rows
import uvloop
from measures import answers, broadcasts, content, dashboard, growth, latency, memory, plans, reminders, search
from rows import Row
from stage import Stage
from world.api import FakeApi

Measure = Callable[[Stage], AsyncIterator[Row]]

MEASURES: Final[dict[str, Measure]] = {
    "answers-sqlite": answers.on_sqlite,
    "answers-postgresql": answers.on_postgresql,
    "latency": latency.added,
    "broadcast": broadcasts.paced,
    "broadcast-paid": broadcasts.paid,
    "broadcast-replies": broadcasts.replies_meanwhile,
    "start": memory.start,
    "memory": memory.idle,
    "content": content.load,
    "growth": growth.answer,
    "search": search.quality_and_cost,
    "reminders": reminders.due,
    "ticks-sqlite": reminders.empty_tick_sqlite,
    "ticks-postgresql": reminders.empty_tick_postgresql,
    "learning": learning.year,
    "dashboard-sqlite": dashboard.on_sqlite,
    "dashboard-postgresql": dashboard.on_postgresql,
    "plans-sqlite": plans.sqlite,
    "plans-postgresql": plans.postgresql,
}
RESULTS: Final = Path(__file__).parent / "results.json"


RUNS: Final = 5
LARGEST: Final = 4_700_000  # every ASN there is


async def measure(options: argparse.Namespace) -> list[Row]:
    """Run the chosen measures and return their figures."""
    _stop_when_told()
    found: list[Row] = []
    titles = options.only or list(MEASURES)
    needs_server = any(title.endswith("-postgresql") for title in titles)
    with tempfile.TemporaryDirectory(prefix="sinau-bench-") as name, databases.postgresql(Path(name), wanted=needs_server) as server:
        runs = 1 if options.quick else options.runs
        stage = Stage(FakeApi(), Path(name), server, runs=runs, quick=options.quick, full=options.full, alone=options.alone)
        async with stage.api.serving():
            for title in titles:
                found += await _one(stage, title)
                if options.output:
                    rows.write(found, options.output)  # after each measure, so that a run that is stopped has not been for nothing
    return found


def _stop_when_told() -> None:
    """Let a signal cancel the run, so that no server and no folder stays behind."""
    task = asyncio.current_task()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, lambda: task and task.cancel())


async def _one(stage: Stage, title: str) -> list[Row]:
    if title.endswith("-postgresql") and stage.server is None:
        print(f"{title}: left out, there is no PostgreSQL on this machine", flush=True)
        return []
    begin = perf_counter()
    print(f"{title} …", flush=True)
    found = [row async for row in MEASURES[title](stage)]
    print(rows.as_table(found), f"({perf_counter() - begin:.0f} s)", sep="\n", flush=True)
    return found


def main() -> None:
    """Read the arguments, measure, print the table and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one run with small numbers, to see that everything works")
    parser.add_argument("--full", action="store_true", help=f"also with {LARGEST:,} learners: takes 10 GB and several minutes more")
    parser.add_argument("--alone", action="store_true", help="without the peers, whose packages are not installed then")
    parser.add_argument("--only", action="append", choices=MEASURES, help="this measure only; may be given several times")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"how often each figure is taken; the table has the median ({RUNS})")
    parser.add_argument("--output", type=Path, help="where to write the rows; bench/results.json for everything in full, else nowhere")
    options = parser.parse_args()
    options.output = options.output or (None if options.quick or options.only or options.alone else RESULTS)
    left_out = ["The peers are left out, as asked."] if options.alone else prepare.peers()
    try:
        found = uvloop.run(measure(options))
    except asyncio.CancelledError:
        raise SystemExit(
            f"Stopped. {'What was measured before is in ' + str(options.output) if options.output else 'Nothing was written'}."
        ) from None
    print("", rows.as_table(found), *left_out, sep="\n")
    if options.output:
        print(f"Written to {options.output}.")


if __name__ == "__main__":
    main()
