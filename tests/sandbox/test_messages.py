from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.clock import AdjustableClock
from bot.sandbox.cast import COORDINATOR_ID, SARI_ID, YOSEF_ID
from bot.sandbox.world import World

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api

KEYS = {"inline_keyboard": [[{"text": "Lanjut", "callback_data": "next"}]]}


@pytest.fixture(autouse=True)
def everybody_started(world: World) -> None:
    for person in (SARI_ID, YOSEF_ID, COORDINATOR_ID):
        world.start(person)


async def test_an_edit_replaces_text_and_keyboard(api: "Api", world: World, clock: AdjustableClock) -> None:
    sent = await api.result("sendMessage", chat_id=SARI_ID, text="<b>a</b>", parse_mode="HTML", reply_markup=KEYS)
    clock.advance(timedelta(minutes=1))
    edited = await api.result("editMessageText", chat_id=SARI_ID, message_id=sent["message_id"], text="b")
    assert (edited["text"], edited["edit_date"] - sent["date"]) == ("b", 60)
    assert "reply_markup" not in edited
    assert world.last(SARI_ID).text == "b"


async def test_an_edit_that_changes_nothing_is_refused(api: "Api") -> None:
    sent = await api.result("sendMessage", chat_id=SARI_ID, text="a", reply_markup=KEYS)
    code, description = await api.error("editMessageText", chat_id=SARI_ID, message_id=sent["message_id"], text=" a ", reply_markup=KEYS)
    assert code == 400
    assert description.startswith(
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    )


async def test_only_what_is_there_can_be_edited_and_only_ones_own(api: "Api", world: World) -> None:
    theirs = world.say(SARI_ID, SARI_ID, "halo")
    place = {"chat_id": SARI_ID, "message_id": theirs.id}
    assert await api.error("editMessageText", **place, text="x") == (400, "Bad Request: message can't be edited")
    mine = await api.result("sendMessage", chat_id=SARI_ID, text="x")
    place["message_id"] = mine["message_id"]
    assert await api.error("editMessageCaption", **place, caption="x") == (400, "Bad Request: there is no caption in the message to edit")
    photo = world.send_file(SARI_ID, SARI_ID, "photo")
    sent = await api.result("sendPhoto", chat_id=SARI_ID, photo=photo.content["photo"][-1]["file_id"], caption="a")
    place["message_id"] = sent["message_id"]
    assert await api.error("editMessageText", **place, text="x") == (400, "Bad Request: there is no text in the message to edit")
    assert (await api.result("editMessageCaption", **place, caption="b"))["caption"] == "b"


async def test_a_keyboard_can_be_taken_away(api: "Api", world: World) -> None:
    sent = await api.result("sendMessage", chat_id=SARI_ID, text="a", reply_markup=KEYS)
    assert world.last(SARI_ID).labels == ["Lanjut"]
    await api.result("editMessageReplyMarkup", chat_id=SARI_ID, message_id=sent["message_id"])
    assert world.last(SARI_ID).labels == []


async def test_messages_are_deleted_for_two_days(api: "Api", world: World, clock: AdjustableClock) -> None:
    old, new = [(await api.result("sendMessage", chat_id=SARI_ID, text=text))["message_id"] for text in ("a", "b")]
    assert await api.result("deleteMessage", chat_id=SARI_ID, message_id=new)
    clock.advance(timedelta(hours=49))
    assert await api.error("deleteMessage", chat_id=SARI_ID, message_id=old) == (400, "Bad Request: message can't be deleted for everyone")
    assert await api.result("deleteMessages", chat_id=SARI_ID, message_ids=[old, new, 999])
    assert [message.id for message in world.sent(SARI_ID)] == [old]


