"""A coordinator announces something from a phone, sees it go out, and reads what became of it."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.sandbox.cast import ANDI_ID, COORDINATOR_ID, EMMA_ID, SARI_ID, YOSEF_ID

if TYPE_CHECKING:
    from tests.browser.conftest import Phone

pytestmark = pytest.mark.asyncio(loop_scope="session")

FORMATTED = "**Pengisian SKP** ditutup Jumat pukul 16.00. __Sudah mengisi? Abaikan pesan ini.__"
CAPTION = "Pengisian SKP ditutup Jumat pukul 16.00."
MODULE = "Kata sandi yang kuat"


async def test_an_announcement_is_previewed_sent_and_reported(phone: "Phone") -> None:
    for person in (SARI_ID, YOSEF_ID, ANDI_ID):
        await join(phone, person)
    await phone.page.get_by_test_id("more").click()
    await phone.page.get_by_test_id("more-block").click()
    await expect(phone.page.get_by_test_id("chat-status")).to_have_text("diblokir")
    await join(phone, COORDINATOR_ID)
    await phone.choose_command("umumkan")
    await phone.sees("Kirim isi pengumuman")
    await phone.write(FORMATTED)
    await phone.sees("Semua peserta · 3 orang, 61 tidak dapat dihubungi", "Kapan: sekarang · sekitar")
    await expect(phone.log.get_by_role("article").nth(-2).locator("strong")).to_have_text("Pengisian SKP")
    await replace_by_photo(phone)
    await choose_audience(phone)
    await phone.picture("announcement-preview")

    # Yosef has blocked the bot too, but the bot was not told; and Telegram asks for silence at the first message.
    await phone.order_refusal(error_code=403, description="Forbidden: bot was blocked by the user", chat=YOSEF_ID)
    await phone.order_refusal(error_code=429, description="Too Many Requests: retry after 2", retry_after=2)
    await phone.tap("Kirim")
    await phone.sees("Mengirim …", "0 dari 3")
    await expect(phone.log).to_contain_text("Terkirim 2 · diblokir 1 · gagal 0 · belum pasti 0")
    await phone.sees(CAPTION)  # the coordinator is one of the learners
    await phone.picture("announcement-report")

    await phone.pick_up(SARI_ID)
    await phone.sees(CAPTION)
    await phone.sees_picture(CAPTION)
    for person in (YOSEF_ID, ANDI_ID):
        await phone.pick_up(person)
        await phone.sees("Saya Sinau")


async def test_an_announcement_waits_for_its_time_and_can_be_taken_back(phone: "Phone") -> None:
    await join(phone, EMMA_ID)
    await join(phone, COORDINATOR_ID)
    await phone.write("/umumkan")
    await phone.sees("Kirim isi pengumuman")
    await phone.write("Besok rapat dimulai pukul 09.00.")
    await phone.tap("Ubah waktu")
    await phone.write("kapan-kapan")
    await phone.sees("Waktu itu tidak terbaca")
    await phone.write("besok 08.00")
    await phone.sees(re.compile("Kapan: Rabu, .* pukul 08.00 WIB"))
    await phone.tap("Jadwalkan")
    await phone.sees("Terjadwal: Rabu")
    await phone.move_clock_to_tomorrow()
    await expect(phone.log).to_contain_text(re.compile(r"Terkirim \d · diblokir 0 · gagal 0"))
    await phone.pick_up(EMMA_ID)
    await expect(phone.log).to_contain_text("Besok rapat dimulai")

    await phone.pick_up(COORDINATOR_ID)
    await phone.write("/umumkan")
    await phone.sees("Kirim isi pengumuman")
    await phone.write("Salah kirim")
    await phone.tap("Batal")
    await phone.sees("Pengumuman dibatalkan. Tidak ada yang terkirim.")


async def join(phone: "Phone", person: int) -> None:
    """Pick up a person's phone, and press Start if that was not done before."""
    await phone.pick_up(person)
    if await phone.page.get_by_test_id("start").is_visible():
        await phone.start()
        await phone.sees("Sinau")


async def replace_by_photo(phone: "Phone") -> None:
    await phone.tap("Ganti isi")
    await phone.sees("Kirim isi pengumuman")
    await phone.attach("photo", CAPTION)
    await phone.sees("Semua peserta · 3 orang")
    await expect(phone.log.get_by_role("article").nth(-2)).to_contain_text(CAPTION)
    await phone.sees_picture(CAPTION)


async def choose_audience(phone: "Phone") -> None:
    """Look at an audience by module, and decide for everybody."""
    await phone.tap("Ubah penerima")
    await phone.tap(re.compile("^Yang belum menyelesaikan"))
    await phone.tap(MODULE)
    await phone.sees(f"Yang belum menyelesaikan {MODULE} · 3 orang")
    await phone.tap("Ubah penerima")
    await phone.tap("Semua peserta")
    await phone.sees("Semua peserta · 3 orang, 61 tidak dapat dihubungi")
