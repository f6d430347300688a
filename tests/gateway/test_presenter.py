import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from bot import actions
from bot.gateway.brake import Brake
from bot.gateway.incoming import Incoming, Tap
from bot.gateway.messages import Messages
from bot.gateway.meters import Meters
from bot.gateway.pacer import Pacer
from bot.gateway.presenter import Presenter, callback_answer
from bot.sandbox.cast import COORDINATOR_ID, GROUP_ID, SARI_ID
from bot.sandbox.records import Message
from bot.sandbox.samples import sample
from bot.sandbox.world import World
from bot.screen import Button, Copy, Media, Screen

Arrivals = Callable[[], Awaitable[list[Incoming]]]

START = Button("Mulai", actions.StartDaily())
FIRST = Screen("Halo <b>Sari</b>", ((START,), (Button("Situs", url="https://example.org/"), Button("Bantuan", actions.Help()))))
SECOND = Screen("Kuis", ((Button("Lanjut", actions.Resume()),),))
PNG = Media("photo", "kemajuan.png", data=sample("photo").data, version="hash-of-it")


@pytest.fixture
def unreachable() -> list[int]:
    return []


@pytest.fixture
def presenter(messages: Messages, brake: Brake, meters: Meters, unreachable: list[int]) -> Presenter:
    async def note(chat_id: int) -> None:
        unreachable.append(chat_id)

    return Presenter(messages, brake, note, meters)


@pytest.fixture
async def spoken(world: World, arrivals: Arrivals) -> Incoming:
    """Sari pressed Start."""
    world.start(SARI_ID)
    return (await arrivals())[-1]


@pytest.fixture
async def pressed(world: World, arrivals: Arrivals, presenter: Presenter, spoken: Incoming) -> Incoming:
    """Sari pressed the button of the first screen."""
    await presenter.show(spoken, FIRST)
    return await press(world, arrivals, world.last(SARI_ID))


async def press(world: World, arrivals: Arrivals, message: Message) -> Incoming:
    world.tap(message.chat.id if message.chat.private else COORDINATOR_ID, message.id, message.labels[0], message.chat.id)
    return (await arrivals())[-1]


def answers(world: World) -> list[dict[str, object]]:
    return [call.parameters for call in world.calls if call.method == "answerCallbackQuery"]


async def test_words_are_answered_by_a_new_message_with_its_buttons(world: World, presenter: Presenter, spoken: Incoming) -> None:
    shown = await presenter.show(spoken, FIRST)
    assert shown == world.last(SARI_ID).id
    assert world.last(SARI_ID).text == "Halo Sari"
    assert [[button["text"] for button in row] for row in world.last(SARI_ID).rows] == [["Mulai"], ["Situs", "Bantuan"]]
    assert world.last(SARI_ID).rows[0][0]["callback_data"] == actions.encode(actions.StartDaily())


async def test_a_press_is_answered_and_edits_its_message(world: World, presenter: Presenter, pressed: Incoming) -> None:
    screen = Screen("Kuis", toast="Tersimpan")
    shown = await presenter.show(pressed, screen, callback_answer(pressed, screen))
    assert [(message.id, message.text, message.labels) for message in world.sent(SARI_ID)] == [(shown, "Kuis", [])]
    assert answers(world)[-1]["text"] == "Tersimpan"


async def test_a_fresh_screen_leaves_the_pressed_message_alone(world: World, presenter: Presenter, pressed: Incoming) -> None:
    await presenter.show(pressed, Screen("Baru", fresh=True))
    assert [message.text for message in world.sent(SARI_ID)] == ["Halo Sari", "Baru"]


async def test_a_file_goes_first_and_the_live_message_is_the_last(world: World, presenter: Presenter, pressed: Incoming) -> None:
    shown = await presenter.show(pressed, Screen("Kemajuan", before=PNG))
    photo, screen = world.sent(SARI_ID)
    assert "photo" in photo.content
    assert (screen.id, screen.text) == (shown, "Kemajuan")


async def test_somebodys_message_is_copied_above_the_screen(world: World, presenter: Presenter, pressed: Incoming) -> None:
    original = world.say(SARI_ID, SARI_ID, "Rapat hari Jumat")
    await presenter.show(pressed, Screen("Pratinjau", before=Copy(SARI_ID, original.id)))
    assert [message.text for message in world.sent(SARI_ID)] == ["Rapat hari Jumat", "Pratinjau"]


async def test_the_screen_is_shown_even_when_what_stands_above_it_is_gone(world: World, presenter: Presenter, spoken: Incoming) -> None:
    await presenter.show(spoken, Screen("Pratinjau", before=Copy(SARI_ID, 999_999)))
    await presenter.show(spoken, Screen("Kartu", before=Media("photo", "a.png", path="/no/such/file")))
    assert [message.text for message in world.sent(SARI_ID)] == ["Pratinjau", "Kartu"]


