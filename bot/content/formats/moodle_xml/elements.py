"""XML as Moodle writes it, element by element."""

import re
from html import escape
from typing import Final

from bot.content.formats.markup import to_html

_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # www.w3.org/TR/xml, 2.2


def document(*parts: str) -> bytes:
    """Return a whole file."""
    lines = ('<?xml version="1.0" encoding="UTF-8"?>', "<quiz>", *parts, "</quiz>", "")
    return _NO_XML.sub("\ufffd", "\n".join(lines)).encode()


def element(name: str, /, *parts: str, **attributes: str) -> str:
    """Return an element; its parts are XML already, its attributes are not."""
    said = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{said}>{''.join(parts)}</{name}>"


def text(words: str) -> str:
    """Return the text of an element, whatever it is."""
    return element("text", escape(words, quote=False))


def value(name: str, words: str) -> str:
    """Return an element that holds nothing but a setting."""
    return element(name, escape(words, quote=False))


def rich(name: str, words: str, /, *parts: str, **attributes: str) -> str:
    """Return an element that holds a text of ours as HTML."""
    return element(name, text(to_html(words)), *parts, **attributes, format="html")


def plain(name: str, words: str, /, *parts: str, **attributes: str) -> str:
    """Return an element that holds a plain text as HTML."""
    return rich(name, escape(words, quote=False), *parts, **attributes)
