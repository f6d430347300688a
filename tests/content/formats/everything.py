"""A module with everything that a module can have, and what a person has to be able to read of it in any format."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from PIL import Image

from bot.content import markup
from bot.content.model import Module

if TYPE_CHECKING:
    from tests.content.conftest import Folder

SAMPLE = Path(__file__).parent / "samples" / "semua-jenis.yaml"
# Ids, codes and what is said in other words: no reader misses them.
UNREAD = {"id", "type", "format", "language", "version", "scale", "next", "grading", "sources", "card", "competency", "url", "valid_until"}
TAGGED = {"text", "reveal", "explanation"}


def picture(width: int = 400, height: int = 200, *, form: str = "PNG", mode: str = "RGB") -> bytes:
    stream = BytesIO()
    Image.new(mode, (width, height)).save(stream, form)
    return stream.getvalue()


def everything(folder: "Folder", *changes: tuple[str, str]) -> Module:
    """Put the module with its files into the folder, and load it; `changes` are texts to find and to put in their place."""
    text = SAMPLE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    folder.media("semua/kotak.png", picture())
    folder.media("semua/suara.mp3", b"ID3" + bytes(100))
    folder.module(text, "semua-jenis")
    module = folder.catalogue().module("semua-jenis")
    assert module
    return module


def readable(module: Module) -> list[str]:
    """Return every text of a module that a person reads, in words without their marks."""
    return [" ".join(text.split()) for text in _texts(orjson.loads(orjson.dumps(module)), "")]


def _texts(value: Any, name: str) -> Iterator[str]:
    if name in UNREAD and not (name == "sources" and isinstance(value, list) and value and isinstance(value[0], dict)):
        return
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, name)
    elif isinstance(value, str) and value:
        yield from _paragraphs(value) if name in TAGGED else [value]


def _paragraphs(text: str) -> Iterator[str]:
    """Return the lines of a text without its tags, and without the marks of its gaps."""
    for line in text.split("\n"):
        yield from (part for part in markup.visible(line).replace("}", "{").split("{")[::2] if part.strip())
