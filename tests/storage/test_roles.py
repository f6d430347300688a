"""Roles as rows: who coordinates what after an upgrade, who may give and take it, and that each act is noted."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, insert, select, text

from bot.content.shelf import Shelf
from bot.core import make_rules
from bot.services import roles
from bot.services.turn import Turn
from bot.settings import Settings
from bot.storage import audit, coordination, learners, units
from bot.storage.database import Storage
from bot.storage.engine import make_engine
from bot.storage.migrate import MIGRATIONS, unlinked, upgrade
from bot.storage.tables import learner, unit
from tests.security.conftest import CONTENT

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
ADMIN = 9001
RULES = make_rules(Settings(admins=[ADMIN]))


def join(db: Connection, number: int) -> int:
    row = {"id": number, "telegram_id": number, "name": f"Orang {number}", "language": "id", "zone": "Asia/Jakarta", "joined_at": NOW}
    db.execute(insert(learner).values(row))
    return number


def plant(db: Connection) -> None:
    """Plant a tree: 1 with 2 and, below that, 3; and 4 beside it."""
    for unit_id, parent_id in ((1, None), (2, 1), (3, 2), (4, None)):
        db.execute(insert(unit).values(id=unit_id, parent_id=parent_id, name=f"Unit {unit_id}", code=f"U{unit_id}"))


def turn_of(db: Connection, number: int) -> Turn:
    return Turn(db, Shelf(CONTENT).catalogue, RULES, learners.get(db, number), NOW)


@pytest.mark.parametrize(
    ("account", "given", "allowed"),
    [
        (1, [], set()),
        (1, [2], {2, 3}),
        (1, [3], {3}),
        (1, [2, 4], {2, 3, 4}),
        (1, [None], {1, 2, 3, 4}),
        (ADMIN, [], {1, 2, 3, 4, None}),
    ],
)
async def test_a_role_is_given_and_taken_only_from_above(
    storage: Storage, account: int, given: list[int | None], allowed: set[int | None]
) -> None:
    def work(db: Connection) -> tuple[set[int | None], set[int | None]]:
        plant(db)
        author, subject = join(db, account), join(db, 2)
        for unit_id in given:
            coordination.give(db, author, unit_id, None, NOW)
        places = (1, 2, 3, 4, None)
        gave = {each for each in places if roles.appoint(turn_of(db, author), subject, each)}
        assert set(coordination.units_of(db, subject)) == gave
        for each in places:
            coordination.give(db, subject, each, None, NOW)
        took = {each for each in places if roles.withdraw(turn_of(db, author), subject, each)}
        assert set(coordination.units_of(db, subject)) == set(places) - took
        return gave, took

    assert await storage.run(work) == (allowed, allowed)


async def test_each_act_is_noted_once_with_who_and_whom(storage: Storage) -> None:
    def work(db: Connection) -> list[tuple[str, str | None, str | None, str | None]]:
        plant(db)
        author, subject = join(db, 1), join(db, 2)
        coordination.give(db, author, 2, None, NOW)
        for _ in range(2):
            roles.appoint(turn_of(db, author), subject, 3)
        roles.appoint(turn_of(db, author), subject, 4)  # not theirs to give
        for _ in range(2):
            roles.withdraw(turn_of(db, author), subject, 3)
        return [(each.action, each.author, each.subject, each.unit) for each in audit.since(db, NOW)]

    acts = await storage.run(work)
    assert acts == [("role.give", "Orang 1", "Orang 2", "Unit 3"), ("role.take", "Orang 1", "Orang 2", "Unit 3")]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("U3", 3),
        ("u3", 3),
        ("Unit 1 > Unit 2 > Unit 3", 3),
        (" unit 1>UNIT  2 ", 2),
        ("Unit 3", None),
        ("Unit 1", 1),
        ("", None),
        (">", None),
    ],
)
async def test_a_unit_is_named_by_its_code_or_by_its_whole_path(storage: Storage, name: str, found: int | None) -> None:
    def work(db: Connection) -> int | None:
        plant(db)
        there = units.find(db, name)
        return there.id if there else None

    assert await storage.run(work) == found


@pytest.mark.parametrize(("name", "found"), [("", None), (" ", None), ("unit 1", 1)])
async def test_a_unit_without_a_code_is_named_by_its_path_alone(storage: Storage, name: str, found: int | None) -> None:
    def work(db: Connection) -> int | None:
        db.execute(insert(unit).values(id=1, name="Unit 1"))
        there = units.find(db, name)
        return there.id if there else None

    assert await storage.run(work) == found


async def test_a_units_coordinators_read_what_its_people_share(storage: Storage) -> None:
    def work(db: Connection) -> list[int]:
        plant(db)
        for number, unit_id in ((1, 1), (2, 2), (3, 4), (4, None)):
            coordination.give(db, join(db, number), unit_id, None, NOW)
        author = join(db, 5)
        db.execute(text("INSERT INTO person (external_id, name, unit_id, learner_id) VALUES ('x', 'Pegawai', 2, 5)"))
        return [each for each, _ in coordination.contacts(db, (), author)]

    assert await storage.run(work) == [1, 2, 4]


@pytest.fixture
def bare_engine(bare_database_url: str) -> Iterator[Engine]:
    engine = make_engine(bare_database_url)
    yield engine
    engine.dispose()


def test_coordinators_of_everybody_stay_so_through_an_upgrade_and_back_and_no_reach_grows(bare_engine: Engine) -> None:
    row = "VALUES ({0}, {0}, 'Orang', 'id', 'Asia/Jakarta', '2026-03-02 01:30:00', {1})"
    migrate(bare_engine, "0011")
    with bare_engine.begin() as db:
        for number, flag in ((1, "true"), (2, "false"), (3, "true")):
            columns = "INSERT INTO learner (id, telegram_id, name, language, zone, joined_at, coordinator) "
            db.execute(text(columns + row.format(number, flag)))
    upgrade(bare_engine)
    with bare_engine.begin() as db:
        assert [(each.learner_id, each.unit_id) for each in coordination.everyone(db)] == [(1, None), (3, None)]
        plant(db)
        coordination.give(db, 2, 4, None, NOW)
        coordination.take(db, 3, None)
    migrate(bare_engine, "0011")
    with bare_engine.begin() as db:
        assert list(db.scalars(select(text("id")).select_from(text("learner")).where(text("coordinator")))) == [1]


def migrate(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as connection, unlinked(connection), connection.begin():
        config.attributes["connection"] = connection
        (command.downgrade if "learner" in tables_of(connection) else command.upgrade)(config, revision)


def tables_of(connection: Connection) -> set[str]:
    return set(connection.dialect.get_table_names(connection))
