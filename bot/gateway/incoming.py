"""An update of the Bot API, read lightly: what happened, where, and who did it. python-telegram-bot's objects cost too much here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.gateway.errors import MalformedUpdateError

# What the bot asks Telegram for; anything else would only be thrown away.
ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member", "poll_answer")

# A GIF comes as an animation and, for old apps, as a document too: it is looked for first.
_ATTACHMENTS: Final = (
    "photo", "video", "animation", "document", "voice", "audio", "sticker", "video_note", "location", "venue", "contact", "poll",
    "dice", "story", "paid_media", "game", "checklist", "giveaway", "giveaway_winners", "invoice",
)  # fmt: skip
_NEVER_COPIED: Final = frozenset({"paid_media", "giveaway", "giveaway_winners", "invoice"})  # core.telegram.org/bots/api#copymessage
_MEMBER_STATES: Final = frozenset({"creator", "administrator", "member", "restricted"})
_GROUPS: Final = frozenset({"group", "supergroup"})
_LONGEST_NAME: Final = 64  # characters that Telegram's apps let a person choose; a message has to hold it
_LARGEST: Final = 2**63 - 1  # what a column of the database holds


@dataclass(frozen=True, slots=True)
class Person:
    """Who did it. `language_code` is Telegram's IETF tag, empty when unknown."""

    id: int
    first_name: str
    language_code: str


@dataclass(frozen=True, slots=True)
class Tap:
    """A button was pressed. `editable`: the message it belongs to can be edited to another text."""

    query_id: str
    data: str
    message_id: int | None
    editable: bool


@dataclass(frozen=True, slots=True)
class Command:
    """A command, without slash and @name, in lower case, and what was written after it."""

    name: str
    argument: str
    message_id: int


@dataclass(frozen=True, slots=True)
class Text:
    """Something was written; `copyable`: Telegram lets the bot send it to others."""

    text: str
    message_id: int
    copyable: bool = True


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something other than text was sent; `kind` is the field's name, such as photo or sticker.

    `album` is what the messages of one album have in common, empty for a message of its own; `copyable` is as for a text.
    """

    kind: str
    message_id: int
    copyable: bool = True
    album: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """A message was changed after it was sent."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Membership:
    """The bot was let in or put out; in a private chat: unblocked or blocked. `joined`: it is a group in which it was not before."""

    member: bool
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group became a supergroup with another id."""

    new_chat_id: int


@dataclass(frozen=True, slots=True)
class PollAnswer:
    """Somebody answered a poll that is not anonymous, with the options at these positions; none: they took their answer back."""

    poll_id: str
    options: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """Anything that the bot has no use for."""

    kind: str


Event = Tap | Command | Text | Attachment | Edited | Membership | Migrated | PollAnswer | Other


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update.

    Attributes:
        update_id: Telegram's number of it.
        chat_id: where it happened; the person's own id for a press that belongs to no chat that Telegram tells; 0 for no chat at all.
        private: whether it is a private chat.
        person: who did it; None for channels, anonymous administrators and other bots.
        event: what happened.
        title: the group's name, empty for other chats.
        thread_id: the topic of the group that it happened in, if it has topics.

    """

    update_id: int
    chat_id: int
    private: bool
    person: Person | None
    event: Event
    title: str = ""
    thread_id: int | None = None


def parse(update: object, username: str) -> Incoming:
    """Read an update; `username` is the bot's own, without @.

    Raises:
        MalformedUpdateError: a shape that Telegram doesn't send.

    """
    fields = _object(update, "update")
    number = _identifier(fields, "update_id")
    for name, read in _READERS.items():
        if name in fields:
            return read(number, _object(fields[name], name), username)
    kind = next((str(name) for name in fields if name != "update_id"), "empty")
    return Incoming(number, chat_id=0, private=False, person=None, event=Other(kind))


def update_id_of(update: object) -> int | None:
    """Return the number of an update that may be malformed; None when it has none that can be stored."""
    try:
        return _identifier(_object(update, "update"), "update_id")
    except MalformedUpdateError:
        return None


def _message(number: int, message: Mapping[str, Any], username: str) -> Incoming:
    return _in_chat(number, message, _person(message), _content(message, username))


def _edited(number: int, message: Mapping[str, Any], _username: str) -> Incoming:
    return _in_chat(number, message, _person(message), Edited(_identifier(message, "message_id")))


def _membership(number: int, change: Mapping[str, Any], _username: str) -> Incoming:
    member = _is_member(_object(change.get("new_chat_member"), "new_chat_member"))
    before, chat = change.get("old_chat_member"), change.get("chat")
    was_member = isinstance(before, dict) and isinstance(before.get("status"), str) and _is_member(before)
    in_group = isinstance(chat, dict) and chat.get("type") in _GROUPS
    return _in_chat(number, change, _person(change), Membership(member, joined=member and not was_member and in_group))


