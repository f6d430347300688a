"""Text with entities: measured, trimmed and completed as Telegram does, offsets in UTF-16 code units."""

import re
from dataclasses import dataclass

from bot.sandbox.records import JsonObject

MAX_ENTITIES = 100
_SPACE = " \t\r\n\v\f"
_VERBATIM = frozenset({"pre", "code"})
_DETECTED = re.compile(
    r"""
    (?P<email>(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]++@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)
    | (?P<url>https?://[^\s<>"]*[^\s<>".,:;!?()'»]|(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|id|me|io)(?:/[^\s<>"]*[^\s<>".,:;!?()'»])?(?![\w.@]))
    | (?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))
    | (?P<mention>(?<![\w/])@[A-Za-z0-9_]{4,32}(?!\w))
    | (?P<hashtag>(?<![\w/])\#\w*[^\W\d_]\w*)
    """,
    re.VERBOSE,
)


def units(text: str) -> int:
    """Return the length of `text` in UTF-16 code units, the measure of all of Telegram's offsets and limits."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and its entities, as Telegram's MessageEntity objects."""

    text: str
    entities: list[JsonObject]

    def finished(self) -> "Formatted":
        """Return what Telegram stores: trimmed, with detected links and commands, at most 100 entities, in order."""
        trimmed = _trimmed(self)
        kept = _without_nested_in_code(trimmed.entities)
        found = [entity for entity in _detected(trimmed.text) if not any(_overlap(entity, other) for other in kept if _blocks(other))]
        ordered = sorted(kept + found, key=lambda entity: (entity["offset"], -entity["length"]))
        return Formatted(trimmed.text, ordered[:MAX_ENTITIES])

    def fields(self, text: str = "text", entities: str = "entities") -> JsonObject:
        """Return the fields of a message under the given names; an empty text gives none."""
        if not self.text:
            return {}
        return {text: self.text, entities: self.entities} if self.entities else {text: self.text}


def _trimmed(formatted: Formatted) -> Formatted:
    body = formatted.text.lstrip(_SPACE)
    cut = len(formatted.text) - len(body)
    body = body.rstrip(_SPACE)
    end = units(body)
    clipped = [_clipped(entity, cut, end) for entity in formatted.entities]
    return Formatted(body, [entity for entity in clipped if entity["length"] > 0])


def _clipped(entity: JsonObject, cut: int, end: int) -> JsonObject:
    """Move an entity by `cut` units to the left and keep what lies between 0 and `end`."""
    start = max(entity["offset"] - cut, 0)
    stop = min(entity["offset"] + entity["length"] - cut, end)
    return entity | {"offset": start, "length": stop - start}


def _overlap(one: JsonObject, other: JsonObject) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])


def _blocks(entity: JsonObject) -> bool:
    """Whether nothing is detected inside of this entity."""
    return entity["type"] in {"pre", "code", "text_link", "text_mention", "url", "bot_command", "mention", "hashtag", "email"}


def _without_nested_in_code(entities: list[JsonObject]) -> list[JsonObject]:
    """Drop what code would contain: Telegram shows code without any other formatting."""
    code = [entity for entity in entities if entity["type"] in _VERBATIM]
    return [entity for entity in entities if entity in code or not any(_overlap(entity, other) for other in code)]


def _detected(text: str) -> list[JsonObject]:
    return [
        {"type": str(match.lastgroup), "offset": units(text[: match.start()]), "length": units(match.group())}
        for match in _DETECTED.finditer(text)
    ]
