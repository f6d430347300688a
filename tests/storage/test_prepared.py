"""A prepared statement does what SQLAlchemy's own execution of it does, errors included."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, bindparam, delete, func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from bot.storage.engine import make_engine
from bot.storage.prepared import Prepared, changing, inserting, inserting_unless_there
from bot.storage.tables import attempt, learner, prompt, seen_update, sitting, study_day

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SECRET = "Sari menulis rahasia"

WIT = timezone(timedelta(hours=9))
MOMENTS = st.timedeltas(timedelta(), timedelta(days=80_000)).flatmap(lambda age: st.sampled_from([AT + age, (AT + age).astimezone(WIT)]))
LEARNERS = st.fixed_dictionaries(
    {
        "telegram_id": st.integers(1, 2**52),
        "name": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40),
        "language": st.sampled_from(["id", "en"]),
        "zone": st.just("Asia/Jayapura"),
        "low_data": st.booleans(),
        "reminder_minute": st.none() | st.integers(0, 1439),
        "next_reminder_at": st.none() | MOMENTS,
        "paused_from": st.none() | st.dates(),
        "joined_at": MOMENTS,
    }
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**50), 2**50) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["item", "order", "ç"]), inner, max_size=3),
    max_leaves=10,
)
# What is kept as JSON is an object or a list. (A bare number would come back from SQLite as one, which no JSON library reads.)
SNAPSHOTS = st.dictionaries(st.sampled_from(["item", "order"]), VALUES) | st.lists(VALUES, max_size=3)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


def a_learner(**values: Any) -> dict[str, Any]:
    return {"telegram_id": 7, "name": "Sari", "language": "id", "zone": "Asia/Jakarta", "joined_at": AT, **values}


@given(values=LEARNERS, snapshot=SNAPSHOTS, score=st.floats(0, 1))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_values_come_back_as_sqlalchemy_itself_gives_them(engine: Engine, values: dict[str, Any], snapshot: Any, score: float) -> None:
    with engine.connect() as connection, connection.begin() as transaction:
        inserting(learner, *values).run(connection, values)
        learner_id = connection.execute(select(learner.c.id)).scalar_one()
        connection.execute(insert(sitting).values(id=1, learner_id=learner_id, kind="quiz", started_at=AT))
        asked = {"id": 1, "sitting_id": 1, "learner_id": learner_id, "module_id": "m", "item_id": "i", "place": 1, "snapshot": snapshot}
        inserting(prompt, *asked).run(connection, asked)
        answered = {"prompt_id": 1, "learner_id": learner_id, "module_id": "m", "item_id": "i", "response": ["a"], "at": AT}
        graded = answered | {"score": score, "correct": score > 0.5, "unsure": False}
        inserting(attempt, *graded).run(connection, graded)
        for table in (learner, sitting, prompt, attempt):
            everything = select(table)
            assert [list(row) for row in Prepared(everything).all(connection, {})] == [list(row) for row in connection.execute(everything)]
        transaction.rollback()


def test_what_is_there_is_not_written_again_and_a_change_tells_how_many_rows_it_met(engine: Engine) -> None:
    seen = {"bot_id": 1, "update_id": 2, "at": AT}
    with engine.begin() as connection:
        assert inserting_unless_there(seen_update, *seen).run(connection, seen) == 1
        assert inserting_unless_there(seen_update, *seen).run(connection, seen) == 0
        values = a_learner()
        inserting(learner, *values).run(connection, values)
        learner_id = connection.execute(select(learner.c.id)).scalar_one()
        assert changing(learner, "name", "paused_from").run(connection, {"key": learner_id, "name": "Emma", "paused_from": None}) == 1
        assert changing(learner, "name").run(connection, {"key": learner_id + 1, "name": "Budi"}) == 0
        assert connection.execute(select(learner.c.name)).scalar_one() == "Emma"


def test_values_that_stand_in_the_statement_itself_are_kept(engine: Engine) -> None:
    since = Prepared(select(func.count()).select_from(study_day).where(study_day.c.day >= bindparam("day"), study_day.c.learner_id > 0))
    with engine.begin() as connection:
        assert since.scalar(connection, {"day": date(2026, 3, 2)}) == 0
        assert Prepared(delete(study_day).where(study_day.c.learner_id == bindparam("who"))).run(connection, {"who": 1}) == 0
        assert Prepared(select(learner.c.id).where(learner.c.name == bindparam("name"))).first(connection, {"name": "x"}) is None


def test_the_drivers_errors_are_sqlalchemys_and_quote_nothing(engine: Engine) -> None:
    values = a_learner(name=SECRET)
    with engine.begin() as connection:
        inserting(learner, *values).run(connection, values)
    with engine.connect() as connection, pytest.raises(IntegrityError) as twice:
        inserting(learner, *values).run(connection, values)
    assert SECRET not in str(twice.value)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE study_day"))
    with engine.connect() as connection, pytest.raises(DBAPIError, match="study_day"):
        Prepared(select(study_day.c.day)).all(connection, {})


def test_a_lost_connection_is_not_used_again(postgresql_url: str) -> None:
    engine = make_engine(postgresql_url)
    with engine.connect() as connection:
        with pytest.raises(OperationalError) as lost:
            Prepared(select(func.pg_terminate_backend(func.pg_backend_pid()))).all(connection, {})
        assert lost.value.connection_invalidated
        assert connection.invalidated
    with engine.begin() as connection:
        assert Prepared(select(func.count()).select_from(learner)).scalar(connection, {}) == 0
    engine.dispose()
