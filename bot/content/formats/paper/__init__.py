"""A module on paper, whatever draws it: HTML and PDF print the same."""

from bot.content.formats.paper.answers import Answer
from bot.content.formats.paper.questions import Asked, Group
from bot.content.formats.paper.sheet import PrintedCard, Sheet, not_on_paper, sheet

__all__ = ["Answer", "Asked", "Group", "PrintedCard", "Sheet", "not_on_paper", "sheet"]
