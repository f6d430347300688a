"""The composition root: the only place that builds things and wires them together."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

import structlog

from bot.answering import make_purse, open_phrasing
from bot.clock import Clock
from bot.content.shelf import Shelf
from bot.core import Core, open_core
from bot.errors import StartError
from bot.gateway.brake import Brake
from bot.gateway.dead import DeadLetters
from bot.gateway.errors import ApiError, UnauthorizedError, reason
from bot.gateway.floods import Floods
from bot.gateway.heartbeat import Heartbeat
from bot.gateway.identity import Identity, identify, notices, outdated
from bot.gateway.intake import SCREENS_OF_A_CHAT, SCREENS_UNDER_WAY, Intake
from bot.gateway.lanes import Lanes
from bot.gateway.members import is_admin
from bot.gateway.messages import Messages
from bot.gateway.pace import Pace
from bot.gateway.pacer import Pacer
from bot.gateway.polling import Poller, PollerLease
from bot.gateway.presenter import Presenter
from bot.gateway.pushing import Pushing
from bot.gateway.sender import Sender
from bot.gateway.terms import Terms
from bot.gateway.wire import Wire
from bot.handlers.context import Desk
from bot.handlers.dispatch import Dispatcher
from bot.handlers.menu import introductions
from bot.handlers.outgoing import Composer
from bot.jobs import CalendarWatch, Chores, ReloadRequests, Tick, make_scheduler
from bot.logs import describe_error
from bot.services import groups
from bot.settings import Settings
from bot.storage import coordination
from bot.storage.database import Storage, StorageUnavailableError
from bot.storage.replicas import beat
from bot.web import dashboard as dashboards
from bot.web.dashboard import make_dashboard
from bot.web.dashboard.mini_app import key_of
from bot.web.front import Front
from bot.web.health import content_check, database_check, polling_check, sending_check, webhook_check

if TYPE_CHECKING:
    from bot.gateway.phrasing import Phrasing

log = structlog.get_logger()

DRAIN_SECONDS = 10
WATCH_SECONDS = 2
REQUEST_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Lines:
    """The ways in and out."""

    messages: Messages
    intake: Intake
    sender: Sender
    heartbeat: Heartbeat
    brake: Brake
    phrasing: "Phrasing | None"


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that is ready.

    Attributes:
        identity: its account.
        port: where its web server listens.
        shelf: its content, which can be read again.
        calendar: what takes over the operator's holidays and hours.
        broken: set when a part of the bot ended that should not.

    """

    identity: Identity
    port: int
    shelf: Shelf
    calendar: CalendarWatch
    broken: asyncio.Event


@asynccontextmanager
async def running(settings: Settings, clock: Clock, stop: asyncio.Event, *, watch_content: bool = False) -> AsyncIterator[Running]:
    """Run the bot for as long as the context lasts, then let what is under way come to its end.

    `stop` is set when a part of the bot ended that should not, so that whoever waits for it ends the context.

    Raises:
        StartError, BrokenContentError, AlreadyRunningError, CannotListenError, HolidaysError, HoursError: it can't start; the
            text says why.

    """
    broken = asyncio.Event()

    def breaks() -> None:
        broken.set()
        stop.set()

    async with AsyncExitStack() as stack:
        core = await open_core(stack, settings, clock)
        front, close_front = await _open_front(stack, core)
        identity = await _identify(core.wire)
        lines = await _open_lines(stack, core, identity)
        await stack.enter_async_context(_background(lines.sender.run(), breaks))
        if lines.phrasing is not None:
            await stack.enter_async_context(_background(lines.phrasing.run(), breaks))
        calendar = _start_ticks(stack, core, lines, watch_content=watch_content)
        # It was opened first, since Telegram may be out of reach for long, and is closed before what it hands updates to.
        stack.push_async_callback(close_front)
        await _open_ears(stack, core, lines, front, breaks)
        await _introduce(core)
        log.info("ready", bot=identity.username, mode=settings.telegram.mode, port=front.port, modules=len(core.shelf.catalogue.modules))
        yield Running(identity, front.port, core.shelf, calendar, broken)
        log.info("stopping")


