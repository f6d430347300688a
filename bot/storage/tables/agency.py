"""The agency: its units, who works there, who coordinates whom, and what was done for others."""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Table, Text, UniqueConstraint, text

from bot.storage.tables.columns import Key, Moment, learner_key, metadata

TOP = text("parent_id IS NULL")
EVERYWHERE = text("unit_id IS NULL")

# What refers to its own table is looked at when the transaction ends: a backup is put back in the order of the keys.
unit = Table(
    "unit",
    metadata,
    Column("id", Key, primary_key=True),
    Column("parent_id", Key, ForeignKey("unit.id", deferrable=True, initially="DEFERRED")),  # NULL: the top
    Column("name", Text, nullable=False),
    Column("code", Text, unique=True),  # the agency's own key
    UniqueConstraint("parent_id", "name"),
    # NULL equals nothing in an index, so the names at the top need one of their own.
    Index("ix_unit_top", "name", unique=True, sqlite_where=TOP, postgresql_where=TOP),
    sqlite_autoincrement=True,
)

person = Table(
    "person",
    metadata,
    Column("id", Key, primary_key=True),
    Column("external_id", Text, nullable=False, unique=True),  # the agency's number: never shown in a chat
    Column("name", Text, nullable=False),
    Column("unit_id", Key, ForeignKey("unit.id"), nullable=False),
    Column("job", Text, nullable=False, server_default=""),
    Column("level", Text, nullable=False, server_default=""),
    Column("supervisor_id", Key, ForeignKey("person.id", ondelete="SET NULL", deferrable=True, initially="DEFERRED")),
    Column("learner_id", Key, ForeignKey("learner.id", ondelete="SET NULL"), unique=True),  # NULL: has not opened their invitation
    Column("left_on", Date),  # NULL: works here
    Index("ix_person_unit_id", "unit_id"),
    Index("ix_person_supervisor_id", "supervisor_id"),
    sqlite_autoincrement=True,
)

coordination = Table(
    "coordination",
    metadata,
    Column("id", Key, primary_key=True),
    learner_key(),
    Column("unit_id", Key, ForeignKey("unit.id", ondelete="CASCADE")),  # with all below it; NULL: everybody
    Column("given_at", Moment, nullable=False),
    Column("author_id", Key, ForeignKey("learner.id", ondelete="SET NULL")),  # NULL: from the command line
    UniqueConstraint("learner_id", "unit_id"),
    Index("ix_coordination_everywhere", "learner_id", unique=True, sqlite_where=EVERYWHERE, postgresql_where=EVERYWHERE),
    Index("ix_coordination_unit_id", "unit_id"),
    Index("ix_coordination_author_id", "author_id"),
    sqlite_autoincrement=True,
)

audit_entry = Table(
    "audit_entry",
    metadata,
    Column("id", Key, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("author_id", Key, ForeignKey("learner.id", ondelete="SET NULL")),
    Column("subject_id", Key, ForeignKey("learner.id", ondelete="SET NULL")),  # whom it was done to
    Column("operator", Boolean, nullable=False),  # from the command line, by nobody that the bot knows
    Column("action", Text, nullable=False),  # such as role.give
    Column("unit_id", Key, ForeignKey("unit.id", ondelete="SET NULL")),  # NULL: no unit's, or everybody's
    Column("details", JSON, nullable=False),  # numbers and ids, never people's words
    Index("ix_audit_entry_at", "at"),
    Index("ix_audit_entry_author_id", "author_id"),
    Index("ix_audit_entry_subject_id", "subject_id"),
    Index("ix_audit_entry_unit_id", "unit_id"),
)
