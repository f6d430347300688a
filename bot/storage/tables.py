"""The tables. Alembic's migrations are the only way they change; this is their present shape."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
    true,
)  # fmt: skip
from sqlalchemy.types import TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python; timestamptz on PostgreSQL, text that sorts by time on SQLite."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column's type."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC; a naive moment is a defect and raises ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone can't be stored")
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """Hand out aware moments only."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite only numbers rows by itself where the key's type is INTEGER. Where buttons carry numbers, `sqlite_autoincrement` keeps it from
# giving that of a removed row away again: the old button would mean the new row.
Key = BigInteger().with_variant(Integer, "sqlite")


def _learner_key(*, nullable: bool = False) -> Column[int]:
    return Column("learner_id", Key, ForeignKey("learner.id", ondelete="CASCADE"), nullable=nullable)


learner = Table(
    "learner",
    metadata,
    Column("id", Key, primary_key=True),
    Column("telegram_id", BigInteger, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("coordinator", Boolean, nullable=False, server_default=false()),
    Column("reminder_minute", Integer),  # local time of day in minutes since midnight; NULL: no reminders
    Column("next_reminder_at", Moment),
    Column("paused_until", Date),  # the last pause, in force or over, ends the local day before; 9999-12-31: until they resume
    Column("stopped", Boolean, nullable=False, server_default=false()),
    Column("reachable", Boolean, nullable=False, server_default=true()),
    Column("joined_at", Moment, nullable=False),
    Column("last_studied_on", Date),  # local day
    Column("low_data", Boolean, nullable=False, server_default=false()),  # pictures come only when they are asked for
    Column("reminder_days", Integer),  # weekdays as bits, 1 is Monday; NULL: working days
    Column("renewed_on", Date),  # local day on which reminders were last asked for
    Column("fell_silent_at", Moment),  # when the last reminder came to who did not study for long; NULL once they study again
    Index("ix_learner_fell_silent_at", "fell_silent_at", sqlite_where=text("fell_silent_at IS NOT NULL"),
          postgresql_where=text("fell_silent_at IS NOT NULL")),
    Index("ix_learner_next_reminder_at", "next_reminder_at", sqlite_where=text("next_reminder_at IS NOT NULL"),
          postgresql_where=text("next_reminder_at IS NOT NULL")),
)  # fmt: skip

study_day = Table(
    "study_day",
    metadata,
    Column("learner_id", Key, ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),  # local
)

pause = Table(
    "pause",
    metadata,
    Column("learner_id", Key, ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("first", Date, primary_key=True),  # local days, from this one on …
    Column("until", Date, nullable=False),  # … until the day before this one; 9999-12-31: until they resume
)

enrolment = Table(
    "enrolment",
    metadata,
    Column("id", Key, primary_key=True),
    _learner_key(),
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
)

OPEN = text("finished_at IS NULL")
OPEN_DAILY = text("finished_at IS NULL AND module_id IS NULL")

sitting = Table(
    "sitting",
    metadata,
    Column("id", Key, primary_key=True),
    _learner_key(),
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
    _learner_key(),
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

attempt = Table(
    "attempt",
    metadata,
    Column("id", Key, primary_key=True),
    Column("prompt_id", Key, ForeignKey("prompt.id", ondelete="CASCADE"), nullable=False, unique=True),
    _learner_key(),
    Column("module_id", Text, nullable=False),
    Column("item_id", Text, nullable=False),
    Column("response", JSON, nullable=False),  # the option ids chosen, or what was typed
    Column("score", Float),  # 0..1; NULL: nothing is graded
    Column("correct", Boolean),
    Column("unsure", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("shared_at", Moment),  # when the learner sent it to the coordinators
    Column("seconds", Integer),  # from when it was shown to the answer; NULL: unknown, or something else came between
    Index("ix_attempt_learner_id_at", "learner_id", "at"),
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

dialogue = Table(
    "dialogue",
    metadata,
    Column("learner_id", Key, ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True),
    Column("awaits", Text, nullable=False),  # what the person's next message will be taken for
    Column("announcement_id", Key, ForeignKey("announcement.id", ondelete="CASCADE")),
    Column("since", Moment, nullable=False),
    Column("prompt_id", Key, ForeignKey("prompt.id", ondelete="CASCADE")),
    Column("album", Text),  # the album that came instead: it is answered once, not once for each of its parts
)

invitation = Table(
    "invitation",
    metadata,
    Column("token_hash", Text, primary_key=True),  # SHA-256 of the token, hexadecimal: the token itself is never stored
    Column("coordinator", Boolean, nullable=False, server_default=false()),
    Column("module_id", Text),
    Column("uses_left", Integer, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
)

invitation_use = Table(
    "invitation_use",
    metadata,
    Column("token_hash", Text, ForeignKey("invitation.token_hash", ondelete="CASCADE"), primary_key=True),
    Column("learner_id", Key, ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Index("ix_invitation_use_learner_id", "learner_id"),
)

wrong_link = Table(
    "wrong_link",
    metadata,
    Column("learner_id", Key, ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),  # links opened since then that were no invitation
    Column("since", Moment, nullable=False),
)

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

# Spelled out, not as parameters: SQLite uses a partial index only for a query that repeats its very words.
WAITING = text("state IN ('due', 'held', 'claimed')")
CLAIMED = text("state = 'claimed'")
DUE = text("state = 'due'")
FINISHED = text("state NOT IN ('due', 'held', 'claimed')")

delivery = Table(
    "delivery",
    metadata,
    Column("id", Key, primary_key=True),
    Column("kind", Text, nullable=False),  # reminder | announcement | reflection | group_question | group_recap | silent
    _learner_key(nullable=True),
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

# What is known of an announcement's deliveries once the rows are gone: numbers, and nobody's.
delivery_count = Table(
    "delivery_count",
    metadata,
    Column("announcement_id", Key, ForeignKey("announcement.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("state", Text, primary_key=True),
    Column("error", Text, primary_key=True),  # empty where there was none
    Column("count", Integer, nullable=False),
)

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
    Index("ix_study_group_next_quiz_at", "next_quiz_at"),
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

request = Table(
    "request",
    metadata,
    Column("name", Text, primary_key=True),  # reload: every replica reads the content again
    Column("asked_at", Moment, nullable=False),
)

uploaded_file = Table(
    "uploaded_file",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("version", Text, primary_key=True),  # SHA-256 of the file
    Column("file_id", Text, nullable=False),
)
