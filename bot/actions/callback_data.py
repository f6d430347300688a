"""An action's way to and from the 64 bytes of callback data that Telegram carries."""

from collections.abc import Callable
from typing import Final

from bot.actions.action import CODES, Action

SEPARATOR: Final = ":"
LARGEST: Final = 2**63 - 1  # what a column of the database holds
MAX_BYTES: Final = 64  # core.telegram.org/bots/api#inlinekeyboardbutton: callback_data, 1-64 bytes


def encode(action: Action) -> str:
    """Return the callback data of `action`: its code and its values, separated by colons, at most 64 bytes.

    Raises:
        ValueError: it would be longer; content checks keep names short enough that it never is.

    """
    data = SEPARATOR.join([action.code, *(str(getattr(action, name)) for name, _ in action.parts)])
    if len(data.encode()) > MAX_BYTES:
        raise ValueError(f"callback data of {type(action).__name__} is longer than {MAX_BYTES} bytes")
    return data


def decode(data: str) -> Action | None:
    """Return the action that callback data means, or None when no version of this bot wrote it."""
    code, *values = data.split(SEPARATOR)
    kind = CODES.get(code)
    if kind is None or len(values) != len(kind.parts):
        return None
    build: Callable[..., Action] = kind
    try:
        return build(*(_number(value) if is_number else value for value, (_, is_number) in zip(values, kind.parts, strict=True)))
    except ValueError:
        return None


def _number(value: str) -> int:
    """Read a number; raises ValueError for what no button of ours ever carried."""
    number = int(value)
    if str(number) != value or abs(number) > LARGEST:
        raise ValueError("this is no number of ours")
    return number
