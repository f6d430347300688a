"""Who is signed in to the dashboard. Only hashes of what opens it are kept."""

from sqlalchemy import Column, Index, Table, Text

from bot.storage.tables.columns import Moment, learner_key, metadata

sign_in_link = Table(
    "sign_in_link",
    metadata,
    Column("token_hash", Text, primary_key=True),  # SHA-256, hexadecimal, as is that of an invitation
    learner_key(),
    Column("expires_at", Moment, nullable=False),
    Index("ix_sign_in_link_learner_id", "learner_id"),
)

web_session = Table(
    "web_session",
    metadata,
    Column("token_hash", Text, primary_key=True),
    learner_key(),
    Column("begun_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),  # to the minute
    Index("ix_web_session_learner_id", "learner_id"),
)
