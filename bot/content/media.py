"""The files of cards: whether Telegram takes them, and what they hold."""

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from bot.content import limits
from bot.content.checks import EACH, Problem, found
from bot.content.reading import Location

_SUFFIXES: Final = {
    "image": (".jpg", ".jpeg", ".png", ".webp"),
    "audio": (".mp3", ".m4a"),  # core.telegram.org/bots/api#sendaudio
    "video": (".mp4",),  # core.telegram.org/bots/api#sendvideo
    "document": (".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".csv", ".txt", ".epub", ".zip"),
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file held when it was read: its size in bytes and its content's hash."""

    size: int
    version: str


def stamps(data: Any, folder: Path) -> tuple[dict[int, Stamp], list[Problem]]:
    """Return the stamp of each card's file, by the card's place in its module, and what is wrong with the files below `folder`."""
    stamped: dict[int, Stamp] = {}
    problems: list[Problem] = []
    for location, media in found(data, "cards", EACH, "media"):
        if isinstance(media, dict) and isinstance(media.get("file"), str) and media.get("type") in _SUFFIXES:
            outcome = _stamp(media["type"], media["file"], folder, (*location, "file"))
            if isinstance(outcome, Problem):
                problems.append(outcome)
            else:
                stamped[int(location[1])] = outcome
    return stamped, problems


def _stamp(media_type: str, file: str, folder: Path, location: Location) -> Stamp | Problem:
    fault = _name_fault(media_type, file)
    if fault:
        return Problem(location, *fault)
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()):
        return Problem(location, f"{file} menunjuk ke luar content/media", "salin berkasnya ke content/media")
    try:
        size = path.stat().st_size
        fault = _size_fault(media_type, file, size) if path.is_file() else (f"{file} bukan berkas", "sebut nama berkasnya, bukan folder")
        return Problem(location, *fault) if fault else Stamp(size, _hash(path))
    except FileNotFoundError:
        return Problem(location, f"{file} tidak ada di content/media", "salin berkasnya ke sana, atau perbaiki ejaannya")
    except OSError as error:
        return Problem(location, f"{file} tidak dapat dibuka ({error.strerror})", "periksa izin berkasnya")


def _name_fault(media_type: str, file: str) -> tuple[str, str] | None:
    name = PurePosixPath(file)
    if name.is_absolute() or ".." in name.parts or "\\" in file or "\0" in file or ":" in file:
        return f"{file} bukan tempat di dalam content/media", "tulis misalnya kata-sandi/contoh.png"
    if name.suffix.lower() not in _SUFFIXES[media_type]:
        return f"{file} tidak cocok dengan type: {media_type}", f"pakai berkas {' '.join(_SUFFIXES[media_type])}, atau ganti type"
    return None


def _size_fault(media_type: str, file: str, size: int) -> tuple[str, str] | None:
    most = limits.PHOTO_BYTES if media_type == "image" else limits.UPLOAD_BYTES
    if not size:
        return f"{file} kosong", "salin ulang berkasnya"
    if size > most:
        return f"{file} berukuran {size / 1024 / 1024:.1f} MB, paling banyak {most // 1024 // 1024} MB", "kecilkan berkasnya"
    return None


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:16]
