"""Know who set a group, so that somebody can be told when its questions can't be sent."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables.columns import Key

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("study_group") as table:
        table.add_column(sa.Column("author_id", Key, nullable=True))
        table.create_foreign_key("fk_study_group_author_id", "learner", ["author_id"], ["id"], ondelete="SET NULL")
    op.create_index("ix_study_group_author_id", "study_group", ["author_id"])


def downgrade() -> None:
    op.execute("DELETE FROM delivery WHERE kind = 'group_stopped'")
    op.drop_index("ix_study_group_author_id", "study_group")
    with op.batch_alter_table("study_group") as table:
        table.drop_constraint("fk_study_group_author_id", type_="foreignkey")
        table.drop_column("author_id")
