"""The packed modules of the last start, in a file, so that the next one reads only what has changed.

The file is JSON and packed JSON, never pickle: what is read from it can be wrong, but can't be a program. It begins with the hash of all
that follows, so that a file that was cut short or damaged is noticed, and names the program that made it, so that no other's is used.
It may be deleted at any time.
"""

import hashlib
import os
import platform
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import orjson
import pydantic
import structlog
import yaml

from bot.content.findings import Finding
from bot.content.model import Outline
from bot.content.packing import PackedModule

log = structlog.get_logger()

_CODE: Final = (Path(__file__).parent, Path(__file__).parents[1] / "actions")  # the latter limits the length of ids
_HASH_LENGTH: Final = 64

Packed = Mapping[str, PackedModule]


def read(file: Path) -> Packed:
    """Return the packed modules by the files that they were read from; none when the cache is missing, damaged or another program's."""
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        log.warning("content_cache_not_read", file=str(file), reason=_reason(error), advice="the modules are read anew at each start")
        return {}
    try:
        return _decoded(data)
    except (ValueError, KeyError, TypeError):
        log.warning("content_cache_damaged", file=str(file), advice="nothing to do: it is made anew")
        return {}


def write(file: Path, packed: Packed) -> None:
    """Keep the packed modules. Readers see the old cache or the new one, never a part; where it can't be written, the log says so."""
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(new, "wb", opener=_private) as stream:
            stream.write(_encoded(packed))
        new.replace(file)
    except (OSError, orjson.JSONEncodeError) as error:  # the latter: a folder whose name is no text
        advice = "the modules are read anew at each start; let content.cache name a file that can be written"
        log.warning("content_cache_not_written", file=str(file), reason=_reason(error), advice=advice)
        _remove(new)


def _encoded(packed: Packed) -> bytes:
    modules, place = [], 0
    for name, module in packed.items():
        modules.append([name, place, len(module.body), module.outline, module.digest.hex(), module.media, module.findings])
        place += len(module.body)
    index = orjson.dumps({"made_by": _program(), "modules": modules})
    content = b"\n".join([index, b"".join(module.body for module in packed.values())])
    return b"\n".join([hashlib.sha256(content).hexdigest().encode(), content])


def _decoded(data: bytes) -> Packed:
    """Return what is in a cache; raises ValueError, KeyError or TypeError for anything else."""
    content = memoryview(data)[_HASH_LENGTH + 1 :]
    if hashlib.sha256(content).hexdigest().encode() != data[:_HASH_LENGTH]:
        raise ValueError("cut short or damaged")
    end = data.index(b"\n", _HASH_LENGTH + 1)
    index = orjson.loads(data[_HASH_LENGTH + 1 : end])
    if index["made_by"] != _program():
        return {}
    return dict(_modules(index["modules"], data, end + 1))


def _modules(rows: list[Any], data: bytes, begin: int) -> Iterator[tuple[str, PackedModule]]:
    for name, place, size, outline, digest, media, findings in rows:
        body = data[begin + place : begin + place + size]
        states = {file: state and tuple(state) for file, state in media.items()}
        told = tuple(Finding(**finding) for finding in findings)
        yield name, PackedModule(Outline(**outline), body, bytes.fromhex(digest), states, told)


@cache
def _program() -> list[str]:
    """Return what makes modules of files: Python, the libraries, and the very code, which in a checkout changes without a new version."""
    code = hashlib.sha256()
    for source in sorted(source for folder in _CODE for source in folder.rglob("*.py")):
        code.update(source.read_bytes())
    return [platform.python_version(), pydantic.VERSION, yaml.__version__, orjson.__version__, code.hexdigest()]


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return