@pytest.mark.parametrize(
    "fault", [{"error_code": 502, "description": "Bad Gateway"}, {"error_code": 429, "description": "Later", "retry_after": 1}]
)
async def test_the_screen_is_shown_even_when_the_file_above_it_does_not_get_through(
    world: World, presenter: Presenter, spoken: Incoming, fault: dict[str, Any]
) -> None:
    world.fail_next("sendPhoto", times=3, **fault)
    await presenter.show(spoken, Screen("Kemajuan", before=PNG))
    assert [message.text for message in world.sent(SARI_ID)] == ["Kemajuan"]


async def test_a_screen_that_is_shown_counts_as_shown_though_the_old_one_stays(
    world: World, presenter: Presenter, pressed: Incoming, meters: Meters
) -> None:
    world.fail_next("deleteMessage", 502, "Bad Gateway")
    assert await presenter.show(pressed, Screen("Kemajuan", before=PNG)) == world.last(SARI_ID).id
    assert meters.registry.get_sample_value("sinau_screens_total", {"outcome": "lost"}) == 0


async def test_another_screen_takes_the_place_of_one_that_makes_no_sense_without_what_stands_above_it(
    world: World, presenter: Presenter, spoken: Incoming
) -> None:
    await presenter.show(spoken, Screen("Kirim?", before=Copy(SARI_ID, 999_999), instead=Screen("Isinya tidak ada lagi")))
    assert [message.text for message in world.sent(SARI_ID)] == ["Isinya tidak ada lagi"]
    original = world.say(SARI_ID, SARI_ID, "Rapat hari Jumat")
    await presenter.show(spoken, Screen("Kirim?", before=Copy(SARI_ID, original.id), instead=Screen("Isinya tidak ada lagi")))
    assert [message.text for message in world.sent(SARI_ID)][1:] == ["Rapat hari Jumat", "Kirim?"]


async def test_a_file_is_uploaded_once(world: World, presenter: Presenter, spoken: Incoming) -> None:
    await presenter.show(spoken, Screen("Satu", before=PNG))
    await presenter.show(spoken, Screen("Dua", before=PNG))
    first, second = [call.parameters["photo"] for call in world.calls if call.method == "sendPhoto"]
    assert isinstance(second, str)
    assert first != second
    assert len([message for message in world.sent(SARI_ID) if "photo" in message.content]) == 2


async def test_a_file_that_telegram_forgot_is_uploaded_again(world: World, presenter: Presenter, spoken: Incoming) -> None:
    await presenter.show(spoken, Screen("Satu", before=PNG))
    world.fail_next("sendPhoto", 400, "Bad Request: wrong file identifier/HTTP URL specified")
    await presenter.show(spoken, Screen("Dua", before=PNG))
    assert len([message for message in world.sent(SARI_ID) if "photo" in message.content]) == 2


@pytest.mark.parametrize(
    "description",
    [
        "Bad Request: message to edit not found",
        "Bad Request: message can't be edited",
        "Bad Request: there is no text in the message to edit",
        "Bad Request: MESSAGE_ID_INVALID",
    ],
)
async def test_a_message_that_cannot_be_edited_is_followed_by_a_new_one(
    world: World, presenter: Presenter, pressed: Incoming, description: str
) -> None:
    world.fail_next("editMessageText", 400, description)
    await presenter.show(pressed, SECOND)
    assert world.last(SARI_ID).text == "Kuis"


async def test_a_button_below_a_picture_is_answered_by_a_new_message(world: World, presenter: Presenter, pressed: Incoming) -> None:
    assert isinstance(pressed.event, Tap)
    picture = Incoming(1, SARI_ID, private=True, person=pressed.person, event=Tap("q", "x", pressed.event.message_id, editable=False))
    await presenter.show(picture, SECOND)
    assert [message.text for message in world.sent(SARI_ID)] == ["Halo Sari", "Kuis"]


async def test_showing_the_same_again_is_no_error(world: World, presenter: Presenter, pressed: Incoming, meters: Meters) -> None:
    await presenter.show(pressed, FIRST)
    assert [message.text for message in world.sent(SARI_ID)] == ["Halo Sari"]
    assert meters.registry.get_sample_value("sinau_screens_total", {"outcome": "shown"}) == 2


async def test_a_press_from_long_ago_still_gets_its_screen(world: World, presenter: Presenter, pressed: Incoming) -> None:
    world.advance(timedelta(hours=1))
    await presenter.show(pressed, SECOND, callback_answer(pressed, SECOND))
    assert not [call for call in world.calls if call.method == "answerCallbackQuery" and call.ok]
    assert [message.text for message in world.sent(SARI_ID)] == ["Kuis"]


