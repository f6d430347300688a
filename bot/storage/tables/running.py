"""What the processes tell each other: updates taken in, who is alive, who polls, what was asked for."""

from sqlalchemy import BigInteger, Column, Date, Index, Integer, Table, Text, UniqueConstraint

from bot.storage.tables.columns import Key, Moment, metadata

seen_update = Table(
    "seen_update",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Index("ix_seen_update_at", "at"),
)

dead_update = Table(
    "dead_update",
    metadata,
    Column("id", Key, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("telegram_id", BigInteger),  # whose it is, so that erasing a person reaches it
    Column("body", Text, nullable=False),  # the update's JSON
    Column("error", Text, nullable=False),  # kind and place of the error, never its words
    Column("code", Text, nullable=False),  # the code the person was told
    Column("at", Moment, nullable=False),
    UniqueConstraint("bot_id", "update_id"),
    Index("ix_dead_update_telegram_id", "telegram_id"),
)

replica = Table(
    "replica",
    metadata,
    Column("name", Text, primary_key=True),
    Column("seen_at", Moment, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    Column("name", Text, primary_key=True),  # poller
    Column("holder", Text, nullable=False),
    Column("until", Moment, nullable=False),
    Column("worked_at", Moment),  # when the holder last achieved what the lease is for
)

request = Table(
    "request",
    metadata,
    Column("name", Text, primary_key=True),  # reload: every replica reads the content again
    Column("asked_at", Moment, nullable=False),
)

answer_use = Table(
    "answer_use",
    metadata,
    Column("day", Date, primary_key=True),  # of the operator's zone
    Column("requests", Integer, nullable=False, server_default="0"),
    Column("tokens_in", BigInteger, nullable=False, server_default="0"),  # used, or reserved for what is under way
    Column("tokens_out", BigInteger, nullable=False, server_default="0"),
)
