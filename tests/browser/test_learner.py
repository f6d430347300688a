"""The main job: a learner joins, reads, is asked, sees the progress, and is reminded the next morning."""

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.content.items.item import Item
from bot.content.items.multiple_choice import MultipleChoice
from bot.content.items.single_choice import SingleChoice
from bot.content.items.true_false import TrueFalse
from bot.content.loader import load
from bot.content.model import Module
from bot.sandbox.cast import EMMA_ID, SARI_ID, YOSEF_ID

if TYPE_CHECKING:
    from tests.browser.conftest import Phone

pytestmark = pytest.mark.asyncio(loop_scope="session")

CONTENT = Path(__file__).parents[2] / "content"
INDONESIAN = re.compile(r"\b(?:Anda|dan|yang|untuk|dari|dengan|Lanjut|Kembali|Mulai|diedit|Balas)\b")
VERDICTS = {True: "Tepat.", False: "Belum tepat."}


@pytest.fixture(scope="module")
def module() -> Module:
    catalogue = load(CONTENT).catalogue
    assert catalogue
    return catalogue.modules["kata-sandi-kuat"]


async def test_a_learner_joins_learns_and_is_reminded(phone: "Phone", module: Module) -> None:
    await phone.pick_up(SARI_ID)
    await phone.start()
    await phone.sees("Halo, Sari. Saya Sinau", "Pengingat: hari kerja pukul 08.30 WIB")
    await phone.picture("learner-start")
    await phone.tap(f"Mulai: {module.title} · {module.minutes} menit")
    await read_cards(phone, module)
    await phone.tap("Mulai kuis")
    wrong = await take_quiz(phone, module, "Kuis", len(module.quiz.items), missing=2)
    right = len(module.quiz.items) - wrong
    await phone.sees(f"Selesai: {right} dari {right + wrong} benar", "Anda lulus modul", f"Akan ditanyakan lagi besok: {wrong} soal")
    await phone.picture("result")
    await look_at_progress(phone, module)
    await set_reminder(phone)
    await phone.move_clock_to_tomorrow()
    await phone.sees(f"Selamat pagi, Sari. {wrong} soal siap dijawab")
    await phone.picture("reminder")
    await phone.tap("Mulai")
    await take_quiz(phone, module, "Kuis hari ini", wrong)
    await phone.sees(f"Selesai: {wrong} dari {wrong} benar.", "Pekan ini 2 dari 5 hari kerja.")


async def test_a_question_leads_to_its_card_and_back(phone: "Phone") -> None:
    await phone.pick_up(YOSEF_ID)
    await phone.start()
    await phone.sees("Saya Sinau")
    await phone.write("hp dinas ilang di angkot")
    await phone.sees("Yang saya temukan dalam materi", "Hilang pukul 17.20")
    await phone.picture("search", messages=1)
    await phone.tap("Buka: Hilang pukul 17.20")
    await phone.sees("Lacak dan kunci dari perangkat lain")
    await phone.tap("Kembali ke hasil")
    await phone.sees("Yang saya temukan dalam materi")
    await phone.write("resep rendang")
    await phone.sees("Saya tidak menemukan jawabannya dalam materi.", "tanpa nama Anda")


async def test_whoever_speaks_english_reads_english(phone: "Phone") -> None:
    await phone.page.get_by_test_id("language-en").click()
    await phone.pick_up(EMMA_ID)
    await phone.start()
    await phone.sees("Hello, Emma.", "Reminder: working days at 08:30 WIB")
    await phone.tap(re.compile("^Start: Strong passwords"))
    await phone.sees("Strong passwords · 1 of")
    await phone.tap("Next")
    await phone.sees("Strong passwords · 2 of")
    await phone.tap("Save for later")
    await phone.tap("Continue learning")
    await phone.sees("Strong passwords · 2 of")
    await phone.choose_command("help")
    await phone.sees("/learn – choose a module and learn")
    assert INDONESIAN.findall(await phone.log.inner_text()) == []


