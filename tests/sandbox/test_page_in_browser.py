"""The chat page in a real browser, on a phone's width and on a desk."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.clock import AdjustableClock
from bot.sandbox.cast import SARI_ID, YOSEF_ID
from bot.sandbox.samples import sample
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from tests.chromium import CHROMIUM, FLAGS

TEXT = "Halo, <b>Sari</b>. <tg-spoiler>kunci</tg-spoiler> <a href='https://t.me/sinau_sandbox_bot?start=m-x'>Buka modul</a>"
KEYS = {"inline_keyboard": [[{"text": "Lanjut", "callback_data": "next"}], [{"text": "Kembali", "callback_data": "back"}]]}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


class Bot:
    """A bot that does what the test says."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url

    async def __call__(self, method: str, **parameters: Any) -> Any:
        async with self._session.post(self._url + method, json=parameters) as response:
            return (await response.json())["result"]


@pytest.fixture
async def bot(address: str, token: str) -> AsyncIterator[Bot]:
    async with aiohttp.ClientSession() as session:
        yield Bot(session, f"{address}/bot{token}/")


async def opened(browser: Browser, url: str, width: int, height: int) -> tuple[Page, list[str]]:
    """Open a page and collect what it complains about."""
    page = await (await browser.new_context(viewport={"width": width, "height": height})).new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
    await page.goto(url)
    return page, complaints


async def test_a_phone_starts_taps_and_votes(browser: Browser, address: str, world: World, bot: Bot) -> None:
    page, complaints = await opened(browser, address, 360, 740)
    await page.get_by_test_id(f"person-{SARI_ID}").click()
    await page.get_by_test_id("start").click()
    await expect(page.get_by_test_id("chat-log")).to_contain_text("/start")

    shown = await bot("sendMessage", chat_id=SARI_ID, text=TEXT, parse_mode="HTML", reply_markup=KEYS)
    message = page.get_by_test_id(f"message-{shown['message_id']}")
    await expect(message.locator("strong")).to_have_text("Sari")
    await message.get_by_label("Teks tersembunyi").click()
    await expect(message.get_by_text("kunci")).to_be_visible()
    await page.get_by_role("button", name="Lanjut").click()
    await world.until(lambda: world.state.queries)
    query = next(iter(world.state.queries.values()))
    assert query.data == "next"
    await bot("answerCallbackQuery", callback_query_id=query.id, text="Tersimpan")
    await expect(page.get_by_test_id("toast")).to_have_text("Tersimpan")
    await bot("editMessageText", chat_id=SARI_ID, message_id=shown["message_id"], text="Kartu 2")
    await expect(message).to_contain_text("Kartu 2")
    await expect(message).to_contain_text("diedit")
    await expect(page.get_by_role("button", name="Lanjut")).to_have_count(0)

    quiz = await bot(
        "sendPoll", chat_id=SARI_ID, question="2 + 2?", options=["3", "4"], type="quiz", correct_option_ids=[1], explanation="Hitung."
    )
    await page.get_by_test_id(f"poll-{quiz['message_id']}").get_by_role("button", name="3").click()
    await expect(page.get_by_test_id(f"poll-{quiz['message_id']}")).to_contain_text("Hitung.")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert complaints == []


async def test_a_desk_writes_formats_edits_and_attaches(browser: Browser, address: str, world: World, bot: Bot) -> None:
    world.start(SARI_ID)
    await bot("setMyCommands", commands=[{"command": "belajar", "description": "Pilih modul"}])
    page, complaints = await opened(browser, f"{address}/?person={SARI_ID}", 1200, 800)
    await page.get_by_test_id("composer").fill("**Penting** dan __miring__")
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("chat-log").locator("em")).to_have_text("miring")
    said = world.last(SARI_ID)
    assert said.text == "Penting dan miring"
    assert [entity["type"] for entity in said.content["entities"]] == ["bold", "italic"]
    await page.get_by_test_id(f"message-{said.id}").hover()
    await page.get_by_test_id(f"edit-{said.id}").click()
    await page.get_by_test_id("composer").fill("Lain")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id(f"message-{said.id}")).to_contain_text("Lain")

    await page.get_by_test_id("commands-menu").click()
    await page.get_by_role("menuitem", name="/belajar").click()
    await page.get_by_test_id("attach").click()
    await page.get_by_test_id("attach-sticker").click()
    await world.until(lambda: "sticker" in world.last(SARI_ID).content)
    photo = sample("photo")
    await page.get_by_test_id("file").set_input_files({"name": "foto.png", "mimeType": "image/png", "buffer": photo.data})
    await world.until(lambda: "photo" in world.last(SARI_ID).content)
    assert complaints == []


