"""What can go wrong between the bot and Telegram, told apart by what the caller has to do about it."""

import re
from typing import Final


class ApiError(Exception):
    """A call of the Bot API failed."""


class BlockedError(ApiError):
    """The chat can't be written to: blocked, left, deleted, or never started (HTTP 403)."""


class ChatNotFoundError(BlockedError):
    """Telegram knows no such chat (HTTP 400). In a copy it may be the chat that is copied from."""


class RefusedError(ApiError):
    """Telegram refuses what was asked (HTTP 400); the text is its description."""


class UnauthorizedError(ApiError):
    """Telegram knows no bot with this token (HTTP 401 or 404)."""


class MigratedError(ApiError):
    """The group has become a supergroup with another id."""

    def __init__(self, new_chat_id: int) -> None:
        """Keep the group's new id."""
        super().__init__("the group has a new id")
        self.new_chat_id = new_chat_id


class TooManyError(ApiError):
    """Too much was sent (HTTP 429); Telegram wants silence for `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        """Keep how long to be silent."""
        super().__init__(f"Telegram asks for silence for {retry_after} s")
        self.retry_after = retry_after


class ConflictError(ApiError):
    """Another getUpdates is running, or a webhook is set (HTTP 409)."""


class UnreachableError(ApiError):
    """Telegram gave no usable answer: network, time limit, HTTP 5xx.

    `perhaps_done`: the call may have taken effect all the same, because it was on its way when the answer failed to come.
    """

    def __init__(self, reason: str, *, perhaps_done: bool) -> None:
        """Keep whether the call may have taken effect."""
        super().__init__(reason)
        self.perhaps_done = perhaps_done


class NotStoredError(Exception):
    """An update's effect could not be stored. Nothing happened; Telegram must not be told that it arrived, so that it repeats it."""


class MalformedUpdateError(ValueError):
    """An update has a shape that Telegram doesn't send. The text names the field, never what stood in it."""


_CODE = re.compile(r"Bad Request: ([A-Z][A-Z0-9_]{3,49})")
_FAULTS: Final = {
    "source_gone": ("message to copy not found", "message to forward not found"),
    "not_copyable": ("message can't be copied",),
    "no_rights": ("not enough rights", "have no rights"),
    "topic_gone": ("message thread not found", "topic_deleted", "topic_closed"),
}
_QUOTED = re.compile(r'"[^"]*"')
# Telegram identifies these only by their wording.
_NOT_MODIFIED = "message is not modified"
_QUERY_TOO_OLD = ("query is too old", "query id is invalid")
_CANNOT_EDIT = ("message to edit not found", "message can't be edited", "no text in the message to edit", "message_id_invalid")
_CANNOT_DELETE = ("message to delete not found", "message can't be deleted", "message_id_invalid")
_CANNOT_FORMAT = ("can't parse entities", "message is too long", "caption is too long")
_FILE_UNKNOWN = ("wrong file identifier", "wrong remote file", "wrong type of file", "can't use file of type", "file reference")


def reason(error: Exception) -> str:
    """Return the kind of an error, and for one of the API's its description without what it quotes of the message: fit for a log."""
    kind = type(error).__name__
    return f"{kind}: {_QUOTED.sub('…', str(error))}" if isinstance(error, ApiError) else kind


def fault(error: ApiError) -> str:
    """Return the kind of a failure as it is stored: a word, with Telegram's code where it gives one; its sentence may quote the message."""
    if isinstance(error, RefusedError):
        for word, phrases in _FAULTS.items():
            if _says(error, phrases):
                return word
        code = _CODE.fullmatch(str(error))
        return f"refused {code[1]}" if code else "refused"
    return "chat_not_found" if isinstance(error, ChatNotFoundError) else type(error).__name__.removesuffix("Error").lower()


def is_not_modified(error: RefusedError) -> bool:
    """Tell whether the message already shows what it was to be edited to: a success."""
    return _says(error, (_NOT_MODIFIED,))


def is_webhook_active(error: ConflictError) -> bool:
    """Tell whether updates can't be fetched because they are pushed somewhere."""
    return "webhook is active" in str(error).lower()


def is_query_too_old(error: RefusedError) -> bool:
    """Tell whether a button's press came too long ago to be answered: nothing is lost by it."""
    return _says(error, _QUERY_TOO_OLD)


def is_not_editable(error: RefusedError) -> bool:
    """Tell whether the message is gone, too old, or has no text: send a new one instead."""
    return _says(error, _CANNOT_EDIT)


def is_not_deletable(error: RefusedError) -> bool:
    """Tell whether the message is gone already or too old to be deleted: leave it."""
    return _says(error, _CANNOT_DELETE)


def is_not_formattable(error: RefusedError) -> bool:
    """Tell whether Telegram refuses the markup or the length: send it as plain text, cut to size."""
    return _says(error, _CANNOT_FORMAT)


def is_file_unknown(error: RefusedError) -> bool:
    """Tell whether a file_id is no longer good: upload the file again."""
    return _says(error, _FILE_UNKNOWN)


def _says(error: RefusedError, phrases: tuple[str, ...]) -> bool:
    description = str(error).lower()
    return any(phrase in description for phrase in phrases)
