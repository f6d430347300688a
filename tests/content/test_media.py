"""Files that belong to cards."""

import os
from typing import TYPE_CHECKING

import pytest

from bot.content import limits
from bot.content.media import ChangedError, read_unchanged

if TYPE_CHECKING:
    from tests.content.conftest import Folder


def _with_media(folder: "Folder", media: str) -> None:
    folder.changed_module("    sources: [uu]\n", f"    media: {media}\n")


def test_a_file_is_stamped_with_its_size_and_content(folder: "Folder") -> None:
    folder.media("a/gambar.png", b"12345")
    _with_media(folder, "{type: image, file: a/gambar.png, alt: Gambar}")
    catalogue = folder.catalogue()
    media = catalogue.modules["contoh"].cards[0].media
    assert media is not None
    assert (media.size, len(media.version)) == (5, 16)
    assert catalogue.media_path(media).read_bytes() == b"12345"


def test_another_picture_makes_another_version_of_the_module(folder: "Folder") -> None:
    _with_media(folder, "{type: image, file: gambar.png, alt: Gambar}")
    folder.media("gambar.png", b"lama")
    before = folder.catalogue().modules["contoh"]
    folder.media("gambar.png", b"baru")
    assert folder.catalogue().modules["contoh"].version != before.version


@pytest.mark.parametrize(
    ("media", "words"),
    [
        ("{type: image, file: tiada.png, alt: x}", "tiada.png tidak ada di content/media; salin berkasnya ke sana"),
        ("{type: image, file: ../modules/contoh.yaml, alt: x}", "bukan tempat di dalam content/media"),
        ("{type: image, file: /etc/passwd, alt: x}", "/etc/passwd bukan tempat di dalam content/media"),
        ("{type: image, file: 'a\\b.png', alt: x}", "bukan tempat di dalam content/media"),
        ("{type: document, file: tautan.txt, alt: x}", "tautan.txt menunjuk ke luar content/media"),
        ("{type: image, file: ada.mp3, alt: x}", "ada.mp3 tidak cocok dengan type: image; pakai berkas .jpg"),
        ("{type: image, file: kosong.png, alt: x}", "kosong.png kosong; salin ulang"),
        ("{type: image, file: besar.png, alt: x}", "besar.png berukuran 10.0 MB, paling banyak 10 MB; kecilkan"),
        ("{type: document, file: map.txt, alt: x}", "map.txt bukan berkas"),
        (f"{{type: image, file: {'é' * 150}.png, alt: x}}", "tidak dapat dibuka (File name too long); periksa izin berkasnya"),
        ("{type: image, file: ada.png}", "alt belum ada; tambahkan alt:"),
        ("{type: gambar, file: ada.png, alt: x}", 'type "gambar" tidak dikenal; pilih image atau audio atau video atau document'),
        ("{type: image, file: ada.png, alt: x, size: 4}", "kunci size tidak dikenal di sini"),
    ],
)
def test_a_file_that_telegram_would_not_take_is_told(folder: "Folder", media: str, words: str) -> None:
    for name in ("ada.png", "ada.mp3"):
        folder.media(name)
    folder.media("kosong.png", b"")
    folder.media("besar.png", b"x" * (limits.PHOTO_BYTES + 1))
    (folder.root / "media/map.txt").mkdir()
    (folder.root / "media/tautan.txt").symlink_to("../modules/contoh.yaml")
    _with_media(folder, media)
    (finding,) = folder.findings()
    assert finding.startswith("content/modules/contoh.yaml:15: ")
    assert words in finding


def test_only_what_was_looked_at_when_content_was_loaded_is_sent(folder: "Folder") -> None:
    file = folder.media("gambar.png", b"lama")
    _with_media(folder, "{type: image, file: gambar.png, alt: Gambar}")
    media = folder.catalogue().modules["contoh"].cards[0].media
    assert media
    assert read_unchanged(file, media.version) == b"lama"
    folder.media("gambar.png", b"baru")
    with pytest.raises(ChangedError):
        read_unchanged(file, media.version)
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(ChangedError):
        read_unchanged(file, media.version)
