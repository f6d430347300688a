"""Queries about what learners remember."""

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql

from bot.domain.memory import Memory
from bot.storage.prepared import Prepared
from bot.storage.tables import attempt, memory

COLUMNS = [memory.c[name] for name in Memory.__dataclass_fields__]
_KEY = [memory.c.learner_id, memory.c.module_id, memory.c.item_id]
_OF_LEARNER = Prepared(select(memory.c.module_id, memory.c.item_id, *COLUMNS).where(memory.c.learner_id == bindparam("learner")))
_INSERT = postgresql.insert(memory).inline()
_WRITE = Prepared(
    _INSERT.on_conflict_do_update(index_elements=_KEY, set_={each.name: _INSERT.excluded[each.name] for each in COLUMNS}),
    [each.name for each in (*_KEY, *COLUMNS)],
)


def of_learner(connection: Connection, learner_id: int) -> dict[tuple[str, str], Memory]:
    """Return what a learner remembers, by (module, item)."""
    return {(row[0], row[1]): Memory(*row[2:]) for row in _OF_LEARNER.all(connection, {"learner": learner_id})}


def find(connection: Connection, learner_id: int, item: tuple[str, str]) -> Memory | None:
    """Return what a learner remembers of an item (module, item)."""
    key = (memory.c.learner_id == learner_id, memory.c.module_id == item[0], memory.c.item_id == item[1])
    row = connection.execute(select(*COLUMNS).where(*key)).one_or_none()
    return Memory(*row) if row else None


def write(connection: Connection, learner_id: int, item: tuple[str, str], remembered: Memory) -> None:
    """Write what a learner remembers of an item (module, item)."""
    values = {each.name: getattr(remembered, each.name) for each in COLUMNS}
    _WRITE.run(connection, {"learner_id": learner_id, "module_id": item[0], "item_id": item[1], **values})


def mistakes(connection: Connection, learner_id: int) -> dict[tuple[str, str], int]:
    """Return the items (module, item) at which a learner was sure but wrong and was not right since, last one first, with the prompt."""
    joined = memory.join(
        attempt,
        (attempt.c.learner_id == memory.c.learner_id)
        & (attempt.c.module_id == memory.c.module_id)
        & (attempt.c.item_id == memory.c.item_id),
    )
    sure_but_wrong = (memory.c.learner_id == learner_id, memory.c.mistaken, attempt.c.correct.is_(False), ~attempt.c.unsure)
    statement = select(attempt.c.module_id, attempt.c.item_id, attempt.c.prompt_id).select_from(joined).where(*sure_but_wrong)
    rows = connection.execute(statement.order_by(attempt.c.at.desc(), attempt.c.id.desc()))
    latest: dict[tuple[str, str], int] = {}
    for module_id, item_id, prompt_id in rows:
        latest.setdefault((module_id, item_id), prompt_id)
    return latest
