"""HTML as a person reads it: runs of text, each with the marks of ours that it stands in, and the files that are shown among them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import quote, unquote

from bot.content.formats.elements import ALT_OR_TITLE, BLOCKS, EMBEDDED, ENDS, FILES, KNOWN, LISTS, MARKS, SHIFTS, STYLES, VOID
from bot.content.formats.hypertext import Tag, characters

DEPTH: Final = 100  # tags within tags; what is deeper is read as if it were not there
_PIECE: Final = re.compile(r"\xa0|[ \t\r\f\n]++|[^ \t\r\f\n\xa0]++")
_WEB: Final = re.compile(r"(https?://|tg://|mailto:)(\S.*)", re.IGNORECASE | re.DOTALL)
_UNSAFE: Final = re.compile(r"[\s\"'<>]")
_VERBATIM: Final = ("pre", "code")


@dataclass(frozen=True, eq=False, slots=True)
class Mark:
    """A tag of ours and its attributes, as one place of a text has it: two of the same kind are two marks."""

    tag: str
    attributes: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Text in its marks, the outermost first."""

    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """A file that a text shows or leads to: where it is said to be, and what is said of it, which may be nothing."""

    source: str
    alt: str


@dataclass(slots=True)
class _Element:
    name: str
    marks: int
    items: int = 0


def shared(one: Sequence[Mark], other: Sequence[Mark]) -> tuple[Mark, ...]:
    """Return the marks that both begin with."""
    same = [mark for mark, its in zip(one, other, strict=False) if mark is its]
    return tuple(same)


class Flow:
    """Reads token by token. White space waits until something follows it, so that there is none at the ends of lines and of the text."""

    def __init__(self, *, words: bool) -> None:
        """Begin; with `words` a picture leaves the words that stand for it."""
        self.runs: list[Run] = []
        self.files: list[Linked] = []
        self.lost: list[tuple[str, str]] = []
        self._words = words
        self._open: list[_Element] = []
        self._marks: list[Mark] = []
        self._breaks = 0
        self._spaces = ""
        self._bullet = ""

    def take(self, token: Tag | str) -> None:
        """Read one more token."""
        if isinstance(token, str):
            self._read(token)
        elif token.name not in KNOWN and ":" not in token.name:
            self._read(characters(token.written))  # such as x<y: text that was not escaped
        elif token.closes:
            self._end(token.name)
        else:
            self._start(token)

    def _read(self, text: str) -> None:
        verbatim = any(mark.tag == "pre" for mark in self._marks)
        for piece in _PIECE.findall(text):
            if piece == "\xa0":
                self._spaces += " "
            elif piece.strip(" \t\r\f\n"):
                self._say(piece)
            elif verbatim:
                self._keep(piece)
            else:
                self._space()

    def _keep(self, blank: str) -> None:
        for letter in blank:
            if letter == "\n":
                self._line()
            else:
                self._spaces += " "

    def _space(self) -> None:
        """Take white space that counts as one space, and as none at the beginning of a line."""
        if self.runs and not self._breaks and not self._bullet:
            self._spaces = self._spaces or " "

    def _line(self) -> None:
        self._break(self._breaks + 1)

    def _block(self, breaks: int) -> None:
        """Go to a line of its own, with so many line breaks at least since the text before; the lines of a list are close together."""
        self._break(max(self._breaks, 1 if self._inside("li") else breaks))

    def _break(self, breaks: int) -> None:
        if self._inside("td", "th"):
            self._space()
        elif not self._bullet:
            self._breaks, self._spaces = breaks, ""

    def _say(self, text: str) -> None:
        marks = tuple(self._marks)
        between = "\n" * self._breaks + self._spaces
        if between and self.runs:
            self.runs.append(Run(between, shared(self.runs[-1].marks, marks)))
        self.runs.append(Run(self._bullet + self._shifted(text), marks))
        self._breaks, self._spaces, self._bullet = 0, "", ""

    def _shifted(self, text: str) -> str:
        """Raise or lower letters where Unicode has them so, since 10³ is not 103; others get a mark before them."""
        shift = next((SHIFTS[one.name] for one in reversed(self._open) if one.name in SHIFTS), None)
        if shift is None:
            return text
        sign, letters = shift
        return text.translate(letters) if all(ord(letter) in letters for letter in text) else sign + text

    def _start(self, tag: Tag) -> None:
        name = tag.name
        while self._open and self._open[-1].name in ENDS.get(name, ()):
            self._end(self._open[-1].name)
        if name in BLOCKS:
            self._block(BLOCKS[name])
        self._place(name)
        self._attach(tag)
        if name not in VOID and len(self._open) < DEPTH:
            marks = [mark for mark in _marks(tag) if self._fits(mark.tag)]
            self._marks += marks
            self._open.append(_Element(name, len(marks), _first(tag) - 1 if name == "ol" else 0))

    def _end(self, name: str) -> None:
        at = next((place for place in reversed(range(len(self._open))) if self._open[place].name == name), None)
        if at is not None:
            closed = sum(one.marks for one in self._open[at:])
            del self._marks[len(self._marks) - closed :]
            del self._open[at:]
        if name == "li" or name in LISTS:
            self._bullet = ""
        if name in BLOCKS:
            self._block(BLOCKS[name])

    def _place(self, name: str) -> None:
        """Do what a tag does to the lines."""
        if name == "br":
            self._line()
        elif name == "li":
            self._bullet = self._next_bullet()
        elif name == "table":
            self._lose("tabel", "tiap baris menjadi satu baris teks dengan | di antara selnya; rapikan bila perlu")
        elif name in ("td", "th"):
            self._cell()

    def _next_bullet(self) -> str:
        lists = [one for one in self._open if one.name in LISTS]
        if not lists:
            return "• "
        lists[-1].items += 1
        return "  " * (len(lists) - 1) + ("• " if lists[-1].name == "ul" else f"{lists[-1].items}. ")

    def _cell(self) -> None:
        row = next((one for one in reversed(self._open) if one.name == "tr"), None)
        if row is None:
            self._space()
            return
        row.items += 1
        if row.items > 1:
            self._spaces = " "
            self._say("|")
            self._spaces = " "

    def _attach(self, tag: Tag) -> None:
        """Hand out the file that a tag shows or leads to."""
        source = tag.attributes.get(FILES.get(tag.name, ""), "").strip()
        alt = next(filter(None, (tag.attributes.get(name, "").strip() for name in ALT_OR_TITLE)), "")
        if tag.name in EMBEDDED:
            self._lose(EMBEDDED[tag.name], f"tidak dapat dipertahankan{f' ({source})' if source else ''}")
        elif tag.name == "a" and (source.startswith("#") or _address(source)):
            return
        elif tag.name == "a" and ":" in source.partition("/")[0]:
            self._lose(f"tautan ke {source[:80]}", "hanya teksnya yang dipertahankan")
        elif source:
            self.files.append(Linked(source, alt))
            if self._words and tag.name == "img":
                self._read(f" {alt or _stem(source)} ")

    def _fits(self, tag: str) -> bool:
        """Tell whether Telegram lets this tag stand where the text is now."""
        around = [mark.tag for mark in self._marks]
        holder = next((one for one in around if one in _VERBATIM), tag)
        return tag not in around and (holder == tag or (holder, tag) == _VERBATIM)

    def _inside(self, *names: str) -> bool:
        return any(one.name in names for one in self._open)

    def _lose(self, what: str, why: str) -> None:
        self.lost.append((what, why))


