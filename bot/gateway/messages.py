"""A screen, a copy or a file on its way to Telegram: the API's JSON, and what to do when Telegram dislikes its form."""

import asyncio
import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import structlog

from bot.actions import encode
from bot.content.media import read_unchanged
from bot.gateway.errors import RefusedError, is_file_unknown, is_not_formattable, is_not_modified
from bot.gateway.request import File
from bot.gateway.wire import Wire
from bot.screen import Button, Copy, Media, Poll, Screen
from bot.storage.database import Storage, StorageUnavailableError
from bot.storage.uploads import forget_file, known_file, remember_file

log = structlog.get_logger()

MAX_UNITS: Final = 4096  # core.telegram.org/bots/api#sendmessage: characters, counted in UTF-16 units
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")


class Messages:
    """Sends and edits single messages. Telegram's errors pass through, but for those about the form of a message."""

    def __init__(self, wire: Wire, storage: Storage, bot_id: int) -> None:
        """Send over `wire`; what has been uploaded once is remembered in `storage`."""
        self._wire = wire
        self._storage = storage
        self._bot_id = bot_id

    async def send(self, chat_id: int, outgoing: Screen | Copy, *, thread_id: int | None = None, paid: bool = False) -> int:
        """Send a new message, into a topic if one is named, and return its id.

        `paid` lets Telegram take a fee where it goes over the free number a second.
        """
        address = _address(chat_id, thread_id, paid=paid)
        if isinstance(outgoing, Copy):
            return await self._copy(address, outgoing)
        return _message_id(await self._form("sendMessage", address, outgoing))

    async def ask(self, chat_id: int, poll: Poll, *, thread_id: int | None = None, paid: bool = False) -> tuple[int, str]:
        """Send a quiz in which everybody sees who chose what; return the ids of its message and of the poll."""
        payload = {
            **_address(chat_id, thread_id, paid=paid),
            "type": "quiz",
            "is_anonymous": False,  # no answer of an anonymous poll reaches the bot
            "question": poll.question,
            "options": [{"text": option} for option in poll.options],
            "correct_option_ids": [poll.correct],
            "correct_option_id": poll.correct,  # the only name that a Bot API server from before 2026 knows
            **({"explanation": poll.explanation} if poll.explanation else {}),
        }
        sent = await self._wire.call("sendPoll", payload)
        return _message_id(sent), _poll_id(sent)

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> None:
        """Make a message show `screen`; that it does already is fine."""
        try:
            await self._form("editMessageText", {"chat_id": chat_id, "message_id": message_id}, screen)
        except RefusedError as error:
            if not is_not_modified(error):
                raise

    async def copy(self, chat_id: int, source: Copy) -> int:
        """Send somebody's message again, without naming them, and return the new message's id."""
        return await self._copy({"chat_id": chat_id}, source)

    async def answer(self, answer: Mapping[str, Any]) -> None:
        """Make a call that carries its own `method`, such as the answer to a pressed button."""
        await self._wire.call(answer["method"], {name: value for name, value in answer.items() if name != "method"})

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Delete a message."""
        await self._wire.call("deleteMessage", {"chat_id": chat_id, "message_id": message_id})

    async def send_media(self, chat_id: int, media: Media) -> int:
        """Send a file, by its file_id where Telegram has it, and return the message's id.

        Raises:
            OSError: the file can't be read, or is not the one of this version any more.

        """
        payload = {"chat_id": chat_id, "caption": media.caption, "parse_mode": "HTML"}
        if file_id := await self._known(media):
            try:
                return _message_id(await self._wire.call(_method(media), payload | {media.kind: file_id}))
            except RefusedError as error:
                if not is_file_unknown(error):
                    raise
                await self._forget(media)
        sent = await self._wire.call(_method(media), payload, {media.kind: File(media.filename, await _content(media))})
        await self._remember(media, sent)
        return _message_id(sent)

    async def _copy(self, address: Mapping[str, Any], source: Copy) -> int:
        payload = {**address, "from_chat_id": source.from_chat_id, "message_id": source.message_id}
        return _message_id(await self._wire.call("copyMessage", payload))

    async def _form(self, method: str, address: Mapping[str, Any], screen: Screen) -> Any:
        payload = {**address, "link_preview_options": {"is_disabled": True}, "reply_markup": keyboard(screen.rows)}
        try:
            return await self._wire.call(method, {**payload, "text": screen.text, "parse_mode": "HTML"})
        except RefusedError as error:
            if not is_not_formattable(error):
                raise
        log.error("screen_sent_as_plain_text", method=method, chat_id=address["chat_id"])
        return await self._wire.call(method, {**payload, "text": plain(screen.text)})

    async def _known(self, media: Media) -> str | None:
        if not media.version:
            return None
        try:
            return await self._storage.run(known_file, self._bot_id, media.version)
        except StorageUnavailableError:
            return None

    async def _forget(self, media: Media) -> None:
        try:
            await self._storage.run(forget_file, self._bot_id, media.version)
        except StorageUnavailableError:
            log.warning("file_id_not_forgotten", version=media.version)

    async def _remember(self, media: Media, sent: Any) -> None:
        file_id = _file_id(sent, media.kind)
        if not media.version or file_id is None:
            return
        try:
            await self._storage.run(remember_file, self._bot_id, media.version, file_id)
        except StorageUnavailableError:
            log.warning("file_id_not_remembered", version=media.version)


def keyboard(rows: tuple[tuple[Button, ...], ...]) -> dict[str, Any]:
    """Return the buttons as Telegram's inline keyboard; empty rows are left out."""
    return {"inline_keyboard": [[_button(button) for button in row] for row in rows if row]}


