"""Remember each item: what a learner still knows of it and when it is due, and how long an answer took."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime().with_variant(sa.DateTime(timezone=True), "postgresql")
KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
DAY = {"sqlite": "date(at{})", "postgresql": "CAST(at AT TIME ZONE 'UTC' AS date){}"}
AHEAD = {"sqlite": ", '+{} days'", "postgresql": " + {}"}
# What was answered before this version counts as if its last answer had been the first one: with FSRS-6's own parameters, a miss begins
# with a stability of 0.2 days and a difficulty of 6.4, a doubtful answer with 1.3 and 5.1, a right one with 2.3 and 2.1.
SEED = """
    INSERT INTO memory (learner_id, module_id, item_id, stability, difficulty, reviewed_on, due_on, mistaken)
    SELECT learner_id, module_id, item_id,
           CASE WHEN NOT correct THEN 0.212 WHEN unsure THEN 1.2931 ELSE 2.3065 END,
           CASE WHEN NOT correct THEN 6.4133 WHEN unsure THEN 5.1122 ELSE 2.1181 END,
           {reviewed}, CASE WHEN correct AND NOT unsure THEN {in_two_days} ELSE {tomorrow} END,
           NOT correct AND NOT unsure
    FROM (SELECT learner_id, module_id, item_id, correct, unsure, at,
                 row_number() OVER (PARTITION BY learner_id, module_id, item_id ORDER BY at DESC, id DESC) AS place
          FROM attempt WHERE correct IS NOT NULL) AS answered
    WHERE place = 1
"""


def upgrade() -> None:
    op.create_table(
        "memory",
        sa.Column("learner_id", KEY, nullable=False),
        sa.Column("module_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("stability", sa.Float(), nullable=False),
        sa.Column("difficulty", sa.Float(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("mistaken", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("learner_id", "module_id", "item_id", name="pk_memory"),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name="fk_memory_learner_id", ondelete="CASCADE"),
    )
    op.add_column("prompt", sa.Column("shown_at", MOMENT, nullable=True))
    op.add_column("attempt", sa.Column("seconds", sa.Integer(), nullable=True))
    kind = op.get_bind().dialect.name
    ahead = {"reviewed": 0, "tomorrow": 1, "in_two_days": 2}
    op.execute(SEED.format(**{name: DAY[kind].format(AHEAD[kind].format(days)) for name, days in ahead.items()}))


def downgrade() -> None:
    op.drop_column("attempt", "seconds")
    op.drop_column("prompt", "shown_at")
    op.drop_table("memory")
