"""The daily quiz over days, beside other quizzes, and while the content changes."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot import actions
from bot.clock import AdjustableClock
from bot.content.shelf import Shelf
from bot.domain.memory import Memory
from bot.handlers.context import Desk
from bot.screen import Screen
from bot.storage import memories
from bot.storage.tables import learner, memory, prompt, sitting
from tests.handlers.chat import CONTENT, SARI, Chat, make_desk

# A right and a wrong answer to each question.
RIGHT = {"mendesak": ["c"], "tempat": ["a", "b"], "sama": ["false"], "tanda": ["a", "b"], "gabung": ["false"], "subjek-terbaik": ["b"]}
WRONG = {"mendesak": ["a"], "tempat": ["c"], "sama": ["true"], "tanda": ["c"], "gabung": ["true"], "subjek-terbaik": ["c"]}
SEVERAL = {"tempat", "tanda", "isi"}


class Learning:
    """Sari, who reads and answers by the names of items."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.chat = Chat(desk, SARI)

    async def reads(self, module: str, *cards: str) -> None:
        await self.chat.taps(actions.OpenModule(module))
        for card in cards:
            await self.chat.taps(actions.OpenCard(module, card))

    async def asked(self) -> list[tuple[int, str]]:
        """Return (prompt, item) of the sitting that was begun last."""

        def read(db: Connection) -> list[tuple[int, str]]:
            newest = select(sitting.c.id).order_by(sitting.c.id.desc()).limit(1).scalar_subquery()
            statement = select(prompt.c.id, prompt.c.item_id).where(prompt.c.sitting_id == newest).order_by(prompt.c.place)
            return [(row[0], row[1]) for row in db.execute(statement)]

        return await self.desk.storage.run(read)

    async def answers(self, prompt_id: int, item: str, responses: dict[str, list[str]] = RIGHT) -> Screen | None:
        if item not in SEVERAL:
            return await self.chat.taps(actions.Answer(prompt_id, responses[item][0]))
        for option in responses[item]:
            await self.chat.taps(actions.Tick(prompt_id, option))
        return await self.chat.taps(actions.Submit(prompt_id))

    async def column(self, column: Any) -> list[Any]:
        return await self.desk.storage.run(lambda db: list(db.execute(select(column)).scalars()))


@pytest.fixture
def sari(desk: Desk) -> Learning:
    return Learning(desk)


def text(screen: Screen | None) -> str:
    assert screen is not None
    return screen.text


async def test_what_the_closing_quiz_asked_meanwhile_the_daily_quiz_asks_no_more_on_that_day(sari: Learning) -> None:
    await sari.reads("kata-sandi", "panjang", "berbagi")
    assert "1 dari 2" in text(await sari.chat.says("quiz"))
    daily = await sari.asked()
    assert [item for _, item in daily] == ["tempat", "sama"]
    await sari.chat.taps(actions.StartQuiz("kata-sandi"))
    await sari.answers(*next(each for each in await sari.asked() if each[1] == "tempat"))
    resumed = text(await sari.chat.says("quiz"))
    assert "1 dari 1" in resumed
    assert "Satu kata sandi boleh dipakai" in resumed
    await sari.answers(*daily[1])
    assert "Selesai: 1 dari 1 benar." in text(await sari.chat.taps(actions.Result(1)))


async def test_where_all_of_it_was_asked_meanwhile_the_day_has_no_more(sari: Learning) -> None:
    await sari.reads("kata-sandi", "panjang")
    await sari.chat.says("quiz")
    ((left, item),) = await sari.asked()
    await sari.chat.taps(actions.StartQuiz("kata-sandi"))
    for each in await sari.asked():
        await sari.answers(*each)
    for screen in (await sari.chat.taps(actions.ShowPrompt(left)), await sari.chat.says("quiz")):
        assert "Untuk hari ini tidak ada soal lagi." in text(screen)
    assert "Soal ini sudah tidak ada." in text(await sari.answers(left, item))
    assert sorted(await sari.column(memory.c.item_id)) == ["mendesak", "sama", "tanda", "tempat"]  # each once


