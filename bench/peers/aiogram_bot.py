"""aiogram with its own aiohttp webhook, as its documentation has it."""

import os

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web
from models import make_sessions
from quiz import answer

router = Router()


@router.callback_query(F.data.startswith("an:"))
async def on_answer(query: CallbackQuery, sessions) -> None:
    _, prompt_id, option = query.data.split(":")
    text = await answer(sessions, int(prompt_id), option)
    await query.answer()
    button = InlineKeyboardButton(text="Soal berikutnya", callback_data=f"pr:{prompt_id}")
    await query.message.edit_text(text, reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]))


async def on_startup(bot: Bot) -> None:
    await bot.set_webhook(f"http://127.0.0.1:{os.environ['PORT']}/webhook", secret_token=os.environ["SECRET"])


def main() -> None:
    dispatcher = Dispatcher(sessions=make_sessions())
    dispatcher.include_router(router)
    dispatcher.startup.register(on_startup)
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["API_URL"]))
    bot = Bot(os.environ["TOKEN"], session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=os.environ["SECRET"]).register(app, path="/webhook")
    setup_application(app, dispatcher, bot=bot)
    web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), print=None)


main()
