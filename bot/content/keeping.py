"""The packed modules of the last start, kept so that the next one reads only what has changed."""

import hashlib
import platform
from collections.abc import Iterator, Mapping
from functools import cache as once
from pathlib import Path
from typing import Final

import orjson
import pydantic
import yaml

from bot.content import cache
from bot.content.findings import Finding
from bot.content.model import Outline
from bot.content.packing import PackedModule

NAME: Final = "modules"
_CODE: Final = (Path(__file__).parent, Path(__file__).parents[1] / "actions")  # the latter limits the length of ids

Packed = Mapping[str, PackedModule]


def kept(folder: Path) -> Packed:
    """Return the packed modules by the files that they were read from; none when there is nothing to rely on."""
    content = cache.get(folder / NAME, _program())
    return dict(_modules(content)) if content else {}


def keep(folder: Path, packed: Packed) -> None:
    """Keep the packed modules: an index as JSON, then their bodies."""
    index, place = [], 0
    for file, module in packed.items():
        name = file.encode(errors="surrogateescape").hex()  # a folder's name need not be text
        told = [[one.line, one.code, one.what, one.advice, one.severity] for one in module.findings]
        index.append([name, place, len(module.body), module.outline, module.digest.hex(), module.media, told])
        place += len(module.body)
    bodies = b"".join(module.body for module in packed.values())
    cache.put(folder / NAME, _program(), b"\n".join([orjson.dumps(index), bodies]))


def _modules(content: bytes) -> Iterator[tuple[str, PackedModule]]:
    begin = content.index(b"\n") + 1
    for name, place, size, outline, digest, media, told in orjson.loads(content[:begin]):
        file = bytes.fromhex(name).decode(errors="surrogateescape")
        body = content[begin + place : begin + place + size]
        states = {media_file: state and tuple(state) for media_file, state in media.items()}
        findings = tuple(Finding(file, *one) for one in told)
        yield file, PackedModule(Outline(**outline), body, bytes.fromhex(digest), states, findings)


@once
def _program() -> list[str]:
    """Return what makes modules of files: Python, the libraries, and the very code, which in a checkout changes without a new version."""
    code = hashlib.sha256()
    for source in sorted(source for folder in _CODE for source in folder.rglob("*.py")):
        code.update(source.read_bytes())
    return [platform.python_version(), pydantic.VERSION, yaml.__version__, orjson.__version__, code.hexdigest()]
