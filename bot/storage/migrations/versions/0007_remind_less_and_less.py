"""Remind on chosen days, and less and less those who do not study: which days, since when, and who was reminded for the last time."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime().with_variant(sa.DateTime(timezone=True), "postgresql")
FELL_SILENT = sa.text("fell_silent_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("learner", sa.Column("reminder_days", sa.Integer(), nullable=True))
    op.add_column("learner", sa.Column("renewed_on", sa.Date(), nullable=True))
    op.add_column("learner", sa.Column("fell_silent_at", MOMENT, nullable=True))
    op.create_index("ix_learner_fell_silent_at", "learner", ["fell_silent_at"], sqlite_where=FELL_SILENT, postgresql_where=FELL_SILENT)
    # Whoever was reminded daily so far begins anew: nobody gets a last reminder without those before it.
    op.execute("UPDATE learner SET renewed_on = CURRENT_DATE WHERE next_reminder_at IS NOT NULL")


def downgrade() -> None:
    op.execute("DELETE FROM delivery WHERE kind = 'silent'")
    op.drop_index("ix_learner_fell_silent_at", "learner")
    op.drop_column("learner", "fell_silent_at")
    op.drop_column("learner", "renewed_on")
    op.drop_column("learner", "reminder_days")
