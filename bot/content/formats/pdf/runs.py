"""Telegram's HTML as runs of text that look alike, for what has no HTML of its own."""

from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Final

_STYLES: Final = {"b": "B", "i": "I", "u": "U", "s": "S"}
_FIXED: Final = frozenset({"code", "pre"})
_BLOCKS: Final = frozenset({"blockquote", "pre"})


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text: its style (letters of B, I, U, S), whether its letters have one width, and the address it leads to.

    `block` counts the quotations and the like, which are set in; it is 0 outside of them.
    """

    text: str
    style: str = ""
    fixed: bool = False
    block: int = 0
    link: str = ""


class _Reader(HTMLParser):
    """Collects the runs of a faultless text."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.runs: list[Run] = []
        self._open: list[tuple[str, str]] = []
        self._blocks = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag."""
        self._blocks += tag in _BLOCKS and not self._block
        self._open.append((tag, dict(attrs).get("href") or ""))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - tags of a faultless text close in their turn
        """Close the innermost tag; paper has to show where a link leads."""
        _, link = self._open[-1]
        if link and self.runs[-1].text != link:
            self.handle_data(f" ({link})")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Add a run that looks as the open tags say."""
        tags = {tag for tag, _ in self._open}
        style = "".join(letter for tag, letter in _STYLES.items() if tag in tags)
        link = next((link for _, link in self._open if link), "")
        self.runs.append(Run(data, style, bool(tags & _FIXED), self._block, link))

    @property
    def _block(self) -> int:
        return self._blocks if any(tag in _BLOCKS for tag, _ in self._open) else 0


def runs(text: str) -> list[Run]:
    """Return the runs of a faultless text. A block stands on lines of its own, so the breaks beside it are left out."""
    reader = _Reader()
    reader.feed(text.strip("\n"))
    reader.close()
    found = reader.runs
    for place in range(1, len(found)):
        one, other = found[place - 1 : place + 1]
        if one.block != other.block:
            found[place - 1] = replace(one, text=one.text.removesuffix("\n"))
            found[place] = replace(other, text=other.text.removeprefix("\n"))
    return [run for run in found if run.text]
