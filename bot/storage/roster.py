"""Queries about the roster as a whole: read and written at once by an import."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from bot.domain.roster import Change, Entry, Known, Path, Plan, same, same_path
from bot.storage import units
from bot.storage.tables import invitation, person, unit

_LOCK: Final = 7_310_120  # an arbitrary number: PostgreSQL's advisory lock for imports of the roster


def hold(connection: Connection) -> None:
    """Keep other imports waiting until the transaction ends; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})


def paths(connection: Connection) -> dict[int, Path]:
    """Return the path of every unit by its id."""
    tree = units.everything(connection)
    return {unit_id: units.path(tree, unit_id) for unit_id in tree}


def everybody(connection: Connection, of_units: Mapping[int, Path]) -> list[Known]:
    """Return all people, those who left too."""
    chief = person.alias()
    own = person.c
    columns = (own.id, own.external_id, own.name, own.unit_id, own.job, own.level, chief.c.external_id, own.left_on)
    rows = connection.execute(select(*columns).select_from(person.outerjoin(chief, chief.c.id == own.supervisor_id)).order_by(own.id))
    return [Known(row[0], row[1], row[2], of_units[row[3]], row[4], row[5], row[6] or "", row[7] is not None) for row in rows]


def write(connection: Connection, plan: Plan, today: date, *, missing_left: bool) -> None:
    """Do what a plan without faults says; who is missing leaves only where that is asked for."""
    of_paths = _make_units(connection, plan.new_units)
    if plan.added:
        connection.execute(insert(person), [_row(each, of_paths) for each in plan.added])
    if plan.changed:
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("name", "unit_id", "job", "level")}
        change = update(person).where(person.c.id == bindparam("key")).values(**values, left_on=None)
        connection.execute(change, [_changed(each, of_paths) for each in plan.changed])
    _set_supervisors(connection, [*plan.added, *(each.entry for each in plan.changed if "supervisor" in each.fields)])
    if missing_left:
        _leave(connection, [each.id for each in plan.missing], today)


def _make_units(connection: Connection, new: Sequence[Path]) -> dict[Path, int]:
    """Make the units, those above first; return the id of every unit by its path as it is compared."""
    found = {same_path(path): unit_id for unit_id, path in paths(connection).items()}
    for path in new:
        values: dict[str, Any] = {"name": path[-1], "parent_id": found.get(same_path(path[:-1]))}
        found[same_path(path)] = connection.execute(insert(unit).values(values).returning(unit.c.id)).scalar_one()
    return found


def _row(entry: Entry, of_paths: Mapping[Path, int]) -> dict[str, Any]:
    own = {"external_id": entry.external_id, "name": entry.name, "unit_id": of_paths[same_path(entry.unit)]}
    return own | {"job": entry.job or "", "level": entry.level or ""}


def _changed(change: Change, of_paths: Mapping[Path, int]) -> dict[str, Any]:
    known, entry = change.known, change.entry
    job, level = (getattr(known, name) if getattr(entry, name) is None else getattr(entry, name) for name in ("job", "level"))
    own = {"new_name": entry.name, "new_unit_id": of_paths[same_path(entry.unit)], "new_job": job, "new_level": level}
    return own | {"key": known.id}


def _set_supervisors(connection: Connection, entries: Sequence[Entry]) -> None:
    ids = {same(row.external_id): row.id for row in connection.execute(select(person.c.id, person.c.external_id))}
    rows = [{"key": ids[same(each.external_id)], "chief": ids.get(same(each.supervisor or ""))} for each in entries]
    if rows:
        connection.execute(update(person).where(person.c.id == bindparam("key")).values(supervisor_id=bindparam("chief")), rows)


def _leave(connection: Connection, person_ids: Sequence[int], today: date) -> None:
    """Let people leave: their links open nothing any more; what they learned stays theirs."""
    rows = [{"key": each} for each in person_ids]
    if not rows:
        return
    connection.execute(delete(invitation).where(invitation.c.person_id == bindparam("key")), rows)
    connection.execute(update(person).where(person.c.id == bindparam("key")).values(left_on=today), rows)
