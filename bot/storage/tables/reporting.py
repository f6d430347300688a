"""What reports say that would take too long to count when somebody looks."""

from sqlalchemy import JSON, Column, Table, Text

from bot.storage.tables.columns import Moment, metadata

figure = Table(
    "figure",
    metadata,
    Column("name", Text, primary_key=True),  # remembered | items/<module> | week/<its Monday>
    Column("measured_at", Moment, nullable=False),
    Column("body", JSON, nullable=False),  # numbers, and nobody's
)
