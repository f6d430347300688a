"""The ticks: a short fixed list of things that happen every so often, never a job a learner.

On several replicas each is safe to run everywhere, because what is due is claimed by changing its row.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.content.almanac import Almanac
from bot.content.shelf import Shelf
from bot.gateway.brake import Brake
from bot.gateway.errors import ApiError, BlockedError, RefusedError, TooManyError
from bot.gateway.heartbeat import Heartbeat
from bot.gateway.messages import Messages
from bot.gateway.meters import Meters
from bot.gateway.sender import Sender
from bot.logs import describe_error
from bot.measuring import bring_up_to_date
from bot.screen import Screen
from bot.screens import announcing as screens
from bot.services import announcing, group_quiz, reminders, silence
from bot.services.rulebook import Rulebook
from bot.storage import hold, requests, retention
from bot.storage.database import Storage, StorageUnavailableError
from bot.texts import Words

log = structlog.get_logger()
logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)  # that a late tick is left out is what is wanted here


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to do every `seconds`."""

    name: str
    seconds: float
    work: Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Chores:
    """What the ticks do, and what they need for it."""

    storage: Storage
    shelf: Shelf
    clock: Clock
    rulebook: Rulebook
    words: Mapping[str, Words]
    messages: Messages
    sender: Sender
    heartbeat: Heartbeat
    brake: Brake
    lives: Mapping[str, timedelta]
    meters: Meters

    def ticks(self, reminder_seconds: float) -> tuple[Tick, ...]:
        """Return the whole list."""
        return (
            Tick("reminders", reminder_seconds, self._unless_held(self.remind)),
            Tick("group_questions", reminder_seconds, self._unless_held(self.ask_groups)),
            Tick("silence_reports", 12 * reminder_seconds, self._unless_held(self.report_silence)),
            Tick("announcements", 1, self._unless_held(self.announce)),
            Tick("announcement_progress", 3, self._unless_held(self.show_progress)),
            Tick("silence", 1, self.brake.look),
            Tick("heartbeat", 10, self.heartbeat.beat),
            Tick("far_reminders", 3600, self.bring_reminders_forward),
            Tick("retention", 3600, self.forget),
            Tick("figures", 60, self.measure),
        )

    async def remind(self) -> None:
        """Queue every reminder that is due, batch by batch, so that answers get their turn in between."""
        while await self.storage.run(reminders.queue_due, self.rulebook.rules, self.clock.now()) == reminders.BATCH:
            self.sender.wake()
        self.sender.wake()

    async def ask_groups(self) -> None:
        """Queue a question for every group whose hour has come, batch by batch."""
        while await self.storage.run(group_quiz.queue_due, self.shelf.catalogue, self.rulebook.rules, self.clock.now()) == group_quiz.BATCH:
            self.sender.wake()
        self.sender.wake()

    async def report_silence(self) -> None:
        """Queue what coordinators are told of learners who were reminded for the last time, batch by batch as above."""
        after: int | None = 0
        while after is not None:
            told, after = await self.storage.run(silence.queue_reports, self.rulebook.rules, self.clock.now(), after)
            if told:
                self.sender.wake()

    async def bring_reminders_forward(self) -> None:
        """Mend what a wrong clock of the machine has planned too far ahead, batch by batch."""
        since = await self.storage.run(reminders.bring_forward, self.rulebook.rules, self.clock.now())
        while since:
            since = await self.storage.run(reminders.bring_forward, self.rulebook.rules, self.clock.now(), since)

    async def announce(self) -> None:
        """Queue the announcements whose time has come, and close those that are through."""
        await self.storage.run(announcing.send_due, self.clock.now())
        self.sender.wake()

    async def show_progress(self) -> None:
        """Bring the live messages of announcements up to date."""
        for chat_id, message_id, language, view, shown in await self.storage.run(announcing.live):
            screen = screens.broadcast(view, self.words[language])
            if screen.text != shown:
                reached = await self._edit(chat_id, message_id, screen)
                if reached is not None:
                    through = view.state in {"done", "cancelled"} and not view.waiting
                    await self.storage.run(announcing.shown, view.id, screen.text, final=through or not reached)

    async def forget(self) -> None:
        """Remove what was kept for as long as it is to be, batch by batch, so that answers get their turn in between."""
        for kind, life in self.lives.items():
            while removed := await self.storage.run(retention.KINDS[kind], self.clock.now() - life):
                self.meters.removed.labels(kind).inc(removed)

    async def measure(self) -> None:
        """Bring the figures of reports up to date, of which each lasts an hour."""
        await bring_up_to_date(self.storage, self.shelf.catalogue, self.rulebook.rules, self.clock.now())

    def _unless_held(self, work: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[object]]:
        """Leave work undone while sending is held after a restore."""

        async def work_unless_held() -> None:
            if await self.storage.run(hold.find) is None:
                await work()

        return work_unless_held

    async def _edit(self, chat_id: int, message_id: int, screen: Screen) -> bool | None:
        """Edit a live message; False when it is not there any more, None when Telegram has to be asked again later."""
        await self.brake.pacer.unpaused()
        try:
            await self.messages.edit(chat_id, message_id, screen)
        except (RefusedError, BlockedError):
            return False
        except TooManyError as error:
            await self.brake.pull(error.retry_after)
            return None
        except ApiError as error:
            log.warning("progress_not_shown", chat_id=chat_id, error=type(error).__name__)
            return None
        return True


