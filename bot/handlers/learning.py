"""Choosing, reading and answering: every press leads to one service and one screen."""

from bot import actions
from bot.handlers.context import Context
from bot.handlers.draw import draw
from bot.screen import Screen
from bot.screens import library as library_screens
from bot.screens import replies
from bot.services import answers, joining, lesson, library, place, practice, quiz, results, sharing


async def start(context: Context, payload: str) -> Screen:
    """Greet, or open what a deep link names."""
    return draw(await context.run(joining.start, payload), context.words)


async def browse(context: Context, _: object) -> Screen:
    """Show all modules."""
    return draw(await context.run(library.browse), context.words)


async def turn_page(context: Context, action: actions.LibraryPage) -> Screen:
    """Show another page of all modules."""
    return library_screens.library(await context.run(library.browse), context.words, action.page)


async def details(context: Context, action: actions.ModuleDetails) -> Screen:
    """Show what a module is about."""
    return draw(await context.run(library.details, action.module), context.words)


async def open_module(context: Context, action: actions.OpenModule) -> Screen:
    """Begin a module or go on with it."""
    return draw(await context.run(place.open_module, action.module), context.words)


async def open_card(context: Context, action: actions.OpenCard) -> Screen:
    """Show a card."""
    return draw(await context.run(lesson.open_card, action.module, action.card), context.words)


async def reveal(context: Context, action: actions.RevealCard) -> Screen:
    """Show what a card keeps hidden."""
    return draw(await context.run(lesson.reveal, action.module, action.card), context.words)


async def media(context: Context, action: actions.CardMedia) -> Screen:
    """Send a card's file."""
    return draw(await context.run(lesson.media, action.module, action.card), context.words)


async def leave(context: Context, _: object) -> Screen:
    """Let the learner go; the place is kept at every step anyway."""
    await context.run(place.leave)
    return replies.left(context.words)


async def resume(context: Context, _: object) -> Screen:
    """Show where the learner is."""
    return draw(await context.run(place.resume), context.words)


async def start_quiz(context: Context, action: actions.StartQuiz) -> Screen:
    """Begin a module's quiz."""
    return draw(await context.run(quiz.start, action.module), context.words)


async def start_daily(context: Context, _: object) -> Screen:
    """Begin today's quiz."""
    return draw(await context.run(quiz.start_daily), context.words)


async def open_check(context: Context, action: actions.OpenCheck) -> Screen:
    """Ask the question of a card."""
    return draw(await context.run(quiz.start_check, action.module, action.card), context.words)


async def repeat_missed(context: Context, action: actions.RepeatMissed) -> Screen:
    """Ask again what was missed."""
    return draw(await context.run(quiz.repeat_missed, action.sitting), context.words)


async def mistakes(context: Context, _: object) -> Screen:
    """Show what the learner was sure of but is wrong."""
    return draw(await context.run(practice.show_mistakes), context.words)


async def show_prompt(context: Context, action: actions.ShowPrompt) -> Screen:
    """Show a prompt."""
    return draw(await context.run(answers.show, action.prompt), context.words)


async def answer(context: Context, action: actions.Answer) -> Screen:
    """Answer a prompt."""
    return draw(await context.run(answers.answer, action.prompt, action.option), context.words)


async def tick(context: Context, action: actions.Tick) -> Screen:
    """Tick an option."""
    return draw(await context.run(answers.tick, action.prompt, action.option), context.words)


async def put(context: Context, action: actions.Put) -> Screen:
    """Choose for the next place."""
    return draw(await context.run(answers.put, action.prompt, action.place, action.option), context.words)


async def take_back(context: Context, action: actions.TakeBack) -> Screen:
    """Take back what was chosen last."""
    return draw(await context.run(answers.take_back, action.prompt, action.place), context.words)


async def submit(context: Context, action: actions.Submit) -> Screen:
    """Send in what is marked."""
    return draw(await context.run(answers.submit, action.prompt), context.words)


async def unsure(context: Context, action: actions.Unsure) -> Screen:
    """Mark the coming answer as doubtful."""
    return draw(await context.run(answers.toggle_unsure, action.prompt), context.words)


async def read_again(context: Context, action: actions.ReadAgain) -> Screen:
    """Show the card a prompt came from."""
    return draw(await context.run(answers.read_again, action.prompt), context.words)


async def share(context: Context, action: actions.Share) -> Screen:
    """Send what was written to the coordinators."""
    return draw(await context.run(sharing.share, action.prompt), context.words)


async def show_result(context: Context, action: actions.Result) -> Screen:
    """Show a sitting's result."""
    return draw(await context.run(results.show, action.sitting), context.words)
