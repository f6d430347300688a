"""Prepare for many years of use: what is finished no longer costs those who look for what waits."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WAITING = sa.text("state IN ('due', 'held', 'claimed')")


def upgrade() -> None:
    op.create_index("ix_delivery_waiting", "delivery", ["state"], sqlite_where=WAITING, postgresql_where=WAITING)


def downgrade() -> None:
    op.drop_index("ix_delivery_waiting", "delivery")
