"""What an author is told about a fault: the line, what is wrong, and what to do."""

from typing import TYPE_CHECKING, Any

import pytest

from bot.content.items import snapshot
from bot.content.reading import parse
from bot.content.writing import to_yaml

if TYPE_CHECKING:
    from tests.content.conftest import Folder

OPTIONS = "      options:\n        - text: Ini\n          correct: true\n        - text: Itu\n"
JUDGED = "      type: true_false\n      text: Ini benar.\n      answer: true"
FAULTS = {
    "key misspelt": ("summary: M", "sumary: M", 3, "kunci sumary tidak dikenal di sini; maksud Anda summary? hapus"),
    "key missing": ("language: id\n", "", 1, "language belum ada; tambahkan language:"),
    "key empty": ("title: Contoh", "title:", 2, "title kosong; isi"),
    "key twice": ("minutes: 5", "minutes: 5\nminutes: 6", 6, "kunci minutes ditulis dua kali; hapus salah satu"),
    "computed key": ("language: id", "language: id\nversion: abc", 5, "kunci version tidak dikenal di sini"),
    "time for minutes": ("minutes: 5", "minutes: 12:30", 5, 'minutes "12:30" adalah jam, bukan bilangan bulat; tulis satu angka'),
    "word for number": ("minutes: 5", "minutes: lima", 5, 'minutes harus bilangan bulat, bukan "lima"'),
    "quoted number": ("minutes: 5", 'minutes: "5"', 5, 'minutes harus bilangan bulat, bukan "5"'),
    "fraction": ("minutes: 5", "minutes: 2.5", 5, 'minutes harus bilangan bulat, bukan "2.5"'),
    "minutes too many": ("minutes: 5", "minutes: 90", 5, "minutes 90, paling banyak 20"),
    "minutes too few": ("minutes: 5", "minutes: 0", 5, "minutes 0, paling sedikit 1"),
    "yes for true": ("correct: true", "correct: yes", 25, 'correct harus true atau false, bukan "yes"; tulis true (benar)'),
    "no for false": ("answer: true", "answer: no", 32, 'answer harus true atau false, bukan "no"'),
    "number for text": (
        "title: Contoh",
        "title: 2024",
        2,
        'title harus teks, tetapi YAML membacanya sebagai angka; beri tanda kutip: "2024"',
    ),
    "true for text": (
        "text: Ini\n",
        "text: true\n",
        24,
        'YAML membacanya sebagai benar/salah; beri tanda kutip: "true"',
    ),
    "list for text": ("title: Contoh", "title: [Contoh]", 2, "title harus teks; beri tanda kutip"),
    "text for list": ("sources: [uu]", "sources: uu", 15, "sources harus daftar; tulis tiap butir di baris baru"),
    "text for mapping": ("  - id: uu\n    rule: UU 27/2022\n", "  - uu\n", 7, "isi sources harus pasangan kunci: isi"),
    "language unknown": ("language: id", "language: ind", 4, 'language "ind" tidak dikenal; maksud Anda id? pilih id atau en'),
    "id with capitals": ("id: satu", "id: Satu", 10, 'id "Satu" bukan nama yang sah; pakai hanya a-z'),
    "id not the file's": ("id: contoh", "id: lain", 1, "id lain berbeda dari nama berkas contoh.yaml; tulis id: contoh"),
    "title too long": ("title: Contoh", "title: " + "x" * 61, 2, "title 61 huruf, paling banyak 60; ringkas"),
    "title of two lines": ("title: Contoh", 'title: "a\\nb"', 2, "teks ini lebih dari satu baris; tulis dalam satu baris"),
    "item type unknown": ("type: true_false", "type: true-false", 29, 'jenis soal "true-false" tidak dikenal; maksud Anda true_false?'),
    "item type missing": ("      type: true_false\n", "", 29, "type soal belum ada; tulis type: single_choice atau"),
    "two right options": ("- text: Itu", "- text: Itu\n          correct: true", 23, "ada 2 pilihan yang benar, seharusnya satu"),
    "no right option": ("          correct: true\n", "", 23, "ada 0 pilihan yang benar, seharusnya satu"),
    "only one option": ("        - text: Itu\n", "", 23, "options berisi 1, paling sedikit 2; tambahkan"),
    "same option twice": ("text: Itu", "text: Ini", 23, "dua pilihan punya teks yang sama: Ini"),
    "source unknown": ("sources: [uu]", "sources: [uuu]", 15, "uuu tidak ada di sources; maksud Anda uu?"),
    "card unknown": ("card: satu", "card: sat", 28, "sat tidak ada di cards; maksud Anda satu?"),
    "item id twice": ("id: nilai", "id: pilih", 29, "pilih sudah dipakai di atas"),
    "draw too high": ("draw: 2", "draw: 3", 18, "draw 3, padahal hanya ada 2 soal yang dinilai; tulis draw: 2"),
    "address not web": ("rule: UU 27/2022", "rule: UU\n    url: ftp://x", 9, 'url "ftp://x" bukan alamat web; awali dengan https://'),
    "tag unknown, line of text": ("Baris kedua.", "Baris <br> kedua.", 14, "tanda <br> tidak dikenal Telegram; tekan Enter"),
    "tag open": ("Baris pertama.", "Baris <b>pertama.", 13, "tanda <b> belum ditutup; tambahkan </b>"),
    "ampersand": ("Baris kedua.", "Tanya & jawab.", 14, "tanda & di dalam teks; tulis &amp;"),
    "card too long": ("Baris pertama.", "x" * 1200, 13, "teks 1213 huruf, paling banyak 1200; ringkas"),
    "card's id too long for a button": ("id: satu", "id: " + "s" * 33, 10, "id 33 huruf, paling banyak 32"),
    "wrong indent": ("  - id: satu", "   - id: satu\n  - id: dua", 11, "inden"),
    "colon in text": ("text: Mana yang", "text: Ingat: mana yang", 22, "ada titik dua di dalam teks, atau inden salah; beri tanda kutip"),
    "tab": ("title: Contoh", "\ttitle: Contoh", 2, "ada Tab di awal baris; ganti Tab dengan spasi"),
    "quote open": ("summary: Modul", 'summary: "Modul', 3, "tanda kutip"),
    "second document": ("cards:", "---\ncards:", 9, "ada dokumen kedua di berkas ini; hapus baris ---"),
    "anchor": ("title: Contoh", "title: &judul Contoh", 2, "jangkar (&), alias (*) dan penanda (!) YAML tidak dipakai; beri tanda kutip"),
    "tag of YAML": ("title: Contoh", "title: !!str Contoh", 2, "jangkar (&), alias (*) dan penanda (!) YAML tidak dipakai"),
    "alias": ("title: Contoh", "title: *judul", 2, "jangkar (&), alias (*) dan penanda (!) YAML tidak dipakai; beri tanda kutip"),
    "key of two parts": ("title: Contoh", "? [a, b]\n: Contoh", 2, "kunci harus satu kata; tulis kunci: isi"),
    "key with an anchor": ("title: Contoh", "&judul title: Contoh", 2, "jangkar (&), alias (*) dan penanda (!) YAML tidak dipakai"),
    "text of nothing": ("title: Contoh", 'title: " "', 2, "title kosong; isi, atau hapus barisnya bila tidak wajib"),
    "number for an id": ("id: satu", "id: 5", 10, 'id harus teks, tetapi YAML membacanya sebagai angka; beri tanda kutip: "5"'),
    "day that is none": (
        "rule: UU 27/2022",
        "rule: UU\n    valid_until: 2023-02-30",
        9,
        "2023-02-30 bukan tanggal; tulis seperti 2023-10-31: tahun, bulan, hari",
    ),
    "text for options": (OPTIONS, "      options: Ini\n", 23, "options harus daftar; tulis tiap butir di baris baru"),
    "option of nothing": (JUDGED, "      type: survey\n      text: Setuju?\n      options: ['', Ya]", 32, "text kosong; isi"),
    "word for a decimal": (
        JUDGED,
        "      type: numeric\n      text: Berapa?\n      answer: lima",
        32,
        'answer harus bilangan, bukan "lima"; tulis angkanya saja',
    ),
    "unit worth nothing": (
        JUDGED,
        "      type: numeric\n      text: Berapa?\n      answer: 5\n      unit: gram\n      units: {kg: 0}",
        34,
        "kg 0, harus lebih dari 0; naikkan angkanya",
    ),
    "control character": ("title: Contoh", 'title: "a\\0b"', 2, "ada huruf kendali yang tidak terlihat"),
}