async def _open_front(stack: AsyncExitStack, core: Core) -> tuple[Front, Callable[[], Awaitable[None]]]:
    """Open the web server; return it with the way to close it."""
    telegram, web, shelf = core.settings.telegram, core.settings.web, core.shelf
    dashboard = make_dashboard(
        dashboards.Desk(core.storage, shelf, core.rulebook, core.clock, core.words, web.public_url, key_of(core.settings.token))
    )
    front = Front(core.meters.registry, core.settings.webhook_secret if telegram.mode == "webhook" else None, dashboard)
    front.checks["database"] = database_check(lambda: core.storage.run(beat, core.settings.replica, core.clock.now()))
    front.checks["content"] = content_check(lambda: len(shelf.catalogue.modules))
    server = await stack.enter_async_context(AsyncExitStack())
    await server.enter_async_context(front.serving(web.host, web.port))
    return front, server.aclose


async def _identify(wire: Wire) -> Identity:
    try:
        return await identify(wire)
    except UnauthorizedError as error:
        raise StartError(
            "Telegram refuses the token. Check telegram.token (SINAU_TELEGRAM__TOKEN) against what @BotFather says, and telegram.api_url."
        ) from error
    except ApiError as error:
        raise StartError(f"Telegram did not say who the bot is: {reason(error)}. Check telegram.api_url.") from error


async def _open_lines(stack: AsyncExitStack, core: Core, identity: Identity) -> Lines:
    settings, storage, clock, bot_id = core.settings, core.storage, core.clock, identity.bot_id
    pacer = Pacer(Pace(settings.sending.per_second), monotonic)
    brake = Brake(pacer, storage, clock, bot_id)
    messages = Messages(core.wire, storage, bot_id)
    presenter = Presenter(messages, brake, _note_unreachable(storage), core.meters)
    lanes = Lanes(SCREENS_UNDER_WAY, SCREENS_OF_A_CHAT)
    purse = make_purse(settings, storage, clock, core.meters)
    phrasing = await open_phrasing(stack, settings, purse, core.words, (lanes, presenter), core.meters)
    intake = _make_intake(core, identity, presenter, lanes, phrasing)
    stack.push_async_callback(intake.lanes.drain, DRAIN_SECONDS)
    composer = Composer(core.shelf, core.rulebook, core.words)
    terms = Terms(
        composer.compose,
        groups.note_unreachable,
        composer.asked,
        groups.note_refused,
        settings.replica,
        settings.sending.at_once,
        settings.sending.paid_broadcast,
    )
    sender = Sender(storage, clock, messages, brake, terms, core.meters)
    heartbeat = Heartbeat(storage, clock, brake, settings.replica, core.meters, sender.holding)
    await heartbeat.start()
    stack.push_async_callback(_leave, heartbeat)
    return Lines(messages, intake, sender, heartbeat, brake, phrasing)


def _make_intake(core: Core, identity: Identity, presenter: Presenter, lanes: Lanes, phrasing: "Phrasing | None") -> Intake:
    desk = Desk(
        storage=core.storage,
        shelf=core.shelf,
        rulebook=core.rulebook,
        finder=core.finder,
        clock=core.clock,
        words=core.words,
        meters=core.meters,
        bot_id=identity.bot_id,
        username=identity.username,
        contact=core.settings.contact,
        is_group_admin=partial(is_admin, core.wire),
        public_url=core.settings.web.public_url,
    )
    dispatcher = Dispatcher(desk)
    return Intake(
        username=identity.username,
        handle=phrasing.watching(dispatcher) if phrasing else dispatcher,
        show=phrasing.following(presenter.show) if phrasing else presenter.show,
        dead_screen=dispatcher.failed,
        dead=DeadLetters(core.storage, core.clock, identity.bot_id),
        meters=core.meters,
        answer_in_response=core.settings.telegram.mode == "webhook",
        lanes=lanes,
        floods=Floods(core.settings.floods.burst, core.settings.floods.per_second, monotonic),
        flood_screen=dispatcher.too_fast,
    )


