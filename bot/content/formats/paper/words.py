"""The words on paper."""

from collections.abc import Mapping
from typing import Final

from bot.content.formats.words import choose, words

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "cards": ("Materi", "Reading"),
    "questions": ("Soal", "Questions"),
    "key": ("Kunci jawaban", "Answer key"),
    "tags": ("Topik: {tags}", "Topics: {tags}"),
    "drawn": ("Kuis di bot mengambil {n} dari {all} soal yang dinilai", "The quiz in the bot draws {n} of {all} graded questions"),
    "attempts": ("Paling banyak {n} kali percobaan", "At most {n} attempts"),
    "card": ("Kartu {n}: {title}", "Card {n}: {title}"),
    "question": ("Soal {n}", "Question {n}"),
    "check": ("Cek singkat: {title}", "Quick check: {title}"),
    "reveal_of": ("Jawaban kartu {n}: {title}", "Answer of card {n}: {title}"),
    "in_key": ("Jawabannya ada di kunci jawaban.", "The answer is in the answer key."),
    "pick_one": ("Pilih satu.", "Choose one."),
    "arrange": ("Tulis hurufnya menurut urutan yang tepat.", "Write the letters in the right order."),
    "pair": ("Tulis huruf yang cocok di samping tiap nomor.", "Write the matching letter beside each number."),
    "fill": ("Pilih satu kata untuk tiap celah.", "Choose one word for each gap."),
    "walk": ("Mulai dari adegan 1. Pilih satu tindakan di tiap adegan.", "Begin with scene 1. Choose one action in each scene."),
    "scene": ("Adegan {n}", "Scene {n}"),
    "leads": ("lanjut ke adegan {n}", "go on to scene {n}"),
    "write": ("Tulis jawaban singkat.", "Write a short answer."),
    "write_number": ("Tulis angkanya.", "Write the number."),
    "write_unit": ("Tulis angkanya, dalam {unit}.", "Write the number, in {unit}."),
    "reflect": ("Tulis untuk diri sendiri.", "Write for yourself."),
    "deed": ("{scene}, {letter} (nilai {score} dari {most}): {reason}", "{scene}, {letter} (score {score} of {most}): {reason}"),
    "accepted": ("Juga diterima: {answers}", "Also accepted: {answers}"),
    "alike": (
        "Salah ketik diterima bila kemiripannya paling sedikit {n}%.",
        "Typing errors are accepted from a likeness of {n}%.",
    ),
    "to_the_letter": ("Harus sama huruf demi huruf.", "It has to be the same letter by letter."),
    "case": ("Huruf besar dan kecil dibedakan.", "Capitals count."),
    "diacritics": ("Tanda aksen dibedakan.", "Accents count."),
    "tolerance": ("Selisih paling banyak {n} diterima.", "A difference of {n} at most is accepted."),
    "foreseen": ("Bila dijawab {answer}: {feedback}", "If answered {answer}: {feedback}"),
    "all": ("Hanya pilihan yang seluruhnya tepat mendapat nilai.", "Only a choice that is right as a whole scores."),
    "page": ("halaman {n} dari {all}", "page {n} of {all}"),
    "about": ("Lihat kartu {n}: {title}", "See card {n}: {title}"),
    "share": ("Di bot, jawaban ini dapat dikirim kepada koordinator.", "In the bot this answer can be sent to the coordinators."),
}


def paper_words(language: str) -> dict[str, str]:
    """Return the words on paper by their names."""
    return words(language) | choose(_WORDS, language)
