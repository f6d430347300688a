"""Small files that people can send without having any: drawn and sounded on the spot."""

import io
import math
import struct
import wave
import zlib
from collections.abc import Callable

from bot.sandbox.parameters import Upload

_SIDE = 160
_RATE = 8_000
_TONE = 440.0


def sample(kind: str) -> Upload:
    """Return a made-up file of a kind: photo, sticker, voice, audio, or a document for anything else."""
    if kind == "photo":
        return Upload("contoh-foto.png", "image/png", _picture(_gradient))
    if kind == "sticker":
        return Upload("contoh-stiker.png", "image/png", _picture(_face))
    if kind in {"voice", "audio"}:
        return Upload(f"contoh-{kind}.wav", "audio/wav", _tone())
    return Upload("contoh-berkas.txt", "text/plain", b"Berkas contoh dari orang rekaan.\n")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _picture(colour: Callable[[float, float], tuple[int, int, int, int]]) -> bytes:
    """Draw a square PNG; `colour` gives red, green, blue and opacity for a place between -1 and 1 on both axes."""
    places = [2 * at / (_SIDE - 1) - 1 for at in range(_SIDE)]
    rows = b"".join(b"\0" + bytes(value for x in places for value in colour(x, y)) for y in places)
    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _gradient(x: float, y: float) -> tuple[int, int, int, int]:
    return 100 + int(60 * x), 130 + int(40 * y), 170 - int(30 * x), 255


def _face(x: float, y: float) -> tuple[int, int, int, int]:
    """Draw a smiling face: a disc, two eyes, and the lower half of a ring."""
    if math.hypot(x, y) > 1:
        return 0, 0, 0, 0
    eyes = math.hypot(abs(x) - 0.35, y + 0.25) < 0.11  # noqa: PLR2004 - a drawing is made of such numbers
    mouth = y > 0.15 and 0.5 < math.hypot(x, y) < 0.62  # noqa: PLR2004 - as above
    return (60, 45, 20, 255) if eyes or mouth else (250, 204, 70, 255)


def _tone() -> bytes:
    """Sound one second of a fading tone as a WAV file."""
    values = (int(12_000 * (1 - at / _RATE) * math.sin(2 * math.pi * _TONE * at / _RATE)) for at in range(_RATE))
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(_RATE)
        sound.writeframes(b"".join(struct.pack("<h", value) for value in values))
    return buffer.getvalue()
