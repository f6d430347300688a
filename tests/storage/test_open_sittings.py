"""Two replicas may begin the same quiz at the same moment: one of them is begun."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, insert, text
from sqlalchemy.exc import IntegrityError

from bot.storage import sittings
from bot.storage.engine import make_engine
from bot.storage.migrate import MIGRATIONS, upgrade
from bot.storage.tables import attempt, prompt, sitting

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=1)
KINDS = [("quiz", "m"), ("repeat", "m"), ("daily", None), ("repeat", None)]


@pytest.fixture
def engine_of_0001(bare_database_url: str) -> Iterator[Engine]:
    engine = make_engine(bare_database_url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        add_learner(connection, 1)
        add_learner(connection, 2)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(engine_of_0001: Engine) -> Engine:
    upgrade(engine_of_0001)
    return engine_of_0001


def add_learner(connection: Connection, learner_id: int) -> None:
    # Spelled out: the columns are those of the first version, whatever the table has by now.
    columns = "(id, telegram_id, name, language, zone, joined_at, last_seen_at)"
    values = f"({learner_id}, {1000 + learner_id}, 'Sari', 'id', 'Asia/Jakarta', '2026-03-01 01:00:00', '2026-03-01 01:00:00')"
    connection.execute(text(f"INSERT INTO learner {columns} VALUES {values}"))  # noqa: S608 - two made-up learners


def begin(connection: Connection, learner_id: int, kind: str, module_id: str | None, **values: object) -> int:
    row = {"learner_id": learner_id, "kind": kind, "module_id": module_id, "started_at": AT, **values}
    return int(connection.execute(insert(sitting).values(**row).returning(sitting.c.id)).scalar_one())


def ask(connection: Connection, sitting_id: int, *, answered: int) -> None:
    """Add three prompts, so many of them answered."""
    for place in (1, 2, 3):
        ids = {"learner_id": 1, "module_id": "m", "item_id": f"i{place}"}
        asked = insert(prompt).values(**ids, sitting_id=sitting_id, place=place, snapshot={}, ticked=[], unsure=False)
        prompt_id = connection.execute(asked.returning(prompt.c.id)).scalar_one()
        if place <= answered:
            outcome = {"response": ["a"], "score": 1.0, "correct": True, "unsure": False, "at": LATER}
            connection.execute(insert(attempt).values(**ids, prompt_id=prompt_id, **outcome))


def test_a_second_open_sitting_of_a_kind_is_refused_until_the_first_is_finished(engine: Engine) -> None:
    for kind, module_id in KINDS:
        with engine.begin() as connection:
            first = begin(connection, 1, kind, module_id)
        with engine.begin() as connection, pytest.raises(IntegrityError):
            begin(connection, 1, kind, module_id)
        with engine.begin() as connection:
            connection.execute(sitting.update().where(sitting.c.id == first).values(finished_at=LATER))
            assert begin(connection, 1, kind, module_id) > first


def test_sittings_of_another_kind_module_or_learner_are_open_side_by_side(engine: Engine) -> None:
    with engine.begin() as connection:
        for learner_id in (1, 2):
            for kind, module_id in [*KINDS, ("quiz", "n"), ("repeat", "n")]:
                assert begin(connection, learner_id, kind, module_id)


def test_an_upgrade_keeps_one_of_two_open_sittings_and_every_answer(engine_of_0001: Engine) -> None:
    with engine_of_0001.begin() as connection:
        most, some, none = (begin(connection, 1, "quiz", "m") for _ in range(3))
        ask(connection, most, answered=2)
        ask(connection, some, answered=1)
        ask(connection, none, answered=0)
        dailies = [begin(connection, 1, "daily", None) for _ in range(2)]
        elsewhere = begin(connection, 1, "quiz", "n")
        over = begin(connection, 1, "quiz", "m", finished_at=AT, score=1.0, passed=True)
    upgrade(engine_of_0001)
    with engine_of_0001.begin() as connection:
        left = {row.id: (row.kind, row.finished_at) for row in connection.execute(sitting.select())}
        answers = connection.execute(attempt.select()).all()
        asked = {row.sitting_id for row in connection.execute(prompt.select())}
    # What is closed becomes a repetition: it costs the learner none of the attempts that a module allows.
    assert left == {
        most: ("quiz", None),
        some: ("repeat", LATER),
        dailies[1]: ("daily", None),
        elsewhere: ("quiz", None),
        over: ("quiz", AT),
    }
    assert len(answers) == 3
    assert asked == {most, some}


def test_who_begins_a_sitting_that_is_open_is_told_so(engine: Engine) -> None:
    with engine.begin() as connection:
        assert sittings.start(connection, 1, "quiz", "m", AT) is not None
        assert sittings.start(connection, 1, "quiz", "m", AT) is None
        assert sittings.start(connection, 1, "daily", None, AT) is not None
        assert sittings.start(connection, 1, "daily", None, AT) is None
