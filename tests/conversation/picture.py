"""What the bot did, as lines that a person can read: each call of the Bot API that changes a chat becomes a few lines."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from bot.sandbox.records import Call, JsonObject, Message
from bot.sandbox.world import World

INDENT = " " * 6
_MEDIA = {"sendPhoto": "photo", "sendAudio": "audio", "sendVideo": "video", "sendDocument": "document"}


def draw(world: World, calls: Iterable[Call], speaker: int) -> list[str]:
    """Draw calls chat by chat, toasts first in each; `speaker` is the chat where somebody acted, 0 for none."""
    shown = [(_chat(world, call), call) for call in calls if not call.method.startswith("get")]
    by_chat: dict[int, list[Call]] = {}
    for chat, call in sorted(shown, key=lambda pair: (pair[0] != speaker, abs(pair[0]), pair[1].method != "answerCallbackQuery")):
        if chat:
            by_chat.setdefault(chat, []).append(call)
    return [line for chat, told in by_chat.items() for call in _lasting(told) for line in _call(world, call, _to(world, chat, speaker))]


def _lasting(calls: list[Call]) -> list[Call]:
    """Leave out what changed nothing, and what a message showed only until its next edit: both depend on the machine's speed."""
    changes = [call for call in calls if "not modified" not in str(call.answer.get("description"))]
    last = {call.parameters["message_id"]: call for call in changes if call.method == "editMessageText"}
    return [call for call in changes if call.method != "editMessageText" or call is last[call.parameters["message_id"]]]


def _chat(world: World, call: Call) -> int:
    if call.method == "answerCallbackQuery":
        return world.state.queries[str(call.parameters["callback_query_id"])].message.chat.id
    return int(call.parameters.get("chat_id", 0))


def _to(world: World, chat: int, speaker: int) -> str:
    if chat == speaker:
        return "bot"
    return f"bot to {world.state.people[chat].first_name}" if chat in world.state.people else "bot to the group"


def _call(world: World, call: Call, bot: str) -> Iterator[str]:
    values = call.parameters
    if call.ok and call.method == "answerCallbackQuery":
        if values.get("text"):
            yield f"{bot} {'alert' if values.get('show_alert') else 'toast'}: {values['text']}"
        return
    yield from _block(f"{bot}{_verb(call)}:", _said(world, call))
    yield from (INDENT + row for row in _keyboard(values.get("reply_markup")))
    if not call.ok:
        yield f"{INDENT}✗ {call.answer.get('error_code', '')} {call.answer.get('description', 'the connection broke')}"


def _verb(call: Call) -> str:
    if kind := _MEDIA.get(call.method):
        known = "" if str(call.parameters[kind]).startswith("<") else " that Telegram has"
        return f" sends {kind}{known}"
    verbs = {"sendMessage": "", "editMessageText": " edits", "copyMessage": " copies", "deleteMessage": " deletes", "sendPoll": " asks"}
    return verbs[call.method]


def _said(world: World, call: Call) -> str:
    values = call.parameters
    if call.method == "copyMessage":
        return written(world.state.message(int(values["from_chat_id"]), int(values["message_id"])))
    if call.method == "deleteMessage":
        return "its message"
    if call.method == "sendPoll":
        return _poll(values)
    return str(values.get("text") or values.get("caption") or "")


def _poll(values: JsonObject) -> str:
    """Draw a quiz: its question, the options with the right one ticked, and what is told afterwards."""
    options, right = _json(values["options"]), _json(values["correct_option_ids"])
    shown = [f"{'●' if place in right else '○'} {option['text']}" for place, option in enumerate(options)]
    told = [f"→ {values['explanation']}"] if values.get("explanation") else []
    return "\n".join([values["question"], *shown, *told])


def _json(value: Any) -> Any:
    return orjson.loads(value) if isinstance(value, str) else value


def written(message: Message) -> str:
    """Return what a person sent, in one line for each line of it: the kind of file, then the words with their entities' names."""
    kind = next((name for name in ("photo", "document", "sticker", "voice", "video") if name in message.content), "")
    entities = message.content.get("entities") or message.content.get("caption_entities") or []
    formats = ", ".join(entity["type"] for entity in entities)
    return f"({kind}) {message.text}".strip() if kind else message.text + (f" ({formats})" if formats else "")


def _block(head: str, text: str) -> Iterator[str]:
    first, *rest = text.split("\n")
    yield f"{head} {first}".rstrip()
    yield from (f"{INDENT}{line}".rstrip() for line in rest)


def _keyboard(markup: Any) -> Iterator[str]:
    described: JsonObject = _json(markup) or {}
    for row in described.get("inline_keyboard", []):
        yield " │ ".join(f"[{button['text']}{' → ' + button['url'] if 'url' in button else ''}]" for button in row)
