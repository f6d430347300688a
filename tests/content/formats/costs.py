"""What reading somebody's file may cost at most, measured so that a busy machine does not spoil it."""

import tracemalloc
from collections.abc import Callable
from time import process_time

SECONDS = 1
MEGABYTES = 200
GOES = 3


def takes_little_time(work: Callable[[], object]) -> bool:
    """Tell whether it takes less than a second of the processor: a neighbour can spoil a go, hardly each of three."""
    return is_soon(lambda: _seconds_of(work))


def is_soon(seconds: Callable[[], float]) -> bool:
    """Tell whether a measurement is below a second in one of a few goes."""
    return any(seconds() < SECONDS for _ in range(GOES))


def takes_little_memory(work: Callable[[], object]) -> bool:
    """Tell whether Python's objects take less than 200 MB at their most."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] < MEGABYTES * 1_000_000
    finally:
        tracemalloc.stop()


def _seconds_of(work: Callable[[], object]) -> float:
    begun = process_time()
    work()
    return process_time() - begun
