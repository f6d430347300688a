"""The page for everybody: with a keyboard alone, with a screen reader, and on a desk."""

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.sandbox.cast import ANDI_ID, EMMA_ID, YOSEF_ID

if TYPE_CHECKING:
    from tests.browser.conftest import Phone

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_keyboard_alone_leads_to_the_first_card(phone: "Phone") -> None:
    await press(phone, "Sari")
    await press(phone, "Mulai")
    await phone.sees("Halo, Sari")
    await press(phone, "Mulai: Kata sandi yang kuat")
    await phone.sees("1 dari 6")
    await press(phone, "Lihat jawabannya")
    await phone.sees("Sering kali jawabannya")
    await press(phone, "Lanjut")
    await phone.sees("2 dari 6")


async def test_a_screen_reader_finds_names_for_everything(phone: "Phone") -> None:
    assert await phone.nameless() == []
    await phone.pick_up(YOSEF_ID)
    await phone.start()
    await phone.sees("Halo, Yosef")
    await phone.page.get_by_test_id("attach").click()
    assert await phone.nameless() == []
    await expect(phone.page.get_by_role("log", name="Isi percakapan")).to_contain_text("Halo, Yosef")


async def test_a_desk_shows_people_clock_and_chat_side_by_side(phone: "Phone") -> None:
    await phone.page.set_viewport_size({"width": 1200, "height": 800})
    await phone.pick_up(ANDI_ID)
    await phone.start()
    await phone.tap("Pilih modul lain")
    await phone.sees("Pilih modul")
    await expect(phone.page.get_by_test_id(f"person-{EMMA_ID}")).to_be_visible()
    await expect(phone.page.get_by_test_id("clock")).to_be_visible()
    assert await phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await phone.picture("desk")


async def test_the_next_morning_is_one_on_which_offices_work(phone: "Phone") -> None:
    for _ in range(3):
        await phone.page.get_by_test_id("clock-forward-day").click()
    await expect(phone.page.get_by_test_id("clock")).to_contain_text("Jumat")
    await phone.page.get_by_role("button", name="Senin 08.30").click()
    await expect(phone.page.get_by_test_id("clock")).to_contain_text("08.30 Senin")
    await expect(phone.page.get_by_role("button", name="Besok 08.30")).to_be_visible()


async def press(phone: "Phone", name: str) -> None:
    """Go on with the Tab key to the control of that name, and press Enter."""
    target = phone.page.get_by_role("button", name=name).last
    await expect(target).to_be_visible()
    for _ in range(40):
        await phone.page.keyboard.press("Tab")
        if await target.evaluate("control => control === document.activeElement"):
            return await phone.page.keyboard.press("Enter")
    raise AssertionError(f"the Tab key does not lead to {name!r}")
