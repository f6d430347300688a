"""From a YAML file to plain data that still knows its lines.

A file may come from anybody: its size, depth and number of nodes are capped, and anchors, aliases and tags are refused.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from bot.content import limits, syntax
from bot.content.findings import Finding, Severity
from bot.content.scalars import value_of

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML was installed without its C part: the same, slower
    from yaml import SafeLoader as Loader  # type: ignore[assignment]  # both have the methods that are used here

Location = Sequence[str | int]

_BOM: Final = b"\xef\xbb\xbf"
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class UnreadableError(Exception):
    """A file that can't be read as one YAML document; `findings` say why."""

    def __init__(self, *findings: Finding) -> None:
        """Keep the findings."""
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Document:
    """A file's content as plain data, with what is needed to name a line of it."""

    file: str
    data: dict[str, Any]
    node: yaml.Node
    findings: tuple[Finding, ...]

    def finding(self, location: Location, what: str, advice: str, *, row: int = 0, severity: Severity = "error") -> Finding:
        """Return a finding about the value at `location`, such as ("cards", 2, "text"); `row` counts the lines of a long text from 0.

        Parts of the location that the file does not have are passed over: the finding then names what should hold them.
        """
        return Finding(self.file, self._line(location, row), what, advice, severity)

    def _line(self, location: Location, row: int) -> int:
        node, line = self.node, self.node.start_mark.line
        for part in location:
            step = _step(node, part)
            if step:
                line, node = step
        inside_block = isinstance(node, yaml.ScalarNode) and node.style == "|"
        return line + 1 + (row + 1 if inside_block else 0)


def read(path: Path) -> Document:
    """Read a file that holds one YAML mapping.

    Raises:
        UnreadableError: it can't be opened, is too large, is not UTF-8, is not YAML, or holds something else than one mapping.

    """
    file = path.as_posix()
    data = _bytes(path, file)
    text = _text(data, file)
    node = _compose(data.removeprefix(_BOM), file)
    walk = _Walk(file, text)
    value = walk.value(node)
    if walk.findings:
        raise UnreadableError(*walk.findings)
    if not isinstance(value, dict):
        raise UnreadableError(
            Finding(file, node.start_mark.line + 1, "isi berkas bukan pasangan kunci: isi", "mulai dari contoh di docs/authoring.md")
        )
    return Document(file, value, node, tuple(_habits(data, file)))


def _bytes(path: Path, file: str) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.FILE_BYTES + 1)
    except OSError as error:
        raise UnreadableError(
            Finding(file, 1, f"berkas tidak dapat dibuka ({error.strerror})", "periksa izin dan jenis berkasnya")
        ) from error
    if len(data) > limits.FILE_BYTES:
        raise UnreadableError(Finding(file, 1, f"berkas lebih dari {limits.FILE_BYTES // 1024} KB", "bagi menjadi beberapa modul"))
    return data


def _text(data: bytes, file: str) -> str:
    try:
        return data.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(Finding(file, line, "berkas bukan UTF-8", "simpan ulang dengan encoding UTF-8")) from error


def _compose(data: bytes, file: str) -> yaml.Node:
    try:
        loader = _Composer(data)
        node: yaml.Node | None = loader.get_single_node()
    except _TooLargeError as error:
        advice = f"paling banyak {limits.DEPTH} tingkat dan {limits.NODES} nilai; periksa inden dan tanda kurung"
        raise UnreadableError(
            Finding(file, syntax.line_of(error, data), "isi bertingkat terlalu dalam atau terlalu banyak", advice)
        ) from error
    except yaml.YAMLError as error:
        raise UnreadableError(Finding(file, syntax.line_of(error, data), *syntax.explain(error))) from error
    if node is None:
        raise UnreadableError(Finding(file, 1, "berkas kosong", "mulai dari contoh di docs/authoring.md, atau hapus berkas ini"))
    return node


def _habits(data: bytes, file: str) -> list[Finding]:
    found = []
    if data.startswith(_BOM):
        found.append(Finding(file, 1, "berkas diawali tanda BOM", "simpan sebagai UTF-8 tanpa BOM", "warning"))
    if b"\r" in data:
        line = data[: data.index(b"\r")].count(b"\n") + 1
        found.append(Finding(file, line, "akhir baris bergaya Windows (CRLF)", "simpan dengan akhir baris LF", "warning"))
    return found


def _step(node: yaml.Node, part: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key.start_mark.line, value) for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line, node.value[part]
    return None


class _TooLargeError(yaml.MarkedYAMLError):
    """The document is nested too deeply or has too many nodes."""


class _Composer(Loader):
    """Builds nodes without PyYAML's resolving of tags, which is slow, and counts them: deep nesting would overflow the stack."""

    depth = 0
    nodes = 0

    def descend_resolver(self, current_node: yaml.Node | None, current_index: object) -> None:  # noqa: ARG002 - the signature is PyYAML's
        self.depth += 1
        self.nodes += 1
        if self.depth > limits.DEPTH or self.nodes > limits.NODES:
            raise _TooLargeError(problem_mark=current_node.start_mark if current_node else None)

    def ascend_resolver(self) -> None:
        self.depth -= 1

    def resolve(self, kind: object, value: object, implicit: object) -> str:  # noqa: ARG002 - as above
        return ""


class _Walk:
    """Turns nodes into plain data and collects what is not allowed in them."""

    def __init__(self, file: str, text: str) -> None:
        self.findings: list[Finding] = []
        self._file = file
        self._text = text

    def value(self, node: yaml.Node) -> Any:
        if self._text.startswith(("&", "!"), node.start_mark.index):
            self._refuse(node, "jangkar (&) dan penanda (!) YAML tidak dipakai", "beri tanda kutip bila itu bagian dari teks")
            return None
        if isinstance(node, yaml.ScalarNode):
            if node.style == '"' and _UNSEEN.search(node.value):
                self._refuse(node, "ada huruf kendali yang tidak terlihat", "hapus, atau pakai tanda kutip tunggal: '…'")
            return value_of(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child) for child in node.value]
        return self._mapping(node)

    def _mapping(self, node: yaml.Node) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, child in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._refuse(key, "kunci harus satu kata", "tulis kunci: isi")
            elif key.value in data:
                self._refuse(key, f"kunci {key.value} ditulis dua kali", "hapus salah satu")
            else:
                data[key.value] = self.value(child)
        return data

    def _refuse(self, node: yaml.Node, what: str, advice: str) -> None:
        self.findings.append(Finding(self._file, node.start_mark.line + 1, what, advice))
