"""GIFT: what Moodle's documentation has is read, what it can't hold is told, and what was written is read back."""

from pathlib import Path
from typing import Any

import pytest

from bot.content.formats import Bank
from bot.content.formats.gift import read
from tests.content.questions import item

SAMPLE = Path(__file__).parent / "samples" / "contoh.gift"


def bank(text: str) -> Bank:
    return read(text.encode(), "contoh")


def one(text: str) -> dict[str, Any]:
    """Return the only question of a text that loses nothing."""
    found = bank(text)
    assert (found.notes, found.cards) == ((), [])
    (question,) = found.questions
    return question.data


def notes(text: str) -> list[str]:
    return [str(note) for note in bank(text).notes]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        (r"1+1\=2 {T}", {"type": "true_false", "text": "1+1=2", "answer": True}),
        ("Besar.{true}", {"type": "true_false", "text": "Besar.", "answer": True}),
        (
            "Satu hari 25 jam.{FALSE#Hitung lagi.#Tepat.\n####Ada 24 jam.}",
            {
                "type": "true_false",
                "text": "Satu hari 25 jam.",
                "answer": False,
                "feedback": {"if_true": "Hitung lagi.", "if_false": "Tepat."},
                "explanation": "Ada 24 jam.",
            },
        ),
        (
            "Bumi bulat.{T#Lihat lagi.}",
            {"type": "true_false", "text": "Bumi bulat.", "answer": True, "feedback": {"if_false": "Lihat lagi."}},
        ),
        (
            "::Ibu kota::Ibu kota Jawa Barat?{~Bogor#Bukan. =Bandung}",
            {
                "id": "ibu-kota",
                "type": "single_choice",
                "text": "Ibu kota Jawa Barat?",
                "options": [{"text": "Bogor", "feedback": "Bukan."}, {"text": "Bandung", "correct": True}],
            },
        ),
        (
            "Surat {~ditandai =ditandatangani} pejabat.",
            {
                "type": "cloze",
                "text": "Surat {celah} pejabat.",
                "gaps": [{"id": "celah", "answer": "ditandatangani", "distractors": ["ditandai"]}],
            },
        ),
        (
            "Surat {~ditandai#Bukan. =ditandatangani} pejabat.",
            {
                "type": "single_choice",
                "text": "Surat ____ pejabat.",
                "options": [{"text": "ditandai", "feedback": "Bukan."}, {"text": "ditandatangani", "correct": True}],
            },
        ),
        (
            r"Tulis \{x\} atau {~a =b} saja.",
            {"type": "single_choice", "text": "Tulis {x} atau ____ saja.", "options": [{"text": "a"}, {"text": "b", "correct": True}]},
        ),
        (
            "Siapa?{~%50%Soekarno ~%50%Hatta ~%-50%Sjahrir}",
            {
                "type": "multiple_choice",
                "text": "Siapa?",
                "options": [{"text": "Soekarno", "correct": True}, {"text": "Hatta", "correct": True}, {"text": "Sjahrir"}],
            },
        ),
        (
            "Siapa?{=%50%Soekarno =%50%Hatta ~%-50%Sjahrir}",
            {
                "type": "multiple_choice",
                "text": "Siapa?",
                "options": [{"text": "Soekarno", "correct": True}, {"text": "Hatta", "correct": True}, {"text": "Sjahrir"}],
            },
        ),
        (r"1 + 2 \= {3}", {"type": "short_text", "text": "1 + 2 =", "answers": ["3"]}),
        ("Dua tambah dua {=empat =4}.", {"type": "short_text", "text": "Dua tambah dua ____.", "answers": ["empat", "4"]}),
        (
            "Lambang?{=%100%Garuda#\n=%0%Elang#Hampir.}",
            {"type": "short_text", "text": "Lambang?", "answers": ["Garuda"], "wrong": [{"text": "Elang", "feedback": "Hampir."}]},
        ),
        (r"Tanda kali?{=\*}", {"type": "short_text", "text": "Tanda kali?", "answers": ["*"]}),
        ("Siapa?{=[html]a <b>}", {"type": "short_text", "text": "Siapa?", "answers": ["a <b>"]}),
        (
            "Pasangkan.{=Kanada->Ottawa =Italia -> Roma = -> Kairo}",
            {
                "type": "matching",
                "text": "Pasangkan.",
                "pairs": [{"left": "Kanada", "right": "Ottawa"}, {"left": "Italia", "right": "Roma"}],
                "distractors": ["Kairo"],
            },
        ),
        ("Kapan?{#1945}", {"type": "numeric", "text": "Kapan?", "answer": 1945}),
        ("Kapan?{#=%100%1945:0#\n}", {"type": "numeric", "text": "Kapan?", "answer": 1945}),
        ("Pi?{#3.1415:0.0005}", {"type": "numeric", "text": "Pi?", "answer": 3.1415, "tolerance": 0.0005}),
        ("Pi?{#3.141..3.142}", {"type": "numeric", "text": "Pi?", "answer": 3.1415, "tolerance": 0.0005}),
        ("Pi?{#3,14}", {"type": "numeric", "text": "Pi?", "answer": 3.14}),
        ("Suhu?{#-5..5e0}", {"type": "numeric", "text": "Suhu?", "answer": 0, "tolerance": 5}),
        (
            "Kapan?{#=1908:0 =%0%1908:2#Dekat.}",
            {"type": "numeric", "text": "Kapan?", "answer": 1908, "wrong": [{"answer": 1908, "tolerance": 2, "feedback": "Dekat."}]},
        ),
        ("Apa kabar?{}", {"type": "reflection", "text": "Apa kabar?"}),
        (r"Apa?\nTulis.{####Terima kasih.}", {"type": "reflection", "text": "Apa?\nTulis.", "explanation": "Terima kasih."}),
        ("[markdown]Siapa **bapak**?{}", {"type": "reflection", "text": "Siapa <b>bapak</b>?"}),
        ("[plain]a <b> & c\\n  d{}", {"type": "reflection", "text": "a &lt;b&gt; &amp; c\n  d"}),
        ("[html]a<br>b\nc &amp; d{}", {"type": "reflection", "text": "a\nb c &amp; d"}),
        ("a <i>b</i>\nc{}", {"type": "reflection", "text": "a <i>b</i> c"}),
        ("[asing]a{}", {"type": "reflection", "text": "[asing]a"}),
        ("::tanpa akhir{}", {"type": "reflection", "text": "tanpa akhir"}),
        (r"\\frac dan \alfa \\\\{}", {"type": "reflection", "text": r"\frac dan \alfa \\"}),
    ],
)
def test_every_kind_of_question_is_read(text: str, data: dict[str, Any]) -> None:
    assert one(text) == data
    item({"id": "soal", **data})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Siapa?{~%-100%A ~%50%B ~%50%C}", ["baris 1: bobot -100 %, 50 %, 50 %; di sini tiap pilihan benar bernilai 50 %"]),
        ("Siapa?{~A ~%100%B}", ["baris 1: bobot 0 %, 100 %; di sini tiap pilihan benar bernilai 100 %"]),
        ("Siapa?{=A ~%50%B ~%-20%C}", ["baris 1: bobot 50 %, -20 %; satu jawaban benar bernilai penuh"]),
        ("Siapa?{=A =B ~C}", ["baris 1: beberapa jawaban bernilai penuh; di Moodle salah satu sudah cukup"]),
        ("Siapa?{~A ~B}", ["baris 1: tidak diimpor: tidak ada jawaban yang benar"]),
        (
            "Siapa?{=%75%A#Hampir. =B#Ya!}",
            ["baris 1: jawaban A bernilai 75 %; di sini ia salah, dan", 'baris 1: umpan balik "Ya!" untuk jawaban benar'],
        ),
        ("Siapa?{=%25%A =B}", ["baris 1: jawaban A bernilai 25 %; di sini ia salah; beri umpan balik bila perlu"]),
        ("Siapa?{=%0%A =B}", ["baris 1: jawaban A bernilai 0 %; di sini ia salah; beri umpan balik bila perlu"]),
        (
            "Ibu kota?{=Jakarta =%0%jakarta#Huruf besar!}",
            ["baris 1: jawaban jakarta beserta umpan baliknya; di sini ia sama dengan Jakarta; tulis case: true bila harus beda"],
        ),
        ("Siapa?{=A =%0%*#Bukan.}", ['baris 1: umpan balik "Bukan." untuk jawaban lain']),
        ("Siapa?{=Pasal *}", ["baris 1: tanda * pada jawaban Pasal *"]),
        ("Siapa?{=*}", ["baris 1: tidak diimpor: tidak ada jawaban yang bernilai penuh"]),
        ("Berapa?{#5~#Jauh.}", ['baris 1: umpan balik "Jauh." untuk jawaban lain']),
        ("Berapa?{#=5 =%0%*#Jauh.}", ['baris 1: umpan balik "Jauh." untuk jawaban lain']),
        ("Berapa?{#5#Tepat.}", ['baris 1: umpan balik "Tepat." untuk jawaban benar']),
        ("Berapa?{#=5 =7}", ["baris 1: tidak diimpor: ada 2 angka yang benar, seharusnya satu"]),
        ("Berapa?{#}", ["baris 1: tidak diimpor: ada 0 angka yang benar"]),
        ("Berapa?{#1..lima}", ['baris 1: tidak diimpor: "lima" bukan bilangan']),
        ("Pasangkan.{=a -> b =c}", ["baris 1: tidak diimpor: pasangan tanpa ->: c"]),
        ("Apa?{=a\n\n=b}", ["baris 1: tidak diimpor: tanda { dan } tidak berpasangan", "baris 3: tidak diimpor: tanda { dan }"]),
        ("Apa } ini {", ["baris 1: tidak diimpor: tanda { dan } tidak berpasangan"]),
        ("Apa {=a} dan {=b}.", ["baris 1: tidak diimpor: ada dua bagian { } dalam satu soal"]),
        ("[html]<img src=a.png> Apa?{}", ["baris 1: gambar a.png; berkas GIFT tidak memuat gambar"]),
        ("Apa?{~<b>a</b> =b}", ["baris 1: huruf tebal, miring, atau bergaris; di sini hanya teks polos"]),
        ("// [tag:satu] [tag:d\\]ua]\nApa?{}", ["baris 2: tag satu, d]ua; soal tidak punya tag"]),
        ("// [id:S-1]\n::Judul lain::Apa?{}", ["baris 2: judul Judul lain; soal di sini hanya punya id"]),
        ("::私は::Apa?{}", ["baris 1: judul 私は; soal di sini hanya punya id"]),
        ("// kata penulis\n\n//\nApa?{}\n// lagi", ["2 baris komentar (//); komentar bukan isi soal"]),
        ("$CATEGORY: a\n\n$CATEGORY: a/b\nApa?{}", ["baris 3: kategori a/b; satu berkas menjadi satu modul"]),
        ("Apa" + "!" * 16_000 + "{}", ["baris 1: tidak diimpor: soal lebih dari 16000 huruf"]),
        ("Teks." * 300, ["baris 1: tidak diimpor: teks 1500 huruf; kartu memuat 1 sampai 1200 huruf"]),
        ("::Kosong::", ["baris 1: tidak diimpor: teks 0 huruf"]),
        (f"::{'Judul ' * 20}::Teks.", ["baris 1: judul Judul Judul"]),
    ],
)
def test_what_is_lost_is_told_with_its_line(text: str, said: list[str]) -> None:
    found = notes(text)
    assert len(found) == len(said)
    for note, beginning in zip(found, said, strict=True):
        assert note.startswith(beginning)


