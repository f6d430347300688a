"""The demo as people have it: the program in a process of its own, and its chat page in a real browser."""

import asyncio
import os
import re
import shutil
import sys
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Request, Response, ViewportSize, async_playwright, expect

from bot.content.holidays import load_calendar
from tests.chromium import CHROMIUM, FLAGS

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / "docs" / "screenshots"
PHONE: ViewportSize = {"width": 390, "height": 844}
COMMAND = (sys.executable, "-m", "bot", "demo", "--port", "0")
SILENCE = "silence_asked_for"  # one test lets Telegram ask for it, and the log may say so
expect.set_options(timeout=20_000)  # a slow machine fails no test; nothing is waited for longer than it takes
NO_NAME = re.compile(r"^\s*- (button|textbox|link|img|checkbox|menuitem)(?: \[[^\]]*\])*:?$", re.MULTILINE)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-screenshots", action="store_true", help="write docs/screenshots anew from what the browser tests see")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """Run `sinau demo` and give the address that it prints; in the end it stops when asked, and leaves nothing behind.

    It is nine in Jakarta there, on a working day before a working day.
    """
    folder = tmp_path_factory.mktemp("demo")
    log, temporary = folder / "log", folder / "temporary"
    temporary.mkdir()
    own = {"SINAU_WEB__PORT": "0", "SINAU_CONTENT__DIR": str(_asking_everything(folder)), "TMPDIR": str(temporary)}
    with log.open("wb") as complaints:
        program = await asyncio.create_subprocess_exec(
            *COMMAND, cwd=ROOT, env=os.environ | own, stdout=asyncio.subprocess.PIPE, stderr=complaints
        )
    try:
        address = await printed_address(program, log)
        await ask(address, "clock", to=_ordinary_tuesday().isoformat())
        yield address
        program.terminate()
        assert await program.wait() == 0
        assert _complaints(log) == []
        assert list(temporary.iterdir()) == []
    finally:
        if program.returncode is None:
            program.kill()
            await program.wait()


def _asking_everything(folder: Path) -> Path:
    """Copy the content that ships, with quizzes that ask all of their questions: so each type of question is surely met."""
    copy = Path(shutil.copytree(ROOT / "content", folder / "content"))
    for module in (copy / "modules").glob("*.yaml"):
        text = module.read_text(encoding="utf-8")
        questions = len(re.findall(r"^      type: \w+_\w+$", text, re.MULTILINE))
        module.write_text(re.sub(r"^  draw: \d+$", f"  draw: {questions}", text, flags=re.MULTILINE), encoding="utf-8")
    return copy


async def printed_address(program: asyncio.subprocess.Process, log: Path) -> str:
    """Return the address that the program prints when it is ready."""
    assert program.stdout
    async for line in program.stdout:
        if found := re.search(rb"http://\S+(?=/)", line):
            return found[0].decode()
    raise AssertionError(f"the demo printed no address: {_complaints(log)}")


def _complaints(log: Path) -> list[str]:
    return [line for line in log.read_text().splitlines() if SILENCE not in line]


def _ordinary_tuesday() -> datetime:
    """Return nine o'clock on the next Tuesday that is a working day, as the day after it is."""
    calendar = load_calendar("ID", None)
    moment = datetime.now(ZoneInfo("Asia/Jakarta")).replace(hour=9, minute=0, second=0) + timedelta(days=1)
    while moment.weekday() != 1 or not all(calendar.is_working_day(moment.date() + timedelta(days=n)) for n in (0, 1)):
        moment += timedelta(days=1)
    return moment


