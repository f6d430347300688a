"""The coordinator's announcements."""

from bot import actions, views
from bot.handlers.context import Context
from bot.handlers.draw import draw
from bot.screen import Screen
from bot.screens import announcing as screens
from bot.screens import replies
from bot.services import announcing


async def begin(context: Context, _: object) -> Screen:
    """Ask for the content."""
    view = await context.run(announcing.begin)
    return screens.ask_content(context.words) if isinstance(view, views.Me) else draw(view, context.words)


async def preview(context: Context, action: actions.AnnouncementPreview) -> Screen:
    """Show the draft."""
    return draw(await context.run(announcing.preview, action.announcement), context.words)


async def replace_content(context: Context, action: actions.ReplaceAnnouncement) -> Screen:
    """Ask for another content."""
    view = await context.run(announcing.replace_content, action.announcement)
    return screens.ask_content(context.words, view) if isinstance(view, views.Draft) else draw(view, context.words)


async def choose_audience(context: Context, action: actions.ChooseAudience) -> Screen:
    """Offer the audiences."""
    view = await context.run(announcing.preview, action.announcement)
    return screens.audience(view, context.words) if isinstance(view, views.Draft) else draw(view, context.words)


async def choose_unfinished(context: Context, action: actions.ChooseUnfinished) -> Screen:
    """Offer the modules."""
    return draw(await context.run(announcing.audiences, action.announcement), context.words)


async def turn_page(context: Context, action: actions.UnfinishedPage) -> Screen:
    """Offer another page of the modules."""
    view = await context.run(announcing.audiences, action.announcement)
    return screens.unfinished(view, context.words, action.page) if isinstance(view, views.Audience) else draw(view, context.words)


async def set_audience(context: Context, action: actions.SetAudience) -> Screen:
    """Address the draft."""
    return draw(await context.run(announcing.set_audience, action.announcement, action.module), context.words)


async def choose_schedule(context: Context, action: actions.ChooseSchedule) -> Screen:
    """Offer times."""
    return draw(await context.run(announcing.schedules, action.announcement), context.words)


async def set_schedule(context: Context, action: actions.SetSchedule) -> Screen:
    """Set the time."""
    return draw(await context.run(announcing.set_schedule, action.announcement, action.moment), context.words)


async def confirm(context: Context, action: actions.ConfirmAnnouncement) -> Screen:
    """Send it."""
    return draw(await context.run(announcing.confirm, action.announcement, context.message_id), context.words)


async def show(context: Context, action: actions.AnnouncementProgress) -> Screen:
    """Show how far it has come."""
    return draw(await context.run(announcing.progress, action.announcement), context.words)


async def reasons(context: Context, action: actions.AnnouncementReasons) -> Screen:
    """Show why deliveries failed."""
    view = await context.run(announcing.progress, action.announcement)
    return screens.reasons(view, context.words) if isinstance(view, views.Broadcast) else draw(view, context.words)


async def hold(context: Context, action: actions.PauseAnnouncement) -> Screen:
    """Hold it."""
    return draw(await context.run(announcing.hold, action.announcement), context.words)


async def go_on(context: Context, action: actions.ResumeAnnouncement) -> Screen:
    """Let it go on."""
    return draw(await context.run(announcing.go_on, action.announcement), context.words)


async def cancel(context: Context, action: actions.CancelAnnouncement) -> Screen:
    """Send it to nobody else."""
    view = await context.run(announcing.cancel, action.announcement)
    return screens.discarded(context.words) if isinstance(view, views.Me) else draw(view, context.words)


async def edited(context: Context, message_id: int) -> Screen:
    """Answer an edited message: the content of an announcement goes out as it now is, anything else is not read again."""
    view = await context.run(announcing.edited, message_id)
    if isinstance(view, views.Draft):
        return screens.preview(view, context.words, with_content=True)
    return screens.changed_on_the_way(view, context.words) if isinstance(view, views.Broadcast) else replies.edited(context.words)