def test_lines_are_those_of_the_file() -> None:
    assert [(question.line, question.data["text"]) for question in bank("\n// satu\nApa?\n{}\r\n\r\n\rBerapa?{#1}").questions] == [
        (3, "Apa?"),
        (7, "Berapa?"),
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("$CATEGORY: $course$/top/Keamanan data\n\nApa?{}", "Keamanan data"),
        ("$CATEGORY: a//b\nApa?{}", "a/b"),
        ("Apa?{}", ""),
    ],
)
def test_the_first_category_is_the_title(text: str, title: str) -> None:
    found = bank(text)
    assert (found.title, found.notes) == (title, ())
    assert len(found.questions) == 1


def test_descriptions_become_cards() -> None:
    found = bank(
        "::Petunjuk::Baca <b>kasus</b> ini.\nLalu jawab.\n\nApa?{}\n\n// [id:dua]\n::Petunjuk::Lagi.\n\n::Petunjuk::Lain.\n\nTanpa judul."
    )
    assert found.cards == [
        {"id": "petunjuk", "title": "Petunjuk", "text": "Baca <b>kasus</b> ini.\nLalu jawab."},
        {"id": "dua", "title": "Petunjuk", "text": "Lagi."},
        {"id": "petunjuk-2", "title": "Petunjuk", "text": "Lain."},
        {"id": "tanpa-judul", "title": "Tanpa judul.", "text": "Tanpa judul."},
    ]
    assert found.notes == ()
