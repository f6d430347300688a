"""The columns of a question bank, and what stands in them for each type of question: reading, writing and the instructions use these."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final

from bot.content import limits

LETTERS: Final = ascii_uppercase[: limits.OPTIONS]
GRADINGS: Final = {"sebagian": "partial", "semua": "all"}
SCALES: Final = {"setuju": "agreement", "yakin": "confidence", "sering": "frequency"}
GIVE_OR_TAKE: Final = "±"
MARK: Final = re.compile(r"\{([a-z0-9-]+)\}")  # a gap, as in a module


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name here, the heading that we write, further headings that are understood, what stands in it, its width."""

    name: str
    heading: str
    also: tuple[str, ...]
    help: str
    width: int = 14


@dataclass(frozen=True, slots=True)
class Kind:
    """One type of question: how people call it (the first is what we write), and what stands in its row."""

    names: tuple[str, ...]
    help: str


def normal(text: str) -> str:
    """Return a heading or a word as it is compared: without capitals, spaces and punctuation."""
    return re.sub(r"[\W_]+", "", text.casefold())


def _lettered(name: str, heading: str, also: Sequence[str], purpose: str, width: int) -> tuple[Column, ...]:
    return tuple(
        Column(
            f"{name} {letter}",
            f"{heading} {letter}",
            tuple(one.format(letter) for one in also),
            purpose if letter == "A" else f"Seperti {heading} A.",
            width,
        )
        for letter in LETTERS
    )


COLUMNS: Final = (
    Column("type", "Jenis", ("type", "question type", "jenis soal", "tipe"), "Jenis soal, lihat daftar di bawah. Kosong: ditebak.", 20),
    Column("id", "Id", ("kode",), "Nama tetap soal, dari a-z, 0-9, dan tanda hubung. Boleh kosong."),
    Column(
        "text",
        "Soal",
        ("text", "question", "pertanyaan", "teks"),
        "Wajib. Pertanyaan atau pernyataannya. Boleh memakai <b>tebal</b>, <i>miring</i>, dan tanda lain dari HTML Telegram.",
        48,
    ),
    *_lettered(
        "option",
        "Pilihan",
        ("option {}", "opsi {}", "choice {}", "{}"),
        "Pilihan, langkah, pasangan, atau isi celah, menurut jenisnya.",
        24,
    ),
    Column("answer", "Jawaban", ("answer", "answers", "correct answer", "correct", "key", "kunci", "kunci jawaban"), "Menurut jenisnya."),
    *_lettered(
        "feedback",
        "Umpan balik",
        ("feedback {}",),
        "Boleh kosong. Yang dikatakan kepada orang yang memilih pilihan dengan huruf ini.",
        24,
    ),
    Column("explanation", "Penjelasan", ("explanation", "pembahasan"), "Mengapa jawaban itu benar. Boleh HTML Telegram.", 40),
    Column("card", "Kartu", ("card",), "Boleh kosong. Id atau judul kartu yang mengajarkan jawabannya."),
    Column("tolerance", "Toleransi", ("tolerance",), "Angka: selisih yang masih dianggap benar."),
    Column("unit", "Satuan", ("unit",), "Angka: satuan jawaban, misalnya JP."),
    Column("units", "Satuan lain", ("units", "other units"), "Angka: satuan lain dan nilainya dalam Satuan, misalnya menit = 0,0222."),
    Column("distractors", "Pengecoh", ("distractors",), "Menjodohkan: sisi kanan yang tidak cocok dengan apa pun, satu sebaris."),
    Column("threshold", "Kemiripan", ("threshold", "similarity"), "Isian: 50 sampai 100, seberapa mirip salah ketik yang masih diterima."),
    Column("case", "Bedakan huruf besar", ("case", "case sensitive"), "Isian: ya atau tidak."),
    Column("diacritics", "Bedakan tanda huruf", ("diacritics",), "Isian: ya bila é dan e berbeda, atau tidak."),
    Column("grading", "Penilaian", ("grading",), "Pilihan majemuk: sebagian (nilai sebagian) atau semua (semua atau tidak sama sekali)."),
    Column("min", "Paling sedikit", ("min", "minimum"), "Pilihan majemuk: paling sedikit berapa pilihan harus dipilih."),
    Column("max", "Paling banyak", ("max", "maximum"), "Pilihan majemuk: paling banyak berapa pilihan boleh dipilih."),
    Column("scale", "Skala", ("scale",), "Survei tanpa pilihan: setuju, yakin, atau sering."),
    Column("share", "Bagikan", ("share",), "Renungan: ya bila peserta boleh mengirim tulisannya kepada koordinator."),
    Column("competency", "Kompetensi", ("competency",), "Boleh kosong. Id kompetensi dan tingkatnya, misalnya integritas 3."),
)

