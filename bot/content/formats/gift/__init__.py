"""GIFT, Moodle's format for people who write questions in a text editor: reading and writing.

Source: docs.moodle.org/en/GIFT_format.
"""

from bot.content.formats.gift.reading import read
from bot.content.formats.gift.writing import write

__all__ = ["read", "write"]
