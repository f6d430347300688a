"""Files that spare the next start what this one has worked out. Each may be deleted at any time.

They hold plain data, never pickle: what is read from them can be wrong, but can't be a program. Each begins with the hash of all that
follows, so that one that was cut short or damaged is noticed, and with what it was made by, so that it serves no other.
"""

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import orjson
import structlog

log = structlog.get_logger()

_HASH_LENGTH: Final = 64


def get(file: Path, made_by: Sequence[str]) -> bytes | None:
    """Return what a file keeps; None when it is missing, damaged, or made by something else."""
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        log.warning("cache_not_read", file=str(file), reason=_reason(error), advice="starts take longer; see cache_dir")
        return None
    begin = _HASH_LENGTH + 1
    if hashlib.sha256(memoryview(data)[begin:]).hexdigest().encode() + b"\n" != data[:begin]:
        log.warning("cache_damaged", file=str(file), advice="nothing to do: it is made anew")
        return None
    maker = orjson.dumps(made_by) + b"\n"
    return data[begin + len(maker) :] if data.startswith(maker, begin) else None


def put(file: Path, made_by: Sequence[str], content: bytes) -> None:
    """Keep this. Readers see the old file or the new one, never a part; where it can't be written, the log says so."""
    kept = b"\n".join([orjson.dumps(made_by), content])
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(new, "wb", opener=_private) as stream:
            stream.write(hashlib.sha256(kept).hexdigest().encode() + b"\n" + kept)
        new.replace(file)
    except OSError as error:
        advice = "starts take longer; let cache_dir name a folder that can be written"
        log.warning("cache_not_written", file=str(file), reason=_reason(error), advice=advice)
        with suppress(OSError):
            new.unlink(missing_ok=True)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)
