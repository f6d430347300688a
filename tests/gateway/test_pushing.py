"""A webhook that another program with the token takes away: the bot says so, and has updates pushed to it again."""

import asyncio
import socket
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import running
from bot.clock import AdjustableClock
from bot.doctor import Finding, examine
from bot.gateway import pushing
from bot.gateway.pushing import leads_to
from bot.gateway.wire import Wire
from bot.sandbox.cast import SARI_ID
from bot.sandbox.world import World
from bot.settings import ContentSettings, DatabaseSettings, Settings, TelegramSettings, WebSettings

CONTENT = Path(__file__).parents[1] / "transcripts" / "content"
SECONDS = 30


@pytest.fixture
def settings(address: str, token: str, sqlite_url: str) -> Settings:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url, secret = f"http://127.0.0.1:{port}/telegram/webhook", SecretStr("made-up")
    return Settings(
        telegram=TelegramSettings(token=SecretStr(token), api_url=address, mode="webhook", webhook_url=url, webhook_secret=secret),
        database=DatabaseSettings(url=sqlite_url),
        content=ContentSettings(dir=CONTENT),
        cache_dir=None,
        web=WebSettings(port=port),
    )


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the bot look after its webhook all the time."""
    for name in ("LOOK_SECONDS", "LOST_LOOK_SECONDS"):
        monkeypatch.setattr(pushing, name, 0.02)


async def steal(wire: Wire, world: World) -> None:
    """Take the webhook away as often as it is set, as a program does that polls with the same token."""
    while await world.state.signal.until(lambda: world.state.webhook.url, SECONDS):
        await wire.call("deleteWebhook", {})


async def readiness(settings: Settings, status: int) -> str:
    """Ask whether the bot is ready until the answer has this status."""
    async with asyncio.timeout(SECONDS), aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"http://127.0.0.1:{settings.web.port}/readyz") as answer:
                if answer.status == status:
                    return await answer.text()


async def updates(settings: Settings, clock: AdjustableClock) -> Finding:
    return next(finding for finding in await examine(settings, clock) if finding.what == "updates")


@pytest.mark.usefixtures("hurried")
async def test_a_webhook_that_was_taken_away_is_told_and_set_again(
    world: World, wire: Wire, settings: Settings, clock: AdjustableClock
) -> None:
    async with running(settings, clock, asyncio.Event()):
        await readiness(settings, 200)
        thief = asyncio.create_task(steal(wire, world))
        assert "another program with this token" in await readiness(settings, 503)
        thief.cancel()
        await readiness(settings, 200)
        world.start(SARI_ID)
        await world.until(lambda: world.sent(SARI_ID))


async def test_doctor_tells_of_a_running_bot_whose_webhook_is_gone(wire: Wire, settings: Settings, clock: AdjustableClock) -> None:
    assert (await updates(settings, clock)).healthy
    async with running(settings, clock, asyncio.Event()):
        assert (await updates(settings, clock)).healthy
        await wire.call("deleteWebhook", {})
        told = await updates(settings, clock)
        assert not told.healthy
        assert "took the webhook away" in told.advice
    assert (await updates(settings, clock)).healthy


@pytest.mark.parametrize(
    ("told", "is_here"),
    [
        ("https://bot.example.go.id/telegram/webhook", True),
        ("https://BOT.example.go.id/telegram/webhook", True),
        ("https://bot.example.go.id:8443/telegram/webhook", False),
        ("https://bot.example.go.id/another", False),
        ("", False),
    ],
)
def test_a_webhook_is_known_however_telegram_writes_it(told: str, is_here: bool) -> None:  # noqa: FBT001 - pytest passes parameters by name
    assert leads_to({"url": told}, "https://bot.example.go.id/telegram/webhook") is is_here
