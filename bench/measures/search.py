"""How well the search finds the card that answers, and what it costs with 1,000 modules."""

import json
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml
from measures.memory import thousand_modules
from programs import ROOT
from rows import Row, at_least, at_most, median, told
from stage import Stage

if TYPE_CHECKING:
    from bot.content.search.index import Index

QUESTIONS: Final = ROOT / "bench" / "questions.yaml"
SHOWN: Final = 3
# Prints the seconds that the index took, the megabytes that it added, and the p95 of the searches in milliseconds: in a process that
# does nothing else.
_SEARCHING: Final = """
import json, sys
from pathlib import Path
from time import perf_counter
import yaml
from bot.content.loader import load
def megabytes():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS")) / 1024
catalogue = load(Path(sys.argv[1])).catalogue
before, begin = megabytes(), perf_counter()
from bot.content.search.index import Index
index = Index(catalogue)
built, added = perf_counter() - begin, megabytes() - before
took = []
for question in yaml.safe_load(Path(sys.argv[2]).read_text(encoding="utf-8"))["fresh"]["questions"]:
    begin = perf_counter()
    index.search(question["ask"])
    took.append((perf_counter() - begin) * 1000)
print(json.dumps([built, added, sorted(took)[len(took) * 95 // 100]]))
"""


async def quality_and_cost(stage: Stage) -> AsyncIterator[Row]:
    """Ask the written questions of the content that ships, then of 1,000 modules for the cost."""
    index, asked = shipped_index(), questions()
    fresh, tuned = asked["fresh"], asked["tuned"]
    yield at_least("fresh questions whose card is among the first three", found(index, fresh["questions"]), "%", 90)
    yield told("… of which called an answer", found(index, fresh["questions"], surely=True), "%")
    yield told("tuned questions whose card is among the first three", found(index, tuned["questions"]), "%")
    yield at_most("fresh off-topic questions called answered", answered(index, fresh["off_topic"]), "%", 10)
    yield told("tuned off-topic questions called answered", answered(index, tuned["off_topic"]), "%")
    content = thousand_modules(stage)
    runs = [_searched(content) for _ in range(stage.runs)]
    yield at_most("index of 1,000 modules built, at the first search", median(built for built, _, _ in runs), "s", 5)
    yield at_most("memory that the index of 1,000 modules adds", median(added for _, added, _ in runs), "MB", 25)
    yield at_most("search among 1,000 modules, p95", median(slow for _, _, slow in runs), "ms", 50)


def shipped_index() -> "Index":
    """Return the index of the content that ships."""
    from bot.content.loader import load  # noqa: PLC0415 - the other measures need none of it
    from bot.content.search.index import Index  # noqa: PLC0415 - as above

    catalogue = load(ROOT / "content").catalogue
    if catalogue is None:
        raise RuntimeError("the content that ships has faults")
    return Index(catalogue)


def questions() -> dict[str, Any]:
    """Return the written questions: `tuned` and `fresh`, each with `questions` and `off_topic`."""
    asked: dict[str, Any] = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    return asked


def found(index: "Index", asked: list[dict[str, Any]], *, surely: bool = False) -> float:
    """Return the percentage of questions with an expected card among the first three; `surely`: in a list that is called an answer."""
    good = 0
    for question in asked:
        language = "en" if question["cards"][0].startswith("strong-passwords/") else "id"
        hits = index.search(question["ask"], language, SHOWN)
        expected = any(f"{hit.module_id}/{hit.card_id}" in question["cards"] for hit in hits)
        good += expected and (not surely or any(hit.sure for hit in hits))
    return 100 * good / len(asked)


def answered(index: "Index", asked: list[str]) -> float:
    """Return the percentage of questions for which something is called an answer."""
    return 100 * sum(any(hit.sure for hit in index.search(question, "id", SHOWN)) for question in asked) / len(asked)


def _searched(content: Path) -> tuple[float, float, float]:
    command = [sys.executable, "-c", _SEARCHING, str(content), str(QUESTIONS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    built, added, slow = json.loads(done.stdout)
    return built, added, slow
