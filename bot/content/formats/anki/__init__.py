"""Anki's packages of decks (.apkg, .colpkg): read, never written."""

from bot.content.formats.anki.reading import read

__all__ = ["read"]
