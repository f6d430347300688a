"""A question on its way: what is awaited comes first, what comes again changes nothing, and old results say that they are gone."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from bot import actions
from bot.gateway.incoming import Text
from bot.handlers.context import Desk
from bot.storage import retention
from bot.storage.tables import attempt, content_wish, dialogue, search
from tests.handlers.chat import CONTENT, Chat

SURE = "surel"


async def ask(chat: Chat, text: str, number: int | None = None) -> str:
    shown = await chat.does(Text(text, 9), number)
    return shown.text if shown else ""


async def test_a_newcomer_who_asks_gets_the_answer_and_is_a_learner_then(chat: Chat) -> None:
    assert "<b>Yang saya temukan" in await ask(chat, SURE)
    assert len((await chat.rows())["learner"]) == 1


async def test_a_question_that_comes_again_has_no_effect_a_second_time(chat: Chat) -> None:
    await ask(chat, SURE, 5)
    before = await chat.rows()
    assert await ask(chat, SURE, 5) == ""
    assert await chat.rows() == before


async def test_an_old_result_says_that_it_is_gone(chat: Chat, desk: Desk) -> None:
    await ask(chat, SURE)
    number = await chat.one(search.c.id)
    await desk.storage.run(retention.searches, desk.clock.now() + timedelta(seconds=1))
    shown = await chat.taps(actions.ShowFound(number, 0))
    assert shown is not None
    assert "tidak tersimpan" in shown.text


async def test_a_card_stays_open_to_all_when_its_search_is_forgotten(chat: Chat, desk: Desk) -> None:
    await ask(chat, SURE)
    await desk.storage.run(lambda db: db.execute(delete(search)))
    shown = await chat.taps(actions.OpenFound("surel-dinas", "satu-hal"))
    assert shown is not None
    assert "Kembali ke hasil" not in repr(shown.rows)
    assert "Mulai modul ini" in repr(shown.rows)


async def test_looking_a_card_up_is_no_study(chat: Chat) -> None:
    await ask(chat, SURE)
    await chat.taps(actions.OpenFound("surel-dinas", "satu-hal"))
    rows = await chat.rows()
    assert rows["enrolment"] == []
    assert rows["study_day"] == []


@pytest.mark.parametrize("page", [-1, 7, 10**9])
async def test_a_page_that_is_not_there_shows_a_way_on(chat: Chat, page: int) -> None:
    await ask(chat, SURE)
    shown = await chat.taps(actions.ShowFound(await chat.one(search.c.id), page))
    assert shown is not None
    assert shown.rows


async def test_content_that_is_swapped_is_searched_from_the_next_question_on(chat: Chat, desk: Desk) -> None:
    assert "surel" in await ask(chat, SURE)
    desk.shelf.catalogue = type(desk.shelf)(CONTENT.parent / "content-later").catalogue
    assert "tidak menemukan jawabannya" in await ask(chat, SURE)
    assert await chat.one(select(content_wish.c.words).scalar_subquery()) is None  # Sari is a coordinator here


async def test_a_search_ends_what_cari_awaited_and_nothing_else(chat: Chat) -> None:
    await chat.says("cari")
    assert await chat.one(dialogue.c.awaits) == "question"
    await ask(chat, "halo")
    assert await chat.one(dialogue.c.awaits) == "question"
    await ask(chat, SURE)
    assert await chat.one(dialogue.c.awaits) is None
    assert await chat.one(attempt.c.id) is None
