"""The coordinator's dashboard in a browser, at a phone's width and at a desk's: from the chat's link to signing out."""

import re
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page, ViewportSize, expect

from bot.sandbox.cast import COORDINATOR_ID
from tests.browser.conftest import NO_NAME, PHONE, SCREENSHOTS

if TYPE_CHECKING:
    from tests.browser.conftest import Phone

pytestmark = pytest.mark.asyncio(loop_scope="session")

DESK: ViewportSize = {"width": 1280, "height": 800}
PAGES = ("Ringkasan", "Modul", "Usulan materi", "Pengumuman", "Setelan")


class Visitor:
    """A page of the dashboard. `complaints` is what the browser was unhappy about, breaches of the content security policy among it."""

    def __init__(self, page: Page, *, pictured: bool) -> None:
        self.page = page
        self.complaints: list[str] = []
        self._pictured = pictured
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    async def goes_to(self, name: str) -> None:
        await self.page.get_by_role("navigation").get_by_role("link", name=name).click()
        await expect(self.page.get_by_role("heading", level=1)).to_have_text(name)

    async def is_sound(self) -> None:
        """Nothing sticks out at the side, every control has a name, and every table says what its columns are."""
        assert await self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page can be scrolled sideways"
        assert NO_NAME.findall(await self.page.locator("body").aria_snapshot()) == []
        for table in await self.page.get_by_role("table").all():
            await expect(table.get_by_role("columnheader").first).to_be_visible()
        assert await self.page.evaluate("document.documentElement.lang") in {"id", "en"}
        assert self.complaints == []

    async def picture(self, name: str) -> None:
        if self._pictured:
            await self.page.screenshot(path=SCREENSHOTS / f"{name}.png", animations="disabled")


@pytest_asyncio.fixture(loop_scope="session")
async def address(phone: "Phone") -> str:
    """Let Ratna ask the bot for a link."""
    await phone.pick_up(COORDINATOR_ID)
    if await phone.page.get_by_test_id("start").is_visible():
        await phone.start()
        await phone.sees("Sinau")
    links = phone.log.get_by_role("link", name="/dasbor/masuk/")
    before = await links.count()
    await phone.write("/dasbor")
    await expect(links).to_have_count(before + 1)
    link = await phone.newest.get_by_role("link").get_attribute("href")
    assert link
    return link


@pytest_asyncio.fixture(params=[PHONE, DESK], ids=["phone", "desk"], loop_scope="session")
async def visitor(browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Visitor]:
    context = await browser.new_context(viewport=request.param, locale="id-ID", color_scheme="light")
    yield Visitor(await context.new_page(), pictured=request.config.getoption("--update-screenshots", default=False))
    await context.close()


