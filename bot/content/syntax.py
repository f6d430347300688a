"""YAML's own complaints, in words that help an author."""

from typing import Final

import yaml
from yaml.reader import ReaderError

from bot.content.findings import ErrorCode

_WORDING: Final = (
    (
        "cannot start any token",
        "ada Tab atau tanda khusus di awal",
        "ganti Tab dengan spasi; beri tanda kutip pada teks yang diawali @ ` atau %",
    ),
    ("tab character", "ada Tab di awal baris", "ganti Tab dengan spasi"),
    ("mapping values are not allowed", "ada titik dua di dalam teks, atau inden salah", 'beri tanda kutip, misalnya text: "Ingat: jangan"'),
    ("could not find expected ':'", "baris ini bukan kunci: isi", "tambahkan titik dua, atau jorokkan baris ini di bawah text: |"),
    ("expected <block end>", "inden atau tanda kutip tidak cocok", "samakan spasi di awal baris, dan tutup tanda kutip"),
    ("did not find expected key", "inden atau tanda kutip tidak cocok", "samakan spasi di awal baris, dan tutup tanda kutip"),
    ("did not find expected '-' indicator", "inden daftar tidak cocok", "samakan spasi di awal baris; tiap butir diawali tanda -"),
    ("did not find expected ',' or", "daftar [ ] atau { } tidak lengkap", "tutup dengan ] atau }, dan pisahkan isinya dengan koma"),
    ("found unexpected end of stream", "tanda kutip belum ditutup", "tutup tanda kutipnya"),
    ("unknown escape character", "garis miring terbalik di dalam tanda kutip ganda", "pakai tanda kutip tunggal: '…'"),
    ("expected alphabetic or numeric", "teks diawali tanda & atau *", "beri tanda kutip"),
    ("control characters", "ada huruf kendali yang tidak terlihat", "hapus huruf itu, atau ketik ulang barisnya"),
    ("special characters", "ada huruf kendali yang tidak terlihat", "hapus huruf itu, atau ketik ulang barisnya"),
)
_UNSEEN: Final = ("control characters", "special characters")


def explain(error: yaml.YAMLError) -> tuple[ErrorCode, str, str]:
    """Return the finding's code, what is wrong, and what to do."""
    complaint = str(getattr(error, "problem", "") or getattr(error, "reason", "") or error)
    context = str(getattr(error, "context", "") or "")
    for phrase, what, advice in _WORDING:
        if phrase in complaint or phrase in context:
            return "control-character" if phrase in _UNSEEN else "yaml", what, advice
    return "yaml", f"YAML tidak terbaca ({complaint})", "bandingkan dengan contoh di docs/authoring.md"


def line_of(error: yaml.YAMLError, data: bytes) -> int:
    """Return the line, from 1, in which reading `data` stopped."""
    if isinstance(error, ReaderError):
        return data.count(b"\n", 0, error.position) + 1
    context = str(getattr(error, "context", "") or "")
    # What was never closed is only noticed at the end of the file: the author needs to know where it began.
    begun = "quoted scalar" in context or "flow" in context
    mark = getattr(error, "context_mark" if begun else "problem_mark", None)
    return mark.line + 1 if mark else 1
