from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.clock import AdjustableClock
from bot.sandbox.cast import COORDINATOR_ID, GROUP_ID, SARI_ID, YOSEF_ID
from bot.sandbox.errors import NotPossibleError
from bot.sandbox.world import World

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api

KEYS = {"inline_keyboard": [[{"text": "Ya", "callback_data": "yes"}, {"text": "Situs", "url": "https://example.com"}]]}
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def fresh(api: "Api") -> list[dict[str, Any]]:
    """Take all that waits and acknowledge it."""
    updates: list[dict[str, Any]] = await api.result("getUpdates")
    if updates:
        await api.result("getUpdates", offset=updates[-1]["update_id"] + 1)
    return updates


async def test_a_tap_becomes_a_callback_query_that_can_be_answered(api: "Api", world: World) -> None:
    world.start(SARI_ID)
    await fresh(api)
    sent = await api.result("sendMessage", chat_id=SARI_ID, text="Siap?", reply_markup=KEYS)
    query = world.tap(SARI_ID, sent["message_id"], "Ya")
    (update,) = await fresh(api)
    asked = update["callback_query"]
    assert (asked["data"], asked["from"]["id"], asked["message"]["message_id"]) == ("yes", SARI_ID, sent["message_id"])
    assert await api.result("answerCallbackQuery", callback_query_id=asked["id"], text="Baik") is True
    assert query
    assert query.answered


async def test_a_tap_on_a_link_tells_the_bot_nothing(api: "Api", world: World) -> None:
    world.start(SARI_ID)
    await fresh(api)
    sent = await api.result("sendMessage", chat_id=SARI_ID, text="Siap?", reply_markup=KEYS)
    assert world.tap(SARI_ID, sent["message_id"], "Situs") is None
    assert await fresh(api) == []
    with pytest.raises(NotPossibleError, match="has no button 'Tidak'; it has"):
        world.tap(SARI_ID, sent["message_id"], "Tidak")


async def test_a_query_dies_after_two_and_a_half_minutes(api: "Api", world: World, clock: AdjustableClock) -> None:
    world.start(SARI_ID)
    sent = await api.result("sendMessage", chat_id=SARI_ID, text="Siap?", reply_markup=KEYS)
    query = world.tap(SARI_ID, sent["message_id"], "yes")
    assert query
    clock.advance(timedelta(seconds=151))
    assert await api.error("answerCallbackQuery", callback_query_id=query.id) == (400, TOO_OLD)


async def test_a_deep_link_becomes_start_with_its_payload(api: "Api", world: World) -> None:
    world.open_link(SARI_ID, "https://t.me/sinau_sandbox_bot?start=m-kata-sandi")
    (update,) = await fresh(api)
    assert update["message"]["text"] == "/start m-kata-sandi"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    with pytest.raises(NotPossibleError, match="does not lead to @sinau_sandbox_bot"):
        world.open_link(SARI_ID, "https://t.me/another_bot?start=x")


async def test_blocking_and_unblocking_are_told(api: "Api", world: World) -> None:
    world.start(SARI_ID)
    await fresh(api)
    world.block(SARI_ID)
    world.unblock(SARI_ID)
    changes = [update["my_chat_member"] for update in await fresh(api)]
    assert [(each["old_chat_member"]["status"], each["new_chat_member"]["status"]) for each in changes] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]
    world.block(SARI_ID)
    with pytest.raises(NotPossibleError, match="has blocked the bot; unblock it first"):
        world.say(SARI_ID, SARI_ID, "halo")


@pytest.mark.parametrize("kind", ["photo", "document", "voice", "audio", "video", "animation", "video_note", "sticker"])
async def test_every_kind_of_file_reaches_the_bot(api: "Api", world: World, kind: str) -> None:
    world.send_file(SARI_ID, SARI_ID, kind, caption="lihat #ini")
    (update,) = await fresh(api)
    assert kind in update["message"]
    assert ("caption" in update["message"]) == (kind not in {"sticker", "video_note"})


async def test_places_contacts_forwards_and_replies_reach_the_bot(api: "Api", world: World) -> None:
    said = world.say(SARI_ID, SARI_ID, "halo")
    world.send_location(SARI_ID, SARI_ID, -6.2, 106.8)
    world.send_contact(SARI_ID, SARI_ID, "+62-000")
    world.forward(SARI_ID, SARI_ID, said)
    world.say(SARI_ID, SARI_ID, "ya", reply_to=said.id)
    messages = [update["message"] for update in await fresh(api)][1:]
    assert messages[0]["location"] == {"latitude": -6.2, "longitude": 106.8}
    assert messages[1]["contact"]["user_id"] == SARI_ID
    assert messages[2]["forward_origin"]["sender_user"]["id"] == SARI_ID
    assert messages[3]["reply_to_message"]["text"] == "halo"


