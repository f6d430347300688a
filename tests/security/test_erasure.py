"""Whoever erases their data leaves nothing behind, in no column of no table; whoever exports it gets all of it, and no more."""

from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, func, insert, select

from bot import actions
from bot.clock import AdjustableClock
from bot.services import privacy
from bot.services.turn import Turn
from bot.storage import fates, learners, records
from bot.storage.engine import make_engine
from bot.storage.tables import dead_update, delivery, learner, metadata
from tests.security.conftest import EMMA, SARI, Bot
from tests.security.filling import LEARNER_ID, fill

# Tables that hold nothing about anybody: each other one has rows of the person before they are erased.
IMPERSONAL = {
    "request",
    "alembic_version",
    "answer_use",
    "brake",
    "content_wish",
    "delivery_count",
    "figure",
    "hold",
    "lease",
    "replica",
    "uploaded_file",
}
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=3, max_size=64)
OTHER, OTHERS_LEARNER = 777_777_777_777_777_777, 424_242_424_242_424_242  # too long to stand within another number
ACCOUNTS = st.integers(min_value=100_000_000, max_value=2**52)


def traces(db: Connection, *marks: Any) -> list[str]:
    """Look for a person's marks in every cell of every table, numbers as numbers and as text."""
    found = []
    for table in metadata.tables.values():
        for row in db.execute(select(table)).mappings():
            found += [f"{table.name}.{column}" for column, value in row.items() if any(_is_trace(value, mark) for mark in marks)]
    return found


def _is_trace(value: Any, mark: Any) -> bool:
    if value == mark and not isinstance(value, bool):
        return True
    text = orjson.dumps(value).decode() if isinstance(value, dict | list) else value if isinstance(value, str) else ""
    return str(mark) in text


def test_every_table_that_may_hold_somebody_is_filled(sqlite_url: str, clock: AdjustableClock) -> None:
    engine = make_engine(sqlite_url)
    with engine.begin() as db:
        fill(db, EMMA.id, "Emma", clock.now())
        filled = {name for name, table in metadata.tables.items() if db.execute(select(func.count()).select_from(table)).scalar_one()}
    engine.dispose()
    assert metadata.tables.keys() - filled <= IMPERSONAL


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(account=ACCOUNTS, name=NAMES)
def test_after_erasing_no_cell_of_any_table_tells_of_the_person(database_url: str, clock: AdjustableClock, account: int, name: str) -> None:
    engine = make_engine(database_url)
    with engine.connect() as db:
        fill(db, account, f"«{name}»", clock.now())
        fill(db, OTHER, "Emma", clock.now(), learner_id=OTHERS_LEARNER)
        assert traces(db, account, f"«{name}»", LEARNER_ID)
        emmas = traces(db, OTHER, "Emma", OTHERS_LEARNER)
        records.erase(db, LEARNER_ID, account)
        assert traces(db, account, f"«{name}»", LEARNER_ID) == []
        assert traces(db, OTHER, "Emma", OTHERS_LEARNER) == emmas
        db.rollback()
    engine.dispose()


def test_erasing_spares_the_parked_updates_that_only_have_the_same_figures(database_url: str, clock: AdjustableClock) -> None:
    engine = make_engine(database_url)
    with engine.begin() as db:
        fill(db, 12_345_678, "Sari", clock.now())
        db.execute(delete(dead_update))
        for number, body in enumerate(('{"id":12345678}', '{"id":9123456780}', '{"text":"@12345678"}'), start=1):
            values = {"bot_id": 1, "update_id": number, "body": body, "error": "e", "code": "c", "at": clock.now()}
            db.execute(insert(dead_update).values(values))
        records.erase(db, LEARNER_ID, 12_345_678)
        assert db.execute(select(dead_update.c.update_id)).scalars().all() == [2]
    engine.dispose()


async def test_erasing_leaves_the_numbers_of_other_peoples_reports_as_they_were(bot: Bot) -> None:
    def fill_and_count(db: Connection) -> dict[str, int]:
        fill(db, EMMA.id, "Emma", bot.clock.now(), learner_id=424_242)
        db.execute(delivery.update().values(learner_id=None).where(delivery.c.learner_id == 424_242))
        fill(db, SARI.id, "Sari", bot.clock.now())
        theirs = delivery.c.learner_id == LEARNER_ID
        db.execute(delivery.update().values(announcement_id=4_242_425).where(theirs, delivery.c.kind == "announcement"))
        return fates.of_announcement(db, 4_242_425)

    before = await bot.storage.run(fill_and_count)
    await bot.storage.run(records.erase, LEARNER_ID, SARI.id)
    after = await bot.storage.run(fates.of_announcement, 4_242_425)
    assert {state: after[state] for state in ("sent", "blocked", "failed", "cancelled", "uncertain")} == {
        state: before[state] for state in ("sent", "blocked", "failed", "cancelled", "uncertain")
    }


async def test_whoever_erases_everything_by_the_button_is_gone(bot: Bot) -> None:
    await bot.commands(SARI, "start")
    await bot.taps(SARI, actions.OpenModule("kata-sandi"))
    await bot.taps(SARI, actions.StartQuiz("kata-sandi"))
    await bot.taps(SARI, actions.ConfirmErase())
    assert await bot.storage.run(lambda db: traces(db, SARI.id, "Sari")) == []


async def test_the_export_of_an_open_quiz_does_not_tell_its_answers(bot: Bot) -> None:
    await bot.commands(SARI, "start")
    await bot.taps(SARI, actions.StartQuiz("kata-sandi"))
    asked = await bot.storage.run(lambda db: db.execute(select(metadata.tables["prompt"]).order_by("place")).mappings().all())
    first = asked[0]
    key = [option["id"] for option in first["snapshot"]["item"]["options"] if option.get("correct")]
    closed = await _exported(bot)
    assert [each["id"] for each in closed["prompt"]] == [each["id"] for each in asked]
    assert "correct" not in orjson.dumps(closed["prompt"]).decode()
    assert first["snapshot"]["item"]["explanation"] not in orjson.dumps(closed).decode()
    await bot.taps(SARI, actions.Answer(first["id"], key[0]))
    answered, *waiting = (await _exported(bot))["prompt"]
    assert answered["snapshot"]["item"]["explanation"] == first["snapshot"]["item"]["explanation"]
    assert all("item" not in each["snapshot"] for each in waiting)


@pytest.mark.parametrize(
    "name",
    [
        "attempt",
        "delivery",
        "invitation_use",
        "wrong_link",
        "asker",
        "dead_update",
        "announcement",
        "pause",
        "person",
        "coordination",
        "audit_entry",
    ],
)
async def test_the_export_holds_rows_of_every_kind(bot: Bot, name: str) -> None:
    await bot.storage.run(fill, SARI.id, "Sari", bot.clock.now())
    assert (await _exported(bot))[name]


async def _exported(bot: Bot) -> dict[str, Any]:
    def export(db: Connection) -> dict[str, Any]:
        mine = learners.get(db, db.execute(select(learner.c.id).where(learner.c.telegram_id == SARI.id)).scalar_one())
        return privacy.export(Turn(db, bot.catalogue, bot.rules, mine, bot.clock.now()))

    return await bot.storage.run(export)
