"""What became of deliveries, as numbers: those whose rows are still there, and those whose rows have been removed."""

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, Connection, Select, delete, func, select, union_all
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.tables import FINISHED, delivery, delivery_count


def of_announcement(connection: Connection, announcement_id: int) -> dict[str, int]:
    """Return how many deliveries of an announcement are in each state."""
    both = _both(announcement_id).subquery()
    statement = select(both.c.state, func.sum(both.c.count)).group_by(both.c.state)
    return {state: int(count) for state, count in connection.execute(statement)}


def waiting(counts: Mapping[str, int]) -> int:
    """Return how many of the deliveries counted by state have not left."""
    return sum(counts.get(state, 0) for state in ("due", "held", "claimed"))


def reasons(connection: Connection, announcement_id: int) -> list[tuple[str, int]]:
    """Return why deliveries of an announcement failed, most frequent reason first."""
    both = _both(announcement_id).subquery()
    counted = func.sum(both.c.count).label("counted")
    statement = select(both.c.error, counted).where(both.c.state == "failed").group_by(both.c.error).order_by(counted.desc(), both.c.error)
    return [(error, int(count)) for error, count in connection.execute(statement)]


def remove(connection: Connection, which: ColumnElement[bool]) -> int:
    """Remove the finished ones of the deliveries that `which` chooses, keeping the numbers of announcements; return how many."""
    removal = delete(delivery).where(which, FINISHED).returning(delivery.c.announcement_id, delivery.c.state, delivery.c.error)
    gone = connection.execute(removal).all()
    _keep(connection, ((each.announcement_id, each.state, _reason(each.state, each.error)) for each in gone if each.announcement_id))
    return len(gone)


def _both(announcement_id: int) -> Select[tuple[str, str, int]]:
    """Return (state, error, count) of an announcement's rows that are there, and of those that are gone."""
    error = func.coalesce(delivery.c.error, "").label("error")
    there = select(delivery.c.state, error, func.count().label("count")).group_by(delivery.c.state, error)
    gone = select(delivery_count.c.state, delivery_count.c.error, delivery_count.c.count)
    of_it = (delivery.c.announcement_id == announcement_id, delivery_count.c.announcement_id == announcement_id)
    return select(union_all(there.where(of_it[0]), gone.where(of_it[1])).subquery())


def _reason(state: str, error: str | None) -> str:
    """Return the error where a report asks for it."""
    return error or "" if state == "failed" else ""


def _keep(connection: Connection, gone: Iterable[tuple[int, str, str]]) -> None:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(delivery_count)
    added = {"count": delivery_count.c.count + statement.excluded.count}
    statement = statement.on_conflict_do_update(index_elements=list(delivery_count.primary_key), set_=added)
    # In one order everywhere, so that no two replicas wait for one another.
    for (announcement_id, state, error), count in sorted(Counter(gone).items()):
        connection.execute(statement, {"announcement_id": announcement_id, "state": state, "error": error, "count": count})
