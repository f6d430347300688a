"""The texts of a call: parse mode, entities, length."""

from typing import Any

from bot.sandbox.errors import BotApiError, bad_request
from bot.sandbox.formatted import Formatted, units
from bot.sandbox.markup import parse_html, web_address
from bot.sandbox.parameters import Parameters
from bot.sandbox.records import JsonObject

MAX_TEXT = 4096
MAX_CAPTION = 1024
_ENTITY_TYPES = frozenset(
    {
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    }
)
_REQUIRED = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}


def read_message_text(parameters: Parameters) -> Formatted:
    """Return the text of a message; raises BotApiError 400 when it is empty, too long or cannot be parsed."""
    if not parameters.text("text"):
        raise bad_request("message text is empty")
    text = read_text(parameters, "text", "entities", "parse_mode")
    if not text.text:
        raise bad_request("text must be non-empty")
    if units(text.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return text


def read_caption(parameters: Parameters) -> Formatted:
    """Return the caption of a message, which may be empty; raises BotApiError 400 when it is too long or cannot be parsed."""
    caption = read_text(parameters, "caption", "caption_entities", "parse_mode")
    if units(caption.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return caption


def read_text(parameters: Parameters, name: str, entities: str = "", mode: str = "") -> Formatted:
    """Return a text by its name, with the names of its entities and of its parse mode (by default as Telegram names them)."""
    source = parameters.text(name).replace("\r\n", "\n")
    given = parameters.array(entities or f"{name}_entities")
    if given:
        return Formatted(source, [_entity(entity, units(source)) for entity in given]).finished()
    return _parsed(source, parameters.text(mode or f"{name}_parse_mode")).finished()


def _parsed(source: str, mode: str) -> Formatted:
    if not mode:
        return Formatted(source, [])
    if mode.lower() == "html":
        return parse_html(source)
    if mode.lower() in {"markdown", "markdownv2"}:
        raise bad_request("the sandbox reads HTML only; use parse_mode HTML")
    raise bad_request("unsupported parse_mode")


def _entity(entity: Any, end: int) -> JsonObject:
    if not isinstance(entity, dict):
        raise _unparsable("MessageEntity must be an Object")
    if str(entity.get("type")) not in _ENTITY_TYPES:
        raise _unparsable("Unsupported type specified")
    required = _REQUIRED.get(entity["type"])
    if required and required not in entity:
        raise _unparsable(f'Can\'t find field "{required}"')
    _check_place(entity, end)
    return _linked(entity)


def _unparsable(problem: str) -> BotApiError:
    return bad_request(f"can't parse MessageEntity: {problem}")


def _check_place(entity: JsonObject, end: int) -> None:
    offset, length = entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not isinstance(length, int):
        raise _unparsable('Field "offset" must be of type Number')
    if offset < 0:
        raise bad_request(f"receive an entity with incorrect offset {offset}")
    if length < 0:
        raise bad_request(f"receive an entity with incorrect length {length}")
    if offset > end:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if offset + length > end:
        problem = f"entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {offset + length}"
        raise bad_request(problem)


def _linked(entity: JsonObject) -> JsonObject:
    if entity["type"] != "text_link":
        return entity
    address = web_address(str(entity["url"]))
    if not address:
        reason = "Wrong HTTP URL" if entity["url"] else "URL host is empty"
        raise bad_request(f"entity URL '{entity['url']}' is invalid: {reason}")
    return entity | {"url": address}
