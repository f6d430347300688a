"""What it costs to read a library of modules from their files."""

import json
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

from measures.memory import thousand_modules
from programs import ROOT
from rows import Row, at_most, median
from stage import Stage

# Prints the seconds that loading took and the most memory that the process ever had, in kilobytes.
_LOADING: Final = """
import json, resource, sys
from pathlib import Path
from time import perf_counter
from bot.content.loader import load
begin = perf_counter()
loaded = load(Path(sys.argv[1]))
assert loaded.catalogue is not None
print(json.dumps([perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
"""


async def load(stage: Stage) -> AsyncIterator[Row]:
    """Load 1,000 modules that nothing is kept of, in a process that does nothing else."""
    content = thousand_modules(stage)
    runs = [_loaded(content) for _ in range(stage.runs)]
    yield at_most("loading 1,000 modules, nothing kept", median(seconds for seconds, _ in runs), "s", 5)
    yield at_most("loading 1,000 modules: most memory of the process", median(kilobytes / 1000 for _, kilobytes in runs), "MB", 300)


def _loaded(content: Path) -> tuple[float, float]:
    command = [sys.executable, "-c", _LOADING, str(content)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    seconds, kilobytes = json.loads(done.stdout)
    return seconds, kilobytes
