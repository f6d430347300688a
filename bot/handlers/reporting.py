"""The coordinator's report, and their way to the dashboard."""

import asyncio
import secrets
from typing import get_args

from bot import actions, views
from bot.handlers.context import Context
from bot.handlers.draw import draw
from bot.screen import Screen
from bot.screens import replies
from bot.screens import reporting as screens
from bot.screens import signing_in as doors
from bot.services import place, reporting, signing_in


async def show(context: Context, _: object) -> Screen:
    """Show the report in short."""
    view = await context.run(reporting.overview)
    return draw(view, context.words) if isinstance(view, views.NotAllowed) else screens.report(view, context.words)


async def send_file(context: Context, action: actions.ReportFile) -> Screen:
    """Send the report as a file."""
    style = next((each for each in get_args(screens.Style) if each == action.style), None)
    if style is None:
        await context.run(place.whoami)
        return replies.old_button(context.words)
    view = await context.run(reporting.report)
    if isinstance(view, views.NotAllowed):
        return draw(view, context.words)
    return await asyncio.to_thread(screens.with_file, view, style, context.words)


async def open_dashboard(context: Context, _: object) -> Screen:
    """Hand out a link into the dashboard."""
    view = await context.run(signing_in.offer, secrets.token_urlsafe(32))
    if isinstance(view, views.NotAllowed):
        return draw(view, context.words)
    address = context.desk.public_url
    return doors.link(view, context.words, address) if address else doors.closed(context.words)