async def test_the_clock_moves_and_other_phones_show_news(browser: Browser, address: str, world: World, bot: Bot) -> None:
    world.start(YOSEF_ID)
    page, complaints = await opened(browser, f"{address}/?person={SARI_ID}", 1200, 800)
    await page.get_by_test_id("clock-forward-tomorrow").click()
    await expect(page.get_by_test_id("clock-local")).to_have_text("08.30")
    assert world.clock.now().isoformat() == "2026-03-03T01:30:00+00:00"
    await bot("sendMessage", chat_id=YOSEF_ID, text="Selamat pagi")
    await expect(page.get_by_test_id(f"person-{YOSEF_ID}").get_by_label("1 pesan baru")).to_be_visible()
    await page.get_by_test_id(f"person-{YOSEF_ID}").click()
    await expect(page.get_by_test_id("chat-log")).to_contain_text("Selamat pagi")
    await expect(page.get_by_test_id("clock-local")).to_have_text("10.30")
    await page.get_by_test_id("language-en").click()
    await expect(page.get_by_test_id("made-up")).to_have_text("These people are made up. No message leaves this computer.")
    assert complaints == []


async def test_blocking_deep_links_and_groups(browser: Browser, address: str, world: World, bot: Bot) -> None:
    world.start(SARI_ID)
    page, complaints = await opened(browser, f"{address}/?person={SARI_ID}", 390, 844)
    await page.get_by_test_id("more").click()
    await page.get_by_test_id("more-block").click()
    await page.get_by_test_id("start").click()
    await world.until(lambda: world.last(SARI_ID).text == "/start" and world.state.chat(SARI_ID).bot == "member")
    await page.get_by_test_id("more").click()
    await page.get_by_test_id("more-openLink").click()
    await page.get_by_test_id("link-address").fill("https://t.me/sinau_sandbox_bot?start=u-7")
    await page.get_by_test_id("link-open").click()
    await expect(page.get_by_test_id("chat-log")).to_contain_text("/start u-7")
    await bot("sendMessage", chat_id=SARI_ID, text="Pilih", reply_markup={"keyboard": [["Ya", "Tidak"]]})
    await page.get_by_test_id("reply-keyboard").get_by_role("button", name="Tidak").click()
    await world.until(lambda: world.last(SARI_ID).text == "Tidak")
    await page.get_by_test_id("back").click()
    await page.get_by_text("Tim Kepegawaian").click()
    await page.get_by_test_id("more").click()
    await page.get_by_test_id("more-addBot").click()
    await expect(page.get_by_test_id("chat-status")).to_have_text("6 anggota")
    assert complaints == []


async def test_a_page_outlives_its_server(browser: Browser, clock: AdjustableClock, token: str) -> None:
    async with Sandbox(clock, token).serving() as address:
        page, _ = await opened(browser, f"{address}/?person={SARI_ID}", 390, 844)
        await page.get_by_test_id("start").click()
        await expect(page.get_by_test_id("chat-log")).to_contain_text("/start")
    await expect(page.get_by_text("Sambungan ke server terputus.")).to_be_visible()
    await page.get_by_test_id("composer").fill("Halo")
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("toast")).to_contain_text("Server tidak menjawab, jadi ini belum terkirim.")
    await expect(page.get_by_test_id("composer")).to_have_value("Halo")
    async with Sandbox(clock, token).serving(port=urlsplit(address).port or 0):
        await expect(page.get_by_test_id("start")).to_be_visible()
        await expect(page.get_by_text("Sambungan ke server terputus.")).to_be_hidden()
