"""The bot's own words. Indonesian is the source; other languages are gettext catalogues in `locale/`."""

from bot.texts.words import LANGUAGES, Words, load_words

__all__ = ["LANGUAGES", "Words", "load_words"]
