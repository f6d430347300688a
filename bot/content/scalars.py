"""What a word in YAML means: numbers, true, false and nothing; every other word stays the text that the author wrote.

This is the core schema of YAML 1.2 (yaml.org/spec/1.2.2, section 10.3). YAML 1.1, PyYAML's own, would make 750 of 12:30 and false of no.
"""

import re
from typing import Final

_NUMBER: Final = re.compile(r"[-+]?(?:(?P<whole>\d{1,15})|\d{0,15}\.?\d{1,15}(?:[eE][-+]?\d{1,3})?)")
_NUMBER_STARTS: Final = frozenset("0123456789+-.")
_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}

Scalar = str | int | float | bool | None


def value_of(text: str) -> Scalar:
    """Return what a plain scalar means: one that is neither quoted nor a block, which are always text."""
    if text in _WORDS:
        return _WORDS[text]
    number = _NUMBER.fullmatch(text) if text[0] in _NUMBER_STARTS else None
    if number is None:
        return text
    return int(text) if number["whole"] else float(text)
