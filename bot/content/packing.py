"""Modules in memory: packed, with an outline of each at hand.

Unpacked a module takes four times as much, and few of a thousand are in use at a time: one is unpacked when it is asked for, in a
quarter of a millisecond, and those used last stay unpacked.
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import orjson

from bot.content.findings import Finding
from bot.content.media import FileState
from bot.content.model import Module, Outline

UNPACKED: Final = 128
_LEVEL: Final = 1  # packs in a fifth of the time of the default, and a tenth larger


@dataclass(frozen=True, slots=True)
class PackedModule:
    """A module without errors.

    Attributes:
        outline: what lists show of it.
        body: all of it, as packed JSON.
        digest: the hash of the file that it was read from.
        media: its media files by their names, as they were when they were read.
        findings: the warnings about it.

    """

    outline: Outline
    body: bytes
    digest: bytes
    media: Mapping[str, FileState | None]
    findings: tuple[Finding, ...]


def pack(module: Module) -> bytes:
    """Return a module as packed JSON."""
    return zlib.compress(orjson.dumps(module), _LEVEL)


def unpack(body: bytes) -> Module:
    """Return the module that was packed."""
    return Module.restore(orjson.loads(zlib.decompress(body)))


class Modules(Mapping[str, Module]):
    """Modules by their ids, each unpacked when it is asked for; going through all of them is slow."""

    def __init__(self, packed: Mapping[str, PackedModule]) -> None:
        """Hold these modules."""
        self._packed = packed
        self._unpacked = lru_cache(maxsize=UNPACKED)(lambda module_id: unpack(packed[module_id].body))

    def __getitem__(self, module_id: str) -> Module:
        return self._unpacked(module_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)
