"""Comments by which an author takes a warning upon themselves: `# lint: ignore CODE[, CODE] why`.

One behind a line, or on a line of its own above it, is about that line and the text that begins there. One above everything else is about
the whole file. What keeps content from being used can't be ignored.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import yaml

from bot.content.findings import VALIDITY, Finding
from bot.content.reading import Document
from bot.content.wording import did_you_mean

UNUSED: Final = "unused-ignore"
ADVICE: Final = "hapus, atau pindahkan ke baris temuannya atau ke atasnya"
_COMMENT: Final = re.compile(r"#\s*lint:\s*ignore\b:?[ \t]*(?P<codes>[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)?")
_BARE: Final = re.compile(r"\s*(?:#.*)?")


@dataclass(frozen=True, slots=True)
class Ignore:
    """A code that is ignored: where that is written, and from which line to which it holds; a comment without a code has none."""

    line: int
    code: str
    first: int
    last: int

    def covers(self, finding: Finding) -> bool:
        """Tell whether it is about this finding."""
        return finding.severity == "warning" and self.code == finding.code and self.first <= finding.line <= self.last


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of the file: the line in which it begins, and the places (line, column) where its letters begin and end; all from 0."""

    line: int
    start: tuple[int, int]
    end: tuple[int, int]

    @property
    def last_line(self) -> int:
        """The line of its last letter."""
        return self.end[0] if self.end[1] else self.end[0] - 1


def heeded(findings: Iterable[Finding], document: Document, rules: Collection[str], *, whole: bool) -> Iterator[Finding]:
    """Yield what is left of the findings about a file without errors, and as warnings the comments that are of no use.

    Without the `whole` content nobody can tell whether a comment is of use.
    """
    written, used = _ignores(document), set[Ignore]()
    for finding in findings:
        by = {ignore for ignore in written if ignore.covers(finding)}
        used |= by
        if not by:
            yield finding
    for ignore in written:
        fault = None if ignore in used else _fault(ignore.code, rules, whole=whole)
        if fault:
            yield Finding(document.file, ignore.line, UNUSED, *fault, "warning")


def _fault(code: str, rules: Collection[str], *, whole: bool) -> tuple[str, str] | None:
    if not code:
        return "lint: ignore tanpa kode", "tulis kode yang tampil di ujung temuan"
    if VALIDITY.get(code) == "error":
        return f"kesalahan {code} tidak dapat diabaikan", "hapus catatan ini"
    if code not in VALIDITY and code not in rules:
        return f"kode {code} tidak ada", f"{did_you_mean(code, [*rules, *VALIDITY])}daftarnya ada di docs/authoring.md"
    return (f"lint: ignore {code} tidak mengabaikan apa pun", ADVICE) if whole else None


def _ignores(document: Document) -> tuple[Ignore, ...]:
    texts = list(_texts(document.root))
    lines = document.raw.decode("utf-8-sig").splitlines()
    begin = document.root.start_mark.line if document.root else 0
    return tuple(
        Ignore(line + 1, code, *((1, len(lines)) if line < begin else _reach(line, lines, texts)))
        for line, written in enumerate(lines)
        for comment in _COMMENT.finditer(written)
        if not any(text.start <= (line, comment.start()) < text.end for text in texts)
        for code in re.split(r"\s*,\s*", comment["codes"] or "")
    )


def _reach(line: int, lines: Sequence[str], texts: Iterable[_Text]) -> tuple[int, int]:
    """Return the first and the last line, from 1, that a comment on a line, from 0, is about."""
    about = next((number for number in range(line, len(lines)) if not _BARE.fullmatch(lines[number])), line)
    return about + 1, max((text.last_line for text in texts if text.line == about), default=about) + 1


def _texts(root: yaml.Node | None) -> Iterator[_Text]:
    """Yield all texts of a file: what looks like a comment there is none."""
    nodes = [root] if root else []
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.ScalarNode):
            begin, end = node.start_mark, node.end_mark
            start = (begin.line + 1, 0) if node.style in {"|", ">"} else (begin.line, begin.column)
            yield _Text(begin.line, start, (end.line, end.column))
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value
        else:
            nodes += [part for pair in node.value for part in pair]
