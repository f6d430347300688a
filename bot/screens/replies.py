"""Answers to whatever else a person does: each says what it is and offers a way on."""

from collections.abc import Iterable

from bot.actions import Help
from bot.screen import Button, Screen
from bot.screens.pieces import button, lines, paragraphs, row, rows, to_library, to_place
from bot.texts import Words
from bot.views import Gone, Me


def helped(commands: Iterable[tuple[str, str]], contact: str, t: Words) -> Screen:
    """Show the commands, given as names and Indonesian descriptions, and whom to ask."""
    listed = [t("/{name} – {description}", name=name, description=t.plain(description)) for name, description in commands]
    asking = t("Pertanyaan: {contact}", contact=contact) if contact else ""
    return Screen(paragraphs(t("<b>Yang dapat Anda lakukan</b>"), lines(*listed), asking), rows(row(to_place(t)), row(to_library(t))))


def left(t: Words) -> Screen:
    """Let a person go; everything is kept."""
    return Screen(t("Tersimpan. Anda lanjut dari tempat ini kapan saja."), rows(row(to_place(t)), row(to_library(t))))


def cancelled(view: Me, t: Words) -> Screen:
    """Say what was cancelled."""
    text = t("Dibatalkan. Tidak ada yang terkirim.") if view.cancelled else t("Tidak ada yang perlu dibatalkan. Progres Anda tersimpan.")
    return Screen(text, _ways_on(t))


def gone(view: Gone, t: Words) -> Screen:
    """Answer an old button."""
    text = {
        "module": t("Modul ini sudah tidak tersedia. Progres Anda tetap tersimpan."),
        "card": t("Materi ini sudah diperbarui, dan bagian itu tidak ada lagi. Progres Anda tetap tersimpan."),
        "prompt": t("Soal ini sudah tidak ada. Jawaban Anda yang lain tetap tersimpan."),
        "search": t("Hasil pencarian ini sudah tidak tersimpan. Tulis lagi pertanyaannya, dan saya carikan."),
        "announcement": t("Pengumuman ini sudah tidak dapat diubah."),
    }[view.what]
    return Screen(text, _ways_on(t))


def old_button(t: Words) -> Screen:
    """Answer a button that this version of the bot does not know."""
    return Screen(t("Tombol ini dari versi lama. Progres Anda tersimpan."), _ways_on(t))


def unknown_command(t: Words) -> Screen:
    """Answer a command that does not exist."""
    return Screen(t("Saya belum mengenal perintah itu. Daftar perintah ada di /bantuan."), _ways_on(t))


def attachment(kind: str, t: Words) -> Screen:
    """Answer a sticker, a voice note, a photo and the like."""
    what = {
        "sticker": t.plain("stiker"),
        "voice": t.plain("pesan suara"),
        "video_note": t.plain("pesan video"),
        "photo": t.plain("foto"),
        "video": t.plain("video"),
        "document": t.plain("berkas"),
        "audio": t.plain("audio"),
        "animation": t.plain("GIF"),
        "location": t.plain("lokasi"),
        "contact": t.plain("kontak"),
        "poll": t.plain("jajak pendapat"),
    }.get(kind, t.plain("kiriman seperti ini"))
    return Screen(t("Saya belum bisa membaca {what}. Lanjutkan modul?", what=what), _ways_on(t))


def edited(t: Words) -> Screen:
    """Answer a message that was changed after it was sent."""
    return Screen(t("Pesan yang diedit tidak saya baca ulang. Bila perlu, kirim sebagai pesan baru."), _ways_on(t))


def private_only(t: Words, username: str) -> Screen:
    """Answer in a group: studying is done in private."""
    text = t("Mari belajar di obrolan pribadi, agar hanya Anda yang melihat jawaban Anda.")
    return Screen(text, ((Button(t.plain("Buka obrolan pribadi"), url=f"https://t.me/{username}"),),))


def failed(code: str, t: Words) -> Screen:
    """Say that something went wrong, what was kept, and what to do."""
    text = t(
        "Maaf, pesan terakhir Anda tidak dapat diproses. Yang sudah tersimpan tidak hilang. "
        "Silakan coba lagi. Bila terulang, sampaikan kode {code} kepada pengelola bot.",
        code=code,
    )
    return Screen(text, _ways_on(t), fresh=True)


def too_fast(t: Words) -> Screen:
    """Say that what came too fast was not taken, what was kept, and what to do."""
    text = t(
        "Terlalu cepat. Beberapa ketukan atau pesan terakhir tidak diproses; yang sudah tersimpan tidak hilang. "
        "Tunggu sebentar, lalu lanjutkan."
    )
    return Screen(text, _ways_on(t), fresh=True)


def _ways_on(t: Words) -> tuple[tuple[Button, ...], ...]:
    return rows(row(to_place(t)), row(to_library(t), button(t.plain("Lihat bantuan"), Help())))
