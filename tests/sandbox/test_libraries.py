"""Any bot library can talk to the sandbox: here python-telegram-bot and aiogram."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import telegram
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram import BotCommand, InputMediaDocument, InputMediaPhoto, MessageEntity, ReplyParameters

from bot.sandbox.cast import COORDINATOR_ID, GROUP_ID, SARI_ID
from bot.sandbox.samples import sample
from bot.sandbox.world import World

PHOTO = sample("photo").data


@pytest.fixture
async def ptb(address: str, token: str) -> AsyncIterator[telegram.Bot]:
    async with telegram.Bot(token, base_url=f"{address}/bot", base_file_url=f"{address}/file/bot") as bot:
        yield bot


@pytest.fixture(autouse=True)
def sari_started(world: World) -> None:
    world.start(SARI_ID)


async def test_ptb_sends_and_edits_texts(ptb: telegram.Bot) -> None:
    keys = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Ya", callback_data="yes")]])
    sent = await ptb.send_message(SARI_ID, "<b>Halo</b> /mulai", parse_mode="HTML", reply_markup=keys)
    assert sent.parse_entities() == {sent.entities[0]: "Halo", sent.entities[1]: "/mulai"}
    assert sent.reply_markup == keys
    edited = await ptb.edit_message_text("😀 x", SARI_ID, sent.message_id, entities=[MessageEntity("bold", 3, 1)])
    assert isinstance(edited, telegram.Message)
    assert edited.parse_entity(edited.entities[0]) == "x"
    with pytest.raises(telegram.error.BadRequest, match="Message is not modified"):
        await ptb.edit_message_text("😀 x", SARI_ID, sent.message_id, entities=[MessageEntity("bold", 3, 1)])
    reply = await ptb.send_message(SARI_ID, "x", reply_parameters=ReplyParameters(sent.message_id))
    assert reply.reply_to_message
    assert (await ptb.copy_message(SARI_ID, SARI_ID, sent.message_id)).message_id > reply.message_id
    assert (await ptb.forward_message(SARI_ID, SARI_ID, sent.message_id)).forward_origin
    assert await ptb.delete_message(SARI_ID, sent.message_id)


async def test_ptb_sends_files_of_every_kind(ptb: telegram.Bot) -> None:
    photo = await ptb.send_photo(SARI_ID, PHOTO, caption="x")
    assert photo.photo[-1].width == 160
    assert (await ptb.send_document(SARI_ID, b"x", filename="data.json")).document
    assert (await ptb.send_audio(SARI_ID, b"x", title="Lagu")).audio
    assert (await ptb.send_video(SARI_ID, b"x", duration=timedelta(seconds=3))).video
    assert (await ptb.send_voice(SARI_ID, b"x")).voice
    assert (await ptb.send_animation(SARI_ID, b"x")).animation
    assert (await ptb.send_sticker(SARI_ID, b"x")).sticker
    album = await ptb.send_media_group(SARI_ID, [InputMediaPhoto(PHOTO), InputMediaPhoto(photo.photo[-1].file_id)])
    assert album[0].media_group_id == album[1].media_group_id
    assert await ptb.edit_message_media(InputMediaDocument(b"y", filename="y.txt"), SARI_ID, photo.message_id)
    file = await ptb.get_file(photo.photo[-1].file_id)
    assert await file.download_as_bytearray() == PHOTO


async def test_ptb_reads_everything_else(ptb: telegram.Bot, world: World) -> None:
    poll = await ptb.send_poll(SARI_ID, "2 + 2?", ["3", "4"], type="quiz", correct_option_ids=[1], is_anonymous=False)
    assert poll.poll
    assert (await ptb.stop_poll(SARI_ID, poll.message_id)).is_closed
    assert await ptb.set_my_commands([BotCommand("mulai", "Mulai")], language_code="id")
    assert (await ptb.get_my_commands(language_code="id"))[0].command == "mulai"
    assert await ptb.set_my_description("Belajar")
    assert (await ptb.get_my_description()).description == "Belajar"
    assert (await ptb.get_my_name()).name
    assert (await ptb.get_chat_menu_button()).type == "commands"
    assert (await ptb.get_chat(SARI_ID)).first_name == "Sari"
    world.add_bot(COORDINATOR_ID, GROUP_ID, "administrator")
    assert len(await ptb.get_chat_administrators(GROUP_ID)) == 2
    assert (await ptb.get_chat_member(GROUP_ID, SARI_ID)).status == "member"
    assert (await ptb.get_user_profile_photos(SARI_ID)).total_count == 0
    assert (await ptb.get_webhook_info()).url == ""
    assert await ptb.send_chat_action(SARI_ID, "typing")


async def test_ptb_reads_every_update(ptb: telegram.Bot, world: World) -> None:
    said = world.say(SARI_ID, SARI_ID, "halo #asn")
    world.edit(said, "halo lagi")
    for kind in ("photo", "document", "voice", "audio", "video", "sticker"):
        world.send_file(SARI_ID, SARI_ID, kind)
    world.add_bot(COORDINATOR_ID, GROUP_ID)
    quiz = await ptb.send_poll(SARI_ID, "2 + 2?", ["3", "4"], is_anonymous=False)
    world.vote(SARI_ID, quiz.message_id, [1])
    keys = telegram.InlineKeyboardMarkup.from_button(telegram.InlineKeyboardButton("Ya", callback_data="yes"))
    asked = await ptb.send_message(SARI_ID, "?", reply_markup=keys)
    world.tap(SARI_ID, asked.message_id, "Ya")
    world.block(SARI_ID)
    updates = await ptb.get_updates(allowed_updates=[])
    kinds = [kind for update in updates for kind in update.to_dict() if kind != "update_id"]
    assert kinds == [
        *["message"] * 2,
        "edited_message",
        *["message"] * 6,
        "my_chat_member",
        "message",
        "poll_answer",
        "poll",
        "callback_query",
        "my_chat_member",
    ]


async def test_aiogram_polls_answers_and_edits(address: str, token: str, world: World) -> None:
    dispatcher = Dispatcher()
    keys = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Ulangi", callback_data="again")]])

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(f"<i>{message.text}</i>", parse_mode="HTML", reply_markup=keys)

    @dispatcher.callback_query()
    async def pressed(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text("diulangi")
        await query.message.answer_document(BufferedInputFile(b"x", "catatan.txt"))
        await query.answer("Siap")

    async with Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(address))) as bot:
        polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
        await world.settled()
        shown = world.last(SARI_ID)
        assert (shown.text, shown.labels) == ("/start", ["Ulangi"])
        query = world.tap(SARI_ID, shown.id, "Ulangi")
        await world.settled()
        assert query
        assert query.answered
        assert (shown.text, world.last(SARI_ID).content["document"]["file_name"]) == ("diulangi", "catatan.txt")
        await dispatcher.stop_polling()
        await polling
