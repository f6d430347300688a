"""Everything pushed: a row for each message to one chat, and the reasons to hold it back."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, false, text

from bot.storage.tables.columns import Key, Moment, learner_key, metadata

# Spelled out, not as parameters: SQLite uses a partial index only for a query that repeats its very words.
WAITING = text("state IN ('due', 'held', 'claimed')")

CLAIMED = text("state = 'claimed'")

DUE = text("state = 'due'")

FINISHED = text("state NOT IN ('due', 'held', 'claimed')")

delivery = Table(
    "delivery",
    metadata,
    Column("id", Key, primary_key=True),
    Column("kind", Text, nullable=False),  # reminder | announcement | reflection | group_question | group_recap | group_stopped | silent
    learner_key(nullable=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger),  # the topic of a group that has topics
    Column("announcement_id", Key, ForeignKey("announcement.id", ondelete="CASCADE")),
    Column("occasion", Text, nullable=False),  # what makes it unique for a learner: a local date, an announcement, a prompt
    Column("due_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("state", Text, nullable=False),  # due | held | claimed | sent | blocked | failed | cancelled | uncertain
    Column("doubtful", Boolean, nullable=False, server_default=false()),  # a send was under way when the sender died
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("claimed_by", Text),
    Column("message_id", BigInteger),
    Column("error", Text),
    Column("finished_at", Moment),
    UniqueConstraint("learner_id", "kind", "occasion"),
    Index("ix_delivery_due", "due_at", "id", sqlite_where=DUE, postgresql_where=DUE),
    Index("ix_delivery_claimed", "claimed_by", sqlite_where=CLAIMED, postgresql_where=CLAIMED),
    Index("ix_delivery_announcement_id_state", "announcement_id", "state"),
    Index("ix_delivery_waiting", "state", sqlite_where=WAITING, postgresql_where=WAITING),
    Index("ix_delivery_finished", "due_at", sqlite_where=FINISHED, postgresql_where=FINISHED),
)

brake = Table(
    "brake",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("until", Moment, nullable=False),  # Telegram asked for silence until then
    Column("seconds", Integer, nullable=False, server_default="3600"),  # for how long it asked; an hour where only the end was kept
)

hold = Table(
    "hold",  # after a restore: nothing is pushed until the operator agrees
    metadata,
    Column("name", Text, primary_key=True),  # sending
    Column("since", Moment, nullable=False),
    Column("made_at", Moment),  # when the backup was made; NULL when nobody knows
)

uploaded_file = Table(
    "uploaded_file",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("version", Text, primary_key=True),  # SHA-256 of the file
    Column("file_id", Text, nullable=False),
)