async def ask(address: str, what: str, **values: Any) -> None:
    """Ask the sandbox for something that no person does, such as a fault."""
    async with aiohttp.ClientSession() as session, session.post(f"{address}/sandbox/{what}", json=values) as answer:
        assert answer.status == 200, await answer.text()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def phone(demo: str, browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator["Phone"]:
    """Open the chat page at a phone's width."""
    context = await browser.new_context(viewport=PHONE, locale="id-ID", timezone_id="Asia/Jakarta")
    held = Phone(demo, await context.new_page(), pictured=request.config.getoption("--update-screenshots", default=False))
    await held.page.goto(demo)
    yield held
    await context.close()
    assert held.complaints == []


class Phone:
    """The page, and what its person does and sees there. `complaints` is what the browser was unhappy about."""

    def __init__(self, address: str, page: Page, *, pictured: bool) -> None:
        """Use a page; `pictured`: write the pictures that the documentation shows."""
        self.address = address
        self.page = page
        self.log = page.get_by_test_id("chat-log")
        self.complaints: list[str] = []
        self._pictured = pictured
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    @property
    def newest(self) -> Locator:
        """The last message, with its buttons."""
        return self.log.get_by_role("article").last

    async def pick_up(self, person: int) -> None:
        """Change to the phone of a person, which shows the chat with the bot."""
        if await self.page.get_by_test_id("back").is_visible():
            await self.page.get_by_test_id("back").click()
        await self.page.get_by_test_id(f"person-{person}").click()
        await expect(self.page.get_by_test_id("chat-title")).to_be_visible()
        await expect(self.page.get_by_test_id(f"person-{person}")).to_have_attribute("aria-pressed", "true")

    async def start(self) -> None:
        await self.page.get_by_test_id("start").click()

    async def write(self, text: str) -> None:
        await self.page.get_by_test_id("composer").fill(text)
        await self.page.get_by_test_id("send").click()

    async def choose_command(self, name: str) -> None:
        await self.page.get_by_test_id("commands-menu").click()
        await self.page.get_by_role("menuitem", name=f"/{name} ").click()

    async def attach(self, kind: str, caption: str = "") -> None:
        await self.page.get_by_test_id("composer").fill(caption)
        await self.page.get_by_test_id("attach").click()
        await self.page.get_by_test_id(f"attach-{kind}").click()

    def button(self, label: str | re.Pattern[str]) -> Locator:
        """The newest button of that name; the whole name, or a pattern."""
        return self.log.get_by_role("button", name=label, exact=True).last

    async def tap(self, label: str | re.Pattern[str]) -> None:
        await self.button(label).click()

    async def tap_twice_at_once(self, label: str | re.Pattern[str]) -> None:
        """Tap a button twice before anything can have answered the first tap."""
        await self.button(label).evaluate("button => { button.click(); button.click(); }")

    async def sees(self, *texts: str | re.Pattern[str]) -> None:
        """Wait until the newest message says all this."""
        for text in texts:
            await expect(self.newest).to_contain_text(text)

    async def sees_picture(self, caption: str) -> None:
        """Wait until the picture with that caption is there, down to its last line."""
        picture = self.log.get_by_role("img", name=caption).last
        await expect(picture).to_be_visible()
        await expect(picture).to_have_js_property("complete", value=True)
        assert await picture.evaluate("each => each.naturalWidth") > 0

    async def move_clock_to_tomorrow(self) -> None:
        await self.page.get_by_test_id("clock-open").click()
        await self.page.get_by_test_id("clock-forward-tomorrow").click()
        await self.page.get_by_test_id("clock-open").click()

    async def order_refusal(self, **fault: Any) -> None:
        """Let the sandbox refuse an announcement as Telegram does."""
        await ask(self.address, "do/fail_next", method="copyMessage", **fault)

    async def nameless(self) -> list[str]:
        """Return the controls that a screen reader could not name."""
        return NO_NAME.findall(await self.page.locator("body").aria_snapshot())

    async def picture(self, name: str, *, messages: int = 0) -> None:
        """Keep what is seen for the documentation; `messages`: so many of the newest, from their first line on."""
        if not self._pictured or not name:
            return
        if messages:
            await self.log.get_by_role("article").nth(-messages).evaluate("message => message.scrollIntoView({block: 'start'})")
        await self.page.mouse.move(0, 0)
        await self.page.screenshot(path=SCREENSHOTS / f"{name}.png", animations="disabled")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def _failed(self, request: Request) -> None:
        # Another phone was picked up: its line of news replaces the one before.
        if "/sandbox/events" not in request.url:
            self.complaints.append(f"{request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if not response.ok:
            self.complaints.append(f"{response.url}: {response.status}")
