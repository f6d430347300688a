"""What is kept about a person, and what they can do with it."""

from typing import Any

import orjson

from bot.actions import ConfirmErase, Data, EraseData, ExportData, Privacy
from bot.screen import Media, Screen
from bot.screens.pieces import button, lines, paragraphs, row, rows, to_place
from bot.texts import Words


def privacy(t: Words, contact: str, *, phrases: bool) -> Screen:
    """Say what is kept, why, who sees it, and what the person may ask."""
    return Screen(
        paragraphs(
            t("<b>Data Anda di Sinau</b>"),
            lines(
                t("Yang disimpan: ID akun Telegram, nama depan, bahasa, zona, pengingat, modul yang dibaca, dan jawaban kuis."),
                t("Tidak diminta: NIP, NIK, nomor telepon, lokasi."),
                t("Untuk apa: agar Anda bisa lanjut dari tempat terakhir, diingatkan, dan melihat progres."),
                t("Siapa yang melihat: Anda dan pengelola bot ini. Koordinator hanya melihat jumlah, bukan nilai perorangan."),
                t("Bila Anda lama tidak belajar, pengingat berhenti, dan koordinator diberi tahu jumlah orangnya tanpa nama."),
                t(
                    "Pertanyaan yang Anda tulis tidak disimpan. Bila materi tidak menjawabnya, kata-katanya diteruskan kepada pengelola "
                    "dan koordinator sebagai usulan materi, tanpa nama Anda dan dengan angka panjang disamarkan."
                ),
                t("Berapa lama: catatan belajar sampai Anda menghapusnya. Pesan yang gagal diproses disimpan sementara, lalu dihapus."),
                _about_phrasing(t) if phrases else "",
            ),
            t(
                "Hak Anda menurut UU 27/2022: mendapat salinan, memperbaiki, menghapus, dan menarik persetujuan. "
                "Unduh salinan atau hapus data dengan /data."
            ),
            t("Pertanyaan: {contact}", contact=contact) if contact else "",
        ),
        rows(row(button(t.plain("Kelola data saya"), Data())), row(to_place(t))),
    )


def _about_phrasing(t: Words) -> str:
    return t(
        "Bila Anda bertanya, kalimat Anda dikirim ke layanan AI yang dipilih pengelola, bersama kartu yang ditemukan, agar jawabannya "
        "disusun. Nama dan ID Anda tidak ikut. Jangan tulis data pribadi dalam pertanyaan."
    )


def data(t: Words) -> Screen:
    """Offer the copy and the erasure."""
    text = t("Semua data Anda dapat diunduh sebagai berkas, atau dihapus. Penghapusan berlaku seketika dan tidak dapat dibatalkan.")
    return Screen(
        text,
        rows(
            row(button(t.plain("Unduh data saya"), ExportData())),
            row(button(t.plain("Hapus data saya"), EraseData())),
            row(button(t.plain("Kembali"), Privacy())),
        ),
    )


def exported(record: dict[str, Any], t: Words) -> Screen:
    """Send everything that is kept about the person as a JSON file."""
    file = Media(
        "document",
        "data-sinau.json",
        t("Semua data Anda di Sinau, dalam format JSON."),
        data=orjson.dumps(record, option=orjson.OPT_INDENT_2),
    )
    screen = data(t)
    return Screen(screen.text, screen.rows, before=file)


def confirm_erase(t: Words) -> Screen:
    """Ask once more before everything is erased."""
    text = t("Hapus semua data Anda? Progres, jawaban, dan setelan akan hilang untuk selamanya. Unduh dulu bila masih diperlukan.")
    return Screen(
        text,
        rows(
            row(button(t.plain("Batal"), Data()), button(t.plain("Unduh data saya"), ExportData())),
            row(button(t.plain("Ya, hapus semuanya"), ConfirmErase())),
        ),
    )


def erased(t: Words) -> Screen:
    """Say that everything is gone."""
    return Screen(t("Semua data Anda sudah dihapus. Bila suatu saat ingin belajar lagi, kirim /start."))
