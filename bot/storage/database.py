"""The one door to the database: `run` hands a function to a thread that owns a connection, and commits in groups."""

import asyncio
import sqlite3
import threading
from asyncio import AbstractEventLoop, Future
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.errors import SinauError

P = ParamSpec("P")
R = TypeVar("R")

MAX_GROUP = 64  # one transaction takes at most this many: enough to share a commit, few enough to repeat one by one


class StorageUnavailableError(SinauError):
    """The database can't be reached or is busy. Nothing was stored; the same call may be made again."""


@dataclass(slots=True)
class _Job:
    work: Callable[[Connection], Any]
    loop: AbstractEventLoop
    done: "Future[Any]"
    result: Any = None
    error: BaseException | None = None

    def tell(self) -> None:
        """Give the outcome to whoever waits for it, if they still do; to be called in their loop."""
        if self.done.done():
            return
        if self.error is None:
            self.done.set_result(self.result)
        else:
            self.done.set_exception(self.error)


class Storage:
    """Runs plain functions over a connection, each exactly once or not at all.

    All that wait when a thread becomes free share one transaction and one commit. If one of them fails, the group is
    rolled back and each runs in a transaction of its own, so that a failure stays with its owner.
    """

    def __init__(self, engine: Engine, *, threads: int = 1) -> None:
        """Start the threads that own the connections: one on SQLite, where there is one writer; `threads` on PostgreSQL."""
        self.engine = engine
        self._closed = False
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        count = 1 if engine.dialect.name == "sqlite" else threads
        self._threads = [threading.Thread(target=self._serve, name=f"database-{n}", daemon=True) for n in range(count)]
        for thread in self._threads:
            thread.start()

    async def run(self, work: Callable[Concatenate[Connection, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `work(connection, …)` in a transaction and return its result after the commit.

        `work` may run twice when the first transaction was rolled back, so it touches nothing but the connection.

        Raises:
            StorageUnavailableError: the database is out of reach or locked; nothing was stored.
            Exception: what `work` raised; what it did is rolled back.

        """
        if self._closed:
            raise StorageUnavailableError("the database is closed, since the program is ending; nothing was stored")
        loop = asyncio.get_running_loop()
        job = _Job(lambda connection: work(connection, *args, **kwargs), loop, loop.create_future())
        self._jobs.put(job)
        result: R = await job.done
        return result

    async def ping(self) -> None:
        """Ask the database for an answer.

        Raises:
            StorageUnavailableError: there is none.

        """
        await self.run(lambda connection: connection.execute(text("SELECT 1")))

    def close(self) -> None:
        """Finish what waits, then end the threads and close the connections."""
        self._closed = True
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()
        self.engine.dispose()

    def _serve(self) -> None:
        while (first := self._jobs.get()) is not None:
            # Nobody waits any more for a job that was cancelled before its turn came.
            group = [job for job in (first, *self._waiting()) if not job.done.cancelled()]
            if len(group) > 1 and self._run_together(group):
                _tell(group)
                continue
            for job in group:
                self._run_alone(job)
                _tell([job])  # at once: those behind it may have to wait long for the database

    def _waiting(self) -> list[_Job]:
        """Return the jobs that wait now, leaving the sign to stop where it is."""
        jobs: list[_Job] = []
        with suppress(Empty):
            while len(jobs) < MAX_GROUP - 1:
                job = self._jobs.get_nowait()
                if job is None:
                    self._jobs.put(None)
                    break
                jobs.append(job)
        return jobs

    def _run_together(self, group: list[_Job]) -> bool:
        """Run a group in one transaction; False when nothing of it happened and each has to be tried alone."""
        begun = False
        try:
            with self.engine.begin() as connection:
                begun = True
                results = [job.work(connection) for job in group]
        except Exception as error:  # noqa: BLE001 - whoever failed fails again alone, and hears of it there
            if begun:
                return False
            # Nobody could begin. To let each wait for that in turn would hold up everybody for many times as long.
            for job in group:
                job.error = _unavailable(error)
            return True
        for job, result in zip(group, results, strict=True):
            job.result = result
        return True

    def _run_alone(self, job: _Job) -> None:
        try:
            with self.engine.begin() as connection:
                job.result = job.work(connection)
        except StopIteration as error:  # which no future can hold
            job.error = RuntimeError("the work raised StopIteration")
            job.error.__cause__ = error
        except BaseException as error:  # noqa: BLE001 - it belongs to the one who waits for the job
            job.error = _unavailable(error) if is_out_of_reach(error) else error


def is_out_of_reach(error: BaseException) -> bool:
    """Tell whether the database is gone, busy or full, rather than asked for something that it does not have."""
    if isinstance(error, OperationalError | InterfaceError):
        return getattr(error.orig, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR  # such as a missing column
    return isinstance(error, PoolTimeoutError) or (isinstance(error, DBAPIError) and error.connection_invalidated)


def _tell(group: Sequence[_Job]) -> None:
    """Tell a group its outcomes, waking each loop once: to wake it for each of them costs as much as a query."""
    of_loop: defaultdict[AbstractEventLoop, list[_Job]] = defaultdict(list)
    for job in group:
        of_loop[job.loop].append(job)
    for loop, jobs in of_loop.items():
        with suppress(RuntimeError):  # the loop has ended, and with it everybody who waited in it
            loop.call_soon_threadsafe(_tell_each, jobs)


def _tell_each(jobs: Sequence[_Job]) -> None:
    for job in jobs:
        job.tell()


def _unavailable(error: BaseException) -> StorageUnavailableError:
    # The driver's own text may quote people's words; the kind of the error is enough to act upon.
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return StorageUnavailableError(f"the database did not answer ({type(cause).__name__}); nothing was stored, and it can be tried again")
