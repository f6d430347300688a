"""What a delivery says at the moment it leaves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.content.shelf import Shelf
from bot.gateway.terms import Noted, Outgoing
from bot.screen import Copy, Poll, Screen
from bot.screens import group as group_screens
from bot.screens import reflection, reminder
from bot.screens import silence as silence_screens
from bot.services import announcing, group_quiz, reminders, sharing, silence
from bot.services import groups as group_settings
from bot.services.rulebook import Rulebook
from bot.storage import groups, learners
from bot.storage.deliveries import Delivery
from bot.texts import Words


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes deliveries, in the transaction that claims them."""

    shelf: Shelf
    rulebook: Rulebook
    words: Mapping[str, Words]

    def compose(self, db: Connection, delivery: Delivery, now: datetime) -> Outgoing | None:
        """Return what a delivery says, or None when it is no longer wanted."""
        if delivery.announcement_id is not None:
            return self._announcement(db, delivery.announcement_id)
        if delivery.learner_id is None:
            return self._group_recap(db, delivery) if delivery.kind == group_quiz.RECAP else self._group_question(db, delivery)
        if delivery.kind == sharing.KIND:
            return self._reflection(db, delivery.learner_id, delivery.occasion)
        if delivery.kind == silence.KIND:
            return self._silence(db, delivery.learner_id, delivery.occasion, now)
        if delivery.kind == group_settings.STOPPED:
            return self._group_stopped(db, delivery.learner_id, delivery.occasion)
        return self._reminder(db, delivery.learner_id, now)

    @staticmethod
    def asked(db: Connection, delivery: Delivery, poll_id: str) -> None:
        """Note under which name Telegram knows the poll that a delivery was; without one its answers can't be told apart."""
        groups.note_poll(db, delivery.chat_id, delivery.occasion, poll_id or None)

    def _group_question(self, db: Connection, delivery: Delivery) -> Poll | None:
        view = group_quiz.compose(db, delivery.chat_id, delivery.occasion)
        return group_screens.question(view, self.words[view.language]) if view else None

    def _group_recap(self, db: Connection, delivery: Delivery) -> Screen | None:
        view = group_quiz.recap(db, self.shelf.catalogue, delivery.chat_id, delivery.occasion)
        return group_screens.recap(view, self.words[view.language]) if view else None

    def _group_stopped(self, db: Connection, learner_id: int, occasion: str) -> Screen | None:
        found = group_settings.compose_stopped(db, learner_id, occasion)
        if found is None:
            return None
        learner, view = found
        return group_screens.stopped(view, self.words[learner.language])

    def _announcement(self, db: Connection, announcement_id: int) -> Screen | Copy | None:
        content = announcing.content(db, announcement_id)
        if content is None:
            return None
        return Screen(content.body) if content.body else Copy(content.from_chat_id, content.message_id)

    def _reflection(self, db: Connection, learner_id: int, occasion: str) -> Screen | None:
        found = sharing.compose(db, learner_id, occasion)
        if found is None:
            return None
        recipient, view = found
        return reflection.shared(view, self.words[recipient.language])

    def _silence(self, db: Connection, learner_id: int, occasion: str, now: datetime) -> Screen | None:
        found = silence.compose(db, self.rulebook.rules, learner_id, occasion, now)
        if found is None:
            return None
        coordinator, view = found
        return silence_screens.silence(view, self.words[coordinator.language])

    def _reminder(self, db: Connection, learner_id: int, now: datetime) -> Screen | Noted | None:
        found = reminders.compose(db, self.shelf.catalogue, self.rulebook.rules, learner_id, now)
        if found is None:
            return None
        learner, view = found
        screen = reminder.reminder(view, self.words[learner.language])
        return Noted(screen, lambda db, now: learners.fell_silent(db, learner, now)) if view.is_last else screen
