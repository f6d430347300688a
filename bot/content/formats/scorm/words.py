"""The words of the player."""

from collections.abc import Mapping
from typing import Final

from bot.content.formats.words import choose, words

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "noscript": ("Modul ini memerlukan JavaScript.", "This module needs JavaScript."),
    "cards": ("{n} kartu", "{n} cards"),
    "begin": ("Mulai", "Begin"),
    "card": ("Kartu {n} dari {of}", "Card {n} of {of}"),
    "next": ("Lanjut", "Next"),
    "back": ("Kembali", "Back"),
    "skip": ("Lewati", "Skip"),
    "check": ("Cek singkat", "Quick check"),
    "quiz": ("Kuis", "Quiz"),
    "start": ("Mulai kuis", "Start quiz"),
    "go_on": ("Lanjutkan kuis", "Go on with the quiz"),
    "again": ("Baca lagi materinya", "Read the cards again"),
    "tries_left": ("Sisa percobaan: {n}", "Attempts left: {n}"),
    "no_tries": ("Percobaan sudah habis.", "No attempts are left."),
    "question": ("Soal {n} dari {of}", "Question {n} of {of}"),
    "choose": ("Pilih satu jawaban dulu.", "Choose an answer first."),
    "pick": ("Pilih …", "Choose …"),
    "fill": ("Pilih satu jawaban untuk setiap baris.", "Choose an answer for each row."),
    "arrange": ("Pindahkan dengan tombol ↑ dan ↓ sampai urutannya tepat.", "Move the steps with ↑ and ↓ until their order is right."),
    "up": ("Naikkan: {step}", "Move up: {step}"),
    "down": ("Turunkan: {step}", "Move down: {step}"),
    "placed": ("{step}: urutan {n} dari {of}", "{step}: number {n} of {of}"),
    "yours": ("Jawaban Anda", "Your answer"),
    "write": ("Tulis jawaban dulu.", "Write an answer first."),
    "in_unit": ("Dalam {unit}.", "In {unit}."),
    "number": (
        "Ini tidak terbaca sebagai satu angka. Tulis angkanya saja, misalnya 12 atau 2,5.",
        "This can't be read as one number. Write just the number, such as 12 or 2.5.",
    ),
    "thought": (
        "Untuk Anda sendiri: tulisan ini hilang bila halaman ditutup. Salin bila ingin menyimpannya.",
        "For yourself: this text is gone when the page is closed. Copy it if you want to keep it.",
    ),
    "send": ("Kirim jawaban", "Send answer"),
    "right": ("Tepat.", "Correct."),
    "partly": ("Sebagian tepat.", "Partly correct."),
    "wrong": ("Belum tepat.", "Not yet correct."),
    "best_steps": ("Langkah terbaik.", "The best steps."),
    "better_steps": ("Ada langkah yang lebih baik.", "There are better steps."),
    "better": ("Lebih baik: {option}", "Better: {option}"),
    "noted": ("Terima kasih.", "Thank you."),
    "thought_about": ("Tulisan Anda", "What you wrote"),
    "given": ("Jawaban Anda", "Your answer"),
    "answer": ("Yang tepat", "The right answer"),
    "share": ("Kirim ke pengelola kursus", "Send to who runs the course"),
    "shared": ("Terkirim kepada pengelola kursus.", "Sent to who runs the course."),
    "not_shared": (
        "LMS ini tidak menerima tulisan. Salin, lalu kirim dengan cara lain.",
        "This LMS takes no texts. Copy it and send it in another way.",
    ),
    "next_question": ("Soal berikutnya", "Next question"),
    "see_result": ("Lihat hasil", "See result"),
    "done": ("Selesai", "Done"),
    "score": ("{right} dari {count} benar. Nilai {score} dari 100.", "{right} of {count} correct. Score {score} of 100."),
    "passed": ("Anda lulus. Batas lulus {mark}%.", "You passed. The pass mark is {mark}%."),
    "failed": ("Belum lulus. Batas lulus {mark}%.", "Not passed yet. The pass mark is {mark}%."),
    "read_again": ("Kartu yang layak dibaca lagi:", "Cards worth reading again:"),
    "retry": ("Ulangi kuis", "Take the quiz again"),
    "recorded": (
        "Hasil terbaik Anda tercatat di LMS. Anda dapat menutup halaman ini.",
        "The LMS has your best result. You can close this page.",
    ),
    "not_recorded": (
        "LMS tidak menerima hasil ini. Simpan gambar layar ini, lalu kabari pengelola kursus.",
        "The LMS did not take this result. Keep a picture of this screen and tell who runs the course.",
    ),
    "only_looking": (
        "Anda membuka modul ini untuk melihat saja: hasil tidak dicatat.",
        "You only look at this module: no result is recorded.",
    ),
    "no_lms": (
        "Tidak terhubung dengan LMS: hasil tidak dicatat dan hilang bila halaman ini ditutup.",
        "Not connected with an LMS: no result is recorded, and all is gone when this page is closed.",
    ),
}


def player_words(language: str) -> dict[str, str]:
    """Return the player's words by their names."""
    return words(language) | choose(_WORDS, language)
