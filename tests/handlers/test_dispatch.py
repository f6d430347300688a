"""Updates handed to the dispatcher itself: what comes again changes nothing, and what fits no question changes nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func

from bot import actions
from bot.clock import AdjustableClock
from bot.gateway.incoming import Command, Edited, Event, Membership, Text
from bot.handlers.context import Desk
from bot.storage.tables import announcement, attempt, delivery, learner, prompt
from tests.handlers.chat import SARI, Chat


async def test_a_repeated_command_shows_the_place_and_changes_nothing(chat: Chat) -> None:
    await chat.says("start", 1)
    await chat.taps(actions.OpenModule("kata-sandi"))
    before = await chat.rows()
    again = await chat.says("start", 1)
    assert again is not None
    assert "1 dari 3" in again.text
    assert await chat.rows() == before


async def test_who_changes_their_name_in_telegram_is_called_by_it(desk: Desk) -> None:
    await Chat(desk, SARI).says("start", 1)
    renamed = Chat(desk, replace(SARI, first_name="Sari Dewi"))
    shown = await renamed.says("progress")
    assert shown is not None
    assert "Sari Dewi" in shown.text
    before = await renamed.rows()
    await Chat(desk, SARI).says("start", 1)  # an old update that comes again brings no old name back
    assert await renamed.rows() == before


async def test_a_repeated_erasure_stores_nobody(chat: Chat) -> None:
    await chat.says("start")
    await chat.taps(actions.ConfirmErase(), 2)
    assert await chat.taps(actions.ConfirmErase(), 2) is None
    assert not (await chat.rows())["learner"]


async def test_a_repeated_block_leaves_the_person_unreachable(chat: Chat) -> None:
    await chat.says("start")
    await chat.does(Membership(member=False), 3)
    assert await chat.does(Membership(member=False), 3) is None
    assert await chat.one(learner.c.reachable) is False


@pytest.mark.parametrize("event", [Membership(member=False), Membership(member=True), Edited(5)])
async def test_whoever_is_not_known_is_not_stored_for_this(chat: Chat, event: Event) -> None:
    await chat.does(event)
    assert not (await chat.rows())["learner"]


async def test_a_repeated_answer_shows_its_outcome(chat: Chat) -> None:
    await chat.says("start")
    await chat.taps(actions.StartQuiz("kata-sandi"))
    first = await chat.one(func.min(prompt.c.id))
    await chat.taps(actions.Answer(first, "a"), 4)
    before = await chat.rows()
    again = await chat.taps(actions.Answer(first, "a"), 4)
    assert again is not None
    assert "Anda memilih" in again.text
    assert await chat.rows() == before


async def test_a_press_that_does_not_fit_its_question_changes_nothing(chat: Chat) -> None:
    await chat.says("start")
    await chat.taps(actions.StartQuiz("kata-sandi"))
    first = await chat.one(func.min(prompt.c.id))  # one option is right
    for forged in (actions.Tick(first, "a"), actions.Tick(first, "b"), actions.Submit(first), actions.Answer(first + 1, "a")):
        assert await chat.taps(forged) is not None
    assert not (await chat.rows())[attempt.name]


async def test_a_draft_whose_time_has_passed_is_shown_again_before_it_goes_out(chat: Chat, clock: AdjustableClock) -> None:
    await chat.says("umumkan")
    await chat.does(Command("cancel", "", 9))
    await chat.says("umumkan")
    await chat.does(Text("Rapat daring besok", 8))
    draft = await chat.one(announcement.c.id)
    await chat.taps(actions.SetSchedule(draft, int(clock.now().timestamp()) + 3600))
    clock.advance(timedelta(hours=20))
    shown = await chat.taps(actions.ConfirmAnnouncement(draft))
    assert shown is not None
    assert "sekarang" in shown.text
    assert not (await chat.rows())[delivery.name]
    await chat.taps(actions.ConfirmAnnouncement(draft))
    assert len((await chat.rows())[delivery.name]) == 1


async def test_an_edited_draft_is_shown_as_it_now_is(chat: Chat) -> None:
    await chat.says("umumkan")
    await chat.does(Text("Rapat daring besok", 8))
    shown = await chat.does(Edited(8))
    assert shown is not None
    assert shown.before is not None
    await chat.taps(actions.ConfirmAnnouncement(await chat.one(announcement.c.id)))
    shown = await chat.does(Edited(8))
    assert shown is not None
    assert "isi yang baru" in shown.text
