"""`sinau doctor`: looks at everything the bot depends on, and gives advice."""

import asyncio
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.answering import make_caps
from bot.clock import Clock
from bot.content.almanac import Almanac
from bot.content.holidays import HolidaysError
from bot.content.loader import load
from bot.content.working_hours import HoursError
from bot.domain.asking import Tokens, messages, most_tokens
from bot.gateway.client import open_session
from bot.gateway.endpoint import Endpoint, EndpointError
from bot.gateway.errors import ApiError, UnauthorizedError, reason
from bot.gateway.heartbeat import ALIVE_WITHIN
from bot.gateway.meters import Meters
from bot.gateway.pushing import leads_to
from bot.gateway.request import Session, proxy_for
from bot.gateway.wire import Wire
from bot.question import Question
from bot.secret_files import is_open
from bot.settings import Settings, SettingsError, require_token
from bot.storage import hold, ledger, migrate, replicas, spending
from bot.storage.engine import make_engine

T = TypeVar("T")

TOLERATED_SKEW = timedelta(seconds=30)
PATIENCE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one thing, and what to do about it where it is not healthy."""

    what: str
    healthy: bool
    found: str
    advice: str = ""

    def __str__(self) -> str:
        line = f"{'ok ' if self.healthy else 'BAD'}  {self.what}: {self.found}"
        return f"{line}\n     → {self.advice}" if self.advice else line


async def examine(settings: Settings, clock: Clock) -> list[Finding]:
    """Examine everything; never raises for what it finds."""
    runs = await asyncio.to_thread(_runs, settings, clock.now())
    token, skew, answers = await asyncio.gather(_telegram(settings, runs=runs), _clock(settings, clock), _answers(settings))
    return [
        *token,
        *await asyncio.to_thread(_database, settings, clock.now()),
        _content(settings),
        *_calendar(settings, clock.now().date()),
        skew,
        *answers,
        *_rights(settings),
    ]


async def _telegram(settings: Settings, *, runs: bool) -> list[Finding]:
    try:
        require_token(settings)
    except SettingsError as error:
        return [Finding("token", healthy=False, found="none that can be used", advice=str(error))]
    async with Session(settings.telegram.api_url) as session:
        wire = Wire(session, settings.telegram.api_url, settings.token, Meters())
        try:
            me = await wire.call("getMe", {}, seconds=PATIENCE_SECONDS)
            webhook = await wire.call("getWebhookInfo", {}, seconds=PATIENCE_SECONDS)
        except UnauthorizedError:
            return [Finding("token", healthy=False, found="Telegram refuses it", advice="compare it with what @BotFather says")]
        except ApiError as error:
            advice = "check the network, telegram.api_url, and whether a proxy is needed (HTTPS_PROXY)"
            return [Finding("token", healthy=False, found=f"could not be checked: {reason(error)}", advice=advice)]
    return [Finding("token", healthy=True, found=f"belongs to @{me['username']}"), _delivery(settings, webhook, runs=runs)]


def _delivery(settings: Settings, webhook: dict[str, Any], *, runs: bool) -> Finding:
    """Compare the way updates come, as Telegram knows it, with the settings."""
    url, pending = webhook.get("url", ""), webhook.get("pending_update_count", 0)
    found = f"{'webhook' if url else 'polling'}, {pending} update(s) waiting"
    is_elsewhere = settings.telegram.mode == "webhook" and not leads_to(webhook, settings.telegram.webhook_url)
    if is_elsewhere and runs:
        advice = "another program with this token took the webhook away; stop it, the bot sets the webhook again within a minute"
        return Finding("updates", healthy=False, found=f"{found}, not by the webhook of the bot that runs", advice=advice)
    if problem := webhook.get("last_error_message"):
        advice = "Telegram could not reach the webhook lately; check telegram.webhook_url, its certificate and the secret"
        return Finding("updates", healthy=False, found=f"{found}, last error: {problem}", advice=advice)
    if is_elsewhere:
        return Finding("updates", healthy=True, found=found, advice="the webhook is set when the bot starts")
    return Finding("updates", healthy=True, found=found)


async def _clock(settings: Settings, clock: Clock) -> Finding:
    limit = aiohttp.ClientTimeout(total=PATIENCE_SECONDS)
    try:
        async with (
            open_session(proxy_for(settings.telegram.api_url)) as session,
            session.get(settings.telegram.api_url, allow_redirects=False, timeout=limit) as response,
        ):
            there = parsedate_to_datetime(response.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return Finding("clock", healthy=True, found="could not be compared, since Telegram's server gave no time")
    skew = abs(clock.now() - there)
    if skew > TOLERATED_SKEW:
        advice = "let the machine keep its time by NTP (timedatectl set-ntp true): reminders depend on it"
        return Finding("clock", healthy=False, found=f"{skew.total_seconds():.0f} s away from Telegram's", advice=advice)
    return Finding("clock", healthy=True, found="agrees with Telegram's")


async def _answers(settings: Settings) -> list[Finding]:
    """Ask the endpoint that phrases answers for its models, which costs nothing; nothing is to be found where it is switched off."""
    if settings.answers.endpoint is None:
        return []
    try:
        async with Endpoint(settings.answers.endpoint, settings.answers.model, settings.answers_key, 1) as endpoint:
            known = await endpoint.knows_model()
    except SettingsError as error:
        return [Finding("answers", healthy=False, found="no key that can be used", advice=str(error))]
    except EndpointError as error:
        return [_unusable(error)]
    if known is False:
        advice = "set answers.model to the name by which the endpoint lists it"
        return [Finding("answers", healthy=False, found=f"the endpoint does not list {settings.answers.model}", advice=advice)]
    found = f"the endpoint has {settings.answers.model}" if known else "the endpoint answers, but lists no models to look at"
    return [Finding("answers", healthy=True, found=found)]


def _unusable(error: EndpointError) -> Finding:
    if error.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        advice = "compare answers.key (SINAU_ANSWERS__KEY) with what the endpoint gave you"
        return Finding("answers", healthy=False, found="the endpoint refuses the key", advice=advice)
    found = f"the endpoint can't be used ({error.kind}{f', HTTP {error.status}' if error.status else ''})"
    return Finding(
        "answers", healthy=False, found=found, advice="check answers.endpoint and the network; people get what was found meanwhile"
    )


def _runs(settings: Settings, now: datetime) -> bool:
    """Tell whether a bot runs on the database; no, where it can't be asked, of which another finding tells."""
    file = settings.database.file
    try:
        if file is not None and not file.exists():
            return False
        return _ask(settings, lambda engine: _count_alive(engine, now)) > 0
    except (SQLAlchemyError, OSError):
        return False


