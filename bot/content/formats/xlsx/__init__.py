"""Question banks in Excel's format: one sheet of questions, one of cards, and one that explains the columns."""

from bot.content.formats.xlsx.reading import read
from bot.content.formats.xlsx.writing import template, write

__all__ = ["read", "template", "write"]
