"""Plan a pause ahead: on which day it begins."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("learner", sa.Column("paused_from", sa.Date(), nullable=True))
    op.execute(
        "UPDATE learner SET paused_from = "
        "(SELECT max(first) FROM pause WHERE pause.learner_id = learner.id AND pause.until = learner.paused_until)"
    )


def downgrade() -> None:
    # The older version takes a coordinator's next message for an announcement, whatever else was awaited.
    op.execute("DELETE FROM dialogue WHERE awaits = 'leave'")
    # A pause that is still ahead would be one in force without its first day; the older version knows no such pause.
    op.execute("DELETE FROM pause WHERE first > CURRENT_DATE")
    op.execute("UPDATE learner SET paused_until = NULL WHERE paused_from > CURRENT_DATE")
    op.drop_column("learner", "paused_from")
