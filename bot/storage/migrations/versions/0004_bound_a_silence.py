"""Bound a silence: for how long Telegram asked, so that a clock that was wrong makes nobody mute for hours."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("brake", sa.Column("seconds", sa.Integer(), nullable=False, server_default="3600"))


def downgrade() -> None:
    op.drop_column("brake", "seconds")
