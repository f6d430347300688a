"""The XML inside a workbook, weighed before openpyxl reads it: that takes up to 35 µs for a tag, of which an archive holds millions."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final
from zipfile import ZipFile

from bot.content.formats.archive import content, opened
from bot.content.formats.bank import BrokenBankError, Note
from bot.content.formats.noting import short

_ENTRIES: Final = 1_000
_UNPACKED: Final = 64 * 1024 * 1024  # bytes, with pictures
_XML: Final = 8 * 1024 * 1024  # bytes
# What openpyxl takes for a tag, in units of 4 µs on a machine of 2024; the tags of tables are the quick ones. The whole: under a second.
_WEIGHTS: Final[Mapping[bytes, int]] = {b"c": 2, b"v": 1, b"t": 1, b"f": 1, b"is": 1, b"row": 2, b"si": 3, b"r": 3, b"rPr": 3}
_OTHER: Final = 10
_HEAVIEST: Final = 200_000
_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file: .xls, or an .xlsx with a password ([MS-CFB] 2.2)
_TAG: Final = re.compile(rb"<(?:\w{1,9}:)?(\w{1,40})")
_TEXT: Final = re.compile(rb"\0?[\s<]|\xef\xbb\xbf|\xff\xfe|\xfe\xff")  # as XML begins, in whatever encoding
_ENCODING: Final = re.compile(rb"""<\?xml[^>]{0,60}encoding=["'](?!utf-?8["'])""", re.IGNORECASE)
_NAMES: Final = (".xml", ".rels")
_SPLIT: Final = "bagi menjadi beberapa berkas, atau salin barisnya saja ke berkas baru"


def xml_parts(data: bytes, *, seconds: int = 1) -> dict[str, bytes]:
    """Return the parts of a workbook that are XML, by their names, when openpyxl will read them in about so many seconds at most.

    Raises:
        BrokenBankError: it is no workbook, or one that is too large or that nobody would make for us.

    """
    if data.startswith(_OLD):
        raise BrokenBankError(
            Note(0, "berkas Excel lama (.xls) atau yang memakai kata sandi", "simpan di Excel sebagai .xlsx tanpa kata sandi")
        )
    with opened(data, entries=_ENTRIES, unpacked=_UNPACKED) as archive:
        parts = {name: content(archive, name) for name in archive.namelist() if _is_text(archive, name)}
    for name, part in parts.items():
        if b"\0" in part or b"<!DOCTYPE" in part or _ENCODING.match(part):
            raise BrokenBankError(Note(0, f"{short(name)} di dalam berkas bukan buatan Excel", "simpan ulang dari Excel atau LibreOffice"))
    _weigh(parts, seconds)
    return parts


def _is_text(archive: ZipFile, name: str) -> bool:
    """Tell whether openpyxl could read an entry, which need not be named as what it is."""
    return name.lower().endswith(_NAMES) or bool(_TEXT.match(content(archive, name, 3)))


def _weigh(parts: Mapping[str, bytes], seconds: int) -> None:
    heaviest = _HEAVIEST * seconds
    if sum(map(len, parts.values())) > _XML * seconds or sum(part.count(b"<") for part in parts.values()) > 2 * heaviest:
        raise BrokenBankError(Note(0, "tabelnya terlalu besar", _SPLIT))
    tags = Counter(tag for part in parts.values() for tag in _TAG.findall(part))
    if sum(_WEIGHTS.get(tag, _OTHER) * count for tag, count in tags.items()) > heaviest:
        raise BrokenBankError(Note(0, "tabelnya terlalu besar", _SPLIT))
