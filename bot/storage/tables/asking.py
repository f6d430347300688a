"""What people asked: the cards that were found for them, and what no card answers."""

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, Table, Text

from bot.storage.tables.columns import Key, Moment, learner_key, metadata

search = Table(
    "search",
    metadata,
    Column("id", Key, primary_key=True),
    learner_key(),
    Column("found", JSON, nullable=False),  # module, card and the stems found in it, the best first; never what was asked
    Column("sure", Boolean, nullable=False),  # whether it was called an answer
    Column("passed_on", Boolean, nullable=False),  # whether its words became a wish
    Column("at", Moment, nullable=False),
    Index("ix_search_learner_id", "learner_id"),
    Index("ix_search_at", "at"),
    sqlite_autoincrement=True,
)

content_wish = Table(
    "content_wish",
    metadata,
    Column("words", Text, primary_key=True),  # lower case, masked
    Column("language", Text, primary_key=True),  # of who asked
    Column("day", Date, nullable=False),  # when it was asked last, in UTC
    Column("count", Integer, nullable=False),
    Index("ix_content_wish_day", "day"),
)