@pytest.mark.parametrize(("old", "new", "line", "words"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_with_its_line_and_its_remedy(folder: "Folder", old: str, new: str, line: int, words: str) -> None:
    folder.changed_module(old, new)
    findings = folder.findings()
    start = f"content/modules/contoh.yaml:{line}: "
    assert any(finding.startswith(start) and words in finding for finding in findings), findings


def test_all_faults_of_all_files_are_told_at_once_in_the_order_of_the_lines(folder: "Folder") -> None:
    folder.module(
        "id: a\ntitle: 1\nsummary: <b>x</b>\nlanguage: xx\nminutes: 0\ncards: []\nquiz: {pass_mark: 0, draw: 9, items: []}\n", "a"
    )
    folder.module("id: b\n\tx", "b")
    folder.changed_path("[contoh]", "[contho]")
    places = [finding.split(": ")[0] for finding in folder.findings()]
    assert places == [f"content/modules/a.yaml:{line}" for line in (2, 3, 4, 5, 6, 7, 7)] + [
        "content/modules/b.yaml:2",
        "content/paths/jalur.yaml:5",
    ]


def test_one_error_means_no_catalogue_and_a_warning_alone_does_not(folder: "Folder") -> None:
    folder.changed_module("title: Contoh", "title: <b>Contoh</b>")
    (finding,) = folder.findings()
    assert finding.startswith("content/modules/contoh.yaml:2: peringatan: <b> akan tampil apa adanya; hapus; HTML hanya untuk ")
    assert folder.catalogue().modules["contoh"].title == "<b>Contoh</b>"


def test_words_that_older_yaml_takes_for_something_else_stay_text(folder: "Folder") -> None:
    folder.module(folder.module().read_text().replace("Contoh", "12:30").replace("text: Ini\n", "text: no\n"))
    module = folder.catalogue().modules["contoh"]
    assert module.title == "12:30"
    assert snapshot(module.quiz.items[0])["options"][0]["text"] == "no"


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("ordering", {"steps": [f"{n} " + "x" * 198 for n in range(8)]}),
        ("matching", {"pairs": [{"left": f"{n} " + "k" * 97, "right": f"{n} " + "r" * 97} for n in range(8)]}),
        (
            "cloze",
            {
                "text": "".join(f"{{g{n}}} " for n in range(8)),
                "gaps": [{"id": f"g{n}", "answer": "j" * 100, "distractors": ["p" * 100]} for n in range(8)],
            },
        ),
    ],
)
def test_a_question_that_fills_two_messages_once_it_is_answered_is_refused(folder: "Folder", kind: str, parts: dict[str, Any]) -> None:
    text = "t" * (600 if kind != "cloze" else 0)
    item = {"id": "panjang", "type": kind, "text": text, "explanation": "e" * 690} | parts
    data = parse("contoh.yaml", folder.module().read_bytes()).data
    data["quiz"]["items"].append(item)
    folder.module(to_yaml(data))
    assert [one for one in folder.findings() if "tidak muat dalam satu pesan" in one]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("[contoh]", "[contoh, contoh]", 5, "contoh sudah dipakai di atas"),
        ("[contoh]", "[lain]", 5, "modul lain tidak ada; buat content/modules/lain.yaml"),
        ("[contoh]", "[]", 5, "modules berisi 0, paling sedikit 1"),
        ("id: jalur", "id: jalan", 1, "id jalan berbeda dari nama berkas jalur.yaml"),
        ("language: id", "language: en", 5, "peringatan: modul contoh berbahasa id, jalur ini en"),
        ("[contoh]", "[&a contoh]", 5, "jangkar (&), alias (*) dan penanda (!) YAML tidak dipakai"),
        ("modules:", "module:", 5, "kunci module tidak dikenal di sini; maksud Anda modules?"),
    ],
)
def test_faults_of_a_path(folder: "Folder", old: str, new: str, line: int, words: str) -> None:
    folder.module()
    folder.changed_path(old, new)
    assert any(finding.startswith(f"content/paths/jalur.yaml:{line}: ") and words in finding for finding in folder.findings())


