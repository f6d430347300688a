"""What phrased answers may cost is never more than was allowed, however many ask at once, on either database."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from bot.domain.asking import Caps, Tokens
from bot.storage import records, spending
from bot.storage.database import Storage
from bot.storage.engine import make_engine
from bot.storage.spending import Reservation
from bot.storage.tables import answer_use, asker, learner

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, tzinfo=UTC)
MOST = Tokens(1000, 400)
ROOMY = Caps(per_day=1000, per_person_a_day=1000)
PAID = Caps(per_day=1000, per_person_a_day=1000, price_in=1000, price_out=2500, budget_per_month=20)  # a call costs 2 at most


@pytest.fixture
async def people(storage: Storage) -> list[int]:
    accounts = list(range(1, 41))

    def join(db: Connection) -> None:
        person = {"language": "id", "zone": "Asia/Jakarta", "joined_at": NOW}
        db.execute(insert(learner), [{"telegram_id": account, "name": "Sari", **person} for account in accounts])

    await storage.run(join)
    return accounts


@pytest.fixture
def replicas(database_url: str) -> Iterator[list[Storage]]:
    """Open the database as several processes do."""
    opened = [Storage(make_engine(database_url), threads=3) for _ in range(3)]
    yield opened
    for each in opened:
        each.close()


async def use(storage: Storage) -> list[Any]:
    columns = (answer_use.c.day, answer_use.c.requests, answer_use.c.tokens_in, answer_use.c.tokens_out)
    return await storage.run(lambda db: [tuple(row) for row in db.execute(select(*columns).order_by("day")).all() if row[1]])


async def test_a_call_is_reserved_at_its_most_and_settled_at_what_it_used(storage: Storage, people: list[int]) -> None:
    reserved = await storage.run(spending.reserve, people[0], MOST, ROOMY, DAY)
    assert isinstance(reserved, Reservation)
    assert await use(storage) == [(DAY, 1, 1000, 400)]
    await storage.run(spending.settle, reserved, Tokens(321, 45))
    assert await use(storage) == [(DAY, 1, 321, 45)]
    assert await storage.run(spending.used_in_month, DAY) == Tokens(321, 45)


async def test_what_nobody_settles_since_the_process_died_stays_counted(storage: Storage, people: list[int], database_url: str) -> None:
    died = Storage(make_engine(database_url))
    await died.run(spending.reserve, people[0], MOST, PAID, DAY)
    died.close()
    assert await storage.run(spending.used_in_month, DAY) == MOST
    for _ in range(9):
        assert isinstance(await storage.run(spending.reserve, people[0], MOST, PAID, DAY), Reservation)
    assert await storage.run(spending.reserve, people[0], MOST, PAID, DAY) == "budget"


async def test_a_call_that_used_more_than_reserved_is_counted_in_full(storage: Storage, people: list[int]) -> None:
    reserved = await storage.run(spending.reserve, people[0], MOST, ROOMY, DAY)
    assert isinstance(reserved, Reservation)
    await storage.run(spending.settle, reserved, Tokens(1500, 900))
    assert await use(storage) == [(DAY, 1, 1500, 900)]


@pytest.mark.parametrize(
    ("caps", "granted", "refused"),
    [
        (Caps(per_day=7, per_person_a_day=1000), 7, "day_cap"),
        (Caps(per_day=1000, per_person_a_day=1000, price_in=1000, price_out=2500, budget_per_month=20), 10, "budget"),
        (Caps(per_day=1000, per_person_a_day=1000, price_in=1000, price_out=2500, budget_per_month=1.9), 0, "budget"),
    ],
)
async def test_forty_people_at_once_on_three_processes_do_not_overspend(
    replicas: list[Storage], people: list[int], caps: Caps, granted: int, refused: str
) -> None:
    asked = [replicas[account % 3].run(spending.reserve, account, MOST, caps, DAY) for account in people]
    results = await asyncio.gather(*asked)
    assert sum(isinstance(result, Reservation) for result in results) == granted
    assert {result for result in results if not isinstance(result, Reservation)} == {refused}
    assert sum(row[1] for row in await use(replicas[0])) == granted


@pytest.mark.parametrize("days", [(DAY, DAY), (DAY, DAY.replace(day=3))])
async def test_whoever_looks_at_the_caps_waits_for_a_reservation_that_is_not_committed_yet(
    storage: Storage, people: list[int], database_url: str, days: tuple[date, date]
) -> None:
    caps = Caps(per_day=1000, per_person_a_day=1000, price_in=1000, price_out=2500, budget_per_month=2)
    for day in days:  # the rows are there, so that nobody waits for their being made
        begun = await storage.run(spending.reserve, people[0], MOST, ROOMY, day)
        assert isinstance(begun, Reservation)
        await storage.run(spending.settle, begun, Tokens(0, 0))
    engine = make_engine(database_url)
    with engine.begin() as first:
        assert isinstance(spending.reserve(first, people[0], MOST, caps, days[0]), Reservation)
        second = asyncio.ensure_future(storage.run(spending.reserve, people[1], MOST, caps, days[1]))
        done, _ = await asyncio.wait({second}, timeout=0.3)
        assert not done
    assert await second == "budget"
    engine.dispose()


async def test_one_person_who_asks_at_once_everywhere_gets_no_more_than_their_share(replicas: list[Storage], people: list[int]) -> None:
    caps = Caps(per_day=1000, per_person_a_day=4)
    results = await asyncio.gather(*(replicas[n % 3].run(spending.reserve, people[0], MOST, caps, DAY) for n in range(24)))
    assert sum(isinstance(result, Reservation) for result in results) == 4
    assert results.count("person_cap") == 20
    assert isinstance(await replicas[0].run(spending.reserve, people[1], MOST, caps, DAY), Reservation)


async def test_the_last_of_the_budget_goes_to_one_on_both_sides_of_midnight(replicas: list[Storage], people: list[int]) -> None:
    caps = Caps(per_day=1000, per_person_a_day=1000, price_in=1000, price_out=2500, budget_per_month=2)
    days = (DAY, DAY.replace(day=3))
    results = await asyncio.gather(*(replicas[n % 3].run(spending.reserve, people[n], MOST, caps, days[n % 2]) for n in range(12)))
    assert sum(isinstance(result, Reservation) for result in results) == 1


async def test_a_new_day_and_a_new_month_begin_anew(storage: Storage, people: list[int]) -> None:
    daily = Caps(per_day=1, per_person_a_day=1)
    for day in (DAY, DAY.replace(day=3), DAY.replace(month=4)):
        assert isinstance(await storage.run(spending.reserve, people[0], MOST, daily, day), Reservation)
        assert await storage.run(spending.reserve, people[0], MOST, daily, day) == "person_cap"
    monthly = Caps(per_day=9, per_person_a_day=9, price_in=1000, price_out=2500, budget_per_month=4)
    assert await storage.run(spending.reserve, people[0], MOST, monthly, DAY) == "budget"
    assert isinstance(await storage.run(spending.reserve, people[0], MOST, monthly, DAY.replace(month=5)), Reservation)


async def test_what_is_refused_counts_for_nobody(storage: Storage, people: list[int]) -> None:
    none_left = Caps(per_day=5, per_person_a_day=5, price_in=1000, price_out=0, budget_per_month=0.5)
    assert await storage.run(spending.reserve, people[0], MOST, none_left, DAY) == "budget"
    assert await use(storage) == []
    assert await storage.run(lambda db: db.execute(select(asker.c.count)).all()) == []


async def test_nothing_is_asked_for_who_has_erased_themselves(storage: Storage, people: list[int]) -> None:
    first = await storage.run(lambda db: db.execute(select(learner.c.id).where(learner.c.telegram_id == people[0])).scalar_one())
    await storage.run(spending.reserve, people[0], MOST, ROOMY, DAY)
    exported = await storage.run(records.export, first, people[0])
    assert [(row["day"], row["count"]) for row in exported["asker"]] == [(DAY, 1)]
    await storage.run(records.erase, first, people[0])
    assert await storage.run(lambda db: db.execute(select(asker.c.count)).all()) == []
    assert await storage.run(spending.reserve, people[0], MOST, ROOMY, DAY) == "nobody"
    assert await use(storage) == [(DAY, 1, 1000, 400)]
