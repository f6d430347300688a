"""ZIP archives that come from anybody: looked at before anything in them is unpacked."""

import struct
import zlib
from collections.abc import Collection
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from bot.content.formats.bank import BrokenBankError, Note
from bot.content.formats.noting import short

_DIRECTORY_ENTRY: Final = b"PK\x01\x02"  # PKWARE APPNOTE 4.3.12: begins each entry of the central directory
_ENCRYPTED: Final = 0x1  # APPNOTE 4.4.4
_RATIO: Final = 300  # Deflate's utmost is 1,032; tables of real workbooks stay below 100
_SMALL: Final = 1024 * 1024  # bytes: what unpacks to less needs no suspicion
_DAMAGED: Final = (BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError, struct.error, zlib.error)
_FRESH: Final = "berkasnya terpotong atau rusak; unduh atau ekspor ulang dari program asalnya"


def opened(data: bytes, *, entries: int, unpacked: int) -> ZipFile:
    """Open an archive of at most so many entries that unpack to at most so many bytes, all of them below one folder.

    The sizes that an archive states are binding: zipfile unpacks no more of an entry than it states.

    Raises:
        BrokenBankError: it is no archive, or one that nobody would make for us.

    """
    # zipfile keeps an object for each entry before we could count them, so count them in the raw bytes.
    if data.count(_DIRECTORY_ENTRY) > entries:
        raise BrokenBankError(Note(0, f"arsip memuat lebih dari {entries} berkas", "bagi menjadi beberapa berkas"))
    try:
        archive = ZipFile(BytesIO(data))
    except _DAMAGED as error:
        raise BrokenBankError(Note(0, "isi berkas bukan arsip ZIP yang utuh", _FRESH)) from error
    _check(archive.infolist(), unpacked, len(data))
    return archive


def content(archive: ZipFile, name: str, most: int = -1) -> bytes:
    """Return what one entry holds, or `most` of its first bytes; raises BrokenBankError when it is missing or damaged."""
    try:
        with archive.open(name) as entry:
            return entry.read(most)
    except KeyError as error:
        raise BrokenBankError(Note(0, f"{name} tidak ada di dalam berkas", _FRESH)) from error
    except _DAMAGED as error:
        raise BrokenBankError(Note(0, f"{name} di dalam berkas tidak dapat dibuka", _FRESH)) from error


def _check(entries: Collection[ZipInfo], unpacked: int, packed: int) -> None:
    size = sum(entry.file_size for entry in entries)
    if size > unpacked:
        raise BrokenBankError(Note(0, f"isi arsip lebih dari {unpacked // 1024 // 1024} MB", "bagi menjadi beberapa berkas"))
    if size > max(_SMALL, packed * _RATIO):
        raise BrokenBankError(Note(0, f"isi arsip {size // packed} kali lebih besar daripada arsipnya", "berkas seperti ini tidak dibuka"))
    for entry in entries:
        _check_entry(entry)


def _check_entry(entry: ZipInfo) -> None:
    parts = entry.filename.replace("\\", "/").split("/")
    if ".." in parts or not parts[0] or ":" in parts[0]:
        raise BrokenBankError(Note(0, f"arsip memuat berkas di luar foldernya: {short(entry.filename)}", "berkas seperti ini tidak dibuka"))
    if entry.flag_bits & _ENCRYPTED:
        raise BrokenBankError(Note(0, "berkas dikunci dengan kata sandi", "simpan ulang tanpa kata sandi"))
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise BrokenBankError(Note(0, f"cara memampatkan {short(entry.filename)} tidak dikenal", "simpan ulang dari program asalnya"))