async def test_a_copy_looks_the_same_and_names_no_source(api: "Api", world: World) -> None:
    source = world.send_file(COORDINATOR_ID, COORDINATOR_ID, "photo", caption="Jumat libur")
    place = {"chat_id": SARI_ID, "from_chat_id": COORDINATOR_ID, "message_id": source.id}
    await api.result("copyMessage", **place, reply_markup=KEYS)
    copied = world.last(SARI_ID)
    assert (copied.content, copied.labels) == (source.content, ["Lanjut"])
    assert "forward_origin" not in copied.json()
    await api.result("copyMessage", **place, caption="<i>lain</i>", parse_mode="HTML")
    assert world.last(SARI_ID).text == "lain"


async def test_a_forward_names_its_source(api: "Api", world: World) -> None:
    source = world.say(COORDINATOR_ID, COORDINATOR_ID, "halo")
    forwarded = await api.result("forwardMessage", chat_id=SARI_ID, from_chat_id=COORDINATOR_ID, message_id=source.id)
    assert forwarded["forward_origin"]["sender_user"]["id"] == COORDINATOR_ID
    many = await api.result("copyMessages", chat_id=SARI_ID, from_chat_id=COORDINATOR_ID, message_ids=[source.id, 999])
    assert len(many) == 1


async def test_protected_messages_stay_where_they_are(api: "Api") -> None:
    sent = await api.result("sendMessage", chat_id=SARI_ID, text="x", protect_content=True)
    place = {"chat_id": YOSEF_ID, "from_chat_id": SARI_ID, "message_id": sent["message_id"]}
    assert await api.error("copyMessage", **place) == (400, "Bad Request: message can't be copied")
    assert await api.error("forwardMessage", **place) == (400, "Bad Request: message can't be forwarded")


async def test_a_reply_shows_what_it_answers(api: "Api", world: World) -> None:
    asked = world.say(SARI_ID, SARI_ID, "kapan?")
    answer = await api.result("sendMessage", chat_id=SARI_ID, text="besok", reply_parameters={"message_id": asked.id})
    assert answer["reply_to_message"]["text"] == "kapan?"


async def test_pinning_and_reactions(api: "Api", world: World) -> None:
    sent = await api.result("sendMessage", chat_id=SARI_ID, text="x")
    place = {"chat_id": SARI_ID, "message_id": sent["message_id"]}
    await api.result("pinChatMessage", **place)
    assert (await api.result("getChat", chat_id=SARI_ID))["pinned_message"]["text"] == "x"
    await api.result("unpinChatMessage", chat_id=SARI_ID)
    assert "pinned_message" not in await api.result("getChat", chat_id=SARI_ID)
    await api.result("setMessageReaction", **place, reaction=[{"type": "emoji", "emoji": "👍"}])
    assert world.last(SARI_ID).reaction == "👍"


async def test_commands_are_chosen_by_scope_and_language(api: "Api", world: World) -> None:
    await api.result("setMyCommands", commands=[{"command": "help", "description": "Help"}])
    await api.result("setMyCommands", commands=[{"command": "bantuan", "description": "Bantuan"}], language_code="id")
    await api.result(
        "setMyCommands", commands=[{"command": "umumkan", "description": "Umumkan"}], scope={"type": "chat", "chat_id": COORDINATOR_ID}
    )
    profile, state = world.state.profile, world.state
    listed = {person.first_name: profile.commands_for(state.chats[person.id], person)[0]["command"] for person in state.people.values()}
    assert listed == {"Sari": "bantuan", "Yosef": "bantuan", "Andi": "bantuan", "Emma": "help", "Ratna": "umumkan"}
    await api.result("deleteMyCommands", language_code="id")
    assert await api.result("getMyCommands", language_code="id") == []


async def test_texts_fall_back_to_the_one_for_all_languages(api: "Api") -> None:
    await api.result("setMyDescription", description="Learn", language_code="en")
    await api.result("setMyDescription", description="Belajar")
    assert [(await api.result("getMyDescription", language_code=code))["description"] for code in ("en", "id")] == ["Learn", "Belajar"]
    await api.result("setMyName", name="Guru")
    assert (await api.result("getMe"))["first_name"] == "Guru"
