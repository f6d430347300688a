from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.cast import SARI_ID, YOSEF_ID
from bot.sandbox.errors import NotPossibleError
from bot.sandbox.world import World

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api

QUIZ = {"question": "2 + 2?", "options": ["3", "4"], "type": "quiz", "correct_option_id": 1, "is_anonymous": False}


@pytest.fixture(autouse=True)
def both_started(world: World) -> None:
    world.start(SARI_ID)
    world.start(YOSEF_ID)
    world.state.updates.clear()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"question": " "}, "poll question must be non-empty"),
        ({"question": "x" * 301}, "poll question length must not exceed 300"),
        ({"options": []}, "poll must have at least 1 option"),
        ({"options": ["x"] * 13}, "poll can't have more than 12 options"),
        ({"options": ["a", ""]}, "poll options must be non-empty"),
        ({"options": ["a", "x" * 101]}, "poll options length must not exceed 100"),
        ({"correct_option_id": 2}, "wrong correct option ID specified"),
        ({"correct_option_id": None}, "wrong correct option ID specified"),
        ({"explanation": "x" * 201}, "message caption is too long"),
        ({"explanation": "a\nb\nc\nd"}, "poll explanation has too many line feeds"),
        ({"open_period": 4}, "POLL_CLOSE_PERIOD_INVALID"),
        ({"close_date": 10}, "POLL_CLOSE_DATE_INVALID"),
    ],
)
async def test_a_poll_against_the_rules_is_refused(api: "Api", changes: dict[str, Any], problem: str) -> None:
    assert await api.error("sendPoll", chat_id=SARI_ID, **(QUIZ | changes)) == (400, f"Bad Request: {problem}")


async def test_a_vote_is_counted_and_told(api: "Api", world: World) -> None:
    sent = await api.result("sendPoll", chat_id=SARI_ID, **QUIZ, explanation="<b>Hitung</b>", explanation_parse_mode="HTML")
    assert (sent["poll"]["correct_option_ids"], sent["poll"]["explanation_entities"][0]["type"]) == ([1], "bold")
    assert "correct_option_id" not in sent["poll"]  # its name until Bot API 9.6, which libraries warn of
    world.vote(SARI_ID, sent["message_id"], [0])
    answer, counted = await api.result("getUpdates")
    assert (answer["poll_answer"]["user"]["id"], answer["poll_answer"]["option_ids"]) == (SARI_ID, [0])
    assert [option["voter_count"] for option in counted["poll"]["options"]] == [1, 0]
    with pytest.raises(NotPossibleError, match="the vote cannot be changed"):
        world.vote(SARI_ID, sent["message_id"], [1])


async def test_an_anonymous_poll_tells_counts_only(api: "Api", world: World) -> None:
    sent = await api.result("sendPoll", chat_id=SARI_ID, question="Kapan?", options=["Pagi", "Siang", "Sore"], allows_multiple_answers=True)
    world.vote(SARI_ID, sent["message_id"], [0, 2])
    world.vote(SARI_ID, sent["message_id"], [])
    updates = await api.result("getUpdates")
    assert [update["poll"]["total_voter_count"] for update in updates] == [1, 0]


async def test_a_stopped_poll_takes_no_votes(api: "Api", world: World) -> None:
    sent = await api.result("sendPoll", chat_id=SARI_ID, **QUIZ)
    place = {"chat_id": SARI_ID, "message_id": sent["message_id"]}
    assert (await api.result("stopPoll", **place))["is_closed"]
    assert await api.error("stopPoll", **place) == (400, "Bad Request: poll has already been closed")
    with pytest.raises(NotPossibleError, match="the poll is closed"):
        world.vote(SARI_ID, sent["message_id"], [1])


async def test_a_poll_closes_when_its_time_is_over(api: "Api", world: World) -> None:
    await api.result("sendPoll", chat_id=SARI_ID, **QUIZ, open_period=60)
    world.advance(timedelta(seconds=61))
    (update,) = await api.result("getUpdates")
    assert update["poll"]["is_closed"]


async def test_votes_that_make_no_sense_are_refused(api: "Api", world: World) -> None:
    sent = await api.result("sendPoll", chat_id=SARI_ID, **QUIZ)
    with pytest.raises(NotPossibleError, match="options 0 to 1"):
        world.vote(SARI_ID, sent["message_id"], [5])
    with pytest.raises(NotPossibleError, match="one answer only"):
        world.vote(SARI_ID, sent["message_id"], [0, 1])
    with pytest.raises(NotPossibleError, match="is no poll"):
        world.vote(SARI_ID, sent["message_id"] - 2, [0])


async def test_a_copied_poll_counts_by_itself_and_a_forwarded_one_together(api: "Api", world: World) -> None:
    sent = await api.result("sendPoll", chat_id=SARI_ID, **QUIZ)
    source = {"chat_id": YOSEF_ID, "from_chat_id": SARI_ID, "message_id": sent["message_id"]}
    copied, forwarded = await api.result("copyMessage", **source), await api.result("forwardMessage", **source)
    world.vote(YOSEF_ID, copied["message_id"], [1])
    original = world.state.message(SARI_ID, sent["message_id"]).poll
    assert original
    assert original.votes == {}
    world.vote(YOSEF_ID, forwarded["message_id"], [1])
    assert original.votes == {YOSEF_ID: [1]}
