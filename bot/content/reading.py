"""From a YAML file to plain data that can still name its lines.

A file may come from anybody: its size, depth and number of values are capped, and anchors, aliases and tags are refused.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final

import yaml

from bot.content import limits, syntax
from bot.content.findings import Code, ErrorCode, Finding
from bot.content.scalars import value_of

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML was installed without its C part: the same, slower
    from yaml import SafeLoader as Loader  # type: ignore[assignment]  # both have the methods that are used here

Location = Sequence[str | int]

_BOM: Final = b"\xef\xbb\xbf"
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_EXAMPLE: Final = "mulai dari contoh di docs/authoring.md"


class UnreadableError(Exception):
    """A file that can't be read as one YAML mapping; `findings` say why."""

    def __init__(self, *findings: Finding) -> None:
        """Keep the findings."""
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


@dataclass(frozen=True)
class Document:
    """A file's content as plain data, with what is needed to name a line of it."""

    file: str
    raw: bytes
    data: dict[str, Any]

    def finding(self, location: Location, code: Code, what: str, advice: str, *, row: int = 0) -> Finding:
        """Return a finding about the value at `location`; `row` counts the lines of a long text from 0."""
        return Finding.of(self.file, self.line(location, row), code, what, advice)

    @property
    def habits(self) -> tuple[Finding, ...]:
        """Warnings about how the file was saved."""
        found = []
        if self.raw.startswith(_BOM):
            found.append(Finding.of(self.file, 1, "byte-order-mark", "berkas diawali tanda BOM", "simpan sebagai UTF-8 tanpa BOM"))
        if b"\r" in self.raw:
            line = self.raw.count(b"\n", 0, self.raw.index(b"\r")) + 1
            what = "akhir baris bergaya Windows (CRLF)"
            found.append(Finding.of(self.file, line, "windows-line-ends", what, "simpan dengan akhir baris LF"))
        return tuple(found)

    @cached_property
    def root(self) -> yaml.Node | None:
        """The file once more as nodes, which know their lines: only a file with findings pays for them."""
        return yaml.compose(self.raw, Loader)

    def line(self, location: Location, row: int = 0) -> int:
        """Return the line of the value at `location`, such as ("cards", 2, "text").

        Parts of the location that the file does not have are passed over: the line is then that of what should hold them.
        """
        node, line = self.root, self.root.start_mark.line if self.root else 0
        for part in location:
            step = _step(node, part)
            if step:
                line, node = step
        inside_block = isinstance(node, yaml.ScalarNode) and node.style == "|"
        return line + 1 + (row + 1 if inside_block else 0)


def read(path: Path) -> Document:
    """Read a file that holds one YAML mapping; raises UnreadableError."""
    return parse(path.as_posix(), read_bytes(path))


def parse(file: str, data: bytes) -> Document:
    """Read what a file holds: one YAML mapping.

    Raises:
        UnreadableError: it is not UTF-8, is not YAML, or is something else than one mapping.

    """
    _check_encoding(file, data)
    try:
        return Document(file, data, _Builder(data, file).mapping())
    except yaml.YAMLError as error:
        raise UnreadableError(Finding.of(file, syntax.line_of(error, data), *syntax.explain(error))) from error


def read_bytes(path: Path) -> bytes:
    """Return what a file holds; raises UnreadableError when it can't be opened, is no file or is too large."""
    file = path.as_posix()
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as stream:  # a pipe that nobody writes to is not waited for
            state = os.fstat(stream.fileno())
            data = stream.read(min(state.st_size, limits.FILE_BYTES) + 1) if S_ISREG(state.st_mode) else None
    except OSError as error:
        what = f"berkas tidak dapat dibuka ({error.strerror})"
        raise UnreadableError(Finding.of(file, 1, "file-unreadable", what, "periksa izin dan jenis berkasnya")) from error
    if data is None:
        raise UnreadableError(Finding.of(file, 1, "file-unreadable", "ini bukan berkas biasa", "hapus, atau ganti dengan berkas teks"))
    if len(data) > limits.FILE_BYTES:
        what = f"berkas lebih dari {limits.FILE_BYTES // 1024} KB"
        raise UnreadableError(Finding.of(file, 1, "file-too-large", what, "bagi menjadi beberapa modul"))
    return data


