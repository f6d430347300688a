"""Reads a PDF file of ours back as a program does that searches in it: by the fonts' own tables of what their glyphs mean."""

import re
import zlib
from collections.abc import Iterator
from typing import Final

OBJECT: Final = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
STREAM: Final = re.compile(rb"stream\n(.*)\nendstream", re.DOTALL)
FONT: Final = re.compile(rb"/(F\d+) (\d+) 0 R")
MEANING: Final = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
DRAWN: Final = re.compile(rb"/(F\d+) [\d.]+ Tf|(?:([\d.]+) Td )?\(((?:[^()\\]|\\.)*)\) Tj", re.DOTALL)
RULED: Final = re.compile(rb"([\d.]+) l S\b")
PICTURE: Final = re.compile(rb"([\d.]+) cm /I\d+ Do")
TITLE: Final = re.compile(rb"/Title (?:\(((?:[^()\\]|\\.)*)\)|<([0-9a-f]*)>)", re.DOTALL)
ESCAPED: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Pdf:
    """What is in the file: the texts of its pages, and its bookmarks.

    `ruled` and `pictures` are, for each page, how far above its lower edge (in points) the lines and the lower edges of pictures lie.
    """

    def __init__(self, data: bytes) -> None:
        self.objects = dict(OBJECT.findall(data))
        everything = b"\n".join(self.objects.values())
        self.fonts = {name: self._meanings(number) for name, number in set(FONT.findall(everything))}
        pages = [body for body in self.objects.values() if b"/Type /Page\n" in body]
        contents = [self._stream(re.findall(rb"/Contents (\d+) 0 R", page)[0]) for page in pages]
        self.pages = ["".join(self._shown(content)) for content in contents]
        self.ruled = [[float(height) for height in RULED.findall(content)] for content in contents]
        self.pictures = [[float(height) for height in PICTURE.findall(content)] for content in contents]
        self.bookmarks = [_text(_string(plain) or bytes.fromhex(coded.decode())) for plain, coded in TITLE.findall(everything)]

    @property
    def text(self) -> str:
        """All pages, their words separated by single spaces."""
        return " ".join(" ".join(self.pages).split())

    def _stream(self, number: bytes) -> bytes:
        found = STREAM.search(self.objects[number])
        assert found
        return zlib.decompress(found[1]) if b"/FlateDecode" in self.objects[number][: found.start()] else found[1]

    def _meanings(self, number: bytes) -> dict[bytes, str]:
        table = self._stream(re.findall(rb"/ToUnicode (\d+) 0 R", self.objects[number])[0])
        return {bytes.fromhex(glyph.decode()): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in MEANING.findall(table)}

    def _shown(self, content: bytes) -> Iterator[str]:
        font, height = b"", b""
        for name, now, string in DRAWN.findall(content):
            if name:
                font = name
                continue
            yield "\n" if now and now != height else ""
            height, glyphs = now or height, _string(string)
            yield "".join(self.fonts[font][glyphs[place : place + 2]] for place in range(0, len(glyphs), 2))


def _string(written: bytes) -> bytes:
    return re.sub(rb"\\(.)", lambda escape: ESCAPED.get(escape[1], escape[1]), written, flags=re.DOTALL)


def _text(string: bytes) -> str:
    return string.decode("utf-16") if string.startswith(b"\xfe\xff") else string.decode("ascii")