async def read_cards(phone: "Phone", module: Module) -> None:
    """Read every card, open what is hidden and look at the pictures; go back once."""
    for place, card in enumerate(module.cards, start=1):
        await phone.sees(f"{module.title} · {place} dari {len(module.cards)}", card.title)
        if card.reveal:
            await phone.picture("learner-card", messages=1)
            assert await phone.button("Lanjut").is_visible()
            await phone.tap("Lihat jawabannya")
            await phone.sees(plain(card.reveal).split("\n")[0])
        if card.media:
            await phone.sees_picture(card.media.alt)
            await phone.sees(card.title)
            await go_back_and_on(phone, module, place)
        if place < len(module.cards):
            await phone.tap("Lanjut")


async def go_back_and_on(phone: "Phone", module: Module, place: int) -> None:
    await phone.tap("Kembali")
    await phone.sees(f"{place - 1} dari {len(module.cards)}")
    await phone.tap("Lanjut")
    await phone.sees(f"{place} dari {len(module.cards)}")


async def take_quiz(phone: "Phone", module: Module, sitting: str, count: int, *, missing: int = 0) -> int:
    """Answer so many questions, the first `missing` with one right answer wrongly; return how many were missed."""
    missed = 0
    for place in range(1, count + 1):
        await phone.sees(f"{sitting} · {place} dari {count}")
        asked = await phone.newest.inner_text()
        item = next(each for each in module.quiz.items if plain(each.text) in asked)
        right = missed == missing or item.type == "multiple_choice"
        await phone.picture("quiz-question" if item.type == "single_choice" and not right else "")
        await answer(phone, item, asked, right=right)
        await expect(phone.newest.get_by_text(VERDICTS[right], exact=True)).to_be_visible()
        await phone.sees(plain(item.explanation))
        await phone.picture("quiz-feedback" if item.type == "single_choice" and not right else "")
        missed += not right
        await phone.tap("Soal berikutnya" if place < count else "Lihat hasil")
    return missed


async def answer(phone: "Phone", item: Item, asked: str, *, right: bool) -> None:
    """Press what is right, or one option that is not."""
    if isinstance(item, TrueFalse):
        await phone.tap("Benar" if item.answer == right else "Salah")
    elif isinstance(item, SingleChoice):
        await phone.tap(next(label(asked, option.text) for option in item.options if option.correct == right))
    elif isinstance(item, MultipleChoice):
        for option in item.options:
            if option.correct:
                await phone.tap(f"☐ {label(asked, option.text)}")
                await expect(phone.button(f"☑ {label(asked, option.text)}")).to_be_visible()
        await phone.tap("Kirim jawaban")


def label(asked: str, option: str) -> str:
    """Return what stands on an option's button: its letter where the options are listed, else the option."""
    listed = re.search(rf"^([A-L])\. {re.escape(option)}$", asked, re.MULTILINE)
    return listed[1] if listed else option


async def look_at_progress(phone: "Phone", module: Module) -> None:
    await phone.tap("Lihat progres")
    await phone.sees("Progres Sari", "Pekan ini 1 dari 5 hari kerja.", f"✓ {module.title}")
    await phone.tap("Lihat grafik")
    await phone.sees_picture("Jawaban tepat dan belum tepat")
    await phone.sees("Progres Sari")
    await phone.picture("progress", messages=2)


async def set_reminder(phone: "Phone") -> None:
    """Choose an hour, and another zone and back."""
    await phone.choose_command("pengingat")
    await phone.tap("07.30")
    await phone.sees("Pengingat: hari kerja pukul 07.30 WIB")
    for zone, city in (("WITA", "Makassar"), ("WIB", "Jakarta")):
        await phone.tap("Ubah zona")
        await phone.tap(f"{zone} ({city})")
        await phone.sees(f"Pengingat: hari kerja pukul 07.30 {zone}", "Berikutnya: Rabu")


def plain(text: str) -> str:
    """Return Telegram HTML as it is read."""
    return unescape(re.sub(r"<[^>]+>", "", text)).strip()
