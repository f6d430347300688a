"""What a question bank holds, whatever the format of its file: questions as an author of ours would write them, and what was lost."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.content.model import Module


@dataclass(frozen=True, slots=True)
class Note:
    """Something that could not be kept. `line` counts lines, rows or notes of the file from 1; 0 is the whole file."""

    line: int
    what: str
    why: str

    def __str__(self) -> str:
        """Return the note as one line."""
        where = f"baris {self.line}: " if self.line else ""
        return f"{where}{self.what}; {self.why}"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: `data` is what stands in a module's YAML, its id may be left out. `line` is where it stands in the file."""

    line: int
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bank:
    """What was read.

    Attributes:
        questions: in the order of the file.
        cards: cards as they stand in a module's YAML, for what belongs to no question; their ids are given.
        media: files by the name that cards call them, which begins with the module's id and a slash.
        notes: what could not be kept, line by line, and why. Nothing is left out without one.
        title: the name that the file gives, or nothing.

    """

    questions: Sequence[Question]
    cards: Sequence[dict[str, Any]] = ()
    media: Mapping[str, bytes] = field(default_factory=dict)
    notes: Sequence[Note] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A module in another format, and what of it that format can't hold."""

    data: bytes
    notes: Sequence[Note] = ()


class BrokenBankError(Exception):
    """A file that can't be read as what it is said to be; `notes` say where and why."""

    def __init__(self, *notes: Note) -> None:
        """Keep the notes."""
        super().__init__("\n".join(map(str, notes)))
        self.notes = notes


class UnfitError(Exception):
    """A part of a file that can't be kept: what is wrong, and what to do."""

    def __init__(self, what: str, why: str) -> None:
        """Keep both."""
        super().__init__(what)
        self.what = what
        self.why = why


Read = Callable[[bytes, str], Bank]  # the file's content, and the id of the module that it is to become; raises BrokenBankError
Write = Callable[[Module, Path], Written]  # the module, and the folder of its media
