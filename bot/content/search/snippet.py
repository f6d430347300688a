"""The part of a text that shows why it was found."""

from collections.abc import Set as AbstractSet
from typing import Final

from bot.content.search import words

LONGEST: Final = 160
_BEFORE: Final = 40

Snippet = tuple[tuple[str, bool], ...]


def snippet(text: str, language: str, found: AbstractSet[str]) -> Snippet:
    """Return at most 160 letters of a plain text around the first word found, in pieces, each with whether it is one of those words."""
    flat = " ".join(text.split())
    places = [match.span() for match in words.WORD.finditer(flat) if words.stem(match[0].casefold(), language) in found]
    begin = max(0, places[0][0] - _BEFORE) if places else 0
    begin = flat.rfind(" ", 0, begin + 1) + 1 if begin else 0
    end = len(flat) if len(flat) - begin <= LONGEST - 2 else flat.rfind(" ", begin, begin + LONGEST - 2)
    end = end if end > begin else begin + LONGEST - 2
    pieces = [("… " if begin else "", False)]
    at = begin
    for first, last in places:
        if first >= at and last <= end:
            pieces += [(flat[at:first], False), (flat[first:last], True)]
            at = last
    pieces.append((flat[at:end].rstrip(" .,:;") + "…" if end < len(flat) else flat[at:end], False))
    return tuple(piece for piece in pieces if piece[0])
