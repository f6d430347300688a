"""The roster in both databases: an import is all or nothing, a second one changes nothing, ten thousand people take seconds."""

import asyncio
from datetime import UTC, date, datetime
from time import monotonic
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select

from bot.domain.roster import Entry, Plan
from bot.services import roster
from bot.storage import audit, coordination, dialogues
from bot.storage.database import Storage
from bot.storage.tables import enrolment, learner, person, unit

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
TODAY = date(2026, 3, 2)
PEOPLE = 10_000
SECONDS = 20


def bring_in(db: Connection, *entries: Entry, missing_left: bool = False) -> Plan:
    return roster.bring_in(db, entries, TODAY, NOW, missing_left=missing_left)


def rows(db: Connection) -> list[Any]:
    return [tuple(row) for table in (unit, person) for row in db.execute(select(table).order_by(table.c.id))]


def somebody(number: int, unit_path: tuple[str, ...] = ("Dinas",), supervisor: str = "") -> Entry:
    return Entry(number + 1, f"A{number}", f"Orang {number}", unit_path, "Analis", "Muda", supervisor)


ENTRIES = st.lists(
    st.builds(
        Entry,
        st.just(2),
        st.sampled_from(["a", "B", "ç", "0012"]),
        st.sampled_from(["Sari", "Andi"]),
        st.lists(st.sampled_from(["Dinas", "dinas", "Bidang"]), min_size=1, max_size=3).map(tuple),
        st.none() | st.sampled_from(["", "Analis"]),
        st.none() | st.sampled_from(["", "Muda"]),
        st.none() | st.sampled_from(["", "a", "B", "ç"]),
    ),
    max_size=4,
    unique_by=lambda each: each.external_id.casefold(),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=ENTRIES, then=ENTRIES)
def test_importing_what_was_imported_changes_nothing(storage: Storage, first: list[Entry], then: list[Entry]) -> None:
    with storage.engine.connect() as db:
        bring_in(db, *first)
        made = bring_in(db, *then)
        before = rows(db)
        again = bring_in(db, *then)
        assert rows(db) == before
        if not made.faults:
            assert (again.added, again.changed, again.new_units, again.faults) == ([], [], [], [])
            assert again.unchanged == len(then)
        db.rollback()


async def test_with_a_fault_nothing_is_changed(storage: Storage) -> None:
    await storage.run(bring_in, somebody(1))
    before = await storage.run(rows)
    made = await storage.run(bring_in, somebody(2, ("Badan",)), somebody(3, supervisor="tidak-ada"))
    assert len(made.faults) == 1
    assert await storage.run(rows) == before


async def test_two_imports_at_once_make_nobody_twice(storage: Storage) -> None:
    entries = [somebody(number, ("Dinas", f"Bidang {number % 7}")) for number in range(1, 200)]
    made = await asyncio.gather(*(storage.run(bring_in, *entries) for _ in range(4)))
    assert sorted(len(each.added) for each in made) == [0, 0, 0, 199]
    assert len(await storage.run(rows)) == 199 + 8


async def test_who_moves_keeps_account_and_history_and_who_left_keeps_them_too(storage: Storage) -> None:
    def begin(db: Connection) -> None:
        bring_in(db, somebody(1, ("Dinas", "Lama")), somebody(2))
        account = {"telegram_id": 7, "name": "Sari", "language": "id", "zone": "Asia/Jakarta", "joined_at": NOW}
        db.execute(insert(learner).values(id=5, **account))
        db.execute(person.update().where(person.c.external_id == "A1").values(learner_id=5))
        place = {"module_id": "m", "version": "v", "state": "reading", "started_at": NOW, "updated_at": NOW}
        db.execute(insert(enrolment).values(learner_id=5, **place))
        coordination.give(db, 5, None, None, NOW)
        dialogues.begin(db, 5, "announcement", None, NOW)

    def seen(db: Connection) -> tuple[Any, ...]:
        row = db.execute(select(person.c.learner_id, person.c.left_on, unit.c.name).join(unit).where(person.c.external_id == "A1")).one()
        history = db.execute(select(enrolment.c.module_id)).scalars().all()
        return (*row, len(history), len(coordination.units_of(db, 5)))

    await storage.run(begin)
    await storage.run(bring_in, somebody(1, ("Dinas", "Baru")), somebody(2))
    assert await storage.run(seen) == (5, None, "Baru", 1, 1)
    await storage.run(bring_in, somebody(2), missing_left=True)
    assert await storage.run(seen) == (5, TODAY, "Baru", 1, 0)
    assert await storage.run(dialogues.find, 5) is None
    taken = [(each.action, each.operator, each.subject) for each in await storage.run(audit.since, NOW) if each.action == "role.take"]
    assert taken == [("role.take", True, "Sari")]
    await storage.run(bring_in, somebody(1, ("Dinas", "Baru")), somebody(2))
    assert await storage.run(seen) == (5, None, "Baru", 1, 0)


async def test_an_import_is_noted_with_its_numbers_and_without_names(storage: Storage) -> None:
    await storage.run(bring_in, somebody(1), somebody(2))
    (entry,) = await storage.run(audit.since, NOW)
    assert (entry.operator, entry.action) == (True, "roster.import")
    assert entry.details == {"added": 2, "changed": 0, "units": 1, "left": 0}


async def test_ten_thousand_people_are_imported_and_changed_in_seconds(storage: Storage) -> None:
    chief = somebody(1)
    staff = [somebody(number, ("Dinas", f"Bidang {number % 50}"), "A1") for number in range(2, PEOPLE + 1)]
    begin = monotonic()
    made = await storage.run(bring_in, chief, *staff)
    assert len(made.added) == PEOPLE
    moved = [somebody(each.row - 1, ("Dinas", "Baru"), "A2" if each.row > 3 else "A1") for each in staff]
    assert len((await storage.run(bring_in, chief, *moved)).changed) == PEOPLE - 1
    assert monotonic() - begin < SECONDS
