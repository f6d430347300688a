"""Text files of other programs: from their bytes to text, or why not."""

import codecs
import re
from typing import Final

from bot.content.formats.bank import BrokenBankError, Note

TEXT_BYTES: Final = 2 * 1024 * 1024  # some 4,000 questions: a text holds no pictures, so more is no question bank
QUESTIONS: Final = 5_000  # of one file: reading more would keep people waiting
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_RESAVE: Final = "simpan ulang sebagai teks biasa dengan pengodean UTF-8, misalnya dari Notepad"


def decode(data: bytes, *, most: int = TEXT_BYTES) -> str:
    """Return the text of a file of at most so many bytes, in UTF-8 or in UTF-16 with its byte order mark; line breaks are line feeds.

    Raises:
        BrokenBankError: it is empty, too large, in another encoding, or no text at all.

    """
    if len(data) > most:
        raise BrokenBankError(Note(0, f"berkas lebih dari {most // 1024 // 1024} MB", "bagi menjadi beberapa berkas"))
    mark, encoding = next(((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BrokenBankError(Note(line, f"ada huruf yang bukan {encoding.upper()}", _RESAVE)) from error
    if not text.strip():
        raise BrokenBankError(Note(0, "berkas kosong", "periksa apakah berkasnya benar"))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    unseen = _UNSEEN.search(text)
    if unseen:
        line = text.count("\n", 0, unseen.start()) + 1
        raise BrokenBankError(Note(line, f"ada huruf kendali U+{ord(unseen[0]):04X} yang tidak terlihat", f"hapus, atau {_RESAVE}"))
    return text


def too_many(line: int) -> BrokenBankError:
    """Return the error of a file that holds more than `QUESTIONS` questions, the line where they begin to be too many."""
    return BrokenBankError(Note(line, f"lebih dari {QUESTIONS} soal", "bagi menjadi beberapa berkas"))
