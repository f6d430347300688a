"""A unit's group: a coordinator sets an hour there from a phone, people answer the question, and nobody else changes anything."""

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.sandbox.cast import ANDI_ID, COORDINATOR_ID, GROUP_ID, SARI_ID

if TYPE_CHECKING:
    from tests.browser.conftest import Phone

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_group_is_asked_a_question_a_day(phone: "Phone") -> None:
    for person in (COORDINATOR_ID, SARI_ID):
        await phone.pick_up(person)
        await phone.start()
        await phone.sees("Saya Sinau")
    await open_group(phone, COORDINATOR_ID)
    await phone.page.get_by_test_id("more").click()
    await phone.page.get_by_test_id("more-addBot").click()
    await phone.sees("satu soal setiap hari kerja")

    await open_group(phone, SARI_ID)
    await phone.tap("Atur soal harian")
    await expect(phone.page.get_by_test_id("alert")).to_contain_text("Hanya koordinator yang juga admin grup ini")
    await phone.page.get_by_test_id("alert-ok").click()
    await phone.sees("satu soal setiap hari kerja")

    await open_group(phone, COORDINATOR_ID)
    await phone.tap("Atur soal harian")
    await phone.sees("Belum ada soal harian")
    await phone.tap("11.00")
    await phone.sees("Satu soal setiap hari kerja pukul 11.00 WIB.")
    await phone.picture("group-settings")
    await phone.tap("Ajukan satu soal sekarang")
    await expect(phone.log.locator(".poll")).to_have_count(1)

    await open_group(phone, SARI_ID)
    await phone.log.locator(".poll .option").first.click()
    await expect(phone.log.locator(".poll .count")).to_contain_text("1")
    await phone.picture("group-question")
    await open_group(phone, ANDI_ID)  # who is no learner: he may answer, and nothing is kept of it
    await phone.log.locator(".poll .option").last.click()
    await expect(phone.log.locator(".poll .count")).to_contain_text("2")
    await phone.write("/kuis")
    await phone.sees("Mari berlatih di obrolan pribadi")


async def open_group(phone: "Phone", person: int) -> None:
    await phone.pick_up(person)
    await phone.page.get_by_test_id("back").click()
    await phone.page.get_by_test_id(f"chat-{GROUP_ID}").click()
