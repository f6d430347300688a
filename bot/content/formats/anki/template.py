"""Anki's templates: HTML in which {{fields}} stand, and sections that are shown when a field is filled or empty.

Source: docs.ankiweb.net/templates (fields, generation).
"""

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Final

from bot.content.formats.hypertext import Tag, tokens
from bot.content.formats.markup import LONGEST

_TAG: Final = re.compile(r"\{\{([#^/]?)([^{}]{1,200})\}\}")
_ANSWER: Final = re.compile(r"<hr\b[^<>]{0,40}\bid=[\"']?answer\b[^<>]{0,40}>", re.IGNORECASE)
_FRONT: Final = "FrontSide"
_HIDDEN: Final = '<span class="tg-spoiler">{}</span>'  # a hint is shown when it is tapped


def clean(template: str) -> str:
    """Return a template without its scripts and styles."""
    return "".join(token.written if isinstance(token, Tag) else escape(token, quote=False) for token in tokens(template))


def rendered(template: str, fields: Mapping[str, str]) -> str:
    """Return the HTML of a card's side, of which nothing is left where Anki computes it (tags, decks, speech, the typed answer).

    It ends where it has more letters than are read of any HTML.
    """
    parts: list[str] = []
    sections: list[bool] = []  # whether each that is open is hidden
    size = end = hidden = 0
    for tag in _TAG.finditer(template):
        sign, name = tag[1], unescape(tag[2].strip())
        said = "" if hidden else template[end : tag.start()] + ("" if sign else _value(name, fields))
        end = tag.end()
        size += len(said)
        if size > LONGEST:
            return "".join([*parts, said])
        parts.append(said)
        if sign == "/":
            hidden -= sections.pop() if sections else 0
        elif sign:
            sections.append(bool(fields.get(name, "").strip()) == (sign == "^"))
            hidden += sections[-1]
    return "".join(parts) + template[end:]


def shown(template: str) -> list[tuple[str, list[str]]]:
    """Return the fields that a side shows, in the order of their first places, each with its filters, such as type where one types it."""
    written = dict.fromkeys(tag[2] for tag in _TAG.finditer(template) if not tag[1])
    found = [unescape(one).split(":") for one in written]
    return [(name.strip(), [one.strip() for one in filters]) for *filters, name in found]


def used(template: str) -> set[str]:
    """Return the fields that a side shows or depends on."""
    return {unescape(written).rpartition(":")[2].strip() for written in {tag[2] for tag in _TAG.finditer(template)}}


def key(front: str, back: str) -> str:
    """Return the field that is asked for: the first that only the back shows, if any does."""
    before = {name for name, filters in shown(front) if "type" not in filters}
    return next((name for name, _ in shown(answer(back)) if name not in before and name != _FRONT), "")


def answer(back: str) -> str:
    """Return the part of a back that is not the front again."""
    return _ANSWER.split(back, maxsplit=1)[-1]


def _value(name: str, fields: Mapping[str, str]) -> str:
    *filters, field = (part.strip() for part in name.split(":"))
    value = fields.get(field, "")
    if not value or "type" in filters:
        return ""
    return _HIDDEN.format(value) if "hint" in filters else value
