"""How much memory a bot takes that nobody writes to, and how long it takes to start."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Final

import programs
from programs import ROOT, Program
from rows import Row, at_most, median, told
from seeding import Crowd
from stage import Stage

MODULES: Final = 1000
SETTLE_SECONDS: Final = 3.0
SOURCES: Final = ("berakhlak-melayani", "data-pribadi-warga", "kata-sandi-kuat", "mengenali-phishing")
ON_DEMAND: Final = ("matplotlib", "numpy", "PIL", "fpdf", "xlsxwriter")


async def idle(stage: Stage) -> AsyncIterator[Row]:
    """Load 1,000 modules, and then have a million learners in the database too."""
    content = thousand_modules(stage)
    small = stage.filled("sqlite", Crowd(100, sittings=1))
    large = stage.large("sqlite", stage.million)
    stage.api.forget_bot()
    first = await _memory(stage, f"sqlite:///{stage.fresh_folder()}/new.db", content)
    few, many = [], []
    for _ in range(stage.runs):
        few.append(await _memory(stage, small.url, content))
        many.append(await _memory(stage, large.url, content))
    yield at_most("idle memory, 1,000 modules, 100 learners", median(few), "MB", 100)
    yield told("idle memory after a bot's very first start, once", first, "MB")
    yield told("idle memory, 1,000 modules, 1,000,000 learners", median(many), "MB")
    yield at_most("idle memory: 1,000,000 learners ÷ 100", median(many) / median(few), "times", 1.1)


async def start(stage: Stage) -> AsyncIterator[Row]:
    """Time from the start of the process until it says that it is ready, with the modules that ship and with 1,000."""
    content = thousand_modules(stage)
    url = stage.filled("sqlite", Crowd(100, sittings=1)).url
    cache = stage.fresh_folder()
    async with _bot(stage, url, content, cache):  # not counted: it makes the cache, and tells the API what bots tell once
        pass
    shipped, cold, cached, drawing = [], [], [], 0
    for _ in range(stage.runs):
        async with programs.sinau(stage.api, stage.fresh_folder(), url) as program:
            shipped.append(program.seconds_to_ready)
            drawing += _draws(program)
        async with _bot(stage, url, content) as program:
            cold.append(program.seconds_to_ready)
        async with _bot(stage, url, content, cache) as program:
            cached.append(program.seconds_to_ready)
    yield told("start to ready, the modules that ship", median(shipped), "s")
    yield at_most("start to ready, 1,000 modules, cold", median(cold), "s", 2.5)
    yield at_most("start to ready, 1,000 modules, cached", median(cached), "s", 1)
    yield told("start to ready, 1,000 modules, cached: the quickest run", min(cached), "s")
    yield at_most("packages for charts, XLSX and PDF loaded after the start", drawing, "packages", 0)


def _bot(stage: Stage, url: str, content: Path, cache: Path | None = None) -> AbstractAsyncContextManager[Program]:
    """Run the bot with this content; without a `cache` it has none, since its folder is new."""
    further = {"cache_dir": str(cache)} if cache else {}
    return programs.sinau(stage.api, stage.fresh_folder(), url, content__dir=str(content), **further)


async def _memory(stage: Stage, url: str, content: Path) -> float:
    async with _bot(stage, url, content) as program:
        await asyncio.sleep(SETTLE_SECONDS)
        return program.memory()


def _draws(program: Program) -> int:
    return sum(program.loaded(name) for name in ON_DEMAND)


def thousand_modules(stage: Stage) -> Path:
    """Write 1,000 modules: those that ship, over and over, under other ids."""
    folder = stage.fresh_folder()
    (folder / "modules").mkdir()
    (folder / "media").symlink_to(ROOT / "content" / "media")
    texts = {name: (ROOT / "content" / "modules" / f"{name}.yaml").read_text(encoding="utf-8") for name in SOURCES}
    for number in range(stage.some(MODULES)):
        name = SOURCES[number % len(SOURCES)]
        new = f"{name}-{number}"
        text = texts[name].replace(f"\nid: {name}\n", f"\nid: {new}\n", 1)
        (folder / "modules" / f"{new}.yaml").write_text(text, encoding="utf-8")
    return folder