def _marks(tag: Tag) -> Iterator[Mark]:
    """Yield what a tag and its style mean in our tags."""
    address = _address(tag.attributes.get("href", ""))
    language = next((name for name in tag.attributes.get("class", "").split() if re.fullmatch(r"language-[\w+#-]+", name)), "")
    if tag.name == "a" and address:
        yield Mark("a", f' href="{escape(address)}"', address)
    elif tag.name == "blockquote":
        yield Mark("blockquote", " expandable" if "expandable" in tag.attributes else "")
    elif tag.name == "code":
        yield Mark("code", f' class="{language}"' if language else "")
    elif tag.name in MARKS:
        yield Mark(MARKS[tag.name])
    style = tag.attributes.get("style", "")[:500]
    yield from (Mark(name) for name, pattern in STYLES.items() if style and pattern.search(style))
    if "tg-spoiler" in tag.attributes.get("class", "").split():
        yield Mark("tg-spoiler")


def _address(href: str) -> str:
    """Return an address as Telegram takes it in a link; nothing for one that leads to no web page, mail box or chat."""
    web = _WEB.fullmatch(href.strip())
    return web[1].lower() + _UNSAFE.sub(lambda found: quote(found[0]), web[2]) if web else ""


def _stem(source: str) -> str:
    """Return the name of a file without its ending; nothing for one that is written into the text itself."""
    return "" if source.startswith("data:") else unquote(source.rpartition("/")[2].partition("?")[0].rpartition(".")[0])


def _first(tag: Tag) -> int:
    start = tag.attributes.get("start", "")
    return int(start) if re.fullmatch(r"[0-9]{1,4}", start) else 1
