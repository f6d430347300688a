"""A database that is gone, locked or full for a while: nothing is acknowledged that is not stored, and all goes on by itself."""

import asyncio
import contextlib
import json
import logging
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from http import HTTPStatus
from pathlib import Path

import pytest

from tests.conftest import PostgresqlServer
from tests.torture.doses import PATIENCE, dose
from tests.torture.people import STARTING, USES, Cast
from tests.torture.stage import OpenStage, Stage

log = logging.getLogger(__name__)  # to read the figures: pytest -o log_cli=true -o log_cli_level=INFO

GONE = dose("database gone", 3, 60)  # seconds
LOCKED = dose("database locked", 3, 30)  # seconds
ROUNDS = dose("database rounds", 1, 3)
NOTICED = 15.0  # seconds until /readyz tells of it; a database that does not answer is asked for two
RECOVERED = 15.0  # seconds until all works again
SMALL = 200_000_000  # bytes

Fault = Callable[[Stage], AbstractContextManager[None]]


@pytest.fixture
def frozen(postgresql_server: PostgresqlServer) -> Fault:
    """Stop the server's processes: connections stay, but nobody answers."""

    @contextlib.contextmanager
    def fault(_: Stage) -> Iterator[None]:
        pids = postgresql_server.pids()
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    return fault


@pytest.fixture
def stopped(postgresql_server: PostgresqlServer, postgresql_url: str) -> Fault:
    """Let the server fail and come back; else the tests' server is quicker than it is careful."""
    name = postgresql_url.rpartition("/")[2]
    postgresql_server.execute(f"ALTER DATABASE {name} SET synchronous_commit = on")

    @contextlib.contextmanager
    def fault(_: Stage) -> Iterator[None]:
        postgresql_server.stop()
        try:
            yield
        finally:
            postgresql_server.start()

    return fault


@pytest.fixture
def locked(tmp_path: Path) -> Fault:
    """Let another process write to the file and not come to an end."""
    script = (
        "import sqlite3, sys; sqlite3.connect(sys.argv[1], isolation_level=None).execute('BEGIN IMMEDIATE'); print(flush=True); input()"
    )

    @contextlib.contextmanager
    def fault(_: Stage) -> Iterator[None]:
        command = [sys.executable, "-c", script, str(tmp_path / "sinau.db")]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
            assert other.stdin
            assert other.stdout
            other.stdout.readline()
            try:
                yield
            finally:
                other.stdin.write(b"\n")
                other.stdin.flush()

    return fault


@pytest.fixture
def full(tmp_path: Path) -> Fault:
    """Let there be no room for another byte: on a small disk (pytest's --basetemp) for real, else by a limit on the size of files."""

    @contextlib.contextmanager
    def fault(stage: Stage) -> Iterator[None]:
        with _filled(tmp_path) if shutil.disk_usage(tmp_path).total < SMALL else _limited(stage.program.pid):
            yield

    return fault


@contextlib.contextmanager
def _filled(folder: Path) -> Iterator[None]:
    ballast = folder / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(512))
    try:
        yield
    finally:
        ballast.unlink()


@contextlib.contextmanager
def _limited(pid: int) -> Iterator[None]:
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


@pytest.mark.timeout(PATIENCE)
@pytest.mark.parametrize(
    ("database", "mode", "fault", "seconds"),
    [
        ("postgresql", "webhook", "frozen", GONE),
        ("postgresql", "polling", "stopped", GONE),
        ("sqlite", "webhook", "locked", LOCKED),
        ("sqlite", "polling", "full", GONE),
    ],
)
async def test_nothing_is_acknowledged_that_is_not_stored(
    open_stage: OpenStage, request: pytest.FixtureRequest, database: str, mode: str, fault: str, seconds: int
) -> None:
    broken: Fault = request.getfixturevalue(fault)
    async with open_stage(database, mode, size=100 + STARTING * (ROUNDS + 1), questions=ROUNDS + 2) as stage:
        link = await asyncio.to_thread(stage.program.command, "invite", "--uses", str(USES))
        cast = Cast(stage, link.rpartition("=")[2])
        await stage.program.start()
        await cast.take_places()
        for number in range(ROUNDS):
            dice = random.Random(f"{fault} {number}")  # noqa: S311 - the same dice each time, so that a failure comes again
            cast.act(dice)
            await stage.calls_made(dice.randrange(50))
            with broken(stage):
                ends = time.monotonic() + seconds
                noticed = await stage.eventually(lambda: misses_the_database(stage), NOTICED)
                await asyncio.sleep(max(0.0, ends - time.monotonic()))
                assert (await stage.program.get("/healthz"))[0] == HTTPStatus.OK
                waiting = len(stage.world.state.updates.pending)
            recovered = await stage.eventually(stage.program.is_ready, RECOVERED)
            figures = (fault, number, noticed, waiting, recovered)
            log.info("%s %s: noticed after %.1f s; %s updates waited; ready again after %.1f s", *figures)
            await stage.all_taken_in()
            cast.check()
            await cast.go_on(dice)
            cast.check()
        assert await stage.program.stop() == 0


async def misses_the_database(stage: Stage) -> bool:
    status, body = await stage.program.get("/readyz")
    return status == HTTPStatus.SERVICE_UNAVAILABLE and json.loads(body)["checks"]["database"] != "ok"
