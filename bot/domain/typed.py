"""What a person typed, compared with what was expected: words with their typing errors, numbers with either decimal mark."""

import re
import unicodedata
from decimal import Decimal
from typing import Final

_AROUND: Final = " .,;:!?\"'()\u201c\u201d\u2018\u2019"
_DIGITS: Final = re.compile(r"\d+")
_NUMBER: Final = re.compile(r"[+\-\u2212]?\s?(?:\d{1,3}(?:[\u00a0\u202f ']\d{3})+(?:[.,]\d+)?|\d[\d.,]*|[.,]\d+)")
_GROUPED: Final = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_SPACES: Final = re.compile(r"[\s\u00a0\u202f']")
EXACT: Final = 100  # percent
_LONGEST_NUMBER: Final = 30  # digits and marks: more is no number that a question asks for


def alike(given: str, expected: str, threshold: int, *, case: bool = False, diacritics: bool = False) -> bool:
    """Tell whether two short texts are the same but for typing errors.

    Spaces, punctuation at the ends and the form of Unicode never count; capitals and accents only when asked for. The likeness is the
    normalised indel similarity in percent (rapidfuzz.fuzz.ratio). Numbers within the texts have to be equal: 48 is no misspelt 49.
    """
    one, other = (_normal(text, case=case, diacritics=diacritics) for text in (given, expected))
    if one == other:
        return True
    if threshold >= EXACT or _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    from rapidfuzz import fuzz  # noqa: PLC0415 - most starts never need it

    return fuzz.ratio(one, other) >= threshold


def _normal(text: str, *, case: bool, diacritics: bool) -> str:
    text = unicodedata.normalize("NFKC", text)
    text = text if case else text.casefold()
    if not diacritics:
        text = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    words = " ".join(text.split())
    return words.strip(_AROUND) or words


def readings(text: str) -> tuple[tuple[Decimal, str], ...]:
    """Return what a typed number can mean, each as the number and the unit that stands before or after it (lower case, may be empty).

    People write 1.234,5 and 1,234.5. Where both marks are there, the last is the decimal one; a single mark before exactly three digits
    (1.234) can be either, so there are two readings. Nothing is returned for what is no number.
    """
    found = _NUMBER.search(text)
    if found is None or len(found[0]) > _LONGEST_NUMBER:
        return ()
    before, after = text[: found.start()].strip(), text[found.end() :].strip()
    if before and after:
        return ()
    written = _SPACES.sub("", found[0]).replace("\u2212", "-").rstrip(".,")
    unit = unit_name(before or after)
    return tuple((Decimal(number), unit) for number in dict.fromkeys(_plain_numbers(written)))


def unit_name(unit: str) -> str:
    """Return what a unit is compared by: without capitals, spaces and the dots of abbreviations at its ends."""
    return unit.casefold().strip(" .")


def _plain_numbers(written: str) -> list[str]:
    """Return the number as Python writes it, in each way that it can be meant."""
    sign, digits = (written[0], written[1:]) if written[0] in "+-" else ("", written)
    marks = [mark for mark in digits if mark in ".,"]
    if not marks:
        return [sign + digits]
    whole, _, rest = digits.rpartition(marks[-1])
    if len(set(marks)) > 1:
        grouped = marks[-1] not in whole and _GROUPED.fullmatch(whole)
        return [f"{sign}{_bare(whole)}.{rest}"] if grouped else []
    if len(marks) > 1:
        return [sign + _bare(digits)] if _GROUPED.fullmatch(digits) else []
    decimal = f"{sign}{whole or '0'}.{rest}"
    return [sign + _bare(digits), decimal] if _GROUPED.fullmatch(digits) and whole != "0" else [decimal]


def _bare(grouped: str) -> str:
    return re.sub(r"[.,]", "", grouped)