def plain(text: str) -> str:
    """Return Telegram HTML without its tags, cut to what one message can hold."""
    bare = html.unescape(_TAG.sub("", text))
    if len(bare.encode("utf-16-le", "surrogatepass")) // 2 <= MAX_UNITS:
        return bare
    cut = bare.encode("utf-16-le", "surrogatepass")[: 2 * (MAX_UNITS - 1)]
    return cut.decode("utf-16-le", "ignore") + "…"


def _button(button: Button) -> dict[str, Any]:
    if button.action is not None:
        return {"text": button.label, "callback_data": encode(button.action)}
    if button.mini_app is not None:
        return {"text": button.label, "web_app": {"url": button.mini_app}}
    return {"text": button.label, "url": button.url or ""}


async def _content(media: Media) -> bytes:
    if media.data is not None:
        return media.data
    return await asyncio.to_thread(read_unchanged, Path(media.path or ""), media.version)


def _method(media: Media) -> str:
    return f"send{media.kind.capitalize()}"


def _address(chat_id: int, thread_id: int | None, *, paid: bool) -> dict[str, Any]:
    topic = {} if thread_id is None else {"message_thread_id": thread_id}
    return {"chat_id": chat_id, **topic, **({"allow_paid_broadcast": True} if paid else {})}


def _poll_id(message: Any) -> str:
    """Return the poll's id in Telegram's answer; empty when there is none: it went out all the same."""
    poll = message.get("poll") if isinstance(message, dict) else None
    poll_id = poll.get("id") if isinstance(poll, dict) else None
    return poll_id if isinstance(poll_id, str) else ""


def _message_id(message: Any) -> int:
    """Return the id in Telegram's answer; 0 when there is none: the message went out all the same."""
    message_id = message.get("message_id") if isinstance(message, dict) else None
    return message_id if isinstance(message_id, int) else 0


def _file_id(message: Any, kind: str) -> str | None:
    """Return the file_id in Telegram's answer: a photo comes in several sizes, the largest last."""
    content = message.get(kind) if isinstance(message, dict) else None
    largest = content[-1] if isinstance(content, list) and content else content
    file_id = largest.get("file_id") if isinstance(largest, dict) else None
    return file_id if isinstance(file_id, str) else None
