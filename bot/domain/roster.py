"""What a roster file does to the people that are known: pure comparison, nothing is read or written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

Path = tuple[str, ...]
FIELDS: Final = ("name", "unit", "job", "level", "supervisor")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the file; None is a column that the file does not have, which leaves what is known. `supervisor` is another's id."""

    row: int
    external_id: str
    name: str
    unit: Path
    job: str | None = None
    level: str | None = None
    supervisor: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the roster as the database has them; `supervisor` is another's external id, or empty."""

    id: int
    external_id: str
    name: str
    unit: Path
    job: str
    level: str
    supervisor: str
    left: bool


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody whose row differs: what was, and what is, by field; `back` when they had left."""

    known: Known
    entry: Entry
    fields: Mapping[str, tuple[str | Path, str | Path]]
    back: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row, or with the file where that is 0, and what to do."""

    row: int
    what: str
    advice: str

    def __str__(self) -> str:
        """Return the fault as one line."""
        where = f"baris {self.row}: " if self.row else ""
        return f"{where}{self.what}; {self.advice}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. With a fault it does nothing.

    `missing` are those who work in the part of the agency that the file is about, and are not in it.
    """

    added: Sequence[Entry]
    changed: Sequence[Change]
    unchanged: int
    missing: Sequence[Known]
    new_units: Sequence[Path]
    faults: Sequence[Fault]


def same(text: str) -> str:
    """Return an id or a name as it is compared: capitals do not count."""
    return text.casefold()


def same_path(path: Path) -> Path:
    """Return a unit's names as they are compared."""
    return tuple(map(same, path))


def compare(entries: Sequence[Entry], known: Sequence[Known], units: Iterable[Path]) -> Plan:
    """Return what a file would change of the people and the units that are known."""
    there = {same(each.external_id): each for each in known}
    found = {same(each.external_id): each for each in entries}
    changes = [_change(there[key], entry) for key, entry in found.items() if key in there]
    changed = [each for each in changes if each.fields or each.back]
    return Plan(
        added=[entry for key, entry in found.items() if key not in there],
        changed=changed,
        unchanged=len(changes) - len(changed),
        missing=list(_missing(entries, known)),
        new_units=_new_units(entries, units),
        faults=sorted({*_doubles(entries), *_supervisors(entries, there)}, key=lambda each: (each.row, each.what)),
    )


def _change(known: Known, entry: Entry) -> Change:
    fields = {name: (getattr(known, name), getattr(entry, name)) for name in FIELDS if getattr(entry, name) is not None}
    differing = {name: pair for name, pair in fields.items() if _differs(name, *pair)}
    return Change(known, entry, differing, back=known.left)


def _differs(name: str, old: str | Path, new: str | Path) -> bool:
    if isinstance(old, tuple) and isinstance(new, tuple):
        return same_path(old) != same_path(new)
    return same(str(old)) != same(str(new)) if name == "supervisor" else old != new


def _missing(entries: Sequence[Entry], known: Sequence[Known]) -> Iterator[Known]:
    """Yield who is not in the file but works below the unit that all its rows have in common."""
    ids = {same(each.external_id) for each in entries}
    common = _common([same_path(each.unit) for each in entries])
    for each in known:
        if not each.left and same(each.external_id) not in ids and same_path(each.unit)[: len(common)] == common:
            yield each


def _common(paths: Sequence[Path]) -> Path:
    """Return the names that all paths begin with."""
    least, most = min(paths, default=()), max(paths, default=())
    length = next((place for place, (one, other) in enumerate(zip(least, most, strict=False)) if one != other), min(len(least), len(most)))
    return least[:length]


def _new_units(entries: Sequence[Entry], units: Iterable[Path]) -> list[Path]:
    """Return the units that have to be made, those above before those below them."""
    there = {same_path(each) for each in units}
    new: dict[Path, Path] = {}
    for entry in entries:
        for depth in range(1, len(entry.unit) + 1):
            path = entry.unit[:depth]
            if same_path(path) not in there:
                new.setdefault(same_path(path), path)
    return sorted(new.values(), key=len)


def _doubles(entries: Sequence[Entry]) -> Iterator[Fault]:
    first: dict[str, Entry] = {}
    for entry in entries:
        other = first.setdefault(same(entry.external_id), entry)
        if other is not entry:
            how = "sama dengan" if other.external_id == entry.external_id else "hanya beda huruf besar dari"
            yield Fault(entry.row, f"ID {how} baris {other.row}", "hapus salah satu, atau perbaiki ID-nya")


def _supervisors(entries: Sequence[Entry], there: Mapping[str, Known]) -> Iterator[Fault]:
    rows = {same(each.external_id): each for each in entries}
    above = {key: same(each.supervisor) for key, each in there.items() if each.supervisor}
    above |= {key: same(each.supervisor) for key, each in rows.items() if each.supervisor is not None}
    for key, entry in rows.items():
        chief = above.get(key, "")
        if chief and chief not in rows and chief not in there:
            yield Fault(entry.row, f"atasan {entry.supervisor} tidak dikenal", "tambahkan barisnya, atau kosongkan atasan")
        elif chief == key:
            yield Fault(entry.row, "atasan adalah dirinya sendiri", "kosongkan, atau isi ID orang lain")
    yield from _circles(above, rows)


def _circles(above: Mapping[str, str], rows: Mapping[str, Entry]) -> Iterator[Fault]:
    """Yield a fault for each circle of supervisors with two people or more."""
    done: set[str] = set()
    for start in above:
        walked: dict[str, None] = {}
        here = start
        while here and here not in done and here not in walked:
            walked[here] = None
            here = above.get(here, "")
        circle = list(walked)[list(walked).index(here) :] if here in walked else []
        done.update(walked)
        if len(circle) > 1:
            numbers = sorted(rows[key].row for key in circle if key in rows)
            shown = ", ".join(map(str, numbers))
            yield Fault(numbers[0], f"atasan berputar di baris {shown}", "kosongkan atasan salah satunya")
