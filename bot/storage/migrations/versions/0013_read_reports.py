"""Read reports in the browser: figures measured beforehand, first answers, and who is signed in."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables.columns import Key

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime().with_variant(sa.DateTime(timezone=True), "postgresql")
INITIAL = sa.text("initial")


def upgrade() -> None:
    op.create_table(
        "figure",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("measured_at", MOMENT, nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_figure"),
    )
    _create_for_a_learner("sign_in_link", sa.Column("expires_at", MOMENT, nullable=False))
    _create_for_a_learner("web_session", sa.Column("begun_at", MOMENT, nullable=False), sa.Column("seen_at", MOMENT, nullable=False))
    op.create_index("ix_study_day_day", "study_day", ["day", "learner_id"])
    op.create_index("ix_enrolment_completed_at", "enrolment", ["completed_at", "learner_id"])
    op.add_column("attempt", sa.Column("initial", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        "UPDATE attempt SET initial = true WHERE id IN "
        "(SELECT min(id) FROM attempt WHERE correct IS NOT NULL GROUP BY learner_id, module_id, item_id)"
    )
    op.create_index(
        "ix_attempt_initial", "attempt", ["module_id", "item_id", "id"], sqlite_where=INITIAL, postgresql_where=INITIAL
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("ix_attempt_initial", "attempt")
    op.drop_column("attempt", "initial")
    op.drop_index("ix_enrolment_completed_at", "enrolment")
    op.drop_index("ix_study_day_day", "study_day")
    for name in ("web_session", "sign_in_link", "figure"):
        op.drop_table(name)


def _create_for_a_learner(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("learner_id", Key, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("token_hash", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=f"fk_{name}_learner_id", ondelete="CASCADE"),
    )
    op.create_index(f"ix_{name}_learner_id", name, ["learner_id"])
