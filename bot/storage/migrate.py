"""Bring a database to the present shape of the tables, by Alembic's migrations only.

Alembic is imported when there is something to migrate: it would be a tenth of the memory of a bot, and of its start, for what
is hardly ever needed. A migration's file begins with its revision, so that which one is the newest can be told without it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect

from bot.errors import SinauError

MIGRATIONS = Path(__file__).parent / "migrations"
_UPGRADE_LOCK = 7_310_119  # an arbitrary number: PostgreSQL's advisory lock for upgrades of this program


class NewerDatabaseError(SinauError):
    """The database has a shape that this version of the program does not know."""


def upgrade(engine: Engine) -> None:
    """Apply every migration that is missing; replicas that start together wait for one another.

    Raises:
        NewerDatabaseError: a newer version has used the database.

    """
    with engine.connect() as connection, unlinked(connection), connection.begin():
        upgrade_within(connection)


@contextmanager
def unlinked(connection: Connection) -> Iterator[None]:
    """Let migrations rebuild SQLite's tables (sqlite.org/lang_altertable.html#otheralter): to be entered before the transaction begins.

    Foreign keys are not enforced meanwhile: else dropping the old table would remove the rows that refer to it.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF").close()
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON").close()


def upgrade_within(connection: Connection) -> None:
    """Do the same within a transaction that is under way, and on SQLite `unlinked`."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_UPGRADE_LOCK})")
    require_known(connection)
    if not is_current(connection):
        _migrate(connection)


def is_current(connection: Connection) -> bool:
    """Tell whether the database has the shape that this version of the program needs."""
    return revision(connection) == newest()


def require_known(connection: Connection) -> None:
    """Raise NewerDatabaseError when the database has a shape that only a newer version knows."""
    found = revision(connection)
    if found is not None and not is_known(found):
        raise NewerDatabaseError(
            "The database was last used by a newer version of Sinau; nothing was changed. Run that version, or restore the backup that was "
            "made before the upgrade."
        )


def revision(connection: Connection) -> str | None:
    """Return the revision that the database has; None when it was never migrated."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return found


def is_known(name: str) -> bool:
    """Tell whether this version of the program knows a revision, and so can bring a database from it to the present shape."""
    return name in _revisions()


def newest() -> str:
    """Return the revision that this version of the program needs."""
    return _revisions()[-1]


def _revisions() -> list[str]:
    return sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("*.py"))


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite" and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise RuntimeError(f"the migration left {len(broken)} rows that refer to nothing; it is taken back")