async def test_an_album_reaches_the_bot_as_messages_of_one_group(api: "Api", world: World) -> None:
    world.send_album(SARI_ID, SARI_ID, ["photo", "video"], caption="Apel pagi")
    photo, video = [update["message"] for update in await fresh(api)]
    assert (photo["caption"], "caption" in video) == ("Apel pagi", False)
    assert photo["media_group_id"] == video["media_group_id"]


async def test_what_nobody_may_copy_is_told_apart_and_refused(api: "Api", world: World) -> None:
    quiz = world.forward_quiz(SARI_ID, SARI_ID, "2 + 2?", ["3", "4"])
    secret = world.forward_protected(SARI_ID, SARI_ID, "rahasia")
    asked, told = [update["message"] for update in await fresh(api)]
    assert (asked["poll"]["type"], "correct_option_ids" in asked["poll"]) == ("quiz", False)
    assert told["has_protected_content"]
    for message in (quiz, secret):
        place = {"chat_id": SARI_ID, "from_chat_id": SARI_ID, "message_id": message.id}
        assert await api.error("copyMessage", **place) == (400, "Bad Request: message can't be copied")


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(api: "Api", world: World) -> None:
    world.say(SARI_ID, GROUP_ID, "/mulai")
    assert await fresh(api) == []
    world.add_bot(COORDINATOR_ID, GROUP_ID)
    joined, welcome = await fresh(api)
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert welcome["message"]["new_chat_members"][0]["is_bot"]
    sent = await api.result("sendMessage", chat_id=GROUP_ID, text="Halo")
    for text in ("makan siang?", "/kuis", "/kuis@another_bot", "halo @sinau_sandbox_bot"):
        world.say(SARI_ID, GROUP_ID, text)
    world.say(YOSEF_ID, GROUP_ID, "oke", reply_to=sent["message_id"])
    assert [update["message"]["text"] for update in await fresh(api)] == ["/kuis", "halo @sinau_sandbox_bot", "oke"]
    world.add_bot(COORDINATOR_ID, GROUP_ID, "administrator")
    world.say(SARI_ID, GROUP_ID, "makan siang?")
    assert (await fresh(api))[-1]["message"]["text"] == "makan siang?"
    assert (await api.result("getChatAdministrators", chat_id=GROUP_ID))[-1]["status"] == "administrator"


async def test_a_removed_bot_is_told_and_refused(api: "Api", world: World) -> None:
    world.add_bot(COORDINATOR_ID, GROUP_ID)
    await fresh(api)
    world.remove_bot(COORDINATOR_ID, GROUP_ID)
    (update,) = await fresh(api)
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert await api.error("sendMessage", chat_id=GROUP_ID, text="x") == (403, "Forbidden: bot was kicked from the group chat")


async def test_a_group_that_became_a_supergroup_says_where_it_went(api: "Api", world: World) -> None:
    world.add_bot(COORDINATOR_ID, GROUP_ID)
    await fresh(api)
    supergroup = world.migrate(GROUP_ID)
    moved = [update["message"] for update in await fresh(api)]
    assert (moved[0]["migrate_to_chat_id"], moved[1]["migrate_from_chat_id"]) == (supergroup.id, GROUP_ID)
    answer = await api("sendMessage", chat_id=GROUP_ID, text="x")
    assert answer["parameters"] == {"migrate_to_chat_id": supergroup.id}
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert (await api.result("sendMessage", chat_id=supergroup.id, text="x"))["chat"]["type"] == "supergroup"
    with pytest.raises(NotPossibleError, match="the group is a supergroup now"):
        world.say(SARI_ID, GROUP_ID, "halo")


async def test_the_bot_can_leave(api: "Api", world: World) -> None:
    world.add_bot(COORDINATOR_ID, GROUP_ID)
    assert await api.result("getChatMemberCount", chat_id=GROUP_ID) == 6
    assert (await api.result("getChatMember", chat_id=GROUP_ID, user_id=COORDINATOR_ID))["status"] == "creator"
    await api.result("leaveChat", chat_id=GROUP_ID)
    assert await api.error("sendMessage", chat_id=GROUP_ID, text="x") == (403, "Forbidden: bot is not a member of the group chat")


def test_people_cannot_do_what_an_app_does_not_offer(world: World) -> None:
    world.start(SARI_ID)
    with pytest.raises(NotPossibleError, match="nobody here has the id 5"):
        world.say(5, SARI_ID, "x")
    with pytest.raises(NotPossibleError, match="is not in chat"):
        world.say(YOSEF_ID, SARI_ID, "x")
    with pytest.raises(NotPossibleError, match="there is no chat 77"):
        world.say(SARI_ID, 77, "x")
    with pytest.raises(NotPossibleError, match="there is nothing to send"):
        world.say(SARI_ID, SARI_ID, "  ")
