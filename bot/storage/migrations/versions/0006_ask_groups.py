"""Ask groups: where a question a day goes, what was asked, and who answered."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables.columns import Key, Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "study_group",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("quiz_minute", sa.Integer()),
        sa.Column("next_quiz_at", Moment()),
        sa.Column("recap", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("compared", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("chat_id", name="pk_study_group"),
    )
    op.create_index("ix_study_group_next_quiz_at", "study_group", ["next_quiz_at"])
    op.create_table(
        "group_question",
        sa.Column("id", Key, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("module_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("poll_id", sa.Text()),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["study_group.chat_id"], name="fk_group_question_chat_id", ondelete="CASCADE", onupdate="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_group_question"),
        sa.UniqueConstraint("poll_id", name="uq_group_question_poll_id"),
        sa.UniqueConstraint("chat_id", "occasion", name="uq_group_question_chat_id_occasion"),
    )
    op.create_index("ix_group_question_asked_at", "group_question", ["asked_at"])
    op.create_table(
        "group_answer",
        sa.Column("question_id", Key, autoincrement=False, nullable=False),
        sa.Column("learner_id", Key, autoincrement=False, nullable=False),
        sa.Column("option", sa.Text(), nullable=False),
        sa.Column("correct", sa.Boolean(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["group_question.id"], name="fk_group_answer_question_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name="fk_group_answer_learner_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("question_id", "learner_id", name="pk_group_answer"),
    )
    op.create_index("ix_group_answer_learner_id", "group_answer", ["learner_id"])
    op.add_column("delivery", sa.Column("thread_id", sa.BigInteger()))


def downgrade() -> None:
    op.drop_column("delivery", "thread_id")
    op.drop_table("group_answer")
    op.drop_table("group_question")
    op.drop_table("study_group")
