"""Sending, copying, forwarding and deleting messages; answering button presses."""

import secrets
from dataclasses import replace

from bot.sandbox.errors import bad_request
from bot.sandbox.formatted import units
from bot.sandbox.methods.method import Method, find_message, known_chat, open_chat, send
from bot.sandbox.parameters import Parameters
from bot.sandbox.polls import close, read_poll
from bot.sandbox.records import Chat, JsonObject, Message, Poll
from bot.sandbox.state import State
from bot.sandbox.texts import read_caption, read_message_text

QUERY_LIFE = 150
MAX_TOAST = 200
MAX_BULK = 100
DELETABLE_FOR = 48 * 3600
_QUERY_DEAD = "query is too old and response timeout expired or query ID is invalid"
_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(state: State, parameters: Parameters) -> JsonObject:
    """Send a text."""
    return send(state, parameters, read_message_text(parameters).fields()).json()


def send_poll(state: State, parameters: Parameters) -> JsonObject:
    """Send a native poll or quiz."""
    poll = read_poll(parameters, state.now())
    message = send(state, parameters, {}, poll=poll)
    state.polls[poll.id] = message
    return message.json()


def stop_poll(state: State, parameters: Parameters) -> JsonObject:
    """Close a poll of the bot's own and return it."""
    chat = open_chat(state, parameters)
    message = chat.messages.get(parameters.integer("message_id"))
    if message is None or message.poll is None:
        raise bad_request("message with poll to stop not found" if message is None else "message is not a poll")
    if not message.by_bot:
        raise bad_request("poll can't be stopped")
    if message.poll.closed:
        raise bad_request("poll has already been closed")
    close(state, message, message.poll)
    return message.poll.json()


def answer_callback_query(state: State, parameters: Parameters) -> bool:
    """End the waiting of a pressed button, with a toast, an alert or a link."""
    text = parameters.text("text")
    if units(text) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    query = state.queries.get(parameters.text("callback_query_id"))
    if query is None or state.clock.now().timestamp() - query.asked > QUERY_LIFE:
        raise bad_request(_QUERY_DEAD)
    if not query.answered:
        query.answered = True
        shown = {
            "query": query.id,
            "person": query.person.id,
            "text": text,
            "alert": parameters.boolean("show_alert"),
            "url": parameters.text("url"),
        }
        state.journal.write("answer", query.message.chat.id, shown)
    return True


def send_chat_action(state: State, parameters: Parameters) -> bool:
    """Show that the bot is about to write."""
    if parameters.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = open_chat(state, parameters)
    state.journal.write("typing", chat.id, {"action": parameters.text("action")})
    return True


def delete_message(state: State, parameters: Parameters) -> bool:
    """Delete a message that is younger than 48 hours."""
    chat = open_chat(state, parameters)
    message = find_message(chat, parameters.integer("message_id"), "delete")
    if not _deletable(state, message):
        raise bad_request("message can't be deleted for everyone")
    state.remove(message)
    return True


def _deletable(state: State, message: Message) -> bool:
    others = not message.by_bot and not message.chat.private and message.chat.bot != "administrator"
    return not others and state.now() - message.date <= DELETABLE_FOR


def delete_messages(state: State, parameters: Parameters) -> bool:
    """Delete several messages; those that cannot be deleted are skipped."""
    chat = open_chat(state, parameters)
    for message_id in _identifiers(parameters):
        message = chat.messages.get(message_id)
        if message and _deletable(state, message):
            state.remove(message)
    return True


def _identifiers(parameters: Parameters) -> list[int]:
    identifiers = parameters.integers("message_ids")
    if not identifiers:
        raise bad_request("message identifiers are not specified")
    if len(identifiers) > MAX_BULK:
        raise bad_request("too many message identifiers specified")
    return identifiers


