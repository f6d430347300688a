"""What Telegram accepts below a message: inline keyboards, and keyboards in place of the phone's own."""

import re

import orjson

from bot.sandbox.errors import BotApiError, bad_request
from bot.sandbox.markup import web_address
from bot.sandbox.parameters import Parameters
from bot.sandbox.records import JsonObject

MAX_BUTTONS = 100
MAX_ROW = 8
MAX_REPLY_BUTTONS = 300
MAX_REPLY_ROW = 12
MAX_CALLBACK_BYTES = 64
MAX_COPY = 256
MAX_MARKUP_BYTES = 10_240
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_FLAGS = ("force_reply", "remove_keyboard", "selective", "resize_keyboard", "one_time_keyboard", "is_persistent")


def read_markup(parameters: Parameters) -> tuple[JsonObject | None, JsonObject | None]:
    """Return the inline keyboard and the other keyboard of a call, at most one of them; raises BotApiError 400 as Telegram does."""
    markup = parameters.object("reply_markup")
    if not markup:
        return None, None
    if "inline_keyboard" in markup:
        return _inline(markup), None
    for flag in _FLAGS:
        if not isinstance(markup.get(flag, False), bool):
            raise bad_request(f'field "{flag}" must be of type Boolean')
    return None, _replaced(markup)


def read_inline(parameters: Parameters) -> JsonObject | None:
    """Return the inline keyboard of an edit, where no other keyboard is allowed."""
    inline, other = read_markup(parameters)
    if other:
        raise bad_request("inline keyboard expected")
    return inline


def _rows(markup: JsonObject, name: str) -> list[list[JsonObject]]:
    rows = markup[name]
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}" must be an Array of Arrays')
    return [row for row in rows if row]


def _inline(markup: JsonObject) -> JsonObject | None:
    rows = [[_button(button) for button in row] for row in _rows(markup, "inline_keyboard")]
    if sum(map(len, rows)) > MAX_BUTTONS or len(orjson.dumps(rows)) > MAX_MARKUP_BYTES:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    if any(len(row) > MAX_ROW for row in rows):
        raise bad_request(f"inline keyboard row has more than {MAX_ROW} buttons")
    return {"inline_keyboard": rows} if rows else None


def _button(button: object) -> JsonObject:
    if not isinstance(button, dict):
        raise _unparsable("InlineKeyboardButton must be an Object")
    _check_text(button, "inline keyboard")
    actions = [action for action in _ACTIONS if button.get(action) not in (None, "", False) or _empty_query(button, action)]
    if not actions:
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _unparsable(f"exactly one action is allowed, found {' and '.join(actions)}")
    _check_action(actions[0], button[actions[0]])
    return button


def _empty_query(button: JsonObject, action: str) -> bool:
    """Whether this is an inline query that is empty on purpose, the one action that may be."""
    return action.startswith("switch_inline_query") and button.get(action) == ""


def _unparsable(problem: str) -> BotApiError:
    return bad_request(f"can't parse inline keyboard button: {problem}")


def _check_text(button: JsonObject, where: str) -> None:
    if "text" not in button:
        raise bad_request(f"can't parse {where} button: Can't find field \"text\"")
    if not isinstance(button["text"], str):
        raise bad_request(f'can\'t parse {where} button: Field "text" must be of type String')
    if not button["text"].strip():
        raise bad_request(f"{where} button text must be non-empty")


def _check_action(action: str, value: object) -> None:
    if action == "callback_data":
        _check_callback_data(value)
    elif action == "url":
        _check_url(str(value))
    elif action == "web_app":
        _check_web_app(value)
    elif action == "copy_text":
        _check_copy(value)
    elif action in {"pay", "callback_game"}:
        raise bad_request("BUTTON_TYPE_INVALID")


def _check_callback_data(value: object) -> None:
    if not isinstance(value, str):
        raise _unparsable('Field "callback_data" must be of type String')
    if len(value.encode()) > MAX_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_url(url: str) -> None:
    protocol = re.match(r"([a-z]+)://", url, re.IGNORECASE)
    if protocol and protocol.group(1).lower() not in {"http", "https", "tg", "ton", "tonsite"}:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if not web_address(url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_web_app(value: object) -> None:
    url = str(value.get("url", "")) if isinstance(value, dict) else ""
    if not url.startswith("https://"):
        raise bad_request(f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed")


def _check_copy(value: object) -> None:
    text = str(value.get("text", "")) if isinstance(value, dict) else ""
    if not 1 <= len(text) <= MAX_COPY:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _replaced(markup: JsonObject) -> JsonObject | None:
    """Check what takes the place of the phone's keyboard."""
    if "keyboard" not in markup:
        return markup if markup.get("force_reply") or markup.get("remove_keyboard") else None
    rows = [[_reply_button(button) for button in row] for row in _rows(markup, "keyboard")]
    if sum(map(len, rows)) > MAX_REPLY_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    if any(len(row) > MAX_REPLY_ROW for row in rows):
        raise bad_request(f"keyboard row has more than {MAX_REPLY_ROW} buttons")
    return markup | {"keyboard": rows}


def _reply_button(button: object) -> JsonObject:
    described = {"text": button} if isinstance(button, str) else button
    if not isinstance(described, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be an Object")
    _check_text(described, "keyboard")
    return described