async def test_a_coordinator_signs_in_looks_around_and_signs_out(address: str, visitor: Visitor) -> None:
    page, width = visitor.page, "phone" if (visitor.page.viewport_size or PHONE)["width"] < 800 else "desk"
    await page.goto(address)
    await page.goto(address)  # looking uses nothing up
    await page.get_by_role("button", name="Masuk sebagai Ratna").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Ringkasan")
    await expect(page.locator("figure canvas")).to_be_visible()
    await expect(page.get_by_role("table", name="Perkembangan per pekan").get_by_role("row")).to_have_count(9)
    await visitor.is_sound()
    await visitor.picture(f"dashboard-overview-{width}")

    await visitor.goes_to("Modul")
    await visitor.is_sound()
    await page.get_by_role("link", name="Mengenali phishing").click()
    await expect(page.get_by_role("heading", name="Soal", exact=True)).to_be_visible()
    await expect(page.get_by_role("meter").first).to_be_visible()
    await visitor.is_sound()
    await visitor.picture(f"dashboard-module-{width}")

    await visitor.goes_to("Usulan materi")
    await expect(page.get_by_role("row")).to_have_count(4)
    await visitor.is_sound()

    await visitor.goes_to("Pengumuman")
    await expect(page.get_by_role("row")).to_have_count(3)
    await visitor.is_sound()

    for style in ("Excel", "PDF", "CSV"):
        await visitor.goes_to("Ringkasan")
        async with page.expect_download() as waiting:
            await page.get_by_role("link", name=f"Unduh {style}").click()
        download = await waiting.value
        assert re.fullmatch(r"laporan-sinau-\d{4}-\d\d-\d\d\.(xlsx|pdf|csv)", download.suggested_filename)

    await visitor.goes_to("Setelan")
    await page.get_by_label("Bahasa, di sini dan di obrolan").select_option("en")
    await page.get_by_role("button", name="Simpan bahasa").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Settings")
    await visitor.is_sound()
    await page.get_by_label("Language, here and in the chat").select_option("id")
    await page.get_by_role("button", name="Save the language").click()
    await visitor.goes_to("Setelan")
    await page.get_by_role("button", name="Keluar", exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Anda sudah keluar")
    assert visitor.complaints == []

    await page.goto(address)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Tautan ini tidak berlaku lagi")


async def test_an_announcement_is_seen_to_go_out_without_reloading(phone: "Phone", address: str, browser: Browser) -> None:
    await phone.write("/umumkan")
    await phone.sees("Kirim isi pengumuman")
    await phone.write("Rapat dimulai pukul 09.00.")
    await phone.order_refusal(error_code=429, description="Too Many Requests: retry after 15", retry_after=15)
    await phone.tap("Kirim")
    context = await browser.new_context(viewport=DESK, locale="id-ID")
    visitor = Visitor(await context.new_page(), pictured=False)
    await visitor.page.goto(address)
    await visitor.page.get_by_role("button", name="Masuk sebagai Ratna").click()
    await visitor.goes_to("Pengumuman")
    newest = visitor.page.get_by_role("row").nth(1)
    await expect(newest).to_contain_text("sedang dikirim")
    await expect(newest).to_contain_text("selesai", timeout=60_000)
    assert visitor.complaints == []
    await context.close()


async def test_everything_can_be_done_with_the_keyboard(address: str, visitor: Visitor) -> None:
    page = visitor.page
    await page.goto(address)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Ringkasan")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("main")).to_be_focused()
    await page.goto(page.url.split("#")[0])
    for name in PAGES:
        link = page.get_by_role("navigation").get_by_role("link", name=name)
        for _ in range(10):
            await page.keyboard.press("Tab")
            if await link.evaluate("each => each === document.activeElement"):
                break
        await expect(link).to_be_focused()
        assert await link.evaluate("each => getComputedStyle(each).outlineStyle") != "none"
    assert visitor.complaints == []


async def test_letters_can_be_read_in_light_and_in_the_dark(address: str, visitor: Visitor) -> None:
    """Every colour of letters has a contrast of 4.5 to 1 with what is behind it (WCAG 2.2, success criterion 1.4.3)."""
    page = visitor.page
    await page.goto(address)
    await page.get_by_role("button", name="Masuk sebagai Ratna").click()
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        for name in PAGES:
            await visitor.goes_to(name)
            assert await page.evaluate(CONTRASTS) == [], (scheme, name)


CONTRASTS = """() => {
  const channel = (value) => { const part = value / 255; return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; };
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
  const behind = (each) => {
    for (let at = each; at; at = at.parentElement) {
      const found = parse(getComputedStyle(at).backgroundColor);
      if (found.length === 3 || found[3] > 0) return found;
    }
    return [255, 255, 255];
  };
  const low = [];
  for (const each of document.querySelectorAll("body *")) {
    const own = [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || each.closest("script, meter, figure, option")) continue;
    const pair = [light(parse(getComputedStyle(each).color)), light(behind(each))].sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (ratio < 4.5) low.push(`${each.tagName} ${each.textContent.trim().slice(0, 30)} ${ratio.toFixed(2)}`);
  }
  return low;
}"""
