"""What a person should not press, or presses twice, and a page that is loaded anew in the middle."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.sandbox.cast import ANDI_ID, COORDINATOR_ID, SARI_ID, YOSEF_ID

if TYPE_CHECKING:
    from tests.browser.conftest import Phone

pytestmark = pytest.mark.asyncio(loop_scope="session")

BEGIN = re.compile("^Mulai: Kata sandi yang kuat")
OPTION = re.compile(r"^(A|\d+ karakter|Benar)$")


async def test_whatever_a_person_sends_is_answered_with_a_way_on(phone: "Phone") -> None:
    await join(phone, SARI_ID)
    await phone.attach("sticker")
    await phone.sees("Saya belum bisa membaca stiker.")
    await phone.write("Apa kabar?")
    await phone.sees("Saya tidak menemukan jawabannya dalam materi.")
    await phone.write("/umumkan")
    await phone.sees("Perintah ini untuk koordinator.")
    await phone.tap("Lanjutkan belajar")
    await phone.sees("Kata sandi yang kuat")


async def test_two_taps_at_once_count_as_one(phone: "Phone") -> None:
    await join(phone, YOSEF_ID)
    await phone.tap_twice_at_once(BEGIN)
    await phone.sees("1 dari 6")
    await open_quiz(phone)
    await phone.tap_twice_at_once(OPTION)
    await expect(phone.page.get_by_test_id("toast")).to_contain_text("Jawaban pertama yang dihitung.")
    await phone.tap("Soal berikutnya")
    await phone.sees("Kuis · 2 dari")


async def test_an_old_button_says_what_it_finds(phone: "Phone") -> None:
    await join(phone, ANDI_ID)
    await phone.tap(BEGIN)
    await open_quiz(phone)
    older = phone.log.get_by_test_id(await phone.newest.get_attribute("data-testid") or "")
    await phone.write("/belajar")
    await phone.tap(re.compile("^Lanjutkan: Kata sandi yang kuat"))
    await phone.sees("Kuis · 1 dari")
    await phone.tap(OPTION)
    await phone.sees("Soal berikutnya")
    await older.get_by_role("button", name=OPTION).first.click()
    await expect(phone.page.get_by_test_id("toast")).to_contain_text("Soal ini sudah Anda jawab.")
    await expect(older).to_contain_text("Soal berikutnya")


async def test_a_page_loaded_anew_shows_the_same_and_goes_on(phone: "Phone") -> None:
    await join(phone, COORDINATOR_ID)
    await phone.tap(BEGIN)
    await phone.tap("Lanjut")
    await phone.sees("2 dari 6")
    await phone.page.reload()
    await phone.sees("2 dari 6")
    await phone.tap("Lanjut")
    await phone.sees("3 dari 6")


async def join(phone: "Phone", person: int) -> None:
    """Begin as somebody new: each test is another person in the same demo."""
    await phone.pick_up(person)
    await phone.start()
    await phone.sees("Saya Sinau")


async def open_quiz(phone: "Phone") -> None:
    """Turn over the cards without reading them."""
    for place in range(2, 7):
        await phone.tap("Lanjut")
        await phone.sees(f"{place} dari 6")
    await phone.tap("Mulai kuis")
    await phone.sees("Kuis · 1 dari")
