import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.clock import AdjustableClock
from bot.sandbox.cast import ANDI_ID, SARI_ID, YOSEF_ID
from bot.sandbox.world import World

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_come_again_until_the_offset_passes_them(api: "Api", world: World) -> None:
    for text in ("a", "b", "c"):
        world.say(SARI_ID, SARI_ID, text)
    first = await api.result("getUpdates", limit=2)
    assert texts(first) == ["a", "b"]
    assert first[1]["update_id"] == first[0]["update_id"] + 1
    assert texts(await api.result("getUpdates")) == ["a", "b", "c"]
    assert texts(await api.result("getUpdates", offset=first[1]["update_id"])) == ["b", "c"]
    assert texts(await api.result("getUpdates", offset=first[1]["update_id"] + 1)) == ["c"]
    assert (await api.result("getWebhookInfo"))["pending_update_count"] == 1


async def test_a_negative_offset_forgets_all_but_the_newest(api: "Api", world: World) -> None:
    for text in ("a", "b", "c"):
        world.say(SARI_ID, SARI_ID, text)
    assert texts(await api.result("getUpdates", offset=-1)) == ["c"]
    assert texts(await api.result("getUpdates")) == ["c"]


async def test_a_waiting_call_returns_as_soon_as_somebody_writes(api: "Api", world: World) -> None:
    waiting = asyncio.create_task(api.result("getUpdates", timeout=30))
    await world.until(lambda: world.calls)
    world.say(SARI_ID, SARI_ID, "a")
    assert texts(await waiting) == ["a"]


async def test_a_second_poller_ends_the_first(api: "Api", world: World) -> None:
    first = asyncio.create_task(api.error("getUpdates", timeout=30))
    await world.until(lambda: world.calls)
    await api.result("getUpdates")
    text = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    assert await first == (409, text)


async def test_polling_and_a_webhook_exclude_each_other(api: "Api") -> None:
    await api.result("setWebhook", url="https://example.com/hook", allowed_updates=["message"], max_connections=5)
    text = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    assert await api.error("getUpdates") == (409, text)
    info = await api.result("getWebhookInfo")
    assert (info["url"], info["allowed_updates"], info["max_connections"]) == ("https://example.com/hook", ["message"], 5)
    await api.result("deleteWebhook")
    assert await api.result("getUpdates") == []


async def test_pending_updates_can_be_dropped(api: "Api", world: World) -> None:
    world.say(SARI_ID, SARI_ID, "a")
    await api.result("deleteWebhook", drop_pending_updates=True)
    assert await api.result("getUpdates") == []


async def test_only_wanted_kinds_come_into_being(api: "Api", world: World) -> None:
    await api.result("getUpdates", allowed_updates=["edited_message"])
    said = world.say(SARI_ID, SARI_ID, "a")
    world.edit(said, "b")
    (update,) = await api.result("getUpdates")
    assert update["edited_message"]["text"] == "b"
    await api.result("getUpdates", offset=update["update_id"] + 1, allowed_updates=[])
    world.say(SARI_ID, SARI_ID, "c")
    assert texts(await api.result("getUpdates")) == ["c"]


async def test_an_update_keeps_how_the_message_looked_then(api: "Api", world: World) -> None:
    said = world.say(SARI_ID, SARI_ID, "a")
    world.edit(said, "b")
    sent, edited = await api.result("getUpdates")
    assert (sent["message"]["text"], edited["edited_message"]["text"]) == ("a", "b")


async def test_updates_are_kept_for_a_day(api: "Api", world: World, clock: AdjustableClock) -> None:
    world.say(SARI_ID, SARI_ID, "old")
    clock.advance(timedelta(hours=25))
    world.say(YOSEF_ID, YOSEF_ID, "new")
    assert texts(await api.result("getUpdates")) == ["new"]


async def test_updates_of_all_people_share_one_order(api: "Api", world: World) -> None:
    for person, text in ((SARI_ID, "a"), (YOSEF_ID, "b"), (ANDI_ID, "c"), (SARI_ID, "d")):
        world.say(person, person, text)
    assert texts(await api.result("getUpdates")) == ["a", "b", "c", "d"]


async def test_forms_are_read_like_json(api: "Api", world: World) -> None:
    world.start(SARI_ID)
    form = {"chat_id": str(SARI_ID), "text": "x", "reply_markup": '{"inline_keyboard":[[{"text":"A","callback_data":"a"}]]}'}
    path = str(api.client.base_url) + "/bot424242:made-up-token/sendMessage"
    assert (await api.client.post(path, data=form)).json()["ok"]
    assert (await api.client.get(path, params=form)).json()["ok"]
    assert (await api.client.post(path, files={name: (None, value) for name, value in form.items()})).json()["ok"]
    assert [message.labels for message in world.sent(SARI_ID)] == [["A"]] * 3
    assert (await api.client.post(path, content=b"{", headers={"Content-Type": "application/json"})).status_code == 400
