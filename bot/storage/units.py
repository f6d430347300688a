"""Queries about the tree of units. Subtrees are found by walking the tree, never by a stored path."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import CTE, Connection, select

from bot.storage.tables import unit

SEPARATOR: Final = ">"  # between the names of a path


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the agency; the one at the top has no parent."""

    id: int
    parent_id: int | None
    name: str
    code: str | None


_COLUMNS = [unit.c[name] for name in Unit.__dataclass_fields__]


def below(unit_ids: Collection[int]) -> CTE:
    """Return the ids of these units and of all below them, as a table with the column `id`."""
    found = select(unit.c.id).where(unit.c.id.in_(unit_ids)).cte("below", recursive=True)
    return found.union(select(unit.c.id).join(found, unit.c.parent_id == found.c.id))


def subtree(connection: Connection, unit_ids: Collection[int]) -> frozenset[int]:
    """Return the ids of these units and of all below them."""
    return frozenset(connection.scalars(select(below(unit_ids).c.id))) if unit_ids else frozenset()


def above(unit_id: int) -> CTE:
    """Return the ids of a unit and of all above it, as a table with the columns `id` and `parent_id`."""
    found = select(unit.c.id, unit.c.parent_id).where(unit.c.id == unit_id).cte("above", recursive=True)
    return found.union(select(unit.c.id, unit.c.parent_id).join(found, unit.c.id == found.c.parent_id))


def everything(connection: Connection) -> Mapping[int, Unit]:
    """Return all units by their ids; an agency has hundreds."""
    return {row.id: Unit(*row) for row in connection.execute(select(*_COLUMNS).order_by(unit.c.id))}


def path(units: Mapping[int, Unit], unit_id: int) -> tuple[str, ...]:
    """Return the names from the top down to a unit."""
    here = units[unit_id]
    return (*(path(units, here.parent_id) if here.parent_id is not None else ()), here.name)


def name_of(connection: Connection, unit_id: int) -> str | None:
    """Return a unit's own name; None when it is gone."""
    return connection.scalar(select(unit.c.name).where(unit.c.id == unit_id))


def find(connection: Connection, name: str) -> Unit | None:
    """Return the unit that people name by its code or by its path, such as `Dinas Kesehatan > Bidang P2P`; capitals do not count."""
    units, wanted = everything(connection), _normal(name.split(SEPARATOR))
    coded = next((each for each in units.values() if each.code and wanted == (_folded(each.code),)), None)
    return coded or next((each for each in units.values() if wanted == _normal(path(units, each.id))), None)


def _normal(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(_folded, names))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
