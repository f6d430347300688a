"""Reads a YAML file that an operator writes, and tells by file and line what is wrong in it. Nothing else of it is constructed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import NoReturn

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from bot.content.syntax import line_of
from bot.errors import SinauError

_NULL = "tag:yaml.org,2002:null"
_MAPPING = "tag:yaml.org,2002:map"


@dataclass(frozen=True, slots=True)
class OperatorFile:
    """A file at `path`, named by `setting`; `error` is raised for what is wrong in it, and says what to write instead."""

    path: Path
    setting: str
    error: type[SinauError]

    def root(self) -> Node | None:
        """Return what the file holds, None for nothing."""
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise self.error(f"{self.path}: {error.strerror}; correct {self.setting}") from error
        try:
            return yaml.compose(data, Loader=yaml.SafeLoader)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            line = line_of(error, data) if isinstance(error, yaml.YAMLError) else data.count(b"\n", 0, error.start) + 1
            raise self.error(f"{self.path}:{line}: this is not valid YAML; compare it with the example in docs/operating.md") from error

    def fail(self, node: Node, what: str) -> NoReturn:
        """Raise the error for what is wrong at a place."""
        raise self.error(f"{self.path}:{node.start_mark.line + 1}: {what}")

    def pairs(self, node: Node | None, advice: str, allowed: Collection[str] = ()) -> Iterator[tuple[Node, Node]]:
        """Yield the keys of a mapping with their values; nothing for one that is left empty.

        Keys are to be among `allowed`, if given, each of them once: the second would silently take the place of the first.
        """
        if node is None or node.tag == _NULL:
            return
        if not isinstance(node, MappingNode) or node.tag != _MAPPING:
            self.fail(node, advice)
        seen = set[str]()
        for key, value in node.value:
            if not isinstance(key, ScalarNode) or (allowed and key.value not in allowed):
                self.fail(key, advice)
            if allowed and key.value in seen:
                self.fail(key, f"{key.value} stands here for the second time; put its lines below the first")
            seen.add(key.value)
            yield key, value

    def items(self, node: Node, advice: str, count: int | None = None) -> list[Node]:
        """Return the members of a list, of which there are to be `count`, if given."""
        if not isinstance(node, SequenceNode) or count not in {None, len(node.value)}:
            self.fail(node, advice)
        return list(node.value)

    def day(self, node: Node, advice: str) -> date:
        """Return a day such as 2026-12-24."""
        try:
            return date.fromisoformat(self._text(node))
        except ValueError:
            self.fail(node, advice)

    def time(self, node: Node, advice: str) -> time:
        """Return a local time of day such as 08:30, in quotes or not."""
        try:
            found = time.fromisoformat(self._text(node).zfill(5))
        except ValueError:
            self.fail(node, advice)
        return found if found.tzinfo is None else self.fail(node, advice)

    @staticmethod
    def _text(node: Node) -> str:
        return str(node.value) if isinstance(node, ScalarNode) else ""