def _is_member(state: Mapping[str, Any]) -> bool:
    # A restricted one may have left: is_member tells.
    return _text(state, "status") in _MEMBER_STATES and state.get("is_member") is not False


def _tap(number: int, query: Mapping[str, Any], _username: str) -> Incoming:
    person = _person(query)
    query_id = _text(query, "id")
    data = _text(query, "data") if "data" in query else None
    shown = query.get("message")
    message = _object(shown, "message") if shown is not None else {}
    message_id = _identifier(message, "message_id") if message else None
    event = Tap(query_id, data, message_id, "text" in message) if data is not None else Other("game")
    if message:
        return _in_chat(number, message, person, event)
    return Incoming(number, chat_id=person.id if person else 0, private=person is not None, person=person, event=event)


def _poll_answer(number: int, answer: Mapping[str, Any], _username: str) -> Incoming:
    # Whoever votes as a channel or as an anonymous administrator is nobody: there is a voter_chat then, and no user.
    user = _person({"from": answer["user"]}) if "user" in answer and "voter_chat" not in answer else None
    chosen = answer.get("option_ids")
    if not isinstance(chosen, list) or not all(isinstance(each, int) for each in chosen):
        raise MalformedUpdateError("option_ids is no list of numbers")
    event = PollAnswer(_text(answer, "poll_id"), tuple(chosen))
    return Incoming(number, chat_id=user.id if user else 0, private=False, person=user, event=event)  # in the order of who answers


_READERS: Final[dict[str, Callable[[int, Mapping[str, Any], str], Incoming]]] = {
    "message": _message,
    "callback_query": _tap,
    "edited_message": _edited,
    "my_chat_member": _membership,
    "poll_answer": _poll_answer,
}


def _in_chat(number: int, holder: Mapping[str, Any], person: Person | None, event: Event) -> Incoming:
    chat = _object(holder.get("chat"), "chat")
    title = chat.get("title")
    private = chat.get("type") == "private"
    return Incoming(number, _identifier(chat, "id"), private, person, event, title if isinstance(title, str) else "", _topic(holder))


def _topic(holder: Mapping[str, Any]) -> int | None:
    """Return the topic that a message is in; a reply in a group without topics has a thread too, which is none."""
    thread_id = holder.get("message_thread_id")
    in_topic = holder.get("is_topic_message") is True and isinstance(thread_id, int) and 0 < thread_id <= _LARGEST
    return thread_id if in_topic else None


def _content(message: Mapping[str, Any], username: str) -> Event:
    message_id = _identifier(message, "message_id")
    if "migrate_to_chat_id" in message:
        return Migrated(_identifier(message, "migrate_to_chat_id"))
    if "text" in message:
        text = _text(message, "text")
        return _command(text, message_id, username) or Text(text, message_id, not _is_protected(message))
    kind = next((each for each in _ATTACHMENTS if each in message), None)
    return _attachment(kind, message, message_id) if kind else Other("service")


def _attachment(kind: str, message: Mapping[str, Any], message_id: int) -> Attachment:
    copyable = kind not in _NEVER_COPIED and not _is_protected(message) and not _is_secret_quiz(message.get("poll"))
    album = message.get("media_group_id")
    return Attachment(kind, message_id, copyable, album if isinstance(album, str) else "")


def _is_protected(message: Mapping[str, Any]) -> bool:
    return message.get("has_protected_content") is True


def _is_secret_quiz(poll: object) -> bool:
    """Tell whether this is a quiz whose answer the bot is not told: it can't send such a one to others."""
    return isinstance(poll, dict) and poll.get("type") == "quiz" and not poll.get("correct_option_ids")


def _command(text: str, message_id: int, username: str) -> Command | Other | None:
    first, *rest = text.split(maxsplit=1) if text.startswith("/") else [""]
    if len(first) <= 1:
        return None
    name, _, addressee = first[1:].partition("@")
    if addressee and addressee.lower() != username.lower():
        return Other("command_for_another_bot")
    return Command(name.lower(), "".join(rest).strip(), message_id)


def _person(holder: Mapping[str, Any]) -> Person | None:
    # An anonymous administrator or a channel speaks through a stand-in user: there is nobody to answer to.
    if "from" not in holder or "sender_chat" in holder:
        return None
    user = _object(holder["from"], "from")
    if user.get("is_bot") is True:
        return None
    language = user.get("language_code")
    return Person(_identifier(user, "id"), _text(user, "first_name")[:_LONGEST_NAME], language if isinstance(language, str) else "")


def _object(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise MalformedUpdateError(f"{name} is not an object")
    return value


def _identifier(holder: Mapping[str, Any], name: str) -> int:
    value = holder.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _LARGEST:
        raise MalformedUpdateError(f"{name} is not a number that can be stored")
    return value


def _text(holder: Mapping[str, Any], name: str) -> str:
    value = holder.get(name)
    if not isinstance(value, str):
        raise MalformedUpdateError(f"{name} is not a text")
    return value.replace("\x00", "")  # which no text of PostgreSQL can hold