def test_a_question_must_fit_one_message(folder: "Folder") -> None:
    long = "".join(f"        - text: {letter * 200}\n          feedback: {letter * 300}\n" for letter in "pqrstuv")
    folder.module(folder.changed_module("        - text: Itu\n", long).read_text().replace("Mana yang tepat?", "q" * 600))
    assert any(":20: soal ini" in finding and "tidak muat dalam satu pesan" in finding for finding in folder.findings())


def test_ids_that_would_not_fit_a_button_are_told(folder: "Folder") -> None:
    name = "m" * 32
    folder.module(folder.module().read_text().replace("id: contoh", f"id: {name}").replace("satu", "s" * 30), name)
    assert any(
        f"{name}.yaml:10: id {'s' * 30} terlalu panjang untuk tombol; paling banyak 26 huruf" in finding for finding in folder.findings()
    )


def test_citations_that_would_not_fit_a_message_are_told(folder: "Folder") -> None:
    long = "\n".join(f"  - id: s{n}\n    rule: {'x' * 190}" for n in range(4))
    folder.changed_module("    rule: UU 27/2022\n", f"    rule: UU 27/2022\n{long}\n")
    assert not folder.findings()
    path = folder.root / "modules" / "contoh.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("sources: [uu]", "sources: [uu, s0, s1, s2, s3]"), encoding="utf-8")
    assert any("sumber di sini" in finding and "ringkas sampai 700 huruf" in finding for finding in folder.findings())


def test_sources_that_would_not_fit_where_a_module_is_introduced_are_told(folder: "Folder") -> None:
    many = "".join(f"  - {{id: s{n}, rule: {'x' * 190}}}\n" for n in range(13))
    folder.changed_module("cards:\n", f"{many}cards:\n")
    (finding,) = folder.findings()
    assert finding.startswith("content/modules/contoh.yaml:6: semua sumber 25")
    assert "ringkas sampai 2500 huruf" in finding
