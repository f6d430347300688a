"""What a learner wanted a coordinator to read."""

from bot.screen import Screen
from bot.screens.pieces import paragraphs
from bot.texts import Words
from bot.views import SharedReflection


def shared(view: SharedReflection, t: Words) -> Screen:
    """Show it with who wrote it and to which question."""
    return Screen(
        paragraphs(
            t("{name} membagikan tulisan dari modul <b>{module}</b>.", name=view.author, module=view.module_title),
            view.question,
            t("<blockquote>{text}</blockquote>", text=view.text),
        )
    )