def copy_message(state: State, parameters: Parameters) -> JsonObject:
    """Send the same content again, without a link to where it came from; a caption may be replaced."""
    source = _source(state, parameters, parameters.integer("message_id"), "copy")
    content = source.content
    if parameters.values.get("caption") is not None and "text" not in content:
        kept = {name: value for name, value in content.items() if not name.startswith("caption")}
        content = kept | read_caption(parameters).fields("caption", "caption_entities")
    message = send(state, parameters, content, poll=_fresh(source.poll))
    if message.poll:
        state.polls[message.poll.id] = message
    return {"message_id": message.id}


def _fresh(poll: Poll | None) -> Poll | None:
    """Make a poll of its own, without the votes; only a forwarded poll stays the same poll."""
    return replace(poll, id=str(secrets.randbits(62)), votes={}, closed=False) if poll else None


def forward_message(state: State, parameters: Parameters) -> JsonObject:
    """Send the same content again, with its origin."""
    return _forward(state, parameters, parameters.integer("message_id")).json()


def _forward(state: State, parameters: Parameters, message_id: int) -> Message:
    source = _source(state, parameters, message_id, "forward")
    origin = source.context.get("forward_origin") or {"type": "user", "sender_user": source.sender, "date": source.date}
    return send(state, parameters, source.content, poll=source.poll, context={"forward_origin": origin})


def _source(state: State, parameters: Parameters, message_id: int, purpose: str) -> Message:
    chat = known_chat(state, parameters, "from_chat_id")
    message = find_message(chat, message_id, purpose)
    is_service = not message.content.keys().isdisjoint({"left_chat_member", "new_chat_members"})
    # A quiz can be copied only by who knows its answer: https://core.telegram.org/bots/api#copymessage
    is_secret = purpose == "copy" and message.poll is not None and message.poll.type == "quiz" and not message.poll.correct
    if message.protected or is_service or is_secret:
        raise bad_request(f"message can't be {'copied' if purpose == 'copy' else 'forwarded'}")
    return message


def copy_messages(state: State, parameters: Parameters) -> list[JsonObject]:
    """Copy several messages; those that are gone are skipped."""
    return [copy_message(state, part) for part in _each_found(state, parameters)]


def forward_messages(state: State, parameters: Parameters) -> list[JsonObject]:
    """Forward several messages; those that are gone are skipped."""
    parts = _each_found(state, parameters)
    return [{"message_id": _forward(state, part, part.integer("message_id")).id} for part in parts]


def _each_found(state: State, parameters: Parameters) -> list[Parameters]:
    chat = known_chat(state, parameters, "from_chat_id")
    return [parameters.within(parameters.values | {"message_id": found}) for found in _identifiers(parameters) if found in chat.messages]


def set_message_reaction(state: State, parameters: Parameters) -> bool:
    """Put an emoji below a message."""
    message = find_message(open_chat(state, parameters), parameters.integer("message_id"), "react")
    reactions = parameters.objects("reaction")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    message.reaction = str(reactions[0].get("emoji", "")) if reactions else ""
    state.changed(message)
    return True


def pin_chat_message(state: State, parameters: Parameters) -> bool:
    """Put a message on top of the chat."""
    chat = _pinnable(open_chat(state, parameters))
    message = find_message(chat, parameters.integer("message_id"), "pin")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        state.changed(message)
    return True


def unpin_chat_message(state: State, parameters: Parameters) -> bool:
    """Take a pinned message down: the one named, else the newest."""
    chat = _pinnable(open_chat(state, parameters))
    message_id = parameters.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    _unpin(state, chat, [message_id])
    return True


def unpin_all_chat_messages(state: State, parameters: Parameters) -> bool:
    """Take all pinned messages down."""
    chat = _pinnable(open_chat(state, parameters))
    _unpin(state, chat, list(chat.pinned))
    return True


def _unpin(state: State, chat: Chat, identifiers: list[int]) -> None:
    for identifier in identifiers:
        chat.pinned.remove(identifier)
        state.changed(chat.messages[identifier])


def _pinnable(chat: Chat) -> Chat:
    if not chat.private and chat.bot != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendPoll": send_poll,
    "stopPoll": stop_poll,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
    "setMessageReaction": set_message_reaction,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
}