def _check_encoding(file: str, data: bytes) -> None:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = Finding.of(file, line, "not-utf-8", "berkas bukan UTF-8", "simpan ulang dengan encoding UTF-8")
        raise UnreadableError(found) from error


def _step(node: yaml.Node | None, part: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key.start_mark.line, value) for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line, node.value[part]
    return None


class _Builder:
    """Builds plain data from YAML's events, which is faster than by way of nodes, and collects what is not allowed."""

    def __init__(self, data: bytes, file: str) -> None:
        self._next = Loader(data).get_event
        self._file = file
        self._values = 0
        self._findings: list[Finding] = []

    def mapping(self) -> dict[str, Any]:
        """Return the one mapping of the file; raises UnreadableError or yaml.YAMLError when there is none."""
        value = self._document()
        if self._findings:
            raise UnreadableError(*self._findings)
        if value is None:
            raise UnreadableError(Finding.of(self._file, 1, "empty-file", "berkas kosong", f"{_EXAMPLE}, atau hapus berkas ini"))
        if not isinstance(value, dict):
            raise UnreadableError(Finding.of(self._file, 1, "yaml", "isi berkas bukan pasangan kunci: isi", _EXAMPLE))
        return value

    def _document(self) -> Any:
        self._next()  # the stream's start
        if isinstance(self._next(), yaml.StreamEndEvent):
            return None
        value = self._value(self._next(), 1)
        self._next()  # the document's end
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            advice = "hapus baris ---; satu berkas memuat satu modul atau satu jalur"
            self._refuse(after, "yaml", "ada dokumen kedua di berkas ini", advice)
        return value

    def _value(self, event: Any, depth: int) -> Any:
        self._values += 1
        if depth > limits.DEPTH or self._values > limits.NODES:
            advice = f"paling banyak {limits.DEPTH} tingkat dan {limits.NODES} nilai; periksa inden dan tanda kurung"
            self._refuse(event, "too-deep", "isi bertingkat terlalu dalam atau terlalu banyak", advice)
            raise UnreadableError(*self._findings)
        if event.anchor or event.tag:  # an alias has an anchor, always
            self._refuse_mark(event)
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        if kind is yaml.MappingStartEvent:
            return self._mapping(depth)
        return self._sequence(depth) if kind is yaml.SequenceStartEvent else None

    def _refuse_mark(self, event: Any) -> None:
        advice = "beri tanda kutip bila itu bagian dari teks"
        self._refuse(event, "yaml-mark", "jangkar (&), alias (*) dan penanda (!) YAML tidak dipakai", advice)

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        if not event.style:
            return value_of(event.value)
        if event.style == '"' and _UNSEEN.search(event.value):
            self._refuse(event, "control-character", "ada huruf kendali yang tidak terlihat", "hapus, atau pakai tanda kutip tunggal: '…'")
        return event.value

    def _sequence(self, depth: int) -> list[Any]:
        values = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            values.append(self._value(event, depth + 1))
        return values

    def _mapping(self, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while type(event := self._next()) is not yaml.MappingEndEvent:
            key = self._key(event, depth)
            value = self._value(self._next(), depth + 1)
            if key in data:
                self._refuse(event, "duplicate-key", f"kunci {key} ditulis dua kali", "hapus salah satu")
            elif key is not None:
                data[key] = value
        return data

    def _key(self, event: Any, depth: int) -> str | None:
        if type(event) is yaml.ScalarEvent:
            if event.anchor or event.tag:
                self._refuse_mark(event)
            return event.value
        self._value(event, depth + 1)
        self._refuse(event, "yaml", "kunci harus satu kata", "tulis kunci: isi")
        return None

    def _refuse(self, event: Any, code: ErrorCode, what: str, advice: str) -> None:
        self._findings.append(Finding.of(self._file, event.start_mark.line + 1, code, what, advice))
