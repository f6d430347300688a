"""What a method of the Bot API is here, and how a bot's message gets into a chat."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.errors import BotApiError, bad_request, forbidden
from bot.sandbox.keyboards import read_markup
from bot.sandbox.parameters import Parameters
from bot.sandbox.records import Chat, JsonObject, Message
from bot.sandbox.state import State

Method = Callable[[State, Parameters], Any | Awaitable[Any]]


def known_chat(state: State, parameters: Parameters, name: str = "chat_id") -> Chat:
    """Return the chat that a call names; raises BotApiError 400 when there is none that the bot knows."""
    given = parameters.text(name)
    if not given:
        raise bad_request(f"{name} is empty")
    chat = state.chats.get(parameters.integer(name))
    if chat is None or (not chat.private and chat.bot == "never"):
        raise bad_request("chat not found")
    return chat


def open_chat(state: State, parameters: Parameters) -> Chat:
    """Return the chat that a call names, if the bot can write there; raises BotApiError 400 or 403 otherwise."""
    chat = known_chat(state, parameters)
    refusal = _private_refusal(chat) if chat.private else _group_refusal(chat)
    if refusal:
        raise refusal
    return chat


def _private_refusal(chat: Chat) -> BotApiError | None:
    if chat.deactivated:
        return forbidden("user is deactivated")
    if chat.bot == "kicked":
        return forbidden("bot was blocked by the user")
    return forbidden("bot can't initiate conversation with a user") if chat.bot == "never" else None


def _group_refusal(chat: Chat) -> BotApiError | None:
    if chat.migrated_to:
        return bad_request("group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": chat.migrated_to})
    if chat.bot == "kicked":
        return forbidden(f"bot was kicked from the {chat.type} chat")
    return forbidden(f"bot is not a member of the {chat.type} chat") if chat.bot == "left" else None


def find_message(chat: Chat, message_id: int, purpose: str) -> Message:
    """Return a message of a chat; raises BotApiError 400 "message to <purpose> not found"."""
    if message_id not in chat.messages:
        raise bad_request(f"message to {purpose} not found")
    return chat.messages[message_id]


def send(state: State, parameters: Parameters, content: JsonObject, **rest: Any) -> Message:
    """Send what a call describes: `content` into the call's chat, with its reply and its keyboard."""
    inline, keyboard = read_markup(parameters)
    chat = open_chat(state, parameters)
    context = rest.pop("context", {}) | _reply(parameters, chat)
    state.limits.admit(chat, paid=parameters.boolean("allow_paid_broadcast"))
    protected = parameters.boolean("protect_content")
    return state.post(chat, state.bot, content, inline=inline, keyboard=keyboard, context=context, protected=protected, **rest)


def _reply(parameters: Parameters, chat: Chat) -> JsonObject:
    described = parameters.object("reply_parameters")
    if described is None and not parameters.integer("reply_to_message_id"):
        return {}
    described = described or {"message_id": parameters.integer("reply_to_message_id")}
    if "message_id" not in described:
        raise bad_request('can\'t find field "message_id"')
    replied = parameters.within(described).integer("message_id")
    if replied in chat.messages:
        return {"reply_to_message": _without_reply(chat.messages[replied].json())}
    if described.get("allow_sending_without_reply") or parameters.boolean("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _without_reply(message: JsonObject) -> JsonObject:
    """Telegram shows one level of replies only."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}
