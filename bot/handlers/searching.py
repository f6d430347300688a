"""Answering questions from the cards."""

import asyncio

from bot import actions
from bot.handlers.context import Context
from bot.handlers.draw import draw
from bot.screen import Screen
from bot.screens import searching as screens
from bot.services import place, searching


async def search(context: Context, question: str) -> Screen:
    """Look for what follows the command; without words, ask for them."""
    if not question.strip():
        await context.run(searching.begin)
        return screens.ask(context.words)
    await context.look(place.whoami)  # in which language they read
    return await answer(context, question)


async def answer(context: Context, question: str) -> Screen:
    """Show the cards that answer a question. They are looked for before the turn begins, which holds up everybody who writes."""
    findings = await asyncio.wrap_future(context.desk.finder.find(question, context.words.language))
    return draw(await context.run(searching.answer, question, findings), context.words)


async def show_found(context: Context, action: actions.ShowFound) -> Screen:
    """Show a page of what was found."""
    return draw(await context.run(searching.show_found, action.search, action.page), context.words)


async def open_found(context: Context, action: actions.OpenFound) -> Screen:
    """Show a card that was found."""
    return draw(await context.run(searching.open_found, action.module, action.card), context.words)
