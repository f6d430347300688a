"""Archives from anybody: what is hostile, damaged or unusual is refused with a sentence before it is unpacked."""

import io
import zipfile

import pytest

from bot.content.formats import BrokenBankError
from bot.content.formats.archive import content, opened

MB = 1024 * 1024


def archive(*names: str, data: bytes = b"isi", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        for name in names:
            made.writestr(zipfile.ZipInfo(name), data, method)
    return stream.getvalue()


def encrypted() -> bytes:
    data = archive("a")
    central = data.index(b"PK\x01\x02")
    return data[: central + 8] + b"\x01\x00" + data[central + 10 :]  # the flags of the entry in the directory


def test_what_is_harmless_is_read() -> None:
    with opened(archive("a", "b/c"), entries=2, unpacked=6) as made:
        assert content(made, "b/c") == b"isi"
        assert content(made, "b/c", 1) == b"i"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "isi berkas bukan arsip ZIP yang utuh; berkasnya terpotong atau rusak; unduh atau ekspor ulang dari program asalnya"),
        (archive("a")[:-10], "isi berkas bukan arsip ZIP yang utuh"),
        (archive(*"abcdef"), "arsip memuat lebih dari 5 berkas; bagi menjadi beberapa berkas"),
        (archive("a", data=bytes(21 * MB)), "isi arsip lebih dari 20 MB"),
        (archive("a", data=bytes(19 * MB)), "isi arsip 1"),
        (archive("../a"), "arsip memuat berkas di luar foldernya: ../a; berkas seperti ini tidak dibuka"),
        (archive("b/../../a"), "arsip memuat berkas di luar foldernya"),
        (archive("/a"), "arsip memuat berkas di luar foldernya"),
        (archive("C:\\a"), "arsip memuat berkas di luar foldernya"),
        (archive("..\\a"), "arsip memuat berkas di luar foldernya"),
        (archive(""), "arsip memuat berkas di luar foldernya"),
        (encrypted(), "berkas dikunci dengan kata sandi; simpan ulang tanpa kata sandi"),
        (archive("a", method=zipfile.ZIP_LZMA), "cara memampatkan a tidak dikenal; simpan ulang dari program asalnya"),
    ],
    ids=range(13),
)
def test_what_is_not_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(BrokenBankError) as error:
        opened(data, entries=5, unpacked=20 * MB)
    assert str(error.value).startswith(said)


def test_entries_that_are_missing_or_damaged_are_told() -> None:
    data = archive("a", data=b"isi" * 99)
    broken = data[:32] + b"\xff\xff" + data[34:]
    with opened(broken, entries=5, unpacked=MB) as made:
        with pytest.raises(BrokenBankError, match="a di dalam berkas tidak dapat dibuka"):
            content(made, "a")
        with pytest.raises(BrokenBankError, match="b tidak ada di dalam berkas"):
            content(made, "b")
