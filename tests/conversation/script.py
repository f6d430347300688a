"""A transcript as text: the lines that are input, and the lines that were observed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

INPUT = re.compile(r"^(?P<who>[A-Za-z]+)(?: in the (?P<place>group))?(?: (?P<verb>[a-z][a-z ]*?))?(?::(?: (?P<words>.*))?)?$")
OBSERVED = ("bot:", "bot ", "      ")


@dataclass(frozen=True)
class Line:
    """One line of input: who does what with which words. A remark has nobody."""

    text: str
    who: str = ""
    verb: str = ""
    words: str = ""
    in_group: bool = False

    @property
    def waits(self) -> bool:
        return self.verb in {"waits for", "hears"}


def read(text: str) -> list[Line]:
    """Return the input of a transcript; raises ValueError for a line that is neither input nor observed."""
    return [_read(line) for line in text.splitlines() if line and not line.startswith(OBSERVED)]


def _read(line: str) -> Line:
    if line.startswith("#"):
        return Line(line)
    found = INPUT.match(line)
    if found is None:
        raise ValueError(f"this line of a transcript can't be read: {line!r}")
    return Line(line, found["who"], found["verb"] or "says", found["words"] or "", bool(found["place"]))


def write(steps: Sequence[tuple[Line, Sequence[str]]]) -> str:
    """Return a transcript with what was observed after each line of input, and an empty line after that."""
    return "\n".join(line for said, seen in steps for line in (said.text, *seen, *[""][: len(seen)])).rstrip() + "\n"
