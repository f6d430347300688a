"""Texts of a file as notes quote them."""

from typing import Final

SHOWN: Final = 160  # letters: a note is one or two lines
_LOOKED_AT: Final = 2_000  # letters of which the beginning is made, however much space they hold


def one_line(text: str) -> str:
    """Return a text in one line."""
    return " ".join(text.split())


def short(text: str, most: int = SHOWN) -> str:
    """Return the beginning of a text in one line: enough to recognise it."""
    line = one_line(text[:_LOOKED_AT])
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
