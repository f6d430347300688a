"""The formats that question banks and modules come in and go out in. A new one is a file in this folder and a row in `FORMATS`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from bot.content.formats.bank import Bank, BrokenBankError, Note, Question, Read, Write, Written

__all__ = ["FORMATS", "Bank", "BrokenBankError", "Format", "Note", "Question", "Read", "Write", "Written", "guess"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the endings of its files, the module that knows it, and whether that reads and writes it.

    The module is imported when it is used, since most formats bring a library of their own. It has `read` and `write` as `bank` says.
    """

    suffixes: tuple[str, ...]
    module: str
    reads: bool = True
    writes: bool = True

    @property
    def read(self) -> Read:
        """The function that reads it."""
        return self._part("read")

    @property
    def write(self) -> Write:
        """The function that writes it."""
        return self._part("write")

    def _part(self, name: str) -> Callable[..., Any]:
        part: Callable[..., Any] = getattr(import_module(f"bot.content.formats.{self.module}"), name)
        return part


FORMATS: Final[Mapping[str, Format]] = {
    "moodle_xml": Format((".xml",), "moodle_xml"),
    "gift": Format((".gift", ".txt"), "gift"),
    "aiken": Format((".txt",), "aiken", writes=False),
    "xlsx": Format((".xlsx",), "xlsx"),
    "csv": Format((".csv",), "csv"),
    "anki": Format((".apkg", ".colpkg"), "anki", writes=False),
    "html": Format((".html",), "html", reads=False),
    "pdf": Format((".pdf",), "pdf", reads=False),
    "scorm": Format((".zip",), "scorm", reads=False),
}


def guess(path: Path, data: bytes) -> str | None:
    """Return the format of a file by its ending and, where two share it, by how it begins; None when there is no telling."""
    fitting = [name for name, one in FORMATS.items() if one.reads and path.name.lower().endswith(one.suffixes)]
    if len(fitting) > 1 and "aiken" in fitting:
        from bot.content.formats.aiken import looks_like  # noqa: PLC0415 - as Format says

        return "aiken" if looks_like(data) else next(name for name in fitting if name != "aiken")
    return fitting[0] if fitting else None