def _count_alive(engine: Engine, now: datetime) -> int:
    with engine.begin() as connection:
        return len(replicas.alive(connection, now, ALIVE_WITHIN))


def _ask(settings: Settings, question: Callable[[Engine], T]) -> T:
    engine = make_engine(settings.database.url)
    try:
        return question(engine)
    finally:
        engine.dispose()


def _database(settings: Settings, now: datetime) -> list[Finding]:
    file = settings.database.file
    try:
        if file is not None and not file.exists():
            return [_missing_file(file)]
    except OSError as error:
        advice = "run this as the user that the bot runs as"
        return [Finding("database", healthy=False, found=f"{file} can't be looked at ({error.strerror})", advice=advice)]
    try:
        return _ask(settings, lambda engine: _examine_database(engine, settings, now))
    except (SQLAlchemyError, OSError) as error:
        advice = "check database.url, that its server runs, and that its folder can be written to"
        return [Finding("database", healthy=False, found=f"does not answer ({type(error).__name__})", advice=advice)]


def _missing_file(file: Path) -> Finding:
    folder = next(each for each in file.absolute().parents if each.exists())
    if os.access(folder, os.W_OK | os.X_OK):
        return Finding("database", healthy=True, found=f"{file} is not there yet; the first start makes it")
    return Finding(
        "database", healthy=False, found=f"{folder} can't be written to", advice="let this user write there, or set database.url"
    )


