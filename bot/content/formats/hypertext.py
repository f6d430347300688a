"""HTML as editors and people write it, token by token.

The standard library's HTMLParser takes quadratic time on hostile texts (CVE-2025-6069), so this reads by one expression of which every
match takes all that it has looked at: the time is proportional to the text, whatever it holds.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final

_TOKEN: Final = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|template|head|noscript)\b[^<>]*+>?.*?(?:</(?P=raw)\s*+>?|\Z)"
    r"""|<(?P<close>/?)(?P<tag>[a-z][^\s<>"'/=]*+)(?P<attributes>(?:[^<>"']|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+)(?:>|(?=<)|\Z)"""
    r"|<[!?][^<>]*+(?:>|(?=<)|\Z)"
    r"|[^<]++|<",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(
    r"""(?:^|(?<=[\s"'/]))(?P<name>[^\s=<>"'/]++)(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s"'<>]++)))?""",
)
_ENDLESS_NUMBER: Final = re.compile(r"&#\d{8,}+;?")  # int() refuses what has more than 4,300 digits
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag, in lower case: whether it closes, its attributes, and how it is written. What a script or a style sheet holds is no text."""

    name: str
    closes: bool
    attributes: Mapping[str, str]
    written: str


def tokens(html: str) -> Iterator[Tag | str]:
    """Yield the tags and the texts of any string, the texts with their entities read and without control characters."""
    for token in _TOKEN.finditer(html):
        if token["tag"]:
            yield Tag(token["tag"].lower(), bool(token["close"]), _attributes(token["attributes"]), token[0])
        elif token["raw"]:
            yield Tag(token["raw"].lower(), closes=False, attributes={}, written="")
        elif not token[0].startswith(("<!", "<?")):
            yield characters(token[0])


def characters(text: str) -> str:
    """Return a text with its entities read and without control characters."""
    return _CONTROL.sub("", unescape(_ENDLESS_NUMBER.sub("\ufffd", text)) if "&" in text else text)


def _attributes(written: str) -> dict[str, str]:
    found = reversed(list(_ATTRIBUTE.finditer(written)))  # the first of two with one name counts
    return {one["name"].lower(): characters(one["double"] or one["single"] or one["bare"] or "") for one in found}
