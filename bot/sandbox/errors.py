"""The two ways in which the sandbox refuses: to the bot as Telegram would, to a person in plain words."""

from bot.sandbox.records import JsonObject

BAD_REQUEST = 400
UNAUTHORIZED = 401
FORBIDDEN = 403
NOT_FOUND = 404
CONFLICT = 409
TOO_LARGE = 413
TOO_MANY_REQUESTS = 429


class BotApiError(Exception):
    """An error as Telegram answers it: a code, a description and sometimes parameters for the bot."""

    def __init__(self, code: int, description: str, parameters: JsonObject | None = None) -> None:
        """Describe the refusal; `parameters` holds `retry_after` or `migrate_to_chat_id`."""
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def json(self) -> JsonObject:
        """Return the body of the answer."""
        body: JsonObject = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class NotPossibleError(Exception):
    """A person tried something that their Telegram app would not offer; the text says why."""


def bad_request(description: str, parameters: JsonObject | None = None) -> BotApiError:
    """Return a 400 as Telegram words it."""
    return BotApiError(BAD_REQUEST, f"Bad Request: {description}", parameters)


def forbidden(description: str) -> BotApiError:
    """Return a 403 as Telegram words it."""
    return BotApiError(FORBIDDEN, f"Forbidden: {description}")


def conflict(description: str) -> BotApiError:
    """Return a 409 as Telegram words it."""
    return BotApiError(CONFLICT, f"Conflict: {description}")


def too_many_requests(retry_after: int) -> BotApiError:
    """Return a 429 that asks the bot to wait `retry_after` seconds."""
    return BotApiError(TOO_MANY_REQUESTS, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
