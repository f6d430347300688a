"""python-telegram-bot with a webhook of one's own on Starlette and uvicorn, as its documentation has it; updates are handled concurrently."""

import asyncio
import os

import uvicorn
from models import make_sessions
from quiz import answer
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import Application, CallbackQueryHandler, ContextTypes


async def on_answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    _, prompt_id, option = query.data.split(":")
    text = await answer(context.bot_data["sessions"], int(prompt_id), option)
    await query.answer()
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Soal berikutnya", callback_data=f"pr:{prompt_id}")]])
    await query.edit_message_text(text, parse_mode=ParseMode.HTML, reply_markup=keyboard)


async def main() -> None:
    builder = Application.builder().token(os.environ["TOKEN"]).base_url(f"{os.environ['API_URL']}/bot")
    application = builder.updater(None).concurrent_updates(True).build()
    application.bot_data["sessions"] = make_sessions()
    application.add_handler(CallbackQueryHandler(on_answer, pattern="^an:"))

    async def telegram(request: Request) -> Response:
        if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != os.environ["SECRET"]:
            return Response(status_code=403)
        await application.update_queue.put(Update.de_json(await request.json(), application.bot))
        return Response()

    routes = [Route("/webhook", telegram, methods=["POST"])]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), port=int(os.environ["PORT"]), use_colors=False, host="127.0.0.1"))
    async with application:
        await application.start()
        await application.bot.set_webhook("http://127.0.0.1/webhook", allowed_updates=Update.ALL_TYPES)
        await server.serve()
        await application.stop()


asyncio.run(main())