async def test_a_message_of_yesterday_asks_nothing_that_was_answered_today(sari: Learning, clock: AdjustableClock) -> None:
    await sari.reads("kata-sandi", "panjang", "berbagi")
    await sari.chat.says("quiz")
    yesterdays = await sari.asked()
    clock.advance(timedelta(days=1))
    await sari.chat.says("quiz")
    for each in await sari.asked():
        await sari.answers(*each)
    assert "Untuk hari ini tidak ada soal lagi." in text(await sari.chat.taps(actions.ShowPrompt(yesterdays[0][0])))


async def test_to_go_on_is_not_to_go_on_with_the_daily_quiz_of_another_day(sari: Learning, clock: AdjustableClock) -> None:
    await sari.reads("kata-sandi", "panjang")
    await sari.chat.says("quiz")
    assert "Kuis hari ini" in text(await sari.chat.taps(actions.Resume()))
    clock.advance(timedelta(days=1))
    assert "Kata sandi yang kuat · 2 dari 3" in text(await sari.chat.taps(actions.Resume()))


async def test_what_was_answered_of_a_daily_quiz_that_was_left_is_time_of_study(sari: Learning, clock: AdjustableClock) -> None:
    await sari.reads("kata-sandi", "panjang", "berbagi")
    await sari.chat.says("quiz")
    await sari.answers(*(await sari.asked())[0])
    for _ in range(2):  # on the second day nothing is answered
        clock.advance(timedelta(days=1))
        await sari.chat.says("quiz")
    assert await sari.column(sitting.c.minutes) == [1, 0, 0]
    assert "Total 1 menit belajar." in text(await sari.chat.says("progress"))


async def test_what_was_missed_today_is_repeated_although_a_repetition_of_before_is_open(sari: Learning, clock: AdjustableClock) -> None:
    await sari.reads("kata-sandi", "panjang", "berbagi")
    missed = list[str]()
    for item in ("tempat", "sama"):
        await sari.chat.says("quiz")
        asked = await sari.asked()
        for each in asked:
            await sari.answers(*each, WRONG if each[1] == item else RIGHT)
        newest = max(await sari.column(sitting.c.id))
        for _ in range(2):  # pressed twice it is one repetition
            await sari.chat.taps(actions.RepeatMissed(newest))
        missed.extend(each for _, each in await sari.asked())
        clock.advance(timedelta(days=3))
    assert missed == ["tempat", "sama"]
    assert len(await sari.column(sitting.c.id)) == 4


async def test_what_was_answered_in_a_group_returns_although_its_module_was_never_begun(sari: Learning, clock: AdjustableClock) -> None:
    await sari.chat.says("start")
    today = clock.now().date()
    missed = Memory(0.2, 6, today, today + timedelta(days=1))
    (own,) = await sari.column(learner.c.id)
    await sari.desk.storage.run(lambda db: memories.write(db, own, ("surel-dinas", "gabung"), missed))
    assert "Besok: 1 soal menunggu." in text(await sari.chat.says("quiz"))
    clock.advance(timedelta(days=1))
    assert "Kuis hari ini · 1 dari 1" in text(await sari.chat.says("quiz"))
    assert [item for _, item in await sari.asked()] == ["gabung"]


async def test_what_the_content_has_no_more_is_no_mistake_any_more(storage: Any, clock: AdjustableClock, tmp_path: Path) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    sari = Learning(make_desk(storage, clock, content=content))
    await sari.chat.taps(actions.StartQuiz("kata-sandi"))
    for each in (await sari.asked())[:2]:
        await sari.answers(*each, WRONG)
    assert "keliru (2)" in str(await sari.chat.says("progress"))
    file = content / "modules" / "kata-sandi.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("id: mendesak", "id: segera"), encoding="utf-8")
    assert isinstance(sari.desk.shelf, Shelf)
    sari.desk.shelf.reload()
    assert "keliru (1)" in str(await sari.chat.says("progress"))
    listed = text(await sari.chat.taps(actions.Mistakes()))
    assert "1. Panjang lebih penting" in listed
    assert "2. " not in listed
