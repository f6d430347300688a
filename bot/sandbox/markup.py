"""Telegram's HTML, read as strictly as Telegram reads it.

Rules: https://core.telegram.org/bots/api#html-style. Errors carry the offset in bytes of UTF-8, as Telegram's do.
"""

import re
from dataclasses import dataclass

from bot.sandbox.errors import BotApiError, bad_request
from bot.sandbox.formatted import Formatted, units
from bot.sandbox.records import JsonObject

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_PLAIN = re.compile(r"[^<&]+")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>/\"']*")
_VALUE = re.compile(r"\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9.\-]*)(?=[\s>])")
_SPACES = re.compile(r"\s*")
_LAST_CODE_POINT = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


def parse_html(text: str) -> Formatted:
    """Read Telegram HTML into a text with entities; raises BotApiError 400 "can't parse entities: …" as Telegram does."""
    return _Reader(text).read()


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end: where its text begins, and what its attributes say."""

    tag: str
    offset: int
    attributes: dict[str, str]


class _Reader:
    """Walks through the source once; `_at` is the next character, `_length` the UTF-16 length of the text so far."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._parts: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[JsonObject] = []

    def read(self) -> Formatted:
        while self._at < len(self._source):
            self._step()
        if self._open:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        self._entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return Formatted("".join(self._parts), self._entities)

    def _step(self) -> None:
        if self._source.startswith("</", self._at):
            self._end_tag()
        elif self._source[self._at] == "<":
            self._start_tag()
        elif self._source[self._at] == "&":
            self._reference()
        else:
            self._append(self._take(_PLAIN))

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._source, self._at)
        taken = match.group() if match else ""
        self._at += len(taken)
        return taken

    def _peek(self) -> str:
        return self._source[self._at : self._at + 1]

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += units(text)

    def _reference(self) -> None:
        match = _REFERENCE.match(self._source, self._at)
        decoded = _decoded(match) if match else ""
        self._append(decoded or "&")
        self._at += len(match.group()) if match and decoded else 1

    def _start_tag(self) -> None:
        begin = self._at
        self._at += 1
        tag = self._take(_TAG_NAME).lower()
        if not self._peek():
            raise self._at_byte("Unclosed start tag", begin)
        if tag not in _TYPES:
            raise self._at_byte(f'Unsupported start tag "{tag}"', begin)
        attributes = self._attributes(tag, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._at_byte('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append(_Open(tag, self._length, attributes))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        self._take(_SPACES)
        while self._peek() != ">":
            name, value = self._attribute(tag, begin)
            attributes[name] = value
            self._take(_SPACES)
        self._at += 1
        return attributes

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self._take(_ATTRIBUTE_NAME).lower()
        if not name and self._peek():
            raise self._at_byte(f'Empty attribute name in the tag "{tag}"', begin)
        self._take(_SPACES)
        if not self._peek():
            raise self._at_byte(f'Unclosed start tag "{tag}"', begin)
        if self._peek() != "=":
            return name, ""
        self._at += 1
        self._take(_SPACES)
        return name, self._value(tag, begin)

    def _value(self, tag: str, begin: int) -> str:
        match = _VALUE.match(self._source, self._at)
        if match is None:
            raise self._unreadable_value(tag, begin)
        self._at += len(match.group())
        double, single, bare = match.groups()
        return bare.lower() if bare is not None else _REFERENCE.sub(lambda found: _decoded(found) or found.group(), double or single or "")

    def _unreadable_value(self, tag: str, begin: int) -> BotApiError:
        if self._peek() in {"", '"', "'"}:
            return self._at_byte(f'Unclosed start tag "{tag}"', begin)
        return self._at_byte("Unexpected end of name token", self._at)

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise self._at_byte("Unexpected end tag", begin)
        self._at += 2
        found = self._take(_TAG_NAME)
        self._take(_SPACES)
        if self._peek() != ">":
            raise self._at_byte("Unclosed end tag", begin)
        self._at += 1
        opened = self._open.pop()
        if found and found.lower() != opened.tag:
            raise self._at_byte("Unmatched end tag", begin, f', expected "</{opened.tag}>", found "</{found}>"')
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = self._length - opened.offset
        if length > 0:
            self._entities += self._entity(opened, length)

    def _entity(self, opened: _Open, length: int) -> list[JsonObject]:
        """Return the entity of a closed tag, if Telegram makes one of it; code inside of pre only tells the language."""
        entity: JsonObject = {"type": _TYPES[opened.tag], "offset": opened.offset, "length": length}
        if opened.tag == "a":
            return self._link(entity, opened)
        if opened.tag == "tg-emoji":
            return [entity | {"custom_emoji_id": _emoji(opened.attributes.get("emoji-id", ""))}]
        if opened.tag == "blockquote" and "expandable" in opened.attributes:
            return [entity | {"type": "expandable_blockquote"}]
        if opened.tag == "code" and self._open and self._open[-1].tag == "pre":
            self._open[-1].attributes.update(opened.attributes)
            return []
        language = opened.attributes.get("class", "").removeprefix("language-") if opened.tag == "pre" else ""
        return [entity | {"language": language} if language else entity]

    def _link(self, entity: JsonObject, opened: _Open) -> list[JsonObject]:
        shown = "".join(self._parts).encode("utf-16-le")[entity["offset"] * 2 :].decode("utf-16-le")
        address = web_address(opened.attributes.get("href") or shown)
        return [entity | {"url": address}] if address else []

    def _at_byte(self, problem: str, position: int, rest: str = "") -> BotApiError:
        offset = len(self._source[:position].encode("utf-8", "surrogatepass"))
        return _unparsable(f"{problem} at byte offset {offset}{rest}")


def _unparsable(problem: str) -> BotApiError:
    return bad_request(f"can't parse entities: {problem}")


def _decoded(match: re.Match[str]) -> str:
    """Return the character of a reference, nothing when there is no such character."""
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    known = 0 < code <= _LAST_CODE_POINT and code not in _SURROGATES
    return chr(code) if known else ""


def _emoji(identifier: str) -> str:
    if not identifier.isdecimal():
        raise _unparsable("Invalid custom emoji identifier specified")
    return identifier


def web_address(address: str) -> str:
    """Return the address as Telegram writes it, nothing when Telegram would not make a link of it."""
    match = re.fullmatch(r"(?:(https?|tg|ton|tonsite)://)?([^\s/?#]+)([^\s]*)", address.strip(), re.IGNORECASE)
    if not match:
        return ""
    scheme, host, rest = match.group(1) or "http", match.group(2), match.group(3)
    if scheme.lower() == "tg":
        return f"tg://{host}{rest}"
    return f"{scheme.lower()}://{host}{rest or '/'}" if "." in host.strip(".") else ""
