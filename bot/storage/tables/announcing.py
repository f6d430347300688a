"""What coordinators announce."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text

from bot.storage.tables.columns import Key, Moment, metadata

announcement = Table(
    "announcement",
    metadata,
    Column("id", Key, primary_key=True),
    Column("author_id", Key, ForeignKey("learner.id", ondelete="SET NULL")),
    Column("from_chat_id", BigInteger),  # where the message to copy is; NULL with `body` instead
    Column("message_id", BigInteger),
    Column("body", Text),  # plain text, for announcements from the command line
    Column("module_id", Text),  # NULL: everyone; else those who have not finished this module
    Column("state", Text, nullable=False),  # draft | scheduled | sending | paused | cancelled | done
    Column("due_at", Moment),  # NULL in a draft: as soon as it is confirmed
    Column("created_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("progress_message_id", BigInteger),  # the live message in the author's chat
    Column("progress_shown", Text),  # what it shows, so that it is edited only when that changes
    Index("ix_announcement_state_due_at", "state", "due_at"),
    sqlite_autoincrement=True,
)

# What is known of an announcement's deliveries once the rows are gone: numbers, and nobody's.
delivery_count = Table(
    "delivery_count",
    metadata,
    Column("announcement_id", Key, ForeignKey("announcement.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("state", Text, primary_key=True),
    Column("error", Text, primary_key=True),  # empty where there was none
    Column("count", Integer, nullable=False),
)
