"""A module as a SCORM 1.2 package: cards, closing quiz and their player, for a learning management system or a folder on a disk."""

from collections.abc import Mapping
from html import escape
from importlib.resources import files
from io import BytesIO
from pathlib import Path, PurePosixPath
from string import Template
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import orjson

from bot.content.formats.bank import Note, Written
from bot.content.formats.scorm.course import course
from bot.content.formats.scorm.manifest import ENTRY, NAME, manifest
from bot.content.formats.scorm.words import player_words
from bot.content.items.reflection import Reflection
from bot.content.items.short_text import ShortText
from bot.content.model import Card, Module

PLAYER: Final = files(__package__) / "player"
_DATA: Final = "module.js"
_STYLE: Final = "player.css"
# In the order in which they need one another.
_SCRIPTS: Final = ("typed.js", "grading.js", _DATA, "elements.js", "lms.js", "interactions.js", "questions.js", "quiz.js", "player.js")
_EXACTLY: Final = 100  # percent


def write(module: Module, media: Path) -> Written:
    """Return the module as a package."""
    notes = _notes(module)
    w = player_words(module.language)
    media_files, contents = _media(module, media, notes)
    data = orjson.dumps(course(module, media_files, w)).decode()
    parts = {
        ENTRY: _page(module, w["noscript"]),
        _DATA: f'"use strict";\n\nSinau.module = {_in_script(data)};\n'.encode(),
        **{name: _player(name) for name in (*_SCRIPTS, _STYLE) if name != _DATA},
        **contents,
    }
    return Written(_zipped({NAME: manifest(module, parts), **parts}), notes)


def _notes(module: Module) -> list[Note]:
    """Return what a package can't hold of a module, and what it holds that is no secret."""
    notes = [Note(0, "kunci jawaban", "ada di dalam paket, karena dinilai di peramban; jangan pakai paket ini untuk ujian")]
    if module.quiz.confidence:
        notes.append(Note(0, "tombol Saya ragu", "hanya ada di bot"))
    if any(isinstance(item, ShortText) and item.threshold < _EXACTLY for item in module.items):
        advice = "dinilai di peramban tanpa rapidfuzz, dengan rumus kemiripan yang sama seperti di bot"
        notes.append(Note(0, "salah ketik pada jawaban singkat", advice))
    if any(isinstance(item, Reflection) for item in module.items):
        notes.append(Note(0, "tulisan renungan", "tidak disimpan untuk peserta; minta peserta menyalinnya sebelum menutup halaman"))
    return notes


def _media(module: Module, folder: Path, notes: list[Note]) -> tuple[dict[str, str], dict[str, bytes]]:
    """Return where the cards' files are in the package, by the cards' ids, and what they hold, by those places."""
    places: dict[str, str] = {}
    contents: dict[str, bytes] = {}
    for number, card in enumerate(module.cards, start=1):
        content = _content(card, folder, notes)
        if card.media and content is not None:
            places[card.id] = f"media/{number}{PurePosixPath(card.media.file).suffix.lower()}"
            contents[places[card.id]] = content
    return places, contents


def _content(card: Card, folder: Path, notes: list[Note]) -> bytes | None:
    if card.media is None:
        return None
    try:
        return (folder / card.media.file).read_bytes()
    except OSError as error:
        notes.append(
            Note(0, f"kartu {card.id}: {card.media.file}", f"tidak dapat dibuka ({error.strerror}); hanya keterangannya yang dimuat")
        )
        return None


def _page(module: Module, noscript: str) -> bytes:
    scripts = "\n".join(f'<script src="{name}"></script>' for name in _SCRIPTS)
    page = Template(_player(ENTRY).decode())
    return page.substitute(language=module.language, title=escape(module.title), noscript=escape(noscript), scripts=scripts).encode()


def _player(name: str) -> bytes:
    return (PLAYER / name).read_bytes()


def _in_script(data: str) -> str:
    """Return JSON that is safe wherever a script may stand: nothing in it ends a script or a line."""
    return data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive; without the times of its files, so that the same module gives the same bytes."""
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            entry = ZipInfo(name)
            entry.external_attr = 0o644 << 16  # a web server has to read what an LMS unpacks
            archive.writestr(entry, content, ZIP_DEFLATED)
    return stream.getvalue()
