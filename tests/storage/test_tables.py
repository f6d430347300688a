from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, Table, func, insert, inspect, select
from sqlalchemy.exc import StatementError

from bot.storage.engine import make_engine
from bot.storage.migrate import MIGRATIONS, is_current, is_known, newest, unlinked, upgrade
from bot.storage.tables import (
    announcement,
    attempt,
    delivery,
    dialogue,
    enrolment,
    learner,
    memory,
    metadata,
    person,
    prompt,
    replica,
    sitting,
)

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def bare_engine(bare_database_url: str) -> Iterator[Engine]:
    engine = make_engine(bare_database_url)
    yield engine
    engine.dispose()


def downgrade(engine: Engine, revision: str = "base") -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as connection, unlinked(connection), connection.begin():
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def table_names(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def test_the_migrations_make_exactly_the_tables_that_the_code_describes(engine: Engine) -> None:
    with engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": False})
        assert compare_metadata(context, metadata) == []


def test_every_index_and_its_condition_is_there(engine: Engine) -> None:
    found = {index["name"] for table in metadata.tables for index in inspect(engine).get_indexes(table)}
    wanted = {str(index.name) for table in metadata.tables.values() for index in table.indexes}
    assert wanted <= found


def test_migrating_up_down_and_up_again_ends_where_it_began(bare_engine: Engine) -> None:
    upgrade(bare_engine)
    first = table_names(bare_engine)
    downgrade(bare_engine)
    assert table_names(bare_engine) == {"alembic_version"}
    upgrade(bare_engine)
    assert table_names(bare_engine) == first == {*metadata.tables, "alembic_version"}


def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    before = table_names(engine)
    upgrade(engine)
    assert table_names(engine) == before


def test_a_database_tells_whether_it_has_the_shape_of_this_version(bare_engine: Engine) -> None:
    with bare_engine.begin() as connection:
        assert not is_current(connection)
    upgrade(bare_engine)
    with bare_engine.begin() as connection:
        assert is_current(connection)
    downgrade(bare_engine)
    with bare_engine.begin() as connection:
        assert not is_current(connection)


def test_the_names_of_the_migrations_tell_what_alembic_reads_in_them() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert newest() == scripts.get_current_head()
    assert all(is_known(script.revision) for script in scripts.walk_revisions())
    assert not is_known("0000")


def test_an_older_version_awaits_nothing_that_it_does_not_know(bare_engine: Engine) -> None:
    upgrade(bare_engine)
    with bare_engine.begin() as connection:
        for number, awaits in enumerate(("announcement", "leave", "question"), start=1):
            row = {"id": number, "telegram_id": number, "name": "Rekaan", "language": "id", "zone": "Asia/Jakarta", "joined_at": AT}
            connection.execute(insert(learner).values(row))
            connection.execute(insert(dialogue).values(learner_id=number, awaits=awaits, since=AT))
    downgrade(bare_engine, "0008")
    with bare_engine.begin() as connection:
        assert list(connection.scalars(select(dialogue.c.awaits))) == ["announcement"]


def test_data_survives_an_upgrade(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(insert(replica).values(name="one", seen_at=AT))
    upgrade(engine)
    with engine.begin() as connection:
        assert connection.scalar(select(replica.c.name)) == "one"


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    moment=st.datetimes(
        min_value=datetime(1971, 1, 1),  # noqa: DTZ001 - the zone is drawn beside it
        max_value=datetime(9998, 1, 1),  # noqa: DTZ001 - as above
        timezones=st.sampled_from([UTC, ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura"), timezone(timedelta(hours=-11, minutes=-30))]),
    )
)
def test_a_moment_comes_back_as_the_same_moment_in_utc(engine: Engine, moment: datetime) -> None:
    with engine.begin() as connection:
        connection.execute(replica.delete())
        connection.execute(insert(replica).values(name="one", seen_at=moment))
        stored = connection.scalar(select(replica.c.seen_at))
    assert stored == moment
    assert stored is not None
    assert stored.utcoffset() == timedelta()


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    with engine.begin() as connection, pytest.raises(StatementError, match="without a zone"):
        connection.execute(insert(replica).values(name="one", seen_at=AT.replace(tzinfo=None)))


def test_moments_sort_and_compare_by_time_whatever_their_zones(engine: Engine) -> None:
    moments = {
        "late": AT + timedelta(microseconds=1),
        "early": AT.astimezone(ZoneInfo("Asia/Jayapura")),
        "earliest": AT - timedelta(days=1),
    }
    with engine.begin() as connection:
        for name, moment in moments.items():
            connection.execute(insert(replica).values(name=name, seen_at=moment))
        ordered = list(connection.scalars(select(replica.c.name).order_by(replica.c.seen_at)))
        due = set(connection.scalars(select(replica.c.name).where(replica.c.seen_at <= AT.astimezone(ZoneInfo("Asia/Jakarta")))))
    assert ordered == ["earliest", "early", "late"]
    assert due == {"earliest", "early"}


def test_text_and_json_come_back_as_they_were(engine: Engine) -> None:
    snapshot = {"text": "“Rahasia” 🙂 \\ \n é", "options": [{"id": "a", "correct": True}], "nothing": None, "half": 0.5}
    with engine.begin() as connection:
        learner_id = add_learner(connection, name="Sari 🙂 O'Neil; DROP TABLE learner")
        add_prompt(connection, learner_id, snapshot)
        assert connection.scalar(select(learner.c.name)) == "Sari 🙂 O'Neil; DROP TABLE learner"
        assert connection.scalar(select(prompt.c.snapshot)) == snapshot


def add(connection: Connection, table: Table, **values: object) -> int:
    return int(connection.execute(insert(table).values(**values).returning(table.c.id)).scalar_one())


def add_learner(connection: Connection, telegram_id: int = 1001, name: str = "Sari") -> int:
    return add(connection, learner, telegram_id=telegram_id, name=name, language="id", zone="Asia/Jakarta", joined_at=AT)


def add_prompt(connection: Connection, learner_id: int, snapshot: object) -> int:
    sitting_id = add(connection, sitting, learner_id=learner_id, kind="quiz", module_id="m", started_at=AT)
    return add(connection, prompt, sitting_id=sitting_id, learner_id=learner_id, module_id="m", item_id="i", place=1, snapshot=snapshot)


def add_everything_of(connection: Connection, telegram_id: int) -> int:
    learner_id = add_learner(connection, telegram_id)
    add(connection, enrolment, learner_id=learner_id, module_id="m", version="v", state="reading", started_at=AT, updated_at=AT)
    prompt_id = add_prompt(connection, learner_id, {})
    add(
        connection, attempt, prompt_id=prompt_id, learner_id=learner_id, module_id="m", item_id="i", response=["a"], score=1.0,
        correct=True, unsure=False, at=AT,
    )  # fmt: skip
    today = {"reviewed_on": AT.date(), "due_on": AT.date()}
    connection.execute(
        insert(memory).values(learner_id=learner_id, module_id="m", item_id="i", stability=1, difficulty=5, mistaken=False, **today)
    )
    announcement_id = add(connection, announcement, author_id=learner_id, body="Halo", state="done", created_at=AT)
    connection.execute(insert(dialogue).values(learner_id=learner_id, awaits="announcement", announcement_id=announcement_id, since=AT))
    add(connection, delivery, kind="reminder", learner_id=learner_id, chat_id=telegram_id, occasion="2026-03-02", due_at=AT, state="sent")
    return learner_id


def test_erasing_a_learner_erases_all_that_is_theirs_and_nothing_else(engine: Engine) -> None:
    theirs = [enrolment, sitting, prompt, attempt, memory, dialogue, delivery]
    with engine.begin() as connection:
        gone, stays = (add_everything_of(connection, telegram_id) for telegram_id in (1001, 1002))
        connection.execute(learner.delete().where(learner.c.id == gone))
    with engine.begin() as connection:
        for table in theirs:
            assert list(connection.scalars(select(table.c.learner_id))) == [stays], table.name
        assert connection.scalar(select(func.count()).select_from(announcement)) == 2
        assert set(connection.scalars(select(announcement.c.author_id))) == {None, stays}


def test_every_table_that_names_a_learner_is_erased_with_them() -> None:
    for table in metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table is learner:
                # What they made, and what was done for them, stays without their name; and the roster is the agency's own.
                stays = key.parent.name in {"author_id", "subject_id"} or table is person
                expected = "SET NULL" if stays else "CASCADE"
                assert key.ondelete == expected, f"{table.name}.{key.parent.name}"
