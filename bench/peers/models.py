"""The tables that both Python peers use, as SQLAlchemy's declarative ORM writes them; the database is Sinau's own."""

import os
from datetime import datetime

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKey, Integer
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Key = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    type_annotation_map = {datetime: DateTime(timezone=True), dict: JSON, list: JSON, int: BigInteger}


class Prompt(Base):
    __tablename__ = "prompt"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    learner_id: Mapped[int]
    module_id: Mapped[str]
    item_id: Mapped[str]
    snapshot: Mapped[dict]


class Attempt(Base):
    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    prompt_id: Mapped[int] = mapped_column(ForeignKey("prompt.id"), unique=True)
    learner_id: Mapped[int]
    module_id: Mapped[str]
    item_id: Mapped[str]
    response: Mapped[list]
    score: Mapped[float]
    correct: Mapped[bool]
    unsure: Mapped[bool]
    at: Mapped[datetime]


def make_sessions():
    """Return a factory of sessions for DATABASE_URL, over aiosqlite or psycopg's async side."""
    url = os.environ["DATABASE_URL"].replace("sqlite://", "sqlite+aiosqlite://").replace("postgresql://", "postgresql+psycopg://")
    return async_sessionmaker(create_async_engine(url), expire_on_commit=False)