class ReloadRequests:
    """Reads the content again when the operator has asked every bot to."""

    def __init__(self, storage: Storage, shelf: Shelf, seen: datetime | None) -> None:
        """Look for what is asked after the request `seen`, which was the last when the content was read."""
        self._storage = storage
        self._shelf = shelf
        self._seen = seen

    async def look(self) -> None:
        """Reload once for what was asked since the last look, whatever the clock says of the machine that asked."""
        asked_at = await self._storage.run(requests.asked_at, requests.RELOAD)
        if asked_at != self._seen:
            self._seen = asked_at
            await asyncio.to_thread(self._shelf.reload)


class CalendarWatch:
    """Takes over what the operator's files of holidays and hours say, and lets nobody miss a day that has become a working day.

    Attributes:
        planned_by: the calendar by which all reminders and questions to groups are planned; at first the published one, since a
            bot that did not run may have missed what a file says.

    """

    def __init__(self, storage: Storage, rulebook: Rulebook, almanac: Almanac, clock: Clock) -> None:
        """Watch the files of the almanac for these rules."""
        self._storage = storage
        self._rulebook = rulebook
        self._almanac = almanac
        self._clock = clock
        self.planned_by = almanac.published

    async def look(self) -> None:
        """Look whether the files have changed; what is planned behind a day that was won is brought forward, batch by batch."""
        if await asyncio.to_thread(self._almanac.reload_if_changed):
            self._rulebook.follow(self._almanac.calendar)
        calendar, now = self._rulebook.rules.calendar, self._clock.now()
        if calendar.gains_on(self.planned_by, now.date()):
            for plan_earlier in (reminders.plan_earlier, group_quiz.plan_earlier):
                since = await self._storage.run(plan_earlier, self._rulebook.rules, now)
                while since:
                    since = await self._storage.run(plan_earlier, self._rulebook.rules, now, since)
        self.planned_by = calendar


def make_scheduler(ticks: Sequence[Tick]) -> AsyncIOScheduler:
    """Return a scheduler, not yet started: a tick that is late is run once, and never twice at a time."""
    scheduler = AsyncIOScheduler(
        executors={"default": AsyncIOExecutor()},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone="UTC",
    )
    for tick in ticks:
        scheduler.add_job(_guarded, "interval", args=[tick], seconds=tick.seconds, id=tick.name)
    return scheduler


async def _guarded(tick: Tick) -> None:
    """Run a tick; whatever goes wrong, the next one comes."""
    try:
        await tick.work()
    except asyncio.CancelledError:
        log.debug("tick_left", tick=tick.name)  # the program ends; APScheduler would call it a failed job
    except StorageUnavailableError:
        log.warning("tick_waits_for_database", tick=tick.name)
    except Exception as error:  # noqa: BLE001 - it is reported, and tried again at the next tick
        log.error("tick_failed", tick=tick.name, error=describe_error(error))  # noqa: TRY400 - a trace may quote what people wrote
