"""In a group: what is set there by buttons, answers to its questions, and the way to the private chat."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Concatenate, Final, ParamSpec

from sqlalchemy import Connection

from bot import actions, views
from bot.gateway.incoming import Incoming, Membership, Person, PollAnswer
from bot.handlers.context import Desk
from bot.screen import Screen
from bot.screens import group as screens
from bot.screens import replies
from bot.services import group_quiz, groups
from bot.services import turn as turns
from bot.services.groups import Place
from bot.services.turn import AlreadySeenError, Turn, guess_language
from bot.storage import deliveries, learners
from bot.storage import groups as stored_groups
from bot.texts import Words

P = ParamSpec("P")
PAUSES: Final = (0.1, 0.2, 0.5, 1.0, 2.0, 4.0)  # seconds until a poll's name is looked for again


class GroupContext:
    """One update from a group being handled. Who acts there becomes no learner by it."""

    def __init__(self, desk: Desk, incoming: Incoming, person: Person) -> None:
        """Handle `incoming`, which `person` caused."""
        self.desk = desk
        self._incoming = incoming
        self._person = person
        self._language = guess_language(person.language_code, desk.rules.language)

    @property
    def words(self) -> Words:
        """The words of the person's language: of their settings once a service has run, of their app before."""
        return self.desk.words[self._language]

    async def run(self, service: Callable[Concatenate[Turn, Place, P], views.GroupSettings], *args: P.args, **kwargs: P.kwargs) -> Screen:
        """Run a service for a coordinator who is an administrator of this group, and show what is set; nobody else changes anything.

        Raises:
            StorageUnavailableError: nothing was stored.

        """
        in_charge = await self.desk.is_group_admin(self._incoming.chat_id, self._person.id)
        if in_charge is None:
            return screens.not_known_yet(self.words)
        if not in_charge:
            return screens.not_in_charge(self.words)
        place = Place(self._incoming.chat_id, self._incoming.title, self._incoming.thread_id)
        now = self.desk.clock.now()
        try:
            view = await self.desk.storage.run(self._in_turn, now, lambda turn: service(turn, place, *args, **kwargs), seen=False)
        except AlreadySeenError:
            view = await self.desk.storage.run(self._in_turn, now, lambda turn: groups.show(turn, place), seen=True)
        return screens.settings(view, self.words) if view else screens.not_in_charge(self.words)

    def _in_turn(
        self, db: Connection, now: datetime, service: Callable[[Turn], views.GroupSettings], *, seen: bool
    ) -> views.GroupSettings | None:
        learner = learners.find(db, self._person.id)
        if learner is None:
            return None
        if not seen:
            turns.see(db, self.desk.bot_id, self._incoming.update_id, now)
        turn = Turn(db, self.desk.shelf.catalogue, self.desk.rules, learner, now)
        self._language = learner.language
        return service(turn) if turn.standing.leads else None


async def menu(context: GroupContext, _: object) -> Screen:
    """Show what is set."""
    return await context.run(groups.show)


async def set_hour(context: GroupContext, action: actions.SetGroupHour) -> Screen:
    """Ask at another hour, or not any more."""
    return await context.run(groups.set_hour, action.at)


async def set_recap(context: GroupContext, action: actions.SetGroupRecap) -> Screen:
    """Send a recap, or none."""
    return await context.run(groups.set_recap, on=bool(action.on))


async def set_compared(context: GroupContext, action: actions.SetGroupCompared) -> Screen:
    """Take part in the table of teams, or not."""
    return await context.run(groups.set_compared, on=bool(action.on))


async def ask_now(context: GroupContext, _: object) -> Screen:
    """Ask a question at once."""
    return await context.run(groups.ask_now)


async def practise(context: GroupContext, _: object) -> Screen:
    """Lead to the quiz in the private chat."""
    return screens.practice(context.words, context.desk.username)


async def study(context: GroupContext, _: object) -> Screen:
    """Lead to the private chat."""
    return replies.private_only(context.words, context.desk.username)


async def note_membership(desk: Desk, incoming: Incoming, change: Membership) -> Screen | None:
    """Ask nothing more in a group that the bot was put out of; greet one that it was let into. Twice is once."""
    try:
        await desk.storage.run(_note_membership, desk, incoming, member=change.member)
    except AlreadySeenError:
        return None
    if incoming.person is None or not change.joined:
        return None
    return screens.welcome(desk.words[guess_language(incoming.person.language_code, desk.rules.language)])


def _note_membership(db: Connection, desk: Desk, incoming: Incoming, *, member: bool) -> None:
    turns.see(db, desk.bot_id, incoming.update_id, desk.clock.now())
    if not member:
        stored_groups.forget(db, incoming.chat_id)


async def answer(desk: Desk, incoming: Incoming, person: Person, given: PollAnswer) -> None:
    """Record an answer to a question in a group, once.

    Somebody can be quicker than the commit in which their question gets its poll's name; so an unknown one is waited for
    while a question is being sent.
    """
    for pause in (*PAUSES, None):
        recorded = await desk.storage.run(_record, desk, incoming.update_id, person.id, given)
        if recorded or pause is None:
            return
        await asyncio.sleep(pause)


def _record(db: Connection, desk: Desk, update_id: int, person_id: int, given: PollAnswer) -> bool:
    """Record an answer; False when its poll is not known yet."""
    learner, now = learners.find(db, person_id), desk.clock.now()
    if learner is None:  # of others nothing is kept
        return True
    may_be_named_soon = deliveries.is_being_sent(db, group_quiz.QUESTION)  # asked first: its end and its name are one commit
    if stored_groups.question_of_poll(db, given.poll_id) is None:
        return not may_be_named_soon
    try:
        turns.see(db, desk.bot_id, update_id, now)
    except AlreadySeenError:
        return True
    group_quiz.answer(Turn(db, desk.shelf.catalogue, desk.rules, learner, now), given.poll_id, given.options)
    return True
