"""Bring a database to the present shape of the tables, by Alembic's migrations only."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

MIGRATIONS = Path(__file__).parent / "migrations"
_UPGRADE_LOCK = 7_310_119  # an arbitrary number: PostgreSQL's advisory lock for upgrades of this program


def upgrade(engine: Engine) -> None:
    """Apply every migration that is missing; replicas that start together wait for one another."""
    with engine.begin() as connection:
        upgrade_within(connection)


def upgrade_within(connection: Connection) -> None:
    """Do the same within a transaction that is under way."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_UPGRADE_LOCK})")
    command.upgrade(_config(connection), "head")


def is_current(connection: Connection) -> bool:
    """Tell whether the database has the shape that this version of the program needs."""
    return MigrationContext.configure(connection).get_current_revision() == newest()


def is_known(revision: str) -> bool:
    """Tell whether this version of the program knows a revision, and so can bring a database from it to the present shape."""
    return revision in {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}


def newest() -> str | None:
    """Return the revision that this version of the program needs."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
