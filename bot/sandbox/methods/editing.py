"""Changing messages that the bot sent."""

from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import read_inline
from bot.sandbox.methods.media import read_input_media
from bot.sandbox.methods.method import Method, find_message, open_chat
from bot.sandbox.parameters import Parameters
from bot.sandbox.records import JsonObject, Message
from bot.sandbox.state import State
from bot.sandbox.texts import read_caption, read_message_text

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


def edit_message_text(state: State, parameters: Parameters) -> JsonObject:
    """Replace the text; the inline keyboard goes unless it is given again."""
    text = read_message_text(parameters)
    message = _editable(state, parameters)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _apply(state, message, text.fields(), read_inline(parameters))


def edit_message_caption(state: State, parameters: Parameters) -> JsonObject:
    """Replace the caption of a message with media."""
    caption = read_caption(parameters)
    message = _editable(state, parameters)
    if "text" in message.content or message.poll:
        raise bad_request("there is no caption in the message to edit")
    kept = {name: value for name, value in message.content.items() if not name.startswith("caption")}
    return _apply(state, message, kept | caption.fields("caption", "caption_entities"), read_inline(parameters))


def edit_message_media(state: State, parameters: Parameters) -> JsonObject:
    """Replace photo, video, audio, document or animation together with the caption."""
    described = parameters.object("media")
    if not described:
        raise bad_request("media is empty")
    message = _editable(state, parameters)
    return _apply(state, message, read_input_media(state, parameters.within(described)), read_inline(parameters))


def edit_message_reply_markup(state: State, parameters: Parameters) -> JsonObject:
    """Replace the inline keyboard only."""
    message = _editable(state, parameters)
    return _apply(state, message, message.content, read_inline(parameters))


def _editable(state: State, parameters: Parameters) -> Message:
    if parameters.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = open_chat(state, parameters)
    if not parameters.integer("message_id"):
        raise bad_request("message identifier is not specified")
    message = find_message(chat, parameters.integer("message_id"), "edit")
    if not message.by_bot or "forward_origin" in message.context:
        raise bad_request("message can't be edited")
    return message


def _apply(state: State, message: Message, content: JsonObject, inline: JsonObject | None) -> JsonObject:
    if content == message.content and inline == message.inline:
        raise bad_request(_NOT_MODIFIED)
    if content != message.content:
        message.edited = state.now()
    message.content, message.inline = content, inline
    state.changed(message)
    return message.json()


METHODS: dict[str, Method] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
}
