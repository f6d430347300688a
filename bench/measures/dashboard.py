"""How long the dashboard's pages take for a coordinator of 10,000 learners who have given a million answers."""

from collections.abc import AsyncIterator, Callable
from functools import partial
from time import perf_counter
from typing import Final
from zoneinfo import ZoneInfo

import agency
import aiohttp
import databases
from prometheus_client import CollectorRegistry
from rows import Row, at_most, median, told
from seeding import read_catalogue
from sqlalchemy import Connection
from stage import Kind, Stage

from bot.clock import SystemClock
from bot.content.shelf import Shelf
from bot.core import make_rules
from bot.measuring import bring_up_to_date
from bot.services import measuring
from bot.services.joining import token_hash
from bot.services.rulebook import Rulebook
from bot.settings import Settings
from bot.storage import signing_in
from bot.storage.database import Storage
from bot.texts import load_words
from bot.web.app import make_web
from bot.web.dashboard import Desk, make_dashboard
from bot.web.server import serve

LEARNERS: Final = 10_000
ANSWERS: Final = 1_000_000
TOKEN: Final = "made-up-session"  # noqa: S105 - of a database that is thrown away
PAGES: Final = {
    "overview": "/dasbor",
    "modules": "/dasbor/modul",
    "a module": f"/dasbor/modul/{agency.MODULE}",
    "announcements": "/dasbor/pengumuman",
    "settings": "/dasbor/setelan",
}
FILES: Final = {"xlsx": "/dasbor/laporan.xlsx", "pdf": "/dasbor/laporan.pdf"}
LONGEST_PAGE: Final = 300  # ms
LONGEST_STEP: Final = 100  # ms: for so long an answer may have to wait for a measuring


async def on_sqlite(stage: Stage) -> AsyncIterator[Row]:
    """Look at each page on SQLite."""
    async for row in _pages(stage, "sqlite"):
        yield row


async def on_postgresql(stage: Stage) -> AsyncIterator[Row]:
    """Look at each page on PostgreSQL."""
    async for row in _pages(stage, "postgresql"):
        yield row


async def _pages(stage: Stage, kind: Kind) -> AsyncIterator[Row]:
    url = stage.new_url(kind)
    learners, answers = stage.some(LEARNERS), stage.some(ANSWERS)
    print(f"  filling {kind} with {learners:,} learners and {answers:,} answers …", flush=True)
    with databases.opened(url) as engine:
        agency.settle(engine, read_catalogue(), learners, answers)
        storage = Storage(engine, threads=4)
        try:
            async for row in _measured(stage, kind, storage):
                yield row
        finally:
            storage.close()


async def _measured(stage: Stage, kind: Kind, storage: Storage) -> AsyncIterator[Row]:
    settings = Settings(admins=frozenset({agency.COORDINATOR}))
    rules, clock, shelf = make_rules(settings), SystemClock(), Shelf(settings.content.dir, settings.cache_dir, keeps=False)
    await storage.run(signing_in.begin, token_hash(TOKEN), 1, clock.now())
    longest = await _longest_step(storage, shelf, stage.runs)
    begin = perf_counter()
    await bring_up_to_date(storage, shelf.catalogue, rules, clock.now())
    yield told(f"measuring the figures of reports once an hour, {kind}", perf_counter() - begin, "s")
    yield at_most(f"longest step of that at the database, {kind}", longest * 1000, "ms", LONGEST_STEP)
    desk = Desk(storage, shelf, Rulebook(rules), clock, load_words(), "http://127.0.0.1:8080", b"")
    web = make_web(checks={}, registry=CollectorRegistry(), dashboard=make_dashboard(desk))
    async with (
        serve(web, "127.0.0.1", 0) as port,
        aiohttp.ClientSession(f"http://127.0.0.1:{port}", cookies={desk.cookie: TOKEN}) as session,
    ):
        for name, path in PAGES.items():
            yield at_most(f"dashboard, {name}, {kind}", await _page(session, path, stage.runs), "ms", LONGEST_PAGE)
        for style, path in FILES.items():
            yield told(f"report as {style}, {kind}", await _page(session, path, stage.runs), "ms")


async def _page(session: aiohttp.ClientSession, path: str, runs: int) -> float:
    """Return the milliseconds that a page takes, after a first look that fills the caches."""
    times = []
    for _ in range(runs + 1):
        begin = perf_counter()
        async with session.get(path) as answer:
            await answer.read()
            if answer.status != 200:  # noqa: PLR2004 - HTTP's
                raise SystemExit(f"{path} answered {answer.status}")
        times.append(perf_counter() - begin)
    return median(times[1:]) * 1000


async def _longest_step(storage: Storage, shelf: Shelf, runs: int) -> float:
    """Return the seconds of the longest of the measuring's steps, each taken so many times."""
    module, people = shelf.catalogue.modules[agency.MODULE], await storage.run(measuring.sample)
    week = measuring.mondays(ZoneInfo("Asia/Jakarta"), agency.NOW)[-2]
    steps: list[Callable[[Connection], object]] = [
        *(partial(measuring.first_answers, module_id=module.id, item_id=item.id) for item in module.quiz.items),
        *(partial(measuring.remembered_by, learner_ids=people[start : start + measuring.BATCH]) for start in (0, 100, 200)),
        partial(measuring.measure_week, monday=week, now=agency.NOW),
    ]
    return max([await _seconds(storage, step, runs) for step in steps])


async def _seconds(storage: Storage, step: Callable[[Connection], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        begin = perf_counter()
        await storage.run(step)
        times.append(perf_counter() - begin)
    return median(times)
