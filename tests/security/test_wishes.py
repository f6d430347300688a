"""What is kept of a question tells of no person, and one person can't fill the list. All numbers and names are made up."""

import re
from datetime import timedelta

from sqlalchemy import select

from bot.storage.tables import content_wish, search
from tests.security.conftest import RATNA, SARI, Bot


async def test_nothing_kept_tells_who_asked_or_what_they_wrote(bot: Bot) -> None:
    shown = await bot.says(SARI, "Bu Rinawati 081234567890 berapa tukin")
    assert "tanpa nama Anda" in shown.text
    rows = await bot.rows(without=("seen_update", "learner"))
    assert rows["content_wish"] == [("bu # # tukin", "id", bot.clock.now().date(), 1)]
    assert not re.search("rinawati|08123", repr(rows), re.IGNORECASE)
    assert SARI.first_name not in repr(rows["content_wish"])


async def test_one_person_has_three_wishes_a_day(bot: Bot) -> None:
    told = [("tanpa nama Anda" in (await bot.says(SARI, f"tukin {letter * 3}")).text) for letter in "abcdef"]
    assert told == [True, True, True, False, False, False]
    assert len((await bot.rows())["content_wish"]) == 3
    bot.clock.advance(timedelta(days=1))
    assert "tanpa nama Anda" in (await bot.says(SARI, "tukin ggg")).text


async def test_what_a_coordinator_writes_is_no_wish(bot: Bot) -> None:
    shown = await bot.says(RATNA, "Besok apel pagi pukul tujuh, seragam batik")
    assert "tanpa nama Anda" not in shown.text
    assert (await bot.rows())["content_wish"] == []


async def test_what_was_found_is_kept_by_its_cards_not_by_what_was_asked(bot: Bot) -> None:
    await bot.says(SARI, "pasword rahasiaku panjang")
    rows = await bot.storage.run(lambda db: db.execute(select(search.c.found)).scalars().all())
    assert rows
    assert "rahasiaku" not in repr(rows)
    assert "pasword" not in repr(rows)
    assert await bot.storage.run(lambda db: db.execute(select(content_wish.c.words)).scalars().all()) in ([], ["pasword rahasiaku panjang"])
