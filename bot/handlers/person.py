"""The learner's own things: progress, settings, privacy, help."""

import asyncio

from bot import actions
from bot.handlers.context import Context
from bot.handlers.draw import draw
from bot.screen import Screen
from bot.screens import preferences as screens
from bot.screens import privacy as privacy_screens
from bot.screens import progress as progress_screens
from bot.screens import replies
from bot.services import place, preferences, privacy, progress


async def show_progress(context: Context, _: object) -> Screen:
    """Show the learner's progress."""
    return progress_screens.progress(await context.run(progress.show), context.words)


async def progress_chart(context: Context, _: object) -> Screen:
    """Send the progress as a picture."""
    view = await context.run(progress.show)
    return await asyncio.to_thread(progress_screens.with_chart, view, context.words)


async def settings(context: Context, _: object) -> Screen:
    """Show all settings."""
    return screens.settings(await context.run(preferences.show), context.words)


async def choose_language(context: Context, _: object) -> Screen:
    """Offer the languages."""
    return screens.languages(await context.run(preferences.show), context.words)


async def set_language(context: Context, action: actions.SetLanguage) -> Screen:
    """Speak another language from this screen on."""
    view = await context.run(preferences.set_language, action.language)
    return screens.set_language(view, action.language, context.speak(view.language))


async def set_low_data(context: Context, action: actions.SetLowData) -> Screen:
    """Send pictures only when they are asked for, or with their cards."""
    return screens.set_low_data(await context.run(preferences.set_low_data, on=bool(action.on)), context.words)


async def choose_zone(context: Context, _: object) -> Screen:
    """Offer the zones."""
    return screens.zones(await context.run(preferences.show), context.words)


async def set_zone(context: Context, action: actions.SetZone) -> Screen:
    """Live in another zone."""
    view = await context.run(preferences.set_zone, action.zone)
    return screens.set_zone(view, action.zone, context.words)


async def reminder(context: Context, _: object) -> Screen:
    """Offer hours for the reminder."""
    return screens.reminder(await context.run(preferences.show), context.words)


async def set_reminder(context: Context, action: actions.SetReminder) -> Screen:
    """Be reminded at another hour."""
    view = await context.run(preferences.set_reminder, action.at)
    return screens.set_reminder(view, action.at, context.words)


async def reminder_days(context: Context, _: object) -> Screen:
    """Offer the weekdays of the reminder."""
    return screens.reminder_days(await context.run(preferences.show), context.words)


async def set_reminder_day(context: Context, action: actions.SetReminderDay) -> Screen:
    """Be reminded on a weekday, or not any more."""
    on = bool(action.on)
    view = await context.run(preferences.set_reminder_day, action.day, on=on)
    return screens.set_reminder_day(view, action.day, context.words, on=on)


async def follow_working_days(context: Context, _: object) -> Screen:
    """Be reminded on working days."""
    return screens.reminder_days(await context.run(preferences.follow_working_days), context.words)


async def snooze(context: Context, action: actions.Snooze) -> Screen:
    """Move the reminder."""
    return screens.snoozed(await context.run(preferences.snooze, action.until), context.words)


async def pause_menu(context: Context, _: object) -> Screen:
    """Offer lengths of a pause."""
    return screens.pauses(await context.run(preferences.show_pauses), context.words)


async def take_leave(context: Context, days: str) -> Screen:
    """Pause reminders on the days that were written, or offer lengths of a pause."""
    if not days.strip():
        return await pause_menu(context, days)
    return draw(await context.run(preferences.take_leave, days), context.words)


async def choose_leave(context: Context, _: object) -> Screen:
    """Ask for the days of a leave."""
    await context.run(preferences.ask_for_leave)
    return screens.ask_for_leave(context.words)


async def pause(context: Context, action: actions.PauseFor) -> Screen:
    """Pause reminders."""
    return screens.settings(await context.run(preferences.pause, action.days), context.words)


async def resume_reminders(context: Context, _: object) -> Screen:
    """End the pause."""
    view = await context.run(preferences.resume)
    return screens.settings(view, context.words, context.words("Pengingat berjalan lagi.") if view.next_reminder else "")


async def stop(context: Context, _: object) -> Screen:
    """Push nothing more."""
    await context.run(preferences.stop)
    return screens.stopped(context.words)


async def show_privacy(context: Context, _: object) -> Screen:
    """Say what is kept and why."""
    await context.run(place.whoami)
    return privacy_screens.privacy(context.words, context.desk.contact, phrases=context.desk.rules.phrases)


async def data(context: Context, _: object) -> Screen:
    """Offer the copy and the erasure."""
    await context.run(place.whoami)
    return privacy_screens.data(context.words)


async def export_data(context: Context, _: object) -> Screen:
    """Send everything that is kept."""
    return privacy_screens.exported(await context.run(privacy.export), context.words)


async def erase_data(context: Context, _: object) -> Screen:
    """Ask once more."""
    await context.run(place.whoami)
    return privacy_screens.confirm_erase(context.words)


async def confirm_erase(context: Context, _: object) -> Screen:
    """Erase everything."""
    await context.run(privacy.erase)
    return privacy_screens.erased(context.words)


async def cancel(context: Context, _: object) -> Screen:
    """Give up what is awaited."""
    return replies.cancelled(await context.run(place.cancel), context.words)
