"""One update's turn: everything a service may rely on while it runs in the update's transaction."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.content.model import Catalogue
from bot.domain.calendar import WorkCalendar
from bot.domain.learner import Learner
from bot.domain.memory import Model
from bot.domain.reminders import next_reminder
from bot.domain.roles import Standing
from bot.quiet import QuietHours
from bot.services import standing
from bot.storage import coordination, learners, ledger, pauses


class AlreadySeenError(Exception):
    """The update's effect happened before: it was delivered again."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the operator set: for everybody the same. What became of a delivery is known for as long as `deliveries_kept`."""

    calendar: WorkCalendar
    quiet: QuietHours
    admins: frozenset[int]
    language: str
    zone: str
    reminder_minute: int
    daily_items: int
    memory: Model
    sends_per_second: int
    deliveries_kept: timedelta
    phrases: bool = False  # whether answers are phrased by an endpoint
    wishes_from: int = 1  # how often something has to be asked in vain before reports tell it


@dataclass(frozen=True, slots=True)
class Caller:
    """Who acts, as Telegram names them; `language_code` is the IETF tag of their app, or empty."""

    telegram_id: int
    name: str
    language_code: str


@dataclass(frozen=True, slots=True)
class Turn:
    """The connection, the content, the person and the present moment of one update.

    `is_new` tells that this update made the person a learner.
    """

    db: Connection
    catalogue: Catalogue
    rules: Rules
    learner: Learner
    now: datetime
    is_new: bool = False

    @property
    def calendar(self) -> WorkCalendar:
        """The learner's own calendar, read from the database: the days of their pauses are days off."""
        return self.rules.calendar.with_leave(pauses.of_learner(self.db, self.learner.id))

    @property
    def standing(self) -> Standing:
        """What this person is to others, read from the database."""
        return standing.of(self.db, self.rules.admins, self.learner)

    @property
    def may_announce(self) -> bool:
        """Tell whether this person may speak to everybody, as an announcement does."""
        return self.learner.telegram_id in self.rules.admins or None in coordination.units_of(self.db, self.learner.id)


def begin(db: Connection, catalogue: Catalogue, rules: Rules, caller: Caller, now: datetime) -> Turn:
    """Find the caller, making them a learner at their first word, and begin their turn."""
    learner = learners.find(db, caller.telegram_id)
    if learner is None:
        return Turn(db, catalogue, rules, _join(db, rules, caller, now), now, is_new=True)
    return Turn(db, catalogue, rules, _welcome_back(db, rules, learner, caller, now), now)


def see(db: Connection, bot_id: int, update_id: int, now: datetime) -> None:
    """Write the update into the ledger; raises AlreadySeenError when its effect happened before."""
    if not ledger.see(db, bot_id, update_id, now):
        raise AlreadySeenError


def _join(db: Connection, rules: Rules, caller: Caller, now: datetime) -> Learner:
    values = {
        "telegram_id": caller.telegram_id,
        "name": caller.name,
        "language": guess_language(caller.language_code, rules.language),
        "zone": rules.zone,
        "reminder_minute": rules.reminder_minute,
        "joined_at": now,
    }
    learners.add(db, values)
    learner = learners.find(db, caller.telegram_id)
    if learner is None:
        raise RuntimeError("a learner that was just added is not there")
    learners.reschedule(db, [(learner.id, next_reminder(learner, now, rules.calendar, rules.quiet))])
    return learner


def guess_language(code: str, fallback: str) -> str:
    """Return the language of the person's app where the bot speaks it; Malay readers get Indonesian, others English."""
    primary = code.split("-", maxsplit=1)[0].lower()
    if not primary:
        return fallback
    return "id" if primary in {"id", "in", "ms", "jv", "su"} else "en"


def _welcome_back(db: Connection, rules: Rules, learner: Learner, caller: Caller, now: datetime) -> Learner:
    """Call people what they call themselves now. Whoever speaks to the bot can be reached, whatever Telegram said before."""
    if learner.name != caller.name:
        learners.change(db, learner.id, name=caller.name)
        learner = replace(learner, name=caller.name)
    if learner.reachable:
        return learner
    learners.change(db, learner.id, reachable=True, renewed_on=learner.today(now), fell_silent_at=None)
    learner = learners.get(db, learner.id)
    learners.reschedule(db, [(learner.id, next_reminder(learner, now, rules.calendar, rules.quiet))])
    return learner
