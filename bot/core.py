"""What everything else is built on: the database, the content, the calendar and the rules, the words, and the wire to Telegram."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.content.almanac import Almanac
from bot.content.finder import Finder
from bot.content.shelf import Shelf
from bot.domain.memory import Model
from bot.errors import StartError
from bot.gateway.connections import Connections
from bot.gateway.meters import Meters
from bot.gateway.request import Session
from bot.gateway.wire import Wire
from bot.services.rulebook import Rulebook
from bot.services.turn import Rules
from bot.settings import Settings
from bot.storage import migrate, requests
from bot.storage.database import Storage
from bot.storage.engine import make_engine
from bot.storage.replicas import hold_name
from bot.texts import Words, load_words

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Core:
    """What everything else is built on."""

    settings: Settings
    clock: Clock
    reload_asked_at: datetime | None
    shelf: Shelf
    almanac: Almanac
    rulebook: Rulebook
    finder: Finder
    words: Mapping[str, Words]
    meters: Meters
    storage: Storage
    wire: Wire
    session: Session


async def open_core(stack: AsyncExitStack, settings: Settings, clock: Clock) -> Core:
    """Open it for as long as `stack` lasts.

    Raises:
        StartError, BrokenContentError, AlreadyRunningError, HolidaysError, HoursError: it can't be opened; the text says why.

    """
    storage = open_storage(settings)
    stack.callback(storage.close)
    stack.enter_context(hold_name(storage.engine, settings.replica))
    reload_asked_at = await storage.run(requests.asked_at, requests.RELOAD)  # before the content is read, or a request could be missed
    shelf, almanac = await asyncio.gather(
        asyncio.to_thread(Shelf, settings.content.dir, settings.cache_dir), asyncio.to_thread(open_almanac, settings)
    )
    for gap, advice in almanac.gaps(clock.now().date()):
        log.warning("calendar_incomplete", gap=gap, advice=advice)
    finder = Finder(shelf)
    stack.callback(finder.close)
    meters = Meters()
    session = await stack.enter_async_context(Session(settings.telegram.api_url))
    direct = Connections.to(settings.telegram.api_url)
    if direct is not None:
        stack.callback(direct.close)
    wire = Wire(session, settings.telegram.api_url, settings.token, meters, direct)
    return Core(
        settings=settings,
        clock=clock,
        reload_asked_at=reload_asked_at,
        shelf=shelf,
        almanac=almanac,
        rulebook=Rulebook(make_rules(settings, almanac)),
        finder=finder,
        words=load_words(),
        meters=meters,
        storage=storage,
        wire=wire,
        session=session,
    )


def open_storage(settings: Settings) -> Storage:
    """Open the database, bringing a SQLite file to the present shape by itself.

    Raises:
        StartError: it can't be reached, or needs `sinau db upgrade`.
        NewerDatabaseError: a newer version has used it.

    """
    engine = make_engine(settings.database.url, connections=settings.database.threads)
    try:
        if engine.dialect.name == "sqlite":
            migrate.upgrade(engine)
        with engine.begin() as connection:
            migrate.require_known(connection)
            current = migrate.is_current(connection)
    except (SQLAlchemyError, OSError) as error:
        engine.dispose()
        raise StartError(
            f"The database can't be used ({type(error).__name__}). Nothing was changed. "
            "Check database.url, that its server runs, and that its folder can be written to; `sinau doctor` looks closer."
        ) from error
    except migrate.NewerDatabaseError:
        engine.dispose()
        raise
    if not current:
        engine.dispose()
        raise StartError("The database has the shape of another version. Run `sinau db upgrade`, then start again.")
    return Storage(engine, threads=settings.database.threads)


def open_almanac(settings: Settings) -> Almanac:
    """Return the calendar and the working hours, with the operator's files; raises HolidaysError, HoursError."""
    reminder = settings.reminders
    return Almanac(reminder.country, reminder.holidays_file, reminder.hours_file, settings.cache_dir)


def make_rules(settings: Settings, almanac: Almanac | None = None) -> Rules:
    """Return what the operator set, as the services need it; raises HolidaysError, HoursError."""
    reminder = settings.reminders
    return Rules(
        calendar=(almanac or open_almanac(settings)).calendar,
        quiet=reminder.quiet,
        admins=settings.admins,
        language=settings.learning.language,
        zone=settings.learning.zone,
        reminder_minute=reminder.at.hour * 60 + reminder.at.minute,
        daily_items=settings.learning.daily_items,
        memory=Model(settings.learning.retention, settings.learning.memory_parameters),
        sends_per_second=settings.sending.per_second,
        deliveries_kept=settings.retention.lives["deliveries"],
        phrases=settings.answers.endpoint is not None,
        wishes_from=settings.search.wishes_from,
    )
