"""Ask in more ways: answers that nobody grades, answers that are typed, and people who want no pictures unasked."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime().with_variant(sa.DateTime(timezone=True), "postgresql")
KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
# Prompts of sittings and question types that came with this version.
UNKNOWN = """
    SELECT prompt.id FROM prompt JOIN sitting ON sitting.id = prompt.sitting_id WHERE sitting.kind = 'check'
    UNION SELECT prompt.id FROM prompt
    WHERE CAST(prompt.snapshot AS TEXT) NOT LIKE '%"type":%_choice"%' AND CAST(prompt.snapshot AS TEXT) NOT LIKE '%"true_false"%'
"""


def upgrade() -> None:
    with op.batch_alter_table("attempt") as attempt:
        attempt.alter_column("score", existing_type=sa.Float(), nullable=True)
        attempt.alter_column("correct", existing_type=sa.Boolean(), nullable=True)
        attempt.add_column(sa.Column("shared_at", MOMENT, nullable=True))
    with op.batch_alter_table("dialogue") as dialogue:
        dialogue.add_column(sa.Column("prompt_id", KEY, nullable=True))
        dialogue.create_foreign_key("fk_dialogue_prompt_id", "prompt", ["prompt_id"], ["id"], ondelete="CASCADE")
    op.add_column("enrolment", sa.Column("place", sa.Integer(), nullable=True))
    op.create_table(
        "request",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_request"),
    )
    op.add_column("learner", sa.Column("low_data", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    # What the earlier version has no place for, or would take for something else.
    op.execute("DELETE FROM delivery WHERE kind = 'reflection'")
    op.execute("DELETE FROM dialogue WHERE prompt_id IS NOT NULL")
    op.execute(f"DELETE FROM attempt WHERE score IS NULL OR prompt_id IN ({UNKNOWN})")  # noqa: S608 - the constant above
    op.execute(f"DELETE FROM prompt WHERE id IN ({UNKNOWN})")  # noqa: S608 - the constant above
    op.execute("UPDATE sitting SET kind = 'repeat', finished_at = coalesce(finished_at, started_at) WHERE kind = 'check'")
    op.drop_column("learner", "low_data")
    op.drop_table("request")
    op.drop_column("enrolment", "place")
    with op.batch_alter_table("dialogue") as dialogue:
        dialogue.drop_constraint("fk_dialogue_prompt_id", type_="foreignkey")
        dialogue.drop_column("prompt_id")
    with op.batch_alter_table("attempt") as attempt:
        attempt.drop_column("shared_at")
        attempt.alter_column("score", existing_type=sa.Float(), nullable=False)
        attempt.alter_column("correct", existing_type=sa.Boolean(), nullable=False)
