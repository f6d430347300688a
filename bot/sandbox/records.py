"""What a sandbox holds: people, chats, messages, polls, updates and the calls that a bot made."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

JsonObject = dict[str, Any]
ChatType = Literal["private", "group", "supergroup"]
BotStatus = Literal["never", "member", "administrator", "left", "kicked"]


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up person with a phone: `zone` is the IANA zone that the phone shows, `role` a word about them for the page."""

    id: int
    first_name: str
    language_code: str = "id"
    zone: str = "Asia/Jakarta"
    last_name: str = ""
    username: str = ""
    role: str = ""

    def user(self) -> JsonObject:
        """Return Telegram's User object."""
        user: JsonObject = {"id": self.id, "is_bot": False, "first_name": self.first_name, "language_code": self.language_code}
        optional = {"last_name": self.last_name, "username": self.username}
        return user | {name: value for name, value in optional.items() if value}


@dataclass(slots=True, eq=False)
class Chat:
    """A conversation, with all that was said in it.

    `bot` is the bot's standing: in a private chat `never` means that Start was not pressed and `kicked` that the bot is blocked.
    `admins` are people; `migrated_to` is the id of the supergroup that took a group's place.
    """

    id: int
    type: ChatType
    title: str = ""
    members: dict[int, Person] = field(default_factory=dict)
    admins: set[int] = field(default_factory=set)
    bot: BotStatus = "never"
    deactivated: bool = False
    migrated_to: int | None = None
    messages: dict[int, "Message"] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)

    @property
    def private(self) -> bool:
        """Whether this is a chat between one person and the bot."""
        return self.type == "private"

    def json(self) -> JsonObject:
        """Return Telegram's Chat object."""
        if not self.private:
            return {"id": self.id, "type": self.type, "title": self.title}
        user = self.members[self.id].user()
        named = {name: user[name] for name in ("first_name", "last_name", "username") if name in user}
        return {"id": self.id, "type": "private"} | named


@dataclass(slots=True, eq=False)
class Poll:
    """A native poll: `votes` maps a person's id to the positions they chose; `closes_at` is a Unix time."""

    id: str
    question: JsonObject
    options: list[JsonObject]
    type: Literal["regular", "quiz"]
    anonymous: bool
    multiple: bool
    revoting: bool
    correct: list[int] = field(default_factory=list)
    extra: JsonObject = field(default_factory=dict)
    closes_at: int | None = None
    closed: bool = False
    votes: dict[int, list[int]] = field(default_factory=dict)

    def json(self) -> JsonObject:
        """Return Telegram's Poll object as the bot that sent the poll sees it."""
        options = [option | {"voter_count": self._count(position)} for position, option in enumerate(self.options)]
        body: JsonObject = {"id": self.id, "options": options, "total_voter_count": len(self.votes), "type": self.type}
        body |= self.question | self.extra
        body |= {"is_closed": self.closed, "is_anonymous": self.anonymous, "allows_multiple_answers": self.multiple}
        body |= {"allows_revoting": self.revoting, "members_only": False}
        if self.correct:
            body["correct_option_ids"] = self.correct
        return body

    def _count(self, position: int) -> int:
        return sum(position in chosen for chosen in self.votes.values())


@dataclass(slots=True, eq=False)
class Message:
    """One message: `content` holds Telegram's own fields (text, entities, photo, caption …).

    `inline` is the inline keyboard; `keyboard` any other reply markup, which Telegram shows but never gives back;
    `context` what surrounds the content: a reply, the origin of a forward, an album.
    """

    chat: Chat
    id: int
    sender: JsonObject
    date: int
    content: JsonObject
    context: JsonObject = field(default_factory=dict)
    inline: JsonObject | None = None
    keyboard: JsonObject | None = None
    poll: Poll | None = None
    protected: bool = False
    edited: int | None = None
    reaction: str = ""

    @property
    def by_bot(self) -> bool:
        """Whether the bot sent it."""
        return bool(self.sender["is_bot"])

    @property
    def text(self) -> str:
        """The words of the message: its text, its caption, a poll's question, or nothing."""
        return str(self.content.get("text") or self.content.get("caption") or (self.poll.question["question"] if self.poll else ""))

    @property
    def rows(self) -> list[list[JsonObject]]:
        """The rows of the inline keyboard."""
        return list(self.inline["inline_keyboard"]) if self.inline else []

    @property
    def labels(self) -> list[str]:
        """The labels of the inline buttons, in reading order."""
        return [str(button["text"]) for row in self.rows for button in row]

    def json(self) -> JsonObject:
        """Return Telegram's Message object."""
        body: JsonObject = {"message_id": self.id, "from": self.sender, "chat": self.chat.json(), "date": self.date}
        body |= self.context | self.content
        if self.poll:
            body["poll"] = self.poll.json()
        optional = {"edit_date": self.edited, "reply_markup": self.inline, "has_protected_content": self.protected}
        return body | {name: value for name, value in optional.items() if value}


@dataclass(slots=True, eq=False)
class CallbackQuery:
    """A press of an inline button: `asked` is a Unix time, since Telegram lets a query die soon."""

    id: str
    person: Person
    message: Message
    data: str
    asked: float
    answered: bool = False


@dataclass(slots=True, eq=False)
class Update:
    """Something the bot is told. `lane` is the chat whose order it keeps; `query` the callback query it carries, if any."""

    id: int
    kind: str
    payload: JsonObject
    lane: int
    moment: datetime
    query: str = ""
    delivered: bool = False

    def json(self) -> JsonObject:
        """Return Telegram's Update object."""
        return {"update_id": self.id, self.kind: self.payload}


@dataclass(slots=True, eq=False)
class Call:
    """A call of the Bot API: `answer` is the whole body that was returned, nothing while the call is under way."""

    method: str
    parameters: JsonObject
    moment: datetime
    answer: JsonObject = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether Telegram did what was asked."""
        return bool(self.answer.get("ok"))
