"""Groups that are asked a question a working day."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, false, true

from bot.storage.tables.columns import Key, Moment, metadata

# A group in which the bot asks a question a working day, once a coordinator has set an hour there.
study_group = Table(
    "study_group",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),  # as it was when a coordinator last set something; shown to other groups only if `compared`
    Column("thread_id", BigInteger),  # the topic that the questions go to
    Column("language", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("quiz_minute", Integer),  # local time of day in minutes since midnight; NULL: no questions
    Column("next_quiz_at", Moment),
    Column("recap", Boolean, nullable=False, server_default=true()),  # once a week
    Column("compared", Boolean, nullable=False, server_default=false()),  # takes part in the table of teams
    Column("author_id", Key, ForeignKey("learner.id", ondelete="SET NULL")),  # who set something last: told when questions can't be sent
    Index("ix_study_group_next_quiz_at", "next_quiz_at"),
    Index("ix_study_group_author_id", "author_id"),
)

group_question = Table(
    "group_question",
    metadata,
    Column("id", Key, primary_key=True),
    Column("chat_id", BigInteger, ForeignKey("study_group.chat_id", ondelete="CASCADE", onupdate="CASCADE"), nullable=False),
    Column("occasion", Text, nullable=False),  # as its delivery has it
    Column("module_id", Text, nullable=False),
    Column("item_id", Text, nullable=False),
    Column("snapshot", JSON, nullable=False),  # the item as it was asked, options in the order shown
    Column("asked_at", Moment, nullable=False),
    Column("poll_id", Text, unique=True),  # Telegram's; NULL until the poll has been sent
    UniqueConstraint("chat_id", "occasion"),
    Index("ix_group_question_asked_at", "asked_at"),
)

group_answer = Table(
    "group_answer",
    metadata,
    Column("question_id", Key, ForeignKey("group_question.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("learner_id", Key, ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("option", Text, nullable=False),  # the id of the option chosen
    Column("correct", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_group_answer_learner_id", "learner_id"),
)
