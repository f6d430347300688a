"""What every measure works with: the fake API, a folder, the databases, and how much to do."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import Final, Literal

import databases
import seeding
from programs import SECRET, Program
from seeding import Crowd, Deck
from world.api import FakeApi
from world.load import Load, LoadError

Kind = Literal["sqlite", "postgresql"]
MILLION: Final = 1_000_000
REMINDERS_AHEAD: Final = timedelta(days=60)  # far enough that no program started here sends them


@dataclass(slots=True)
class Filled:
    """A database with a crowd in it, and its presses."""

    url: str
    deck: Deck
    crowd: Crowd

    def ask_again(self) -> None:
        """Ask the crowd as much again, when everything it was asked is answered."""
        with databases.opened(self.url) as engine:
            self.deck = seeding.seed_another_round(engine, self.crowd)


@dataclass(slots=True)
class Stage:
    """What the measures of one run share.

    Attributes:
        api: the Bot API that every program talks to.
        folder: a folder for this run only.
        server: PostgreSQL; None when this machine has none.
        runs: how often each figure is taken; the table has the median.
        quick: whether small numbers are enough to see that everything works.
        full: whether to go beyond a million learners.
        alone: whether to leave the peers out.

    """

    api: FakeApi
    folder: Path
    server: databases.Server | None
    runs: int
    quick: bool
    full: bool
    alone: bool = False
    _serial: int = 0
    _large: dict[tuple[Kind, int], Filled] = field(default_factory=dict)

    def some(self, count: int) -> int:
        """Return how many things to do where a real run does `count`."""
        return max(20, count // 10) if self.quick else count

    @property
    def million(self) -> int:
        """How many learners stand for a million."""
        return 20_000 if self.quick else MILLION

    def fresh_folder(self) -> Path:
        """Make an empty folder."""
        self._serial += 1
        folder = self.folder / str(self._serial)
        folder.mkdir()
        return folder

    def filled(self, kind: Kind, crowd: Crowd, *, history: bool = False) -> Filled:
        """Fill a new database with a crowd, whose reminders are due between 08:00 and 18:00 WIB of a day far ahead."""
        url = self.new_url(kind)
        with databases.opened(url) as engine:
            deck = seeding.seed(engine, crowd, reminders_from=first_reminder(), spread=timedelta(hours=10), history=history)
        return Filled(url, deck, crowd)

    def large(self, kind: Kind, learners: int) -> Filled:
        """Fill a database with so many learners, each with a history; only the first time in a run."""
        if (kind, learners) not in self._large:
            print(f"  filling {kind} with {learners:,} learners …", flush=True)
            self._large[kind, learners] = self.filled(kind, Crowd(learners, sittings=4000), history=True)
        return self._large[kind, learners]

    @asynccontextmanager
    async def load_on(self, program: Program) -> AsyncIterator[Load]:
        """Open a load on a program while the block runs."""
        load = Load(self.api, program.port, program.path, SECRET)
        try:
            yield load
        finally:
            load.close()

    async def until(self, condition: Callable[[], bool], seconds: float) -> None:
        """Wait until something has happened that another process does; raises LoadError when it takes longer than `seconds`."""
        deadline = monotonic() + seconds
        while not condition():
            if monotonic() > deadline:
                raise LoadError(f"what was waited for did not happen within {seconds:.0f} s")
            await asyncio.sleep(0.05)

    def new_url(self, kind: Kind) -> str:
        """Return the address of a new database."""
        if kind == "sqlite":
            return f"sqlite:///{self.fresh_folder()}/sinau.db"
        if self.server is None:
            raise RuntimeError("to be asked only where there is a PostgreSQL")
        return self.server.make()


def first_reminder() -> datetime:
    """Return 08:00 WIB of a Tuesday far ahead."""
    day = (datetime.now(UTC) + REMINDERS_AHEAD).date()
    tuesday = day + timedelta(days=(1 - day.weekday()) % 7)
    return datetime.combine(tuesday, time(1), UTC)
