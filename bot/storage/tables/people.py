"""Who learns: their settings, the days they studied, their pauses, and the links that let them in."""

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, false, text, true

from bot.storage.tables.columns import Key, Moment, metadata

learner = Table(
    "learner",
    metadata,
    Column("id", Key, primary_key=True),
    Column("telegram_id", BigInteger, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("reminder_minute", Integer),  # local time of day in minutes since midnight; NULL: no reminders
    Column("next_reminder_at", Moment),
    Column("paused_until", Date),  # the last pause, ahead, in force or over, ends the local day before; 9999-12-31: until they resume
    Column("stopped", Boolean, nullable=False, server_default=false()),
    Column("reachable", Boolean, nullable=False, server_default=true()),
    Column("joined_at", Moment, nullable=False),
    Column("last_studied_on", Date),  # local day
    Column("low_data", Boolean, nullable=False, server_default=false()),  # pictures come only when they are asked for
    Column("reminder_days", Integer),  # weekdays as bits, 1 is Monday; NULL: working days
    Column("renewed_on", Date),  # local day on which reminders were last asked for
    Column("fell_silent_at", Moment),  # when the last reminder came to who did not study for long; NULL once they study again
    Column("paused_from", Date),  # local day on which the last pause begins; NULL: it has begun
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
    Index("ix_study_day_day", "day", "learner_id"),
)

pause = Table(
    "pause",
    metadata,
    Column("learner_id", Key, ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("first", Date, primary_key=True),  # local days, from this one on …
    Column("until", Date, nullable=False),  # … until the day before this one; 9999-12-31: until they resume
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
    Column("coordinator", Boolean, nullable=False, server_default=false()),  # of `unit_id`, or of everybody
    Column("module_id", Text),
    Column("uses_left", Integer, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("unit_id", Key, ForeignKey("unit.id", ondelete="CASCADE")),
    Column("person_id", Key, ForeignKey("person.id", ondelete="CASCADE")),  # who in the roster the opener says to be
    Column("author_id", Key, ForeignKey("learner.id", ondelete="SET NULL")),  # NULL: from the command line
    Index("ix_invitation_unit_id", "unit_id"),
    Index("ix_invitation_person_id", "person_id"),
    Index("ix_invitation_author_id", "author_id"),
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

asker = Table(
    "asker",
    metadata,
    Column("learner_id", Key, ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False),  # of the operator's zone
    Column("count", Integer, nullable=False),  # questions of that day for which an answer was asked of the endpoint
)
