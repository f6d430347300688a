"""Phrase answers: what they used on each day, and how many one person asked for."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables.columns import Key

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answer_use",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("tokens_in", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("tokens_out", sa.BigInteger(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("day", name="pk_answer_use"),
    )
    op.create_table(
        "asker",
        sa.Column("learner_id", Key, autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name="fk_asker_learner_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("learner_id", name="pk_asker"),
    )


def downgrade() -> None:
    op.drop_table("asker")
    op.drop_table("answer_use")
