"""Numbers as Moodle writes them, and as an author of ours would."""

import re
from typing import Final

from bot.content.formats.bank import UnfitError

_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,15}(?:[.,]\d{0,30})?|[.,]\d{1,30})(?:[eE][+-]?\d{1,2})?")


def number(text: str) -> float:
    """Return a number with either decimal mark; raises UnfitError when it is none, or longer than any that a question asks for."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise UnfitError(f'"{text.strip()[:40]}" bukan bilangan', "tulis angkanya saja, misalnya 3.14")
    return _whole(float(found[0].replace(",", ".")))


def inverse(value: float) -> float:
    """Return 1 / value without the dust of binary fractions: 1 / 0.0222 is 45.045045045."""
    return _whole(float(f"{1 / value:.12g}"))


def _whole(value: float) -> float:
    """Return a whole number as an author writes it: 1000, not 1000.0."""
    return int(value) if value.is_integer() and abs(value) < 1e15 else value  # noqa: PLR2004 - more digits are no number to type
