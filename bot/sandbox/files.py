"""Files in memory: kept once, measured, and described as Telegram describes them."""

import secrets
import struct
from dataclasses import dataclass
from hashlib import sha256

from bot.sandbox.errors import bad_request
from bot.sandbox.parameters import Parameters, Upload
from bot.sandbox.records import JsonObject

MAX_PHOTO = 10 * 1024 * 1024
MAX_FILE = 50 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_PHOTO_SIDES = 10_000
MAX_PHOTO_RATIO = 20
_THUMBNAIL = 320
_FOLDERS = {
    "photo": "photos",
    "document": "documents",
    "audio": "music",
    "video": "videos",
    "voice": "voice",
    "sticker": "stickers",
    "animation": "animations",
    "video_note": "video_notes",
}
WITHOUT_CAPTION = frozenset({"sticker", "video_note"})


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as the bot knows it; `id` names it for the bot, `unique_id` for everybody, `path` is where it is downloaded."""

    id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    data: bytes
    path: str
    width: int = 0
    height: int = 0

    def common(self) -> JsonObject:
        """Return the fields that every kind of file has."""
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


class FileStore:
    """All files that were ever sent; the same bytes of the same kind and name are kept once."""

    def __init__(self) -> None:
        """Begin with no files."""
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._by_digest: dict[tuple[str, str, bytes], StoredFile] = {}

    def add(self, kind: str, upload: Upload) -> StoredFile:
        """Keep an upload; raises BotApiError 400 when Telegram would not take it as this kind."""
        width, height = _checked(kind, upload.data)
        key = (kind, upload.filename, sha256(upload.data).digest())
        if key not in self._by_digest:
            self._by_digest[key] = self._keep(kind, upload, width, height)
        return self._by_digest[key]

    def _keep(self, kind: str, upload: Upload, width: int, height: int) -> StoredFile:
        suffix = _suffix(kind, upload.filename)
        path = f"{_FOLDERS[kind]}/file_{len(self._by_id)}{suffix}"
        identifier = f"{kind[:2].upper()}{secrets.token_urlsafe(36)}"
        file = StoredFile(
            identifier, secrets.token_urlsafe(11), kind, upload.filename, upload.content_type, upload.data, path, width, height
        )
        self._by_id[file.id] = self._by_path[path] = file
        return file

    def get(self, file_id: str) -> StoredFile:
        """Return a file by its id; raises BotApiError 400 for an id that was never given out."""
        if file_id not in self._by_id:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return self._by_id[file_id]

    def at(self, path: str) -> StoredFile | None:
        """Return the file that is downloaded from `path`."""
        return self._by_path.get(path)


def describe(file: StoredFile, details: Parameters) -> JsonObject:
    """Return the field of a message that holds this file; `details` may give duration, title, performer, width and height."""
    if file.kind == "photo":
        return {"photo": _sizes(file)}
    body = file.common() | _shape(file, details)
    if file.kind in {"document", "audio", "video", "voice", "animation"}:
        body["mime_type"] = file.mime
    if file.kind in {"document", "audio", "video", "animation"}:
        body["file_name"] = file.name
    content: JsonObject = {file.kind: body}
    return content | {"document": file.common() | {"file_name": file.name, "mime_type": file.mime}} if file.kind == "animation" else content


def _shape(file: StoredFile, details: Parameters) -> JsonObject:
    """Return the fields that only some kinds have."""
    sides = {"width": details.integer("width") or file.width or 320, "height": details.integer("height") or file.height or 240}
    duration = {"duration": details.integer("duration", 1)}
    named = {name: details.text(name) for name in ("title", "performer") if details.text(name)}
    shapes: dict[str, JsonObject] = {
        "audio": duration | named,
        "voice": duration,
        "video": duration | sides,
        "animation": duration | sides,
        "video_note": duration | {"length": 240},
        "sticker": {
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": details.text("emoji", "👍"),
        },
    }
    return shapes.get(file.kind, {})


def _sizes(file: StoredFile) -> list[JsonObject]:
    """Return a photo's sizes, smallest first; the sandbox serves the same bytes for all."""
    longest = max(file.width, file.height)
    scales = [1.0] if longest <= _THUMBNAIL else [_THUMBNAIL / longest, 1.0]
    return [file.common() | {"width": round(file.width * scale), "height": round(file.height * scale)} for scale in scales]


def _suffix(kind: str, name: str) -> str:
    if kind == "photo":
        return ".jpg"
    _, dot, suffix = name.rpartition(".")
    return f".{suffix}" if dot and suffix.isalnum() else ""


def _checked(kind: str, data: bytes) -> tuple[int, int]:
    """Return the sides of a picture, zeros for other files; raises BotApiError 400 for what Telegram refuses."""
    if not data:
        raise bad_request("file must be non-empty")
    if len(data) > (MAX_PHOTO if kind == "photo" else MAX_FILE):
        raise bad_request("file is too big")
    width, height = picture_size(data)
    if kind == "photo":
        _check_photo(width, height)
    return width, height


def _check_photo(width: int, height: int) -> None:
    if not width or not height:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if width + height > MAX_PHOTO_SIDES or max(width, height) > MAX_PHOTO_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def picture_size(data: bytes) -> tuple[int, int]:
    """Return width and height of a PNG, GIF or JPEG, zeros for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:  # noqa: PLR2004 - where a PNG's header ends
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data[:6] in {b"GIF87a", b"GIF89a"} and len(data) >= 10:  # noqa: PLR2004 - where a GIF's header ends
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else (0, 0)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Walk over a JPEG's segments to the frame header (markers C0 to CF but C4, C8 and CC), which holds the sides."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 - every marker begins with FF
        marker = data[at + 1]
        if marker in range(0xC0, 0xD0) and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return 0, 0
