"""The people of a sandbox and what they do, and the controls of whoever runs it: faults, clock, waiting."""

import secrets
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from bot.clock import AdjustableClock
from bot.sandbox.cast import COORDINATOR_ID, GROUP_ID, GROUP_TITLE
from bot.sandbox.errors import NotPossibleError
from bot.sandbox.files import WITHOUT_CAPTION, describe
from bot.sandbox.formatted import Formatted
from bot.sandbox.hearing import present, speak, tell
from bot.sandbox.limits import Fault, failure
from bot.sandbox.parameters import Parameters, Upload
from bot.sandbox.polls import close_due, vote
from bot.sandbox.records import BotStatus, Call, CallbackQuery, Chat, JsonObject, Message, Person, Poll
from bot.sandbox.samples import sample
from bot.sandbox.state import State, member

SUPERGROUP_BASE = -1_000_000_000_000


class World:
    """What people do, by their ids. A person's private chat has the id of the person.

    All verbs raise NotPossibleError for what a Telegram app would not offer.
    """

    def __init__(self, clock: AdjustableClock, bot_id: int, username: str, people: Iterable[Person]) -> None:
        """Put everybody into the group `GROUP_ID`, of which the bot is no member yet."""
        self.clock = clock
        self.state = State(clock, bot_id, username, people)
        group = Chat(GROUP_ID, "group", GROUP_TITLE, dict(self.state.people), {COORDINATOR_ID} & self.state.people.keys())
        self.state.chats[group.id] = group

    @property
    def calls(self) -> deque[Call]:
        """The log of the bot's calls, oldest first; it keeps the last 10,000."""
        return self.state.calls

    def messages(self, chat: int) -> list[Message]:
        """Return all messages of a chat, oldest first."""
        return list(self.state.chat(chat).messages.values())

    def last(self, chat: int) -> Message:
        """Return the newest message of a chat."""
        return self.messages(chat)[-1]

    def sent(self, chat: int) -> list[Message]:
        """Return what the bot sent to a chat and is still there, oldest first."""
        return [message for message in self.messages(chat) if message.by_bot]

    # What people do

    def say(self, person: int, chat: int, text: str, *, entities: list[JsonObject] | None = None, reply_to: int | None = None) -> Message:
        """Send a text; links and commands in it become entities."""
        return self._send(person, chat, Formatted(text, entities or []).finished().fields(), reply_to)

    def start(self, person: int, payload: str = "") -> Message:
        """Press Start, or open `https://t.me/<bot>?start=<payload>`."""
        return self.say(person, person, f"/start {payload}".strip())

    def open_link(self, person: int, link: str) -> Message:
        """Open a link to the bot, as `https://t.me/<bot>?start=x`; a phone then shows Start and sends the payload with it."""
        address, _, query = link.partition("?")
        if address.rstrip("/").rpartition("/")[2].lower() != str(self.state.bot["username"]).lower():
            raise NotPossibleError(f"this link does not lead to @{self.state.bot['username']}")
        self.unblock(person)
        return self.start(person, dict(part.partition("=")[::2] for part in query.split("&")).get("start", ""))

    def send_file(self, person: int, chat: int, kind: str, upload: Upload | None = None, caption: str = "") -> Message:
        """Send a photo, document, voice, audio, video, animation, video_note or sticker: the file given, or a sample."""
        content = describe(self.state.files.add(kind, upload or sample(kind)), Parameters({}))
        words = {} if kind in WITHOUT_CAPTION else Formatted(caption, []).finished().fields("caption", "caption_entities")
        return self._send(person, chat, content | words, None)

    def send_location(self, person: int, chat: int, latitude: float, longitude: float) -> Message:
        """Send a place on the map."""
        return self._send(person, chat, {"location": {"latitude": latitude, "longitude": longitude}}, None)

    def send_contact(self, person: int, chat: int, phone_number: str) -> Message:
        """Share one's own phone number."""
        who = self.state.person(person)
        return self._send(person, chat, {"contact": {"phone_number": phone_number, "first_name": who.first_name, "user_id": who.id}}, None)

    def forward(self, person: int, chat: int, message: Message) -> Message:
        """Forward a message to a chat."""
        origin = {"type": "user", "sender_user": message.sender, "date": message.date}
        return self._send(person, chat, message.content, None, {"forward_origin": origin})

    def send_album(self, person: int, chat: int, kinds: Sequence[str], caption: str = "") -> list[Message]:
        """Send samples of several kinds of files at once, the first with a caption; each is a message of its own."""
        album = {"media_group_id": str(secrets.randbits(62))}
        contents = [describe(self.state.files.add(kind, sample(kind)), Parameters({})) for kind in kinds]
        contents[0] |= Formatted(caption, []).finished().fields("caption", "caption_entities")
        return [self._send(person, chat, content, None, album) for content in contents]

    def forward_quiz(self, person: int, chat: int, question: str, options: Sequence[str]) -> Message:
        """Forward somebody else's quiz poll: the bot is not told which option is right."""
        described = [{"persistent_id": secrets.token_urlsafe(6), "text": text} for text in options]
        poll = Poll(str(secrets.randbits(62)), {"question": question}, described, "quiz", anonymous=True, multiple=False, revoting=False)
        origin = {"type": "hidden_user", "sender_user_name": "Tina", "date": self.state.now()}
        return speak(self.state, person, chat, {}, context={"forward_origin": origin}, poll=poll)

    def forward_protected(self, person: int, chat: int, text: str) -> Message:
        """Share a text that Telegram lets nobody forward or copy any further."""
        return speak(self.state, person, chat, {"text": text}, protected=True)

    def edit(self, message: Message, text: str) -> None:
        """Change the text or the caption of a message that a person sent."""
        if message.by_bot:
            raise NotPossibleError("only one's own messages can be edited")
        name, entities = ("text", "entities") if "text" in message.content else ("caption", "caption_entities")
        kept = {field: value for field, value in message.content.items() if field not in {name, entities}}
        message.content = kept | Formatted(text, []).finished().fields(name, entities)
        message.edited = self.state.now()
        self.state.changed(message)
        tell(self.state, "edited_message", message)

    def tap(self, person: int, message_id: int, button: str, chat: int | None = None) -> CallbackQuery | None:
        """Press an inline button, found by its label or its callback data; a link button is no news for the bot and gives None."""
        message = self.state.message(chat or person, message_id)
        found = [described for row in message.rows for described in row if button in (described["text"], described.get("callback_data"))]
        if not found:
            raise NotPossibleError(f"message {message_id} has no button {button!r}; it has {message.labels}")
        present(self.state, person, message.chat.id)
        data = found[0].get("callback_data")
        return self.state.ask(self.state.people[person], message, data) if data else None

    def vote(self, person: int, message_id: int, options: list[int], chat: int | None = None) -> None:
        """Answer a poll with the positions of the chosen options; none takes the vote back."""
        message = self.state.message(chat or person, message_id)
        present(self.state, person, message.chat.id)
        vote(self.state, message, self.state.people[person], options)

    # Standing of the bot in a chat

    def block(self, person: int) -> None:
        """Block the bot."""
        self._set_standing(self.state.chat(person), self.state.person(person), "kicked")
        self.state.updates.forget_chat(person)

    def unblock(self, person: int) -> None:
        """Let the bot write again; nothing happens when it was not blocked."""
        if self.state.chat(person).bot == "kicked":
            self._set_standing(self.state.chat(person), self.state.person(person), "member")

    def deactivate(self, person: int) -> None:
        """Delete the person's account; the bot learns of it only when it writes."""
        self.state.chat(person).deactivated = True

    def add_bot(self, person: int, chat: int, status: BotStatus = "member") -> None:
        """Add the bot to a group, or change its rank there to `administrator`."""
        group, new = self.state.chat(chat), self.state.chat(chat).bot not in {"member", "administrator"}
        self._set_standing(group, self.state.person(person), status)
        if new:
            service = self.state.post(group, self.state.people[person].user(), {"new_chat_members": [self.state.bot]})
            tell(self.state, "message", service)

    def remove_bot(self, person: int, chat: int) -> None:
        """Remove the bot from a group."""
        group = self.state.chat(chat)
        self.state.post(group, self.state.person(person).user(), {"left_chat_member": self.state.bot})
        self._set_standing(group, self.state.people[person], "kicked")
        self.state.updates.forget_chat(chat)

    def migrate(self, chat: int) -> Chat:
        """Turn a group into a supergroup with a new id, as Telegram does when a group grows."""
        group = self.state.chat(chat)
        supergroup = Chat(SUPERGROUP_BASE + chat, "supergroup", group.title, group.members, group.admins, group.bot)
        group.migrated_to, self.state.chats[supergroup.id] = supergroup.id, supergroup
        owner = self.state.people[min(group.members)].user()
        tell(self.state, "message", self.state.post(group, owner, {"migrate_to_chat_id": supergroup.id}))
        tell(self.state, "message", self.state.post(supergroup, owner, {"migrate_from_chat_id": group.id}))
        self.state.journal.write("chat", 0, {})
        return supergroup

    def _set_standing(self, chat: Chat, person: Person, status: BotStatus) -> None:
        old = self.state.standing(chat)
        chat.bot = status
        payload = {"chat": chat.json(), "from": person.user(), "date": self.state.now(), "old_chat_member": old}
        self.state.updates.add("my_chat_member", payload | {"new_chat_member": member(self.state.bot, status)}, chat.id)
        self.state.journal.write("chat", chat.id, {})

    # Controls

    def fail_next(
        self, method: str, error_code: int, description: str, times: int = 1, *, retry_after: int | None = None, chat: int | None = None
    ) -> None:
        """Answer the next `times` calls of `method` ("*" for any; to `chat` when given) with an error."""
        self.state.faults.order(Fault(method, times, failure(error_code, description, retry_after), chat))

    def drop_next(self, method: str, times: int = 1, *, late: bool = False) -> None:
        """Break the connection at the next calls of `method`: before they are carried out, or `late`, after it."""
        self.state.faults.order(Fault(method, times, None, None, late))

    def latency(self, seconds: float) -> None:
        """Let every call but getUpdates take this long."""
        self.state.faults.latency = seconds

    def enforce_limits(self, *, on: bool = True) -> None:
        """Refuse with 429 what goes over Telegram's limits."""
        self.state.limits.enforced = on

    def advance(self, step: timedelta) -> datetime:
        """Move everybody's clock forward; polls whose time is over close."""
        now = self.clock.advance(step)
        close_due(self.state)
        self.state.journal.write("clock", 0, {"now": now.isoformat()})
        return now

    async def until(self, condition: Callable[[], object], timeout: float = 10.0) -> None:  # noqa: ASYNC109 - a test's plain limit
        """Wait until `condition` holds, looking at each change; raises TimeoutError with the last calls when it never does."""
        if not await self.state.signal.until(condition, timeout):
            recent = [f"{call.method} -> {call.answer}" for call in list(self.calls)[-5:]]
            raise TimeoutError(f"the condition did not come true within {timeout} s; last calls: {recent}")

    async def settled(self, timeout: float = 10.0, quiet: float = 0.03) -> None:  # noqa: ASYNC109 - as until
        """Wait until the bot has done all that people asked of it; raises TimeoutError when it does not.

        That is: every update is acknowledged (by the next getUpdates, or by 2xx); every message that the bot heard was followed by
        a call that concerns its chat, every callback query by answerCallbackQuery, whether these succeeded or not;
        no call is under way; and for `quiet` seconds no further call began.
        """
        while True:
            await self.until(lambda: self.state.updates.answered and not self.state.busy, timeout)
            if not await self._stirs(quiet):
                return

    async def _stirs(self, seconds: float) -> bool:
        """Return whether anything new begins within so many seconds."""
        before = self.state.serial
        return await self.state.signal.until(lambda: self.state.serial != before or not self.state.updates.answered, seconds)

    def _send(self, person: int, chat: int, content: JsonObject, reply_to: int | None, context: JsonObject | None = None) -> Message:
        if not content:
            raise NotPossibleError("there is nothing to send")
        replied = {"reply_to_message": self.state.message(chat, reply_to).json()} if reply_to else {}
        return speak(self.state, person, chat, content, context=(context or {}) | replied)
