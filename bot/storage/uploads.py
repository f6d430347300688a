"""Files that Telegram has already: sent again by their file_id, not uploaded again."""

from sqlalchemy import Connection, delete, select

from bot.storage.ledger import insert_or_ignore
from bot.storage.tables import uploaded_file


def known_file(connection: Connection, bot_id: int, version: str) -> str | None:
    """Return Telegram's file_id of the file with this SHA-256, None when it has not been uploaded by this bot."""
    wanted = (uploaded_file.c.bot_id == bot_id) & (uploaded_file.c.version == version)
    return connection.execute(select(uploaded_file.c.file_id).where(wanted)).scalar_one_or_none()


def remember_file(connection: Connection, bot_id: int, version: str, file_id: str) -> None:
    """Keep the file_id of a file; a newer one takes the place of an older one."""
    forget_file(connection, bot_id, version)
    insert_or_ignore(connection, uploaded_file, {"bot_id": bot_id, "version": version, "file_id": file_id})


def forget_file(connection: Connection, bot_id: int, version: str) -> None:
    """Forget a file_id that is no longer good."""
    connection.execute(delete(uploaded_file).where(uploaded_file.c.bot_id == bot_id, uploaded_file.c.version == version))