def _examine_database(engine: Engine, settings: Settings, now: datetime) -> list[Finding]:
    with engine.begin() as connection:
        if not migrate.is_current(connection):
            return [_other_shape(engine, connection)]
        dead = ledger.count_dead(connection)
        held = hold.find(connection)
        used = spending.used_in_month(connection, now.astimezone(settings.default_zone).date())
    findings = [Finding("database", healthy=True, found=f"{engine.dialect.name}, up to date")]
    if held:
        found = f"held since {held.since:%Y-%m-%d %H:%M} UTC, after a restore"
        findings.append(Finding("sending", healthy=False, found=found, advice="`sinau db confirm` shows what waits, and lets it go"))
    if dead:
        advice = "the table dead_update holds them with the kind and place of the error; report it, then delete the rows"
        findings.append(Finding("dead updates", healthy=False, found=f"{dead} could not be handled", advice=advice))
    return [*findings, _spent(settings, used)] if settings.answers.endpoint else findings


def _spent(settings: Settings, used: Tokens) -> Finding:
    """Tell what phrased answers used this month, and whether the budget leaves room for another."""
    found = f"{used.read} tokens read and {used.written} written this month"
    budget, caps = settings.answers.budget_per_month, make_caps(settings.answers)
    if budget is None:
        return Finding("spending", healthy=True, found=found)
    found = f"{found}: {caps.price(used):.2f} of {budget:g}"
    least = most_tokens(messages(Question("", settings.learning.language, ())), settings.answers.max_tokens)  # set aside for any question
    if caps.price(used) + caps.price(least) > budget:
        advice = "people get what was found until next month; raise answers.budget_per_month if that is too little"
        return Finding("spending", healthy=False, found=found, advice=advice)
    return Finding("spending", healthy=True, found=found)


def _other_shape(engine: Engine, connection: Connection) -> Finding:
    revision = migrate.revision(connection)
    if revision is not None and not migrate.is_known(revision):
        advice = "run the version of Sinau that made it, or a later one"
        return Finding("database", healthy=False, found="has the shape of a later version", advice=advice)
    if engine.dialect.name == "sqlite":
        return Finding("database", healthy=True, found="has no or an older shape; the next start brings it up to date")
    return Finding("database", healthy=False, found="has no or an older shape", advice="run `sinau db upgrade`")


def _content(settings: Settings) -> Finding:
    loaded = load(settings.content.dir)
    if loaded.catalogue is None:
        return Finding("content", healthy=False, found=f"{len(loaded.findings)} fault(s)", advice="`sinau check` names them")
    return Finding("content", healthy=True, found=f"{len(loaded.catalogue.modules)} module(s) in {settings.content.dir}")


def _calendar(settings: Settings, today: date) -> list[Finding]:
    reminder = settings.reminders
    try:
        almanac = Almanac(reminder.country, reminder.holidays_file, reminder.hours_file, settings.cache_dir)
    except (HolidaysError, HoursError) as error:
        advice = "a bot that runs goes on with what it read before; one that starts needs this mended"
        return [Finding("calendar", healthy=False, found=str(error), advice=advice)]
    gaps = [Finding("calendar", healthy=True, found=gap, advice=advice) for gap, advice in almanac.gaps(today)]
    return gaps or [Finding("calendar", healthy=True, found=f"holidays of {reminder.country}, working hours and Ramadan are known")]


def _rights(settings: Settings) -> Sequence[Finding]:
    """Look at who may read the secrets and the record."""
    files = {
        "token file": settings.telegram.token_file,
        "webhook secret file": settings.telegram.webhook_secret_file,
        "answers key file": settings.answers.key_file,
        "database file": settings.database.file,
    }
    return [finding for what, path in files.items() if path is not None and (finding := _right(what, path))]


def _right(what: str, path: Path) -> Finding | None:
    """Judge a file's rights; None where it is not there."""
    try:
        everybody = is_open(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        return Finding(what, healthy=False, found=f"can't be looked at ({error.strerror})", advice=f"let this user get to {path}")
    if everybody:
        return Finding(what, healthy=False, found="can be read by every user of this machine", advice=f"chmod o-rwx {path}")
    return Finding(what, healthy=True, found="closed to other users")
