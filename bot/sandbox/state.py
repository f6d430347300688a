"""What Telegram's servers know: chats, messages, files, polls, and what waits for the bot."""

import secrets
import time
from collections import deque
from collections.abc import Iterable
from typing import Any

from bot.clock import Clock
from bot.sandbox.errors import NotPossibleError
from bot.sandbox.files import FileStore
from bot.sandbox.journal import Journal
from bot.sandbox.limits import Faults, Limits
from bot.sandbox.profile import Profile
from bot.sandbox.records import Call, CallbackQuery, Chat, JsonObject, Message, Person
from bot.sandbox.signal import Signal
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhook import Webhook

CALLS_KEPT = 10_000
QUERIES_KEPT = 20_000


class State:
    """Everything in memory; nothing survives the process.

    `notes` is what a program beside the sandbox shows next to the chat: a title, a state, whether it is good, and a list of notes.
    `calls` is the bounded log of what the bot asked for, `busy` the number of calls under way (waiting getUpdates not counted),
    `serial` counts the calls that ever began.
    """

    def __init__(self, clock: Clock, bot_id: int, username: str, people: Iterable[Person]) -> None:
        """Begin with private chats that nobody has started yet."""
        self.clock = clock
        self.signal = Signal()
        self.journal = Journal(self.signal)
        self.updates = UpdateQueue(clock, self.signal)
        self.webhook = Webhook()
        self.files = FileStore()
        self.limits = Limits(time.monotonic)
        self.faults = Faults()
        self.profile = Profile(username)
        self.bot: JsonObject = {"id": bot_id, "is_bot": True, "first_name": "Sinau", "username": username}
        self.people = {person.id: person for person in people}
        self.chats = {person.id: Chat(person.id, "private", members={person.id: person}) for person in self.people.values()}
        self.notes: JsonObject | None = None
        self.queries: dict[str, CallbackQuery] = {}
        self.polls: dict[str, Message] = {}
        self.calls: deque[Call] = deque(maxlen=CALLS_KEPT)
        self.serial = 0
        self.busy = 0
        self.closing = False
        self._last_message_id = 0

    def now(self) -> int:
        """Return the present as a Unix time, the form of all of Telegram's dates."""
        return int(self.clock.now().timestamp())

    def note(self, notes: JsonObject) -> None:
        """Show notes next to the chat, instead of those that are there."""
        self.notes = notes
        self.journal.write("notes", 0, notes)

    def person(self, person_id: int) -> Person:
        """Return a person; raises NotPossibleError when there is none of that id."""
        if person_id not in self.people:
            raise NotPossibleError(f"nobody here has the id {person_id}")
        return self.people[person_id]

    def chat(self, chat_id: int) -> Chat:
        """Return a chat; raises NotPossibleError when there is none of that id."""
        if chat_id not in self.chats:
            raise NotPossibleError(f"there is no chat {chat_id}")
        return self.chats[chat_id]

    def message(self, chat_id: int, message_id: int) -> Message:
        """Return a message; raises NotPossibleError when it is not there, or not there any more."""
        if message_id not in self.chat(chat_id).messages:
            raise NotPossibleError(f"chat {chat_id} has no message {message_id}")
        return self.chats[chat_id].messages[message_id]

    def post(self, chat: Chat, sender: JsonObject, content: JsonObject, **rest: Any) -> Message:
        """Put a new message into a chat; `rest` are further fields of Message."""
        message = Message(chat, self._message_id(chat), sender, self.now(), content, **rest)
        chat.messages[message.id] = message
        self.journal.write("message", chat.id, self.shown(message))
        return message

    def _message_id(self, chat: Chat) -> int:
        """Count as Telegram does: one sequence for private chats and groups, one of its own for each supergroup."""
        if chat.type == "supergroup":
            return max(chat.messages, default=0) + 1
        self._last_message_id += 1
        return self._last_message_id

    def changed(self, message: Message, kind: str = "changed") -> None:
        """Tell the watchers that a message looks different now."""
        self.journal.write(kind, message.chat.id, self.shown(message))

    def remove(self, message: Message) -> None:
        """Take a message out of its chat."""
        del message.chat.messages[message.id]
        if message.id in message.chat.pinned:
            message.chat.pinned.remove(message.id)
        self.journal.write("deleted", message.chat.id, {"message_id": message.id})

    def shown(self, message: Message) -> JsonObject:
        """Return a message as the page draws it: Telegram's object, with what Telegram's apps know beyond it."""
        votes = {str(person): chosen for person, chosen in message.poll.votes.items()} if message.poll else {}
        pinned = message.id in message.chat.pinned
        return message.json() | {"keyboard": message.keyboard, "votes": votes, "pinned": pinned, "reaction": message.reaction}

    def ask(self, person: Person, message: Message, data: str) -> CallbackQuery:
        """Make a callback query and queue it for the bot."""
        query = CallbackQuery(str(secrets.randbits(62)), person, message, data, self.clock.now().timestamp())
        self.queries[query.id] = query
        if len(self.queries) > QUERIES_KEPT:
            del self.queries[next(iter(self.queries))]
        payload = {"id": query.id, "from": person.user(), "message": message.json(), "chat_instance": str(message.chat.id), "data": data}
        self.updates.add("callback_query", payload, message.chat.id, query.id)
        return query

    def standing(self, chat: Chat) -> JsonObject:
        """Return the bot's ChatMember object in a chat."""
        return member(self.bot, "left" if chat.bot == "never" else chat.bot)


_ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
)


def member(user: JsonObject, status: str) -> JsonObject:
    """Return a ChatMember object with the fields that Telegram gives for its status."""
    body: JsonObject = {"user": user, "status": status}
    if status == "kicked":
        return body | {"until_date": 0}
    if status == "administrator":
        return body | {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(_ADMIN_RIGHTS, True)
    return body | {"is_anonymous": False} if status == "creator" else body