def _note_unreachable(storage: Storage) -> Callable[[int], Coroutine[Any, Any, None]]:
    async def note(chat_id: int) -> None:
        await storage.run(groups.note_unreachable, chat_id)

    return note


async def _leave(heartbeat: Heartbeat) -> None:
    with suppress(StorageUnavailableError):  # the others notice by themselves after a while
        await heartbeat.stop()


def _start_ticks(stack: AsyncExitStack, core: Core, lines: Lines, *, watch_content: bool) -> CalendarWatch:
    chores = Chores(
        core.storage,
        core.shelf,
        core.clock,
        core.rulebook,
        core.words,
        lines.messages,
        lines.sender,
        lines.heartbeat,
        lines.brake,
        core.settings.retention.lives,
        core.meters,
    )
    calendar = CalendarWatch(core.storage, core.rulebook, core.almanac, core.clock)
    further = [
        Tick("requests", REQUEST_SECONDS, ReloadRequests(core.storage, core.shelf, core.reload_asked_at).look),
        Tick("calendar", WATCH_SECONDS, calendar.look),
    ]
    if watch_content:
        further.append(Tick("content", WATCH_SECONDS, lambda: asyncio.to_thread(core.shelf.reload_if_changed)))
    scheduler = make_scheduler([*chores.ticks(core.settings.reminders.tick_seconds), *further])
    scheduler.start()
    stack.callback(scheduler.shutdown, wait=False)
    return calendar


async def _open_ears(stack: AsyncExitStack, core: Core, lines: Lines, front: Front, breaks: Callable[[], None]) -> None:
    """Begin to take updates in, by the way that the settings choose."""
    telegram = core.settings.telegram
    front.checks["sending"] = sending_check(lines.heartbeat.is_sending_held, lines.brake.pacer.silence)
    if telegram.mode == "webhook":
        front.take_in(lines.intake.accept)
        pushing = Pushing(core.wire, telegram.webhook_url, core.settings.webhook_secret, core.meters)
        front.checks["webhook"] = webhook_check(pushing.is_here)
        await _register(pushing)
        await stack.enter_async_context(_background(pushing.watch(), breaks))
    else:
        poller = Poller(core.wire, lines.intake.accept, PollerLease(core.storage, core.clock, core.settings.replica), monotonic)
        core.meters.watch_poll(poller.seconds_since_success)
        front.checks["polling"] = polling_check(poller.seconds_since_success)
        await stack.enter_async_context(_background(poller.run(), breaks, poller.stop))
    front.telegram_reached()


async def _introduce(core: Core) -> None:
    fallback = core.settings.learning.language
    coordinators = dict.fromkeys(core.settings.admins, fallback) | await core.storage.run(coordination.languages)
    news = await outdated(core.wire, notices(introductions(core.words), fallback, coordinators))
    if not news:
        return
    from bot.gateway.ptb import AiohttpRequest, make_bot, tell  # noqa: PLC0415 - see there

    await tell(make_bot(core.settings.token, core.settings.telegram.api_url, AiohttpRequest(core.session)), news)


async def _register(pushing: Pushing) -> None:
    try:
        await pushing.begin()
    except ApiError as error:
        raise StartError(f"Telegram did not take the webhook: {reason(error)}. Check telegram.webhook_url and webhook_secret.") from error


@asynccontextmanager
async def _background(
    work: Coroutine[Any, Any, None], breaks: Callable[[], None], end: Callable[[], None] | None = None
) -> AsyncIterator[None]:
    """Do work until the context ends: `end` asks it to end by itself, without one it is cancelled. `breaks` is called if it ends before."""
    task = asyncio.create_task(work)
    task.add_done_callback(partial(_ended, breaks=breaks))
    try:
        yield
    finally:
        if end is None:
            task.cancel()
        else:
            end()
        await asyncio.wait({task})


def _ended(task: asyncio.Task[None], breaks: Callable[[], None]) -> None:
    """Say which part ended by a fault; while the bot is stopping nobody listens to `breaks` any more."""
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("part_broke", part=getattr(task.get_coro(), "__qualname__", "?"), error=describe_error(error))
    breaks()
