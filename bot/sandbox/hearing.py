"""What a person may say where, and which of it the bot gets to hear."""

from bot.sandbox.errors import NotPossibleError
from bot.sandbox.records import Chat, JsonObject, Message
from bot.sandbox.state import State


def speak(state: State, person: int, chat_id: int, content: JsonObject, **rest: object) -> Message:
    """Put a person's message into a chat and tell the bot, if it may hear it; raises NotPossibleError where they cannot write."""
    chat = present(state, person, chat_id)
    if chat.private and chat.bot == "never":
        chat.bot = "member"
        state.journal.write("chat", chat.id, {})
    message = state.post(chat, state.people[person].user(), content, **rest)
    if hears(state, message):
        tell(state, "message", message)
    return message


def present(state: State, person: int, chat_id: int) -> Chat:
    """Return a chat in which the person can act now; raises NotPossibleError otherwise."""
    who, chat = state.person(person), state.chat(chat_id)
    if who.id not in chat.members:
        raise NotPossibleError(f"person {person} is not in chat {chat_id}")
    if chat.private and chat.bot == "kicked":
        raise NotPossibleError(f"person {person} has blocked the bot; unblock it first")
    if chat.deactivated:
        raise NotPossibleError(f"person {person} has deleted their account")
    if chat.migrated_to:
        raise NotPossibleError(f"the group is a supergroup now: {chat.migrated_to}")
    return chat


def tell(state: State, kind: str, message: Message) -> None:
    """Queue an update with a message, if the bot is in the chat."""
    if message.chat.bot in {"member", "administrator"}:
        state.updates.add(kind, message.json(), message.chat.id)


def hears(state: State, message: Message) -> bool:
    """Whether the bot is told of a person's message.

    In a group without rights it hears commands, mentions, replies to itself and service messages:
    https://core.telegram.org/bots/features#privacy-mode.
    """
    if message.chat.private or message.chat.bot == "administrator":
        return True
    replied = message.context.get("reply_to_message")
    if replied and replied["from"]["id"] == state.bot["id"]:
        return True
    return any(_meant_for_bot(state, message.text, entity) for entity in message.content.get("entities", []))


def _meant_for_bot(state: State, text: str, entity: JsonObject) -> bool:
    raw = text.encode("utf-16-le")[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le")
    _, at, username = raw.partition("@")
    to_bot = username.lower() == str(state.bot["username"]).lower()
    return (entity["type"] == "bot_command" and (to_bot or not at)) or (entity["type"] == "mention" and to_bot)
