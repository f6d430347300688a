import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from bot.storage.database import Storage, StorageUnavailableError
from bot.storage.engine import make_engine
from bot.storage.tables import invitation, replica

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
WORDS = "Sari menulis rahasia"


@pytest.fixture
def lone(database_url: str) -> Iterator[Storage]:
    """A storage with one database thread, so that what waits behind a job shares the next transaction."""
    storage = Storage(make_engine(database_url), threads=1)
    yield storage
    storage.close()


def add(connection: Connection, name: str) -> str:
    connection.execute(insert(replica).values(name=name, seen_at=AT))
    return name


def names(connection: Connection) -> set[str]:
    return set(connection.scalars(select(replica.c.name)))


def invite(connection: Connection, uses: int) -> None:
    connection.execute(insert(invitation).values(token_hash="x", uses_left=uses, expires_at=AT, created_at=AT))


def add_then_fail(connection: Connection, name: str) -> None:
    add(connection, name)
    raise LookupError(name)


class Gate:
    """A job that keeps the database thread busy until it is opened, so that what comes meanwhile waits together."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.opened = threading.Event()

    def __call__(self, _connection: Connection) -> None:
        self.entered.set()
        assert self.opened.wait(30)


async def run_as_a_group(storage: Storage, *works: Any) -> list[Any]:
    gate = Gate()
    held = asyncio.create_task(storage.run(gate))
    await asyncio.to_thread(gate.entered.wait, 30)
    tasks = [asyncio.create_task(storage.run(*work)) for work in works]
    await asyncio.sleep(0)  # each task hands its job over before the gate opens
    gate.opened.set()
    await held
    return await asyncio.gather(*tasks, return_exceptions=True)


def count_commits(engine: Engine) -> list[str]:
    commits: list[str] = []
    event.listen(engine, "commit", lambda _connection: commits.append("commit"))
    return commits


async def test_what_a_function_returns_comes_back_after_its_commit(storage: Storage) -> None:
    assert await storage.run(add, "one") == "one"
    assert await storage.run(names) == {"one"}


async def test_arguments_are_passed_by_place_and_by_name(storage: Storage) -> None:
    assert await storage.run(add, name="one") == "one"


async def test_what_fails_leaves_nothing_behind_and_tells_its_own_error(storage: Storage) -> None:
    with pytest.raises(LookupError, match="one"):
        await storage.run(add_then_fail, "one")
    assert await storage.run(names) == set()


async def test_what_the_database_does_not_have_is_a_defect_and_no_outage(storage: Storage) -> None:
    with pytest.raises(DBAPIError):
        await storage.run(lambda connection: connection.execute(text("SELECT nothing FROM replica")).all())


async def test_what_waits_together_shares_one_commit(lone: Storage) -> None:
    commits = count_commits(lone.engine)
    results = await run_as_a_group(lone, *((add, f"r{n}") for n in range(20)))
    assert results == [f"r{n}" for n in range(20)]
    assert len(commits) == 2  # the gate's own, and one for all twenty


async def test_a_failure_in_a_group_stays_with_its_owner(lone: Storage) -> None:
    await lone.run(add, "taken")
    results = await run_as_a_group(lone, (add, "one"), (add_then_fail, "two"), (add, "taken"), (add, "three"))
    assert results[0] == "one"
    assert isinstance(results[1], LookupError)
    assert type(results[2]).__name__ == "IntegrityError"
    assert results[3] == "three"
    assert await lone.run(names) == {"taken", "one", "three"}


async def test_who_is_done_hears_of_it_while_others_of_the_group_still_wait(lone: Storage) -> None:
    opened = threading.Event()

    def wait(_connection: Connection) -> None:
        assert opened.wait(30)

    gate = Gate()
    held = asyncio.create_task(lone.run(gate))
    await asyncio.to_thread(gate.entered.wait, 30)
    quick, failing, slow = (
        asyncio.create_task(work) for work in (lone.run(add, "quick"), lone.run(add_then_fail, "failing"), lone.run(wait))
    )
    await asyncio.sleep(0)
    gate.opened.set()
    assert await asyncio.wait_for(quick, 20) == "quick"
    with pytest.raises(LookupError):
        await asyncio.wait_for(failing, 20)
    assert not slow.done()
    opened.set()
    await asyncio.gather(held, slow)


async def test_an_error_that_no_future_can_hold_reaches_its_owner_and_nobody_waits_for_ever(lone: Storage) -> None:
    def stop(_connection: Connection) -> None:
        raise StopIteration

    first, second = await asyncio.wait_for(run_as_a_group(lone, (stop,), (add, "Emma")), 20)
    assert isinstance(first, RuntimeError)
    assert second == "Emma"


async def test_a_group_of_many_jobs_is_done_whole_and_in_order(lone: Storage) -> None:
    order: list[int] = []

    def note(_connection: Connection, number: int) -> None:
        order.append(number)

    await run_as_a_group(lone, *((note, n) for n in range(200)))
    assert order == list(range(200))


async def test_a_job_runs_once_when_its_group_succeeds(lone: Storage) -> None:
    runs: list[str] = []

    def note(_connection: Connection, name: str) -> None:
        runs.append(name)

    await run_as_a_group(lone, (note, "a"), (note, "b"))
    assert runs == ["a", "b"]


async def test_many_at_once_lose_nothing(storage: Storage) -> None:
    def use_up(connection: Connection, name: str) -> int:
        connection.execute(invitation.update().values(uses_left=invitation.c.uses_left - 1))
        add(connection, name)
        return connection.scalar(select(invitation.c.uses_left)) or 0

    await storage.run(invite, 100)
    left = await asyncio.gather(*(storage.run(use_up, f"r{n}") for n in range(100)))
    assert sorted(left) == list(range(100))
    assert len(await storage.run(names)) == 100


async def test_closing_finishes_what_waits(database_url: str) -> None:
    storage = Storage(make_engine(database_url), threads=2)
    tasks = [asyncio.create_task(storage.run(add, f"r{n}")) for n in range(50)]
    await asyncio.sleep(0)  # each task hands its job over
    storage.close()
    assert await asyncio.gather(*tasks) == [f"r{n}" for n in range(50)]
    again = Storage(make_engine(database_url), threads=1)
    assert len(await again.run(names)) == 50
    again.close()


def test_closing_ends_every_thread(database_url: str) -> None:
    before = threading.active_count()
    storage = Storage(make_engine(database_url), threads=3)
    asyncio.run(storage.ping())
    storage.close()
    assert threading.active_count() == before


async def test_a_locked_sqlite_file_is_unavailable_and_comes_back(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    event.listen(engine, "connect", lambda connection, _entry: connection.execute("PRAGMA busy_timeout=20").close())
    storage = Storage(engine)
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageUnavailableError, match="nothing was stored"):
            await storage.run(add, WORDS)
        other.execute("ROLLBACK")
    assert await storage.run(add, WORDS) == WORDS
    storage.close()


async def test_a_postgresql_out_of_reach_is_unavailable_and_its_password_is_not_told() -> None:
    storage = Storage(make_engine("postgresql://sinau:made-up-password@127.0.0.1:1/sinau"))
    with pytest.raises(StorageUnavailableError) as caught:
        await storage.run(add, WORDS)
    assert "made-up-password" not in str(caught.value)
    storage.close()


async def test_a_postgresql_that_drops_its_connections_is_used_again(postgresql_url: str) -> None:
    storage = Storage(make_engine(postgresql_url), threads=1)
    await storage.ping()
    drop = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    other = make_engine(postgresql_url)
    with other.begin() as connection:
        connection.exec_driver_sql(drop)
    assert await storage.run(add, "one") == "one"
    storage.close()
    other.dispose()


async def test_a_connection_lost_in_the_middle_is_unavailable_and_nothing_is_stored(postgresql_url: str) -> None:
    def lose(connection: Connection) -> None:
        add(connection, WORDS)
        other = make_engine(postgresql_url)
        with other.begin() as second:
            second.exec_driver_sql(f"SELECT pg_terminate_backend({connection.scalar(select(func.pg_backend_pid()))})")
        other.dispose()
        names(connection)

    storage = Storage(make_engine(postgresql_url), threads=1)
    with pytest.raises(StorageUnavailableError, match="it can be tried again"):
        await storage.run(lose)
    assert await storage.run(names) == set()
    storage.close()


async def test_an_unavailable_database_is_told_without_peoples_words(postgresql_url: str) -> None:
    def ask_for_too_long(connection: Connection) -> None:
        connection.exec_driver_sql("SET LOCAL statement_timeout = 1")
        connection.exec_driver_sql(f"SELECT '{WORDS}', pg_sleep(5)")

    storage = Storage(make_engine(postgresql_url), threads=1)
    with pytest.raises(StorageUnavailableError) as caught:
        await storage.run(ask_for_too_long)
    assert WORDS not in str(caught.value)
    storage.close()


def test_a_sqlite_files_folder_is_made_where_it_is_missing(tmp_path: Path) -> None:
    storage = Storage(make_engine(f"sqlite:///{tmp_path}/new/folder/sinau.db"))
    asyncio.run(storage.ping())
    storage.close()
    assert (tmp_path / "new" / "folder" / "sinau.db").exists()


async def test_sqlite_keeps_what_is_committed_through_a_power_cut(sqlite_url: str) -> None:
    storage = Storage(make_engine(sqlite_url))
    modes = await storage.run(
        lambda c: [c.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")]
    )
    storage.close()
    assert modes == ["wal", 2, 1]  # 2 is FULL: the disk has it before anybody is told


def test_two_writers_on_one_sqlite_file_wait_for_one_another(sqlite_url: str) -> None:
    def fill(prefix: str) -> None:
        storage = Storage(make_engine(sqlite_url))
        for n in range(10):
            asyncio.run(storage.run(add, f"{prefix}{n}"))
        storage.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(fill, ["a", "b"]))
    engine = make_engine(sqlite_url)
    with engine.begin() as connection:
        assert len(names(connection)) == 20
    engine.dispose()


async def test_giving_up_on_an_answer_leaves_the_door_open_for_others(lone: Storage) -> None:
    gate = Gate()
    held = asyncio.create_task(lone.run(gate))
    await asyncio.to_thread(gate.entered.wait, 30)
    impatient = asyncio.create_task(lone.run(add_then_fail, "impatient"))
    await asyncio.sleep(0)  # it hands its job over
    impatient.cancel()
    await asyncio.wait([impatient])
    held.cancel()
    await asyncio.wait([held])
    gate.opened.set()
    assert await lone.run(add, "next") == "next"


async def test_after_closing_nothing_is_taken(database_url: str) -> None:
    storage = Storage(make_engine(database_url))
    storage.close()
    with pytest.raises(StorageUnavailableError, match="closed"):
        await storage.run(lambda _: None)


async def test_a_locked_file_is_waited_for_once_by_all_who_wait(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.engine.LOCK_WAIT_SECONDS", 0.2)
    storage = Storage(make_engine(sqlite_url))
    begun: list[int] = []
    event.listen(storage.engine, "begin", lambda _: begun.append(1))
    with make_engine(sqlite_url).begin():
        found = await asyncio.gather(*(storage.run(lambda _: None) for _ in range(20)), return_exceptions=True)
    storage.close()
    assert all(isinstance(each, StorageUnavailableError) for each in found)
    assert len(begun) <= 3  # the first one alone, the others together
