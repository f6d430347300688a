"""The XML of a question bank, one question at a time. A file may come from anybody: DTDs, entities, and what no bank needs are refused."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from bot.content import limits
from bot.content.formats.bank import BrokenBankError, Note

LONGEST_TEXT: Final = 3 * limits.PHOTO_BYTES // 2  # letters of one text: a picture as large as Telegram's largest in Base64, and more
_CHUNK: Final = 64 * 1024  # bytes
_LONGEST_TAG: Final = 16 * _CHUNK
_ELEMENTS: Final = 100_000  # some 2,500 questions
_PIECES: Final = 500_000  # of text: the parser hands out some 8,000 letters at a time, unless a CDATA section is shorter
_DEPTH: Final = 20  # Moodle's own files have 6
_EXPORT: Final = "ekspor ulang dari bank soal Moodle dengan format Moodle XML"


@dataclass(slots=True)
class Element:
    """An element: its name, the line where it begins, its attributes, what it holds. Its text may be cut after `LONGEST_TEXT` letters."""

    name: str
    line: int
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        """The text that stands in it, but not in its children."""
        return "".join(self.pieces)

    def all(self, name: str) -> list["Element"]:
        """Return its children of this name."""
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> "Element | None":
        """Return its first child of this name."""
        return next((child for child in self.children if child.name == name), None)

    def value(self, name: str, default: str = "") -> str:
        """Return the text of its first child of this name, without space around it."""
        child = self.first(name)
        return child.text.strip() if child else default


def questions(data: bytes) -> Iterator[Element]:
    """Yield the elements of a <quiz>, one after the other, so that only one is held in memory.

    Raises:
        BrokenBankError: the file is no XML, no <quiz>, or one that nobody would make for us; questions may have been yielded before.

    """
    if not data.strip():
        raise BrokenBankError(Note(0, "berkas kosong", _EXPORT))
    builder = _Builder()
    parser: Any = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.expat = parser.parser
    for start in range(0, len(data) + _CHUNK, _CHUNK):
        _step(builder, parser, data[start : start + _CHUNK])
        yield from builder.taken()


def _step(builder: "_Builder", parser: Any, chunk: bytes) -> None:
    """Read on; at the end of the file the chunk is empty."""
    try:
        if chunk:
            parser.feed(chunk)
        else:
            parser.close()
    except ParseError as error:
        advice = f"{_EXPORT}; berkasnya mungkin terpotong"
        raise BrokenBankError(Note(error.position[0], f"XML rusak ({str(error).partition(':')[0]})", advice)) from error
    except DefusedXmlException as error:
        what, why = "ada deklarasi DTD atau entitas", "hapus <!DOCTYPE …>; bank soal tidak memerlukannya"
        raise BrokenBankError(Note(builder.line, what, why)) from error
    except (LookupError, ValueError) as error:
        raise BrokenBankError(Note(1, f"pengodean huruf tidak dikenal ({error})", "simpan ulang sebagai UTF-8")) from error
    builder.require_progress(len(chunk))


class _Builder:
    """Takes what the parser finds, and lets go of every element of the <quiz> that is complete."""

    expat: Any

    def __init__(self) -> None:
        self._open: list[Element] = []
        self._done: list[Element] = []
        self._elements = 0
        self._pieces = 0
        self._waiting = 0
        self._found = False

    @property
    def line(self) -> int:
        """Where the parser is."""
        return int(self.expat.CurrentLineNumber)

    def taken(self) -> list[Element]:
        """Return what is complete, once."""
        done, self._done = self._done, []
        return done

    def require_progress(self, read: int) -> None:
        """Raise BrokenBankError when so many bytes were read and nothing was found in a long while: a tag without an end."""
        self._waiting = 0 if self._found else self._waiting + read
        self._found = False
        if self._waiting > _LONGEST_TAG:
            raise BrokenBankError(Note(self.line, "ada tanda atau komentar yang lebih panjang dari 1 MB", _EXPORT))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element; raises BrokenBankError when there are too many."""
        self._found = True
        self._elements += 1
        element = Element(name, self.line, attributes)
        if not self._open and name != "quiz":
            raise BrokenBankError(Note(self.line, f"unsur terluar <{name[:40]}>, bukan <quiz>", f"ini bukan Moodle XML; {_EXPORT}"))
        if len(self._open) == _DEPTH or self._elements > _ELEMENTS:
            raise self._too_much()
        if len(self._open) > 1:
            self._open[-1].children.append(element)
        self._open.append(element)

    def data(self, text: str) -> None:
        """Add to the text of the open element; raises BrokenBankError when there are too many pieces."""
        self._found = True
        self._pieces += 1
        if self._pieces > _PIECES:
            raise self._too_much()
        element = self._open[-1]
        if element.length < LONGEST_TEXT and len(self._open) > 1:
            element.pieces.append(text)
            element.length += len(text)

    def end(self, name: str) -> None:  # noqa: ARG002 - the parser makes sure that it fits
        """End the open element."""
        self._found = True
        element = self._open.pop()
        if len(self._open) == 1:
            self._done.append(element)

    def close(self) -> None:
        """End the file: nothing is left to do."""

    def _too_much(self) -> BrokenBankError:
        advice = f"paling banyak {_DEPTH} tingkat dan {_ELEMENTS} unsur; bagi menjadi beberapa berkas"
        return BrokenBankError(Note(self.line, "isi bertingkat terlalu dalam atau terlalu banyak", advice))
