"""Messages that are no commands."""

from bot import views
from bot.gateway.incoming import Attachment, Text
from bot.handlers import searching
from bot.handlers.context import Context
from bot.handlers.draw import draw
from bot.screen import Screen
from bot.screens import announcing, replies
from bot.services import receiving


async def receive(context: Context, event: Text | Attachment) -> Screen | None:
    """Take a message for what is awaited; a text that nothing awaits is a question."""
    if isinstance(event, Text) and not await context.look(receiving.is_awaited):
        return await searching.answer(context, event.text)
    text, album = (event.text, "") if isinstance(event, Text) else ("", event.album)
    view = await context.run(receiving.take, text, event.message_id, copyable=event.copyable, album=album)
    if view is None:
        return None
    if isinstance(view, views.Draft):
        return announcing.preview(view, context.words, with_content=True)
    if not isinstance(view, views.Me):
        return draw(view, context.words)
    return replies.attachment(event.kind if isinstance(event, Attachment) else "", context.words)
