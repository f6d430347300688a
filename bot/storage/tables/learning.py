"""What they learn: modules begun, sittings, questions asked, answers, and what is remembered."""

from sqlalchemy import JSON, Boolean, Column, Date, Float, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, false, text

from bot.storage.tables.columns import Key, Moment, learner_key, metadata

enrolment = Table(
    "enrolment",
    metadata,
    Column("id", Key, primary_key=True),
    learner_key(),
    Column("module_id", Text, nullable=False),
    Column("version", Text, nullable=False),  # of the content when it was last read
    Column("card_id", Text),  # where the learner is; NULL: past the cards
    Column("place", Integer),  # that card's number from 0, for when an edit has taken the card away
    Column("state", Text, nullable=False),  # reading | quiz | completed
    Column("best_score", Float),  # 0..1
    Column("started_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("completed_at", Moment),
    UniqueConstraint("learner_id", "module_id"),
    Index("ix_enrolment_module_id_state", "module_id", "state"),
    Index("ix_enrolment_completed_at", "completed_at", "learner_id"),
)

OPEN = text("finished_at IS NULL")

OPEN_DAILY = text("finished_at IS NULL AND module_id IS NULL")

sitting = Table(
    "sitting",
    metadata,
    Column("id", Key, primary_key=True),
    learner_key(),
    Column("kind", Text, nullable=False),  # quiz | check | repeat | daily
    Column("module_id", Text),  # NULL for the daily quiz and the repetition of one
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("score", Float),  # 0..1, when finished
    Column("passed", Boolean),
    Column("minutes", Integer, nullable=False, server_default="0"),  # study time credited when it finished
    Index("ix_sitting_learner_id_finished_at", "learner_id", "finished_at"),
    # One of a kind is open at a time. Two indexes: NULL, the module of what is about none, equals nothing in an index.
    Index("ix_sitting_open", "learner_id", "kind", "module_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    Index("ix_sitting_open_daily", "learner_id", "kind", unique=True, sqlite_where=OPEN_DAILY, postgresql_where=OPEN_DAILY),
    sqlite_autoincrement=True,
)

prompt = Table(
    "prompt",
    metadata,
    Column("id", Key, primary_key=True),
    Column("sitting_id", Key, ForeignKey("sitting.id", ondelete="CASCADE"), nullable=False),
    learner_key(),
    Column("module_id", Text, nullable=False),
    Column("item_id", Text, nullable=False),
    Column("place", Integer, nullable=False),  # 1, 2, … within the sitting
    Column("snapshot", JSON, nullable=False),  # the item as it was asked, options in the order shown
    Column("ticked", JSON, nullable=False, server_default="[]"),  # the response so far: option ids, or what was typed
    Column("unsure", Boolean, nullable=False, server_default=false()),
    Column("shown_at", Moment),  # for the first time; NULL: not yet, or before this was noted
    UniqueConstraint("sitting_id", "place"),
    Index("ix_prompt_learner_id", "learner_id"),
    sqlite_autoincrement=True,
)

# As WAITING is spelled out: the very words that a query has to repeat.
INITIAL = text("initial")

attempt = Table(
    "attempt",
    metadata,
    Column("id", Key, primary_key=True),
    Column("prompt_id", Key, ForeignKey("prompt.id", ondelete="CASCADE"), nullable=False, unique=True),
    learner_key(),
    Column("module_id", Text, nullable=False),
    Column("item_id", Text, nullable=False),
    Column("response", JSON, nullable=False),  # the option ids chosen, or what was typed
    Column("score", Float),  # 0..1; NULL: nothing is graded
    Column("correct", Boolean),
    Column("unsure", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("shared_at", Moment),  # when the learner sent it to the coordinators
    Column("seconds", Integer),  # from when it was shown to the answer; NULL: unknown, or something else came between
    Column("initial", Boolean, nullable=False, server_default=false()),  # the learner's first graded answer to the item
    Index("ix_attempt_learner_id_at", "learner_id", "at"),
    Index("ix_attempt_initial", "module_id", "item_id", "id", sqlite_where=INITIAL, postgresql_where=INITIAL),
)

# Read by learner, always; so the key is the only index that each answer has to keep.
memory = Table(
    "memory",
    metadata,
    Column("learner_id", Key, ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("module_id", Text, primary_key=True),
    Column("item_id", Text, primary_key=True),
    Column("stability", Float, nullable=False),  # days until the probability of remembering is 90 %
    Column("difficulty", Float, nullable=False),  # 1..10
    Column("reviewed_on", Date, nullable=False),  # local day of the last answer
    Column("due_on", Date, nullable=False),  # local
    Column("mistaken", Boolean, nullable=False),  # an answer was sure but wrong, and none since was right
)
