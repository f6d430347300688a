r"""GIFT as text: blocks between blank lines, their parts, and what its control characters mean.

Source: docs.moodle.org/en/GIFT_format, and where that is silent Moodle's own reader (question/format/gift/format.php). While a text is
taken apart its escaped characters (\: \~ \= \# \{ \} \n) are hidden as control characters, which no text file of ours holds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.content.formats.bank import UnfitError

CATEGORY: Final = "$CATEGORY:"
ARROW: Final = "->"
BLANK: Final = "____"  # what a missing word looks like
GAP: Final = "celah"  # the name of the one gap that a missing word makes
FORMATS: Final = {"moodle": "moodle_auto_format", "html": "html", "markdown": "markdown", "plain": "plain_text"}  # and Moodle's own names
_HIDDEN: Final = {"\\": "\\", **{letter: chr(number) for number, letter in enumerate(":~=#{}n", start=1)}}
_SHOWN: Final = str.maketrans({chr(number): meant for number, meant in enumerate(":~=#{}\n", start=1)})
_ESCAPED: Final = re.compile(r"\\([:~=#{}n\\])")
_RESERVED: Final = re.compile(r"[\\:~=#{}]")
_FORMAT: Final = re.compile(rf"\[({'|'.join(FORMATS)})\]")
_PART: Final = re.compile(r"([~=]?)([^~=]*)")
_WEIGHT: Final = re.compile(r"%(-?\d{1,3}(?:\.\d{0,9})?)%(.*)", re.DOTALL)
_LITERALLY: Final = r"tulis \{ dan \} untuk kurung yang bukan jawaban"
_COMMENT: Final = re.compile(r"^[ \t]*+//(?! question:).*", re.MULTILINE)
_TOKEN: Final = re.compile(r"\[(id|tag):((?:\\]|[^][\n])+)\]")


@dataclass(frozen=True, slots=True)
class Block:
    """What stands between two blank lines, from its first line on that is no comment; escaped characters are hidden."""

    line: int
    text: str
    comments: str


@dataclass(frozen=True, slots=True)
class Entry:
    """The parts of a question, as they stand in the file.

    Attributes:
        line: where it begins, from 1.
        title: what stands between two pairs of colons; may be empty.
        ident: Moodle's id number, from a comment; may be empty.
        tags: Moodle's tags, from a comment.
        before: the text before the answers, with its format.
        after: the text behind them, which makes a missing word of them.
        answers: what stands in braces, without the general feedback; None where there are no braces.
        general: the general feedback.

    """

    line: int
    title: str
    ident: str
    tags: tuple[str, ...]
    before: str
    after: str = ""
    answers: str | None = None
    general: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its mark (= or ~ or none), its weight in percent where it has one, its text and feedback."""

    mark: str
    weight: float | None
    text: str
    feedback: str


def shown(text: str) -> str:
    """Return a text with its hidden characters as they are meant, without space around it."""
    return text.translate(_SHOWN).strip()


def escape(text: str) -> str:
    """Return a text as it stands in a file, in one line."""
    return _RESERVED.sub(r"\\\g<0>", text).replace("\n", r"\n")


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a file. A category is a block of its own, even where the blank line behind it was forgotten."""
    lines: list[str] = []
    comments: list[str] = []
    begun = 0
    for number, line in enumerate((*text.split("\n"), ""), start=1):
        stripped = line.strip()
        if stripped.startswith("//"):
            comments.append(stripped)
        elif stripped.startswith(CATEGORY) and not lines:
            yield Block(number, stripped, "")
            comments = []
        elif stripped:
            begun = begun if lines else number
            lines.append(stripped)
        else:
            if lines:
                yield Block(begun, _hide("\n".join(lines)), "\n".join(comments))
            lines, comments = [], []


def entry(block: Block) -> Entry:
    """Return the parts of a question.

    Raises:
        UnfitError: its braces don't fit.

    """
    title, text = _title(block.text)
    tokens = [(kind, value.replace("\\]", "]").strip()) for kind, value in _TOKEN.findall(block.comments)]
    ident = next((value for kind, value in tokens if kind == "id"), "")
    tags = tuple(value for kind, value in tokens if kind == "tag")
    start, end = text.find("{"), text.find("}")
    if start == end:
        return Entry(block.line, title, ident, tags, text)
    if start < 0 or end < start:
        raise UnfitError("tanda { dan } tidak berpasangan", f"hapus baris kosong di antaranya; {_LITERALLY}")
    after = text[end + 1 :]
    if "{" in after or "}" in after:
        raise UnfitError("ada dua bagian { } dalam satu soal", f"pisahkan dengan baris kosong; {_LITERALLY}")
    answers, mark, general = text[start + 1 : end].rpartition("####")
    answers, general = (answers, general) if mark else (general, "")
    return Entry(block.line, title, ident, tags, text[:start], after, answers.strip(), general)


def remarks(text: str) -> int:
    """Return how many lines are comments for people, rather than what Moodle writes into comments by itself."""
    return sum(bool(_TOKEN.sub("", comment[0]).strip("/ \t")) for comment in _COMMENT.finditer(text))


def formatted(text: str, default: str) -> tuple[str, str]:
    """Return the format of a text and the text without it; formats that are not known belong to the text."""
    text = text.strip()
    found = _FORMAT.match(text)
    return (found[1], text[found.end() :]) if found else (default, text)


def parts(answers: str) -> list[tuple[str, str]]:
    """Return the marks (= or ~) and what follows each; without a mark what stands before the first."""
    return [(mark, text.strip()) for mark, text in _PART.findall(answers) if mark or text.strip()]


def weighed(answers: str) -> list[Answer]:
    """Return the answers with their weights and feedback."""
    return [_answer(mark, text) for mark, text in parts(answers)]


def _answer(mark: str, text: str) -> Answer:
    found = _WEIGHT.fullmatch(text)
    answer, _, feedback = (found[2] if found else text).partition("#")
    return Answer(mark, float(found[1]) if found else None, answer, feedback)


def _hide(text: str) -> str:
    return _ESCAPED.sub(lambda found: _HIDDEN[found[1]], text)


def _title(text: str) -> tuple[str, str]:
    if not text.startswith("::"):
        return "", text
    title, colons, rest = text[2:].partition("::")
    return (shown(title), rest.strip()) if colons else ("", title)
