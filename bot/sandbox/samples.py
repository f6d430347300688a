"""Small files that people can send without having any: drawn and sounded on the spot."""

import io
import math
import struct
import wave
import zlib

from bot.sandbox.parameters import Upload

_SIDE = 240
_RATE = 8_000
_TONE = 440.0


def sample(kind: str) -> Upload:
    """Return a made-up file of a kind: photo, sticker, voice, audio, or a document for anything else."""
    if kind in {"photo", "sticker"}:
        return Upload(f"contoh-{kind}.png", "image/png", _picture())
    if kind in {"voice", "audio"}:
        return Upload(f"contoh-{kind}.wav", "audio/wav", _tone())
    return Upload("contoh-berkas.txt", "text/plain", b"Berkas contoh dari orang rekaan.\n")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _picture() -> bytes:
    """Draw a soft gradient as a PNG."""
    row = [b"\0" + bytes(value for x in range(_SIDE) for value in (40 + x // 2, 90 + y // 3, 200 - x // 4)) for y in range(_SIDE)]
    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"".join(row))) + _chunk(b"IEND", b"")


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
