from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import AdjustableClock
from bot.storage import replicas
from bot.storage.database import Storage
from bot.storage.engine import make_engine
from bot.storage.replicas import AlreadyRunningError, hold_name

MINUTE = timedelta(minutes=1)


async def test_a_lease_has_one_holder_until_it_runs_out(storage: Storage, clock: AdjustableClock) -> None:
    async def take(holder: str) -> bool:
        return await storage.run(replicas.take_lease, "poller", holder, clock.now(), MINUTE)

    assert await take("satu")
    assert not await take("dua")
    clock.advance(MINUTE / 2)
    assert await take("satu")
    clock.advance(MINUTE * 0.9)
    assert not await take("dua")
    clock.advance(MINUTE * 0.2)
    assert await take("dua")
    await storage.run(replicas.release_lease, "poller", "satu")
    assert not await take("satu")
    await storage.run(replicas.release_lease, "poller", "dua")
    assert await take("satu")


async def test_the_living_are_those_that_gave_a_sign_lately(storage: Storage, clock: AdjustableClock) -> None:
    await storage.run(replicas.beat, "satu", clock.now())
    clock.advance(MINUTE)
    await storage.run(replicas.beat, "dua", clock.now())
    await storage.run(replicas.beat, "tiga", clock.now())
    await storage.run(replicas.leave, "tiga")
    assert await storage.run(replicas.alive, clock.now(), MINUTE) == {"dua"}
    await storage.run(replicas.beat, "satu", clock.now())
    assert await storage.run(replicas.alive, clock.now(), MINUTE) == {"satu", "dua"}


async def test_a_silence_is_only_ever_made_longer(storage: Storage, clock: AdjustableClock) -> None:
    async def left(bot_id: int = 7) -> float:
        return await storage.run(replicas.brake_left, bot_id, clock.now())

    assert await left() == 0
    await storage.run(replicas.set_brake, 7, clock.now(), 60)
    await storage.run(replicas.set_brake, 7, clock.now(), 1)
    assert await left() == 60
    clock.advance(timedelta(seconds=10))
    assert await left() == 50
    await storage.run(replicas.set_brake, 7, clock.now(), 120)
    assert await left() == 120
    clock.advance(timedelta(seconds=121))
    assert await left() <= 0
    assert await left(8) == 0


@pytest.mark.parametrize("then", [5, 0])
async def test_a_silence_that_a_clock_ahead_wrote_down_lasts_as_long_as_telegram_asked(
    storage: Storage, clock: AdjustableClock, then: int
) -> None:
    await storage.run(replicas.set_brake, 7, clock.now() + timedelta(hours=5), 60)
    if then:  # a silence asked for after the clock was put right
        await storage.run(replicas.set_brake, 7, clock.now(), then)
    assert await storage.run(replicas.brake_left, 7, clock.now()) == 60
    clock.advance(MINUTE)
    assert await storage.run(replicas.brake_left, 7, clock.now()) == 0


def test_a_sqlite_file_serves_one_process(sqlite_url: str) -> None:
    first, second = make_engine(sqlite_url), make_engine(sqlite_url)
    with (
        hold_name(first, "satu"),
        pytest.raises(AlreadyRunningError, match=r"already runs on .*sinau\.db \(process \d+\)\. Stop it first"),
        hold_name(second, "dua"),
    ):
        pytest.fail("two processes on one file")
    with hold_name(second, "dua"):
        pass


@pytest.mark.parametrize("name", ["link.db", "folder/sinau.db", "sub/../sinau.db"])
def test_a_sqlite_file_serves_one_process_by_whatever_name_it_is_reached(tmp_path: Path, name: str) -> None:
    file = tmp_path / "sinau.db"
    (tmp_path / "sub").mkdir()
    (tmp_path / "link.db").symlink_to(file)
    (tmp_path / "folder").symlink_to(tmp_path)
    for first, second in ((file, tmp_path / name), (tmp_path / name, file)):
        with (
            hold_name(make_engine(first), "satu"),
            pytest.raises(AlreadyRunningError, match=r"already runs on .*sinau\.db \(process \d+\)"),
            hold_name(make_engine(second), "dua"),
        ):
            pytest.fail("two processes on one file")


def test_a_name_serves_one_process_on_postgresql(postgresql_url: str) -> None:
    first, second = make_engine(postgresql_url), make_engine(postgresql_url)
    with hold_name(first, "satu"):
        with hold_name(second, "dua"):
            pass
        with pytest.raises(AlreadyRunningError, match=r"'satu' runs on this database.*SINAU_REPLICA"), hold_name(second, "satu"):
            pytest.fail("two processes of one name")
    with hold_name(second, "satu"):
        pass
    first.dispose()
    second.dispose()
