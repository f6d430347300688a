"""From an update to the screen that answers it."""

from typing import Final

from bot import actions
from bot.gateway.incoming import Attachment, Command, Edited, Incoming, Membership, Migrated, Person, PollAnswer, Tap, Text
from bot.handlers import announcing, group, receiving
from bot.handlers.context import Context, Desk
from bot.handlers.draw import draw
from bot.handlers.group import GroupContext
from bot.handlers.routes import BUTTONS, BUTTONS_IN_GROUPS, COMMAND_BY_NAME, COMMANDS_IN_GROUPS
from bot.screen import Screen
from bot.screens import replies
from bot.services import answers, place, preferences
from bot.services.turn import AlreadySeenError, Caller, guess_language
from bot.storage import deliveries
from bot.texts import Words

ABOUT_A_PROMPT: Final = (
    actions.Answer, actions.Tick, actions.Put, actions.TakeBack, actions.Submit, actions.Unsure, actions.ShowPrompt
)  # fmt: skip


class Dispatcher:
    """Handles updates: each leads to one service and to one screen, or to none."""

    def __init__(self, desk: Desk) -> None:
        """Handle updates with what the desk holds."""
        self._desk = desk

    async def __call__(self, incoming: Incoming) -> Screen | None:
        """Handle an update; when this returns, what it changed is committed.

        Raises:
            StorageUnavailableError: nothing was stored; the update can come again.

        """
        if isinstance(incoming.event, Migrated):
            await self._desk.storage.run(deliveries.move_chat, incoming.chat_id, incoming.event.new_chat_id)
        if not incoming.private:
            return await self._in_group(incoming)
        if incoming.person is None:
            return None
        context = Context(self._desk, incoming, _caller(incoming.person))
        try:
            return await _route(context, incoming)
        except AlreadySeenError:
            self._desk.meters.updates.labels("duplicate").inc()
            return await _show_again(context, incoming)

    def failed(self, incoming: Incoming, code: str) -> Screen | None:
        """Return what a person is told about an update that could not be handled."""
        if incoming.person is None or not incoming.private:
            return None
        return replies.failed(code, self._guessed_words(incoming.person))

    def too_fast(self, incoming: Incoming) -> Screen | None:
        """Return what a person is told who does more at a time than is taken in."""
        if incoming.person is None or not incoming.private:
            return None
        return replies.too_fast(self._guessed_words(incoming.person))

    async def _in_group(self, incoming: Incoming) -> Screen | None:
        """Answer in a group only who speaks to the bot."""
        if isinstance(incoming.event, Membership):
            return await group.note_membership(self._desk, incoming, incoming.event)
        if incoming.person is None:
            return None
        context = GroupContext(self._desk, incoming, incoming.person)
        match incoming.event:
            case PollAnswer() as given:
                await group.answer(self._desk, incoming, incoming.person, given)
            case Command(name=name, argument=argument):
                return await COMMANDS_IN_GROUPS.get(name, group.study)(context, argument)
            case Tap(editable=False):  # an old message, of which Telegram does not even tell the topic: the settings are shown anew
                return await group.menu(context, None)
            case Tap(data=data):
                action = actions.decode(data)
                handler = BUTTONS_IN_GROUPS.get(type(action), group.study) if action else group.study
                return await handler(context, action)
        return None

    def _guessed_words(self, person: Person) -> Words:
        """Return the words of the language that the person's app speaks, where their settings are not to be read."""
        return self._desk.words[guess_language(person.language_code, self._desk.rules.language)]


async def _route(context: Context, incoming: Incoming) -> Screen | None:
    match incoming.event:
        case Tap(data=data):
            return await _press(context, data)
        case Command(name=name, argument=argument):
            return await _command(context, name, argument)
        case Text() | Attachment() as event:
            return await receiving.receive(context, event)
        case Edited(message_id=message_id):
            return await announcing.edited(context, message_id)
        case Membership(member=member):
            await context.run(preferences.note_membership, member=member)
            return None
    return None


async def _show_again(context: Context, incoming: Incoming) -> Screen | None:
    """Show what a press or command that comes again was about: its question, so that nobody misses the outcome; else the place."""
    if not isinstance(incoming.event, Tap | Command):
        return None
    action = actions.decode(incoming.event.data) if isinstance(incoming.event, Tap) else None
    if isinstance(action, ABOUT_A_PROMPT):
        view: object = await context.look(answers.show, action.prompt)
    else:
        view = await context.look(place.resume)
    return draw(view, context.words) if view is not None else None


async def _press(context: Context, data: str) -> Screen:
    action = actions.decode(data)
    handler = BUTTONS.get(type(action)) if action else None
    if handler is None:  # of a version that is gone, forged, or a group's
        await context.run(place.whoami)
        return replies.old_button(context.words)
    return await handler(context, action)


async def _command(context: Context, name: str, argument: str) -> Screen:
    command = COMMAND_BY_NAME.get(name)
    if command is None:
        await context.run(place.cancel)
        return replies.unknown_command(context.words)
    return await command.handler(context, argument)


def _caller(person: Person) -> Caller:
    return Caller(person.id, person.first_name, person.language_code)