CARD_COLUMNS: Final = (
    Column("id", "Id", ("kode",), "Nama tetap kartu, dari a-z, 0-9, dan tanda hubung. Boleh kosong."),
    Column("title", "Judul", ("title",), "Wajib. Judul singkat.", 30),
    Column("text", "Teks", ("text", "isi"), "Wajib. Isi kartu. Boleh HTML Telegram.", 80),
    Column("reveal", "Tersembunyi", ("reveal",), "Boleh kosong. Isi yang baru tampak setelah diketuk.", 60),
)

KINDS: Final[Mapping[str, Kind]] = {
    "single_choice": Kind(
        ("pilihan ganda", "single choice"), "Pilihan A sampai paling banyak H; Jawaban: satu huruf, misalnya B. Umpan balik boleh diisi."
    ),
    "multiple_choice": Kind(
        ("pilihan majemuk", "pilihan ganda kompleks", "multiple choice"),
        "Seperti pilihan ganda; Jawaban: beberapa huruf, misalnya A, C. Penilaian, Paling sedikit, Paling banyak boleh diisi.",
    ),
    "true_false": Kind(
        ("benar salah", "true false"),
        "Jawaban: benar atau salah. Umpan balik A untuk yang menjawab benar, B untuk yang menjawab salah.",
    ),
    "short_text": Kind(
        ("isian", "isian singkat", "jawaban singkat", "short text", "short answer"),
        "Jawaban: yang diterima, satu sebaris (Alt+Enter), yang pertama ditampilkan. Pilihan: jawaban salah yang sudah diduga, "
        "dengan Umpan balik di huruf yang sama.",
    ),
    "numeric": Kind(
        ("angka", "numerik", "bilangan", "numeric", "number"),
        "Jawaban: bilangannya. Toleransi, Satuan, Satuan lain boleh diisi. Pilihan: bilangan salah yang sudah diduga, misalnya 24 atau "
        "24 ± 1, dengan Umpan balik di huruf yang sama.",
    ),
    "ordering": Kind(
        ("urutan", "mengurutkan", "ordering", "order"),
        "Pilihan: langkah-langkahnya menurut urutan yang benar. Bila tidak berurutan, tulis urutannya di Jawaban, misalnya C, A, B.",
    ),
    "matching": Kind(
        ("menjodohkan", "pasangan", "mencocokkan", "matching", "match"),
        "Pilihan: satu pasangan satu sel, kiri = kanan. Pengecoh boleh diisi.",
    ),
    "cloze": Kind(
        ("celah", "isian rumpang", "cloze"),
        "Di Soal tulis celahnya dengan kurung kurawal, misalnya {1} dan {2}. Pilihan A untuk celah pertama, B untuk yang kedua: kata yang "
        "benar, lalu kata-kata lain, satu sebaris (Alt+Enter).",
    ),
    "survey": Kind(("survei", "survey"), "Pilihan, atau Skala. Tidak dinilai."),
    "reflection": Kind(("renungan", "refleksi", "reflection"), "Tidak dinilai. Bagikan boleh diisi."),
}
