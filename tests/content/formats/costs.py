"""What reading somebody's file may cost at most, measured so that a busy machine does not spoil it.

A neighbour on the same core can double what a piece of work takes of the processor. So a yardstick is measured before and after it, and
what the machine takes longer for the yardstick than it does when quiet is taken off. A tracer, such as that of `make coverage`, is set
aside while the time runs: it doubles what Python's lines cost, and not what C's do, of which the yardstick is made.
"""

import sys
import tracemalloc
from collections.abc import Callable
from time import process_time

SECONDS = 1
MEGABYTES = 200
GOES = 3
YARDSTICK = 0.05  # seconds that the yardstick takes on a quiet machine, the one of docs/performance.md


def takes_little_time(work: Callable[[], object]) -> bool:
    """Tell whether it takes less than a second of a quiet machine's processor."""
    if sys.gettrace():
        work()
    return is_soon(lambda: _seconds_of(work))


def is_soon(seconds: Callable[[], float]) -> bool:
    """Tell whether a measurement is below a second of a quiet machine in one of a few goes."""
    return any(_quiet(seconds) < SECONDS for _ in range(GOES))


def takes_little_memory(work: Callable[[], object]) -> bool:
    """Tell whether Python's objects take less than 200 MB at their most."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] < MEGABYTES * 1_000_000
    finally:
        tracemalloc.stop()


def _quiet(seconds: Callable[[], float]) -> float:
    before, spent, after = _seconds_of(_yardstick), seconds(), _seconds_of(_yardstick)
    return spent * YARDSTICK / max(YARDSTICK, (before + after) / 2)


def _yardstick() -> None:
    sorted(str(number) * 3 for number in range(300_000))


def _seconds_of(work: Callable[[], object]) -> float:
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        begun = process_time()
        work()
        return process_time() - begun
    finally:
        sys.settrace(tracer)