async def test_a_long_toast_stays_until_it_is_dismissed(pressed: Incoming, spoken: Incoming) -> None:
    short, long = callback_answer(pressed, Screen("", toast="x" * 60)), callback_answer(pressed, Screen("", toast="x" * 300))
    assert short
    assert long
    assert not short["show_alert"]
    assert long["show_alert"]
    assert len(long["text"]) == 200
    assert callback_answer(spoken, FIRST) is None


async def test_broken_markup_is_shown_as_plain_text(world: World, presenter: Presenter, pressed: Incoming) -> None:
    await presenter.show(pressed, Screen("<b>Satu &lt; dua <i>tiga</b>", SECOND.rows))
    assert world.last(SARI_ID).text == "Satu < dua tiga"
    assert world.last(SARI_ID).labels == ["Lanjut"]


async def test_a_text_that_is_too_long_is_cut(world: World, presenter: Presenter, spoken: Incoming) -> None:
    await presenter.show(spoken, Screen("<b>awal</b>" + "😀" * 4000))
    shown = world.last(SARI_ID).text
    assert shown.startswith("awal😀")
    assert shown.endswith("😀…")
    assert len(shown.encode("utf-16-le")) // 2 <= 4096


@pytest.mark.parametrize("gone", ["blocked", "not found"])
async def test_a_person_who_cannot_be_written_to_is_reported(
    world: World, presenter: Presenter, spoken: Incoming, unreachable: list[int], gone: str
) -> None:
    if gone == "blocked":
        world.block(SARI_ID)
    else:
        world.fail_next("sendMessage", 400, "Bad Request: chat not found")
    assert await presenter.show(spoken, FIRST) is None
    assert unreachable == [SARI_ID]


async def test_a_screen_outlives_a_failing_network(world: World, presenter: Presenter, pressed: Incoming) -> None:
    world.fail_next("editMessageText", 502, "Bad Gateway")
    await presenter.show(pressed, SECOND)
    assert world.last(SARI_ID).text == "Kuis"


async def test_a_screen_waits_for_the_silence_to_end(world: World, presenter: Presenter, spoken: Incoming, pacer: Pacer) -> None:
    world.fail_next("sendMessage", 429, "Too Many Requests", retry_after=1)
    showing = asyncio.create_task(presenter.show(spoken, SECOND))
    await world.until(lambda: any(call.answer and not call.ok for call in world.calls))
    assert not await asyncio.wait_for(until_silenced(pacer), 5)
    await showing
    assert world.last(SARI_ID).text == "Kuis"


async def test_who_presses_too_fast_waits_alone(world: World, presenter: Presenter, pressed: Incoming, pacer: Pacer) -> None:
    world.fail_next("editMessageText", 429, "Too Many Requests", retry_after=1)
    showing = asyncio.create_task(presenter.show(pressed, SECOND))
    await world.until(lambda: any(call.answer and not call.ok for call in world.calls))
    assert await pacer.broadcast()
    await showing
    assert world.last(SARI_ID).text == "Kuis"


async def until_silenced(pacer: Pacer) -> bool:
    while allowed := await pacer.broadcast():
        pass
    return allowed


async def test_a_screen_that_telegram_refuses_is_counted_as_lost(
    world: World, presenter: Presenter, spoken: Incoming, meters: Meters, unreachable: list[int]
) -> None:
    world.fail_next("sendMessage", 400, "Bad Request: not enough rights to send text messages to the chat")
    assert await presenter.show(spoken, FIRST) is None
    assert meters.registry.get_sample_value("sinau_screens_total", {"outcome": "lost"}) == 1
    assert unreachable == []


async def test_the_screen_follows_a_group_to_its_new_id(world: World, presenter: Presenter, arrivals: Arrivals) -> None:
    world.add_bot(COORDINATOR_ID, GROUP_ID)
    world.say(COORDINATOR_ID, GROUP_ID, "/laporan@sinau_sandbox_bot")
    incoming = (await arrivals())[-1]
    supergroup = world.migrate(GROUP_ID)
    await presenter.show(incoming, FIRST)
    assert world.last(supergroup.id).text == "Halo Sari"


async def test_a_toast_for_somebody_else_leaves_the_message_as_it_is_but_a_command_is_answered(
    presenter: Presenter, world: World, arrivals: Arrivals, pressed: Incoming
) -> None:
    before = world.last(SARI_ID).text
    refusal = Screen("Bukan untuk Anda", toast="Bukan untuk Anda", only_toast=True)
    await presenter.show(pressed, refusal, callback_answer(pressed, refusal))
    assert world.last(SARI_ID).text == before
    assert world.calls[-1].parameters["text"] == "Bukan untuk Anda"
    world.say(SARI_ID, SARI_ID, "/setelan")
    await presenter.show((await arrivals())[-1], refusal)
    assert world.last(SARI_ID).text == "Bukan untuk Anda"
