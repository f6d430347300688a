"""The roster: an import is all or nothing, and the same file a second time changes nothing."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from bot.domain.roster import Entry, Path, Plan, compare
from bot.services import auditing, roles
from bot.services.auditing import Act
from bot.storage import coordination, roster


def plan(db: Connection, entries: Sequence[Entry]) -> Plan:
    """Return what an import would do; nothing is changed."""
    paths = roster.paths(db)
    return compare(entries, roster.everybody(db, paths), paths.values())


def bring_in(db: Connection, entries: Sequence[Entry], today: date, now: datetime, *, missing_left: bool) -> Plan:
    """Take a file over; with a fault in it nothing is changed. Who moves between units keeps all that they learned."""
    roster.hold(db)
    made = plan(db, entries)
    if not made.faults:
        roster.write(db, made, today, missing_left=missing_left)
        if missing_left:
            _dismiss(db, {each.id for each in made.missing}, now)
        counts = {"added": len(made.added), "changed": len(made.changed), "units": len(made.new_units)}
        counts["left"] = len(made.missing) if missing_left else 0
        auditing.note(db, Act("roster.import", details=counts), None, now)
    return made


def _dismiss(db: Connection, person_ids: Collection[int], now: datetime) -> None:
    """Let those who left coordinate nobody any more."""
    for person_id, learner_id, unit_id in coordination.of_people(db):
        if person_id in person_ids:
            roles.dismiss(db, learner_id, unit_id, None, now)


def unit_paths(db: Connection) -> list[Path]:
    """Return the units, each by the names from the top down."""
    return sorted(roster.paths(db).values())
