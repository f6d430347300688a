"""The files of cards: whether Telegram takes them, and what they hold."""

import hashlib
import os
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from pathlib import Path, PurePosixPath
from stat import S_ISREG
from time import time_ns
from typing import Any, Final

from bot.content import limits
from bot.content.checks import EACH, Problem, found
from bot.content.reading import Location

SUFFIXES: Final = {
    "image": (".jpg", ".jpeg", ".png", ".webp"),
    "audio": (".mp3", ".m4a"),  # core.telegram.org/bots/api#sendaudio
    "video": (".mp4",),  # core.telegram.org/bots/api#sendvideo
    "document": (".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".csv", ".txt", ".epub", ".zip"),
}


_SETTLED_NS: Final = 2_000_000_000

FileState = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file held when it was read: its size in bytes and its content's hash. `state` is the file's before it was read."""

    file: str
    size: int
    version: str
    state: FileState | None


class ChangedError(OSError):
    """A file is not the one that was found good when content was loaded."""


def state_of(path: Path) -> FileState | None:
    """Return what tells that a file still holds the same, without reading it.

    None when nothing can tell: there is no such file, or it was changed so lately that one more change could bear the same time.
    """
    try:
        stat = path.stat()
    except OSError:
        return None
    # Any program can set the time of modification, as copying and unpacking do. Nobody can set the other one.
    settled = time_ns() - stat.st_ctime_ns > _SETTLED_NS
    return (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns) if settled else None


def read_unchanged(path: Path, version: str) -> bytes:
    """Return what a file holds, if that is what its stamp tells of.

    A name can lead elsewhere at any time, and a file can be half written: people are sent what was looked at at loading, or nothing.

    Raises:
        ChangedError: it is another file, or holds something else.
        OSError: it can't be read.

    """
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as stream:  # a pipe that nobody writes to is not waited for
        is_file = S_ISREG(os.fstat(stream.fileno()).st_mode)
        content = stream.read(limits.UPLOAD_BYTES + 1) if is_file else b""
    if not is_file or _version(BytesIO(content)) != version:
        raise ChangedError
    return content


def stamps(data: Any, folder: Path) -> tuple[dict[int, Stamp], list[Problem]]:
    """Return the stamp of each card's file, by the card's place in its module, and what is wrong with the files below `folder`."""
    stamped: dict[int, Stamp] = {}
    problems: list[Problem] = []
    for location, media in found(data, "cards", EACH, "media"):
        if isinstance(media, dict) and isinstance(media.get("file"), str) and media.get("type") in SUFFIXES:
            outcome = _stamp(media["type"], media["file"], folder, (*location, "file"))
            if isinstance(outcome, Problem):
                problems.append(outcome)
            else:
                stamped[int(location[1])] = outcome
    return stamped, problems


def _stamp(media_type: str, file: str, folder: Path, location: Location) -> Stamp | Problem:
    fault = _name_fault(media_type, file)
    if fault:
        return Problem(location, "media-unusable", *fault)
    path = folder / file
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            return Problem(location, "media-unusable", f"{file} menunjuk ke luar content/media", "salin berkasnya ke content/media")
        state, size = state_of(path), path.stat().st_size
        fault = size_fault(media_type, file, size) if path.is_file() else (f"{file} bukan berkas", "sebut nama berkasnya, bukan folder")
        return Problem(location, "media-unusable", *fault) if fault else Stamp(file, size, _hash(path), state)
    except FileNotFoundError:
        return Problem(location, "media-missing", f"{file} tidak ada di content/media", "salin berkasnya ke sana, atau perbaiki ejaannya")
    except RuntimeError:  # what pathlib makes of a link that leads to itself
        return Problem(location, "media-unusable", f"{file} menunjuk ke dirinya sendiri", "salin berkasnya ke content/media")
    except OSError as error:
        return Problem(location, "media-unusable", f"{file} tidak dapat dibuka ({error.strerror})", "periksa izin berkasnya")


def _name_fault(media_type: str, file: str) -> tuple[str, str] | None:
    name = PurePosixPath(file)
    if name.is_absolute() or ".." in name.parts or "\\" in file or "\0" in file or ":" in file:
        return f"{file} bukan tempat di dalam content/media", "tulis misalnya kata-sandi/contoh.png"
    if name.suffix.lower() not in SUFFIXES[media_type]:
        return f"{file} tidak cocok dengan type: {media_type}", f"pakai berkas {' '.join(SUFFIXES[media_type])}, atau ganti type"
    return None


def type_of(file: str) -> str | None:
    """Return the type of media that a file is by the ending of its name; None for one that no card can have."""
    suffix = PurePosixPath(file).suffix.lower()
    return next((media_type for media_type, suffixes in SUFFIXES.items() if suffix in suffixes), None)


def size_fault(media_type: str, file: str, size: int) -> tuple[str, str] | None:
    """Return what is wrong with the size of a file in bytes, and what to do; None when Telegram takes it."""
    most = limits.PHOTO_BYTES if media_type == "image" else limits.UPLOAD_BYTES
    if not size:
        return f"{file} kosong", "salin ulang berkasnya"
    if size > most:
        return f"{file} berukuran {size / 1024 / 1024:.1f} MB, paling banyak {most // 1024 // 1024} MB", "kecilkan berkasnya"
    return None


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return _version(stream)


def _version(stream: BufferedReader | BytesIO) -> str:
    return hashlib.file_digest(stream, "sha256").hexdigest()[:16]
