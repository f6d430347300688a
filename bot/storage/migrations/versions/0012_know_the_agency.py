"""Know the agency: its units, who works there, who coordinates whom, and what was done for others."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.storage.tables.columns import Key, Moment

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TOP = sa.text("parent_id IS NULL")
EVERYWHERE = sa.text("unit_id IS NULL")
DEFERRED: dict[str, Any] = {"deferrable": True, "initially": "DEFERRED"}
OF_INVITATION = {"unit_id": ("unit", "CASCADE"), "person_id": ("person", "CASCADE"), "author_id": ("learner", "SET NULL")}


def upgrade() -> None:
    op.create_table(
        "unit",
        sa.Column("id", Key, nullable=False),
        sa.Column("parent_id", Key),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text()),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name="fk_unit_parent_id", **DEFERRED),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        sa.UniqueConstraint("code", name="uq_unit_code"),
        sa.UniqueConstraint("parent_id", "name", name="uq_unit_parent_id_name"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_unit_top", "unit", ["name"], unique=True, sqlite_where=TOP, postgresql_where=TOP)
    op.create_table(
        "person",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit_id", Key, nullable=False),
        sa.Column("job", sa.Text(), nullable=False, server_default=""),
        sa.Column("level", sa.Text(), nullable=False, server_default=""),
        sa.Column("supervisor_id", Key),
        sa.Column("learner_id", Key),
        sa.Column("left_on", sa.Date()),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_person_unit_id"),
        sa.ForeignKeyConstraint(["supervisor_id"], ["person.id"], name="fk_person_supervisor_id", ondelete="SET NULL", **DEFERRED),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name="fk_person_learner_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("external_id", name="uq_person_external_id"),
        sa.UniqueConstraint("learner_id", name="uq_person_learner_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_person_unit_id", "person", ["unit_id"])
    op.create_index("ix_person_supervisor_id", "person", ["supervisor_id"])
    _give_roles_to_units()
    op.create_table(
        "audit_entry",
        sa.Column("id", Key, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("author_id", Key),
        sa.Column("subject_id", Key),
        sa.Column("operator", sa.Boolean(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("unit_id", Key),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["learner.id"], name="fk_audit_entry_author_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["subject_id"], ["learner.id"], name="fk_audit_entry_subject_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_audit_entry_unit_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    for column in ("at", "author_id", "subject_id", "unit_id"):
        op.create_index(f"ix_audit_entry_{column}", "audit_entry", [column])
    with op.batch_alter_table("invitation") as table:
        for column, (target, fate) in OF_INVITATION.items():
            table.add_column(sa.Column(column, Key, nullable=True))
            table.create_foreign_key(f"fk_invitation_{column}", target, [column], ["id"], ondelete=fate)
    for column in OF_INVITATION:
        op.create_index(f"ix_invitation_{column}", "invitation", [column])


def _give_roles_to_units() -> None:
    """Keep who coordinates whom as rows: so far a coordinator was everybody's."""
    op.create_table(
        "coordination",
        sa.Column("id", Key, nullable=False),
        sa.Column("learner_id", Key, nullable=False),
        sa.Column("unit_id", Key),
        sa.Column("given_at", Moment(), nullable=False),
        sa.Column("author_id", Key),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name="fk_coordination_learner_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_coordination_unit_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["author_id"], ["learner.id"], name="fk_coordination_author_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_coordination"),
        sa.UniqueConstraint("learner_id", "unit_id", name="uq_coordination_learner_id_unit_id"),
        sqlite_autoincrement=True,
    )
    everywhere: dict[str, Any] = {"unique": True, "sqlite_where": EVERYWHERE, "postgresql_where": EVERYWHERE}
    op.create_index("ix_coordination_everywhere", "coordination", ["learner_id"], **everywhere)
    op.create_index("ix_coordination_unit_id", "coordination", ["unit_id"])
    op.create_index("ix_coordination_author_id", "coordination", ["author_id"])
    op.execute("INSERT INTO coordination (learner_id, given_at) SELECT id, CURRENT_TIMESTAMP FROM learner WHERE coordinator ORDER BY id")
    op.drop_column("learner", "coordinator")


def downgrade() -> None:
    op.add_column("learner", sa.Column("coordinator", sa.Boolean(), nullable=False, server_default=sa.false()))
    # Only who coordinated everybody: nobody's reach grows. For the same reason links to a unit or a person are gone.
    op.execute("UPDATE learner SET coordinator = true WHERE id IN (SELECT learner_id FROM coordination WHERE unit_id IS NULL)")
    bound = "unit_id IS NOT NULL OR person_id IS NOT NULL"
    op.execute(f"DELETE FROM invitation_use WHERE token_hash IN (SELECT token_hash FROM invitation WHERE {bound})")  # noqa: S608 - ours
    op.execute(f"DELETE FROM invitation WHERE {bound}")  # noqa: S608 - as above
    for column in OF_INVITATION:
        op.drop_index(f"ix_invitation_{column}", "invitation")
    with op.batch_alter_table("invitation") as table:
        for column in OF_INVITATION:
            table.drop_constraint(f"fk_invitation_{column}", type_="foreignkey")
            table.drop_column(column)
    op.drop_table("audit_entry")
    op.drop_table("coordination")
    op.drop_table("person")
    op.drop_table("unit")
