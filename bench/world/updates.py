"""Presses of answer buttons, as Telegram pushes them."""

import itertools
from dataclasses import dataclass
from typing import Any, Final

import orjson

from bot.actions import Answer, encode

_IDS: Final = itertools.count(900_000_001)


@dataclass(frozen=True, slots=True)
class Push:
    """One update on its way: whose chat it is, and its JSON."""

    chat_id: int
    body: bytes


def press(chat_id: int, prompt: int, option: str) -> Push:
    """Return the press of an option's button below a question."""
    number = next(_IDS)
    keyboard = [[{"text": f"Pilihan {each}", "callback_data": encode(Answer(prompt, each))}] for each in "abcd"]
    message = _message(chat_id, "Kuis · 1 dari 5\n\nPertanyaan rekaan, sepanjang yang biasa: apa yang Anda lakukan lebih dulu?")
    query = {
        "id": str(number * 1000),
        "from": _person(chat_id),
        "message": message | {"from": _BOT, "edit_date": 1770000001, "reply_markup": {"inline_keyboard": keyboard}},
        "chat_instance": str(chat_id * 31),
        "data": encode(Answer(prompt, option)),
    }
    return Push(chat_id, orjson.dumps({"update_id": number, "callback_query": query}))


def command(chat_id: int, text: str) -> Push:
    """Return a command that a person wrote."""
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    message = _message(chat_id, text) | {"from": _person(chat_id), "entities": entities}
    return Push(chat_id, orjson.dumps({"update_id": next(_IDS), "message": message}))


_BOT: Final = {"id": 424242, "is_bot": True, "first_name": "Sinau", "username": "sinau_bench_bot"}


def _person(chat_id: int) -> dict[str, Any]:
    return {"id": chat_id, "is_bot": False, "first_name": "Rekaan", "language_code": "id"}


def _message(chat_id: int, text: str) -> dict[str, Any]:
    chat = {"id": chat_id, "type": "private", "first_name": "Rekaan"}
    return {"message_id": 7, "date": 1770000000, "chat": chat, "text": text}
