"""Messages that are no commands."""

from bot import views
from bot.gateway.incoming import Attachment, Text
from bot.handlers.context import Context
from bot.handlers.draw import draw
from bot.screen import Screen
from bot.screens import announcing, replies
from bot.services import receiving


async def receive(context: Context, event: Text | Attachment) -> Screen | None:
    """Take a message for what is awaited, if anything is."""
    text, album = (event.text, "") if isinstance(event, Text) else ("", event.album)
    view = await context.run(receiving.take, text, event.message_id, copyable=event.copyable, album=album)
    if view is None:
        return None
    if isinstance(view, views.Draft):
        return announcing.preview(view, context.words, with_content=True)
    if not isinstance(view, views.Me):
        return draw(view, context.words)
    return replies.attachment(event.kind, context.words) if isinstance(event, Attachment) else replies.unknown_text(context.words)
