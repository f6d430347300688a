"""Moodle XML: what Moodle exports is read, and what a module can't hold is told with its line."""

from base64 import b64encode
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.content import limits
from bot.content.formats import Bank
from bot.content.formats.moodle_xml import read
from tests.content.questions import item

if TYPE_CHECKING:
    from tests.content.conftest import Folder

SAMPLE = Path(__file__).parent / "samples" / "moodle.xml"
PICTURE = b64encode(b"\x89PNG gambar").decode()
SOUND = b64encode(b"ID3 suara").decode()


def bank(*questions: str) -> Bank:
    return read(f"<quiz>\n{chr(10).join(questions)}\n</quiz>".encode(), "modul")


def question(kind: str, body: str, text: str = "Apa?", name: str = "Satu") -> str:
    asked = f'<questiontext format="html"><text>{escape(text)}</text></questiontext>' if "<questiontext" not in body else ""
    return f'<question type="{kind}"><name><text>{escape(name)}</text></name>{asked}{body}</question>'


def answer(text: str, weight: str, feedback: str = "", *parts: str, form: str = "html") -> str:
    said = f"<feedback><text>{escape(feedback)}</text></feedback>" if feedback else ""
    return f'<answer fraction="{weight}" format="{form}"><text>{escape(text)}</text>{said}{"".join(parts)}</answer>'


def one(kind: str, body: str, text: str = "Apa?") -> dict[str, Any]:
    """Return the only question of a file that loses nothing; it is one that a module takes."""
    found = bank(question(kind, body, text, name="Apa?"))
    assert [str(note) for note in found.notes] == []
    (read_one,) = found.questions
    assert item(read_one.data).type == read_one.data["type"]
    return {key: value for key, value in read_one.data.items() if key != "id"}


def notes(*questions: str) -> list[str]:
    return [str(note).partition(";")[0] for note in bank(*questions).notes]


def test_an_export_of_moodle_becomes_a_module(folder: "Folder", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SINAU_CONTENT__DIR", "content")
    done = CliRunner().invoke(app, ["import", str(SAMPLE), "--module", "keamanan"])
    assert done.exit_code == 0, done.output
    assert Path("content/modules/keamanan.yaml").read_text(encoding="utf-8") == SAMPLE.with_suffix(".yaml").read_text(encoding="utf-8")
    assert folder.findings() == []
    assert "moodle.xml: baris 4: keterangan kategori" in done.output
    assert "moodle.xml: baris 228: Hitung tidak diimpor: jenis soal berhitung dengan rumus (calculated)" in done.output
    assert "defaultgrade (1 soal), minwordlimit (1 soal)" in done.output
    assert len(read(SAMPLE.read_bytes(), "keamanan").notes) == 23


def test_one_of_several_options_is_right() -> None:
    body = "<single>true</single>" + answer("<p>A</p>", "100", "Ya") + answer("B", "0")
    assert one("multichoice", body) == {
        "type": "single_choice",
        "text": "Apa?",
        "options": [{"text": "A", "correct": True, "feedback": "Ya"}, {"text": "B"}],
    }


def test_several_options_are_right() -> None:
    body = "<single>false</single>" + answer("A", "50.00000") + answer("B", "50") + answer("C", "-50")
    data = one("multichoice", body)
    assert (data["type"], [option.get("correct") for option in data["options"]]) == ("multiple_choice", [True, True, None])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (answer("A", "100") + answer("B", "50") + answer("C", "-25"), "baris 2: bobot 50 %, -25 %"),
        ("<single>false</single>" + answer("A", "70") + answer("B", "30"), "baris 2: bobot 70 %, 30 %"),
        ("<shuffleanswers>false</shuffleanswers>" + answer("A", "100") + answer("B", "0"), "baris 2: urutan pilihan tetap"),
        (answer("<b>A</b>", "100") + answer("B", "0"), "baris 2: huruf tebal, miring, atau bergaris"),
        (answer("A", "50") + answer("B", "0"), "baris 2: Apa? tidak diimpor: tidak ada jawaban yang bernilai penuh"),
        ("<single>false</single>" + answer("A", "0"), "baris 2: Apa? tidak diimpor: tidak ada jawaban yang benar"),
        (answer("A", "banyak"), 'baris 2: Apa? tidak diimpor: "banyak" bukan bilangan'),
        (answer("A", "100", "x" * 301) + answer("B", "0"), f'baris 2: teks "{"x" * 159}…" 301 huruf'),
    ],
)
def test_weights_that_we_have_not_are_told(body: str, expected: str) -> None:
    assert notes(question("multichoice", body, name="Apa?")) == [expected]


def test_of_two_that_would_do_both_are_to_be_chosen_and_that_is_told() -> None:
    found = bank(question("multichoice", answer("A", "100") + answer("B", "100") + answer("C", "0"), name="Apa?"))
    assert found.questions[0].data["type"] == "multiple_choice"
    assert found.notes[0].why == "di Moodle salah satu sudah cukup; di sini semuanya harus dipilih"


@pytest.mark.parametrize(
    ("answers", "right"),
    [
        (answer("true", "100") + answer("false", "0"), True),
        (answer("false", "100") + answer("true", "0"), False),
        (answer("Benar", "0") + answer("Salah", "100"), False),
    ],
)
def test_a_statement_is_judged(answers: str, right: bool) -> None:  # noqa: FBT001 - what a table says
    assert one("truefalse", answers) == {"type": "true_false", "text": "Apa?", "answer": right}


def test_something_is_said_to_a_judgement() -> None:
    data = one("truefalse", answer("true", "100", "Tepat.") + answer("false", "0", "Bukan."))
    assert data["feedback"] == {"if_true": "Tepat.", "if_false": "Bukan."}
    assert notes(question("truefalse", answer("true", "0"))) == ["baris 2: Satu tidak diimpor: tidak ada jawaban yang benar"]


def test_short_answers_are_plain_texts() -> None:
    body = "<usecase>1</usecase>" + answer(r"a < b \* c", "100") + answer("kira-kira", "50", "Hampir.") + answer("x", "0", "Bukan.")
    found = bank(question("shortanswer", body))
    assert found.questions[0].data == {
        "id": "satu",
        "type": "short_text",
        "text": "Apa?",
        "answers": ["a < b * c"],
        "wrong": [{"text": "kira-kira", "feedback": "Hampir."}, {"text": "x", "feedback": "Bukan."}],
        "case": True,
    }
    assert [note.what for note in found.notes] == ["jawaban kira-kira bernilai 50 %"]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (answer("pasal *", "100"), "baris 2: tanda * pada jawaban pasal *"),
        (answer("a", "100", "Bagus!"), 'baris 2: umpan balik "Bagus!" untuk jawaban benar'),
        (answer("a", "100") + answer("*", "0", "Bukan itu."), 'baris 2: umpan balik "Bukan itu." untuk jawaban lain'),
        (answer("a", "100") + answer("b", "0"), "baris 2: jawaban b bernilai 0 %"),
        (answer("*", "100"), "baris 2: Apa? tidak diimpor: tidak ada jawaban yang bernilai penuh"),
    ],
)
def test_what_short_answers_lose_is_told(answers: str, expected: str) -> None:
    assert notes(question("shortanswer", answers, name="Apa?")) == [expected]


def test_a_number_may_have_no_unit() -> None:
    assert one("numerical", answer("5", "100")) == {"type": "numeric", "text": "Apa?", "answer": 5}


def test_numbers_have_a_tolerance_and_units() -> None:
    units = "<units>" + "".join(
        f"<unit><multiplier>{multiplier}</multiplier><unit_name>{name}</unit_name></unit>"
        for name, multiplier in (("W", "1"), ("kW", "0.001"), ("jam", "45.045045045"))
    )
    body = (
        answer("5500", "100", "", "<tolerance>0,5</tolerance>")
        + answer("5.5", "0", "Salah satuan.")
        + answer("*", "0")
        + units
        + "</units>"
    )
    assert one("numerical", body) == {
        "type": "numeric",
        "text": "Apa?",
        "answer": 5500,
        "tolerance": 0.5,
        "wrong": [{"answer": 5.5, "feedback": "Salah satuan."}],
        "unit": "W",
        "units": {"kW": 1000, "jam": 0.0222},
    }


def test_a_single_unit_needs_no_others() -> None:
    body = answer("-1e3", "100") + "<units><unit><multiplier>1</multiplier><unit_name>JP</unit_name></unit></units>"
    assert one("numerical", body) == {"type": "numeric", "text": "Apa?", "answer": -1000, "unit": "JP"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (answer("1", "100") + answer("2", "100"), "baris 2: Apa? tidak diimpor: ada 2 angka yang benar, seharusnya satu"),
        (answer("*", "100"), "baris 2: Apa? tidak diimpor: ada 0 angka yang benar, seharusnya satu"),
        (answer("satu", "100"), 'baris 2: Apa? tidak diimpor: "satu" bukan bilangan'),
        (answer("9" * 400, "100"), f'baris 2: Apa? tidak diimpor: "{"9" * 40}" bukan bilangan'),
        (answer("1", "100") + "<units><unit><multiplier>2</multiplier><unit_name>W</unit_name></unit></units>", "baris 2: satuan W"),
        (
            answer("1", "100") + "<units><unit><unit_name>W</unit_name></unit></units><unitgradingtype>2</unitgradingtype>",
            "baris 2: nilai untuk satuan",
        ),
    ],
)
def test_what_numbers_lose_is_told(body: str, expected: str) -> None:
    assert notes(question("numerical", body, name="Apa?")) == [expected]


def test_pairs_are_matched() -> None:
    sides = (("<p>JP</p>", "Jam\n pelajaran"), ("PNS", "Pegawai"), ("", "Jam piket"), ("", ""))
    body = "".join(f"<subquestion><text>{escape(left)}</text><answer><text>{right}</text></answer></subquestion>" for left, right in sides)
    assert one("matching", body + "<subquestion><text/></subquestion>") == {
        "type": "matching",
        "text": "Apa?",
        "pairs": [{"left": "JP", "right": "Jam pelajaran"}, {"left": "PNS", "right": "Pegawai"}],
        "distractors": ["Jam piket"],
    }


def test_steps_come_in_the_order_of_their_weights() -> None:
    body = answer("Dua", "2.0000000") + answer("<p>Satu</p>", "1.0000000")
    assert one("ordering", body)["steps"] == ["Satu", "Dua"]
    lossy = answer("A", "1", "Ya.") + answer("B", "2") + "<selecttype>RANDOM</selecttype>"
    assert notes(question("ordering", lossy, name="Apa?")) == [
        "baris 2: hanya sebagian langkah yang ditampilkan di Moodle",
        'baris 2: umpan balik "Ya." untuk satu langkah',
    ]


def test_an_essay_is_a_reflection() -> None:
    assert one("essay", "<defaultgrade>0</defaultgrade>") == {"type": "reflection", "text": "Apa?"}
    body = "<attachments>1</attachments><responsetemplate><text>Pertama, …</text></responsetemplate>"
    assert notes(question("essay", body, name="Apa?")) == [
        "baris 2: nilai untuk esai",
        "baris 2: jawaban berupa berkas",
        'baris 2: kerangka jawaban "Pertama, …"',
    ]


@pytest.mark.parametrize(
    ("text", "asked", "gaps"),
    [
        (
            "<p>Wajib {1:MULTICHOICE:=20~24~%0%40} JP per {2:MCS:bulan~%100%tahun}.</p>",
            "Wajib {1} JP per {2}.",
            [{"id": "1", "answer": "20", "distractors": ["24", "40"]}, {"id": "2", "answer": "tahun", "distractors": ["bulan"]}],
        ),
        (
            "{1:MC:=a*~*} x {1:MC:=b~c}",
            "{1} x {2}",
            [{"id": "1", "answer": "a*", "distractors": ["*"]}, {"id": "2", "answer": "b", "distractors": ["c"]}],
        ),
        ("{:MC:=a~b} dan {1:MCV:=b~a}", "{1} dan {2}", [{"id": "1", "answer": "a"}, {"id": "2", "answer": "b"}]),
        (
            r"{1:MC:=a\}b~c\~d~e\#f~&amp;#61;g~x&amp;y} x {1:MC:=<p>h</p>~i<br />j}",
            "{1} x {2}",
            [{"id": "1", "answer": "a}b", "distractors": ["c~d", "e#f", "=g", "x&y"]}, {"id": "2", "answer": "h", "distractors": ["i j"]}],
        ),
    ],
)
def test_gaps_have_their_words(text: str, asked: str, gaps: list[dict[str, Any]]) -> None:
    assert one("cloze", "", text) == {"type": "cloze", "text": asked, "gaps": gaps}


def test_a_single_gap_to_type_is_a_question_to_type() -> None:
    assert one("multianswer", "", "Ibu kota: {1:SA:=Paris~=Kota Paris~Lyon#Bukan.}") == {
        "type": "short_text",
        "text": "Ibu kota: ____",
        "answers": ["Paris", "Kota Paris"],
        "wrong": [{"text": "Lyon", "feedback": "Bukan."}],
    }
    assert one("cloze", "", "{1:NM:=3.14:0.005}") == {"type": "numeric", "text": "____", "answer": 3.14, "tolerance": 0.005}


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("cloze", "tanpa celah", ["Apa? tidak diimpor: teks tanpa celah, atau dengan celah yang tidak terbaca"]),
        ("cloze", "{1:MC:=a{b~c}", ["Apa? tidak diimpor: teks tanpa celah, atau dengan celah yang tidak terbaca"]),
        ("cloze", "{1:MR:=a~=b}", ["Apa? tidak diimpor: celah jenis MR"]),
        ("cloze", "{1:MC:a~b} {1:MC:=a~b}", ["Apa? tidak diimpor: celah tanpa jawaban yang bernilai penuh"]),
        (
            "cloze",
            "{1:SA:=a~=b~%50%c#Hampir.~*#Bukan.} {1:NM:=5:0.5} {1:SA:=d*}",
            [
                "variasi jawaban a, b",
                "celah yang diisi dengan mengetik",
                "bobot sebagian pada celah",
                'umpan balik "Hampir." untuk c',
                'umpan balik "Bukan." untuk *',
                "variasi jawaban 5",
                "variasi jawaban d*",
            ],
        ),
        ("gapselect", "[[1]]", ["Apa? tidak diimpor: celah [[1]] tanpa kata"]),
        ("gapselect", "tanpa", ["Apa? tidak diimpor: teks tanpa celah"]),
    ],
)
def test_what_gaps_lose_is_told(kind: str, text: str, expected: list[str]) -> None:
    assert notes(question(kind, "", text, name="Apa?")) == [f"baris 2: {what}" for what in expected]


@pytest.mark.parametrize(("kind", "box"), [("ddwtos", "dragbox"), ("gapselect", "selectoption")])
def test_missing_words_are_gaps(kind: str, box: str) -> None:
    words = (("dibagi", "1"), ("sandi", "2"), ("kunci", "2"), ("dihafal", "1"))
    body = "".join(f"<{box}><text>{word}</text><group>{group}</group></{box}>" for word, group in words)
    assert one(kind, body, "Kata [[2]] tidak boleh [[1]]") == {
        "type": "cloze",
        "text": "Kata {1} tidak boleh {2}",
        "gaps": [{"id": "1", "answer": "sandi", "distractors": ["kunci"]}, {"id": "2", "answer": "dibagi", "distractors": ["dihafal"]}],
    }


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("html", "<p>a</p>\n<p>b</p>", "a\n\nb"),
        ("moodle_auto_format", "a\nb <b>c</b>\nd", "a\nb <b>c</b> d"),
        ("plain_text", "a <b>\nc", "a &lt;b&gt;\nc"),
        ("markdown", "*a* **b**\n\n- c\n- d", "<i>a</i> <b>b</b>\n\n• c\n• d"),
        ("tidak_dikenal", "<p>a</p>", "a"),
    ],
)
def test_every_text_format_of_moodle_is_read(form: str, text: str, expected: str) -> None:
    asked = f'<questiontext format="{form}"><text>{escape(text)}</text></questiontext>'
    found = bank(question("essay", asked + "<defaultgrade>0</defaultgrade>"))
    assert found.questions[0].data["text"] == expected


def test_ids_come_from_id_numbers_and_names() -> None:
    essay = "<defaultgrade>0</defaultgrade>"
    found = bank(
        question("essay", f"{essay}<idnumber>Sandi_01</idnumber>", name="Kata sandi"),
        question("essay", essay, name="Kata sandi"),
        question("essay", essay, name="Apa"),
        question("essay", essay, name="…"),
        f'<question type="essay"><questiontext>Tanpa nama</questiontext>{essay}</question>',
    )
    assert [one.data.get("id") for one in found.questions] == ["sandi-01", "kata-sandi", "apa", None, None]
    assert [one.line for one in found.questions] == [2, 3, 4, 5, 6]
    assert [str(note) for note in found.notes] == ["baris 2: nama soal Kata sandi; soal di sini hanya punya id"]


def test_explanations_that_are_too_long_are_shortened_and_that_is_told() -> None:
    general = f"<generalfeedback><text>{escape('<b>' + 'kata 😀 ' * 150 + '</b>')}</text></generalfeedback>"
    found = bank(question("essay", f"<defaultgrade>0</defaultgrade>{general}", name="Apa?"))
    data = found.questions[0].data
    assert data["explanation"].endswith("…")
    assert item({"id": "satu", **data}).explanation == data["explanation"]
    assert [note.why for note in found.notes] == [f"dipotong menjadi {limits.EXPLANATION} huruf; ringkas sendiri"]


def test_what_no_type_can_hold_is_told() -> None:
    body = (
        "<defaultgrade>0</defaultgrade><hidden>1</hidden><correctfeedback><text>Bagus sekali!</text></correctfeedback>"
        "<incorrectfeedback><text>&lt;p&gt;Your answer is incorrect.&lt;/p&gt;</text></incorrectfeedback>"
        "<hint><text>Ingat pasal 2.</text></hint><hint><text/></hint><tags><tag><text>sandi</text></tag></tags><tags/>"
        "<penalty>0.5</penalty><image>lama.gif</image>"
    )
    assert notes(
        question("essay", body, name="Apa?"), question("essay", "<defaultgrade>3</defaultgrade>", name="Apa?"), "<lain>1</lain>"
    ) == [
        'baris 2: umpan balik "Bagus sekali!" untuk hasil keseluruhan',
        "baris 2: petunjuk (hint): Ingat pasal 2.",
        "baris 2: tag sandi",
        "baris 2: soal tersembunyi di Moodle",
        "baris 3: nilai untuk esai",
        "baris 4: <lain> tidak diimpor: jenis soal yang tidak dikenal (<lain>)",
        "pengaturan Moodle tanpa padanan: defaultgrade (1 soal), image (1 soal), penalty (1 soal)",
    ]


def test_the_first_category_is_the_title() -> None:
    def categories(*paths: str) -> Bank:
        return bank(*(f'<question type="category"><category><text>{path}</text></category></question>' for path in paths))

    assert (categories("$course$/top/Default for  Etika//Moral").title, categories("$course$/Etika").notes) == ("Etika/Moral", [])
    assert [note.what for note in categories("top/A/B", "top/C").notes] == ["kategori top/A/B", "kategori top/C"]
    assert bank('<question type="category"/>').title == ""


def test_a_description_is_a_card() -> None:
    general = "<generalfeedback><text>Jawabnya &lt;b&gt;tiga&lt;/b&gt;</text></generalfeedback><idnumber>Kartu 1</idnumber>"
    found = bank(
        question("description", general, "<p>Baca ini.</p>", name="Sebelum mulai"),
        question("description", "", "Tanpa nama", name=""),
        question("description", "", "x" * 1201),
        question("description", "", "", name="Kosong"),
        question("description", "", "Isi", name="n" * 61),
    )
    assert found.cards == [
        {"id": "kartu-1", "title": "Sebelum mulai", "text": "Baca ini.", "reveal": "Jawabnya <b>tiga</b>"},
        {"id": "tanpa-nama", "title": "Tanpa nama", "text": "Tanpa nama"},
        {"id": "n" * 32, "title": f"{'n' * 59}…", "text": "Isi"},
    ]
    assert [str(note).partition(";")[0] for note in found.notes] == [
        "baris 4: Satu tidak diimpor: teks 1201 huruf",
        "baris 5: Kosong tidak diimpor: teks 0 huruf",
        f'baris 6: teks "{"n" * 61}" 61 huruf',
    ]


def shown(source: str, *files: str, alt: str = "Kotak") -> str:
    """Return the text of an essay that shows a picture."""
    picture = escape(f'<p>Lihat.</p><img src="{source}" alt="{alt}">')
    return f'<defaultgrade>0</defaultgrade><questiontext format="html"><text>{picture}</text>{"".join(files)}</questiontext>'


def file(name: str, content: str = PICTURE) -> str:
    return f'<file name="{escape(name)}" path="/" encoding="base64">{content}</file>'


def test_a_picture_is_shown_by_a_card_of_its_own() -> None:
    found = bank(
        question("essay", shown("@@PLUGINFILE@@/Kotak%20merah.PNG?time=1", file("Kotak merah.PNG")), name="Warna & bentuk"),
        question("essay", shown("@@PLUGINFILE@@/lain.png", file("lain.png")), name="Lihat."),
        question("essay", shown("@@PLUGINFILE@@/kotak-merah.png", file("kotak-merah.png", SOUND)), name=""),
    )
    assert found.media == {"modul/kotak-merah.png": b"\x89PNG gambar", "modul/kotak-merah-2.png": b"ID3 suara"}
    assert found.cards == [
        {
            "id": "gambar-kotak-merah",
            "title": "Gambar: Warna & bentuk",
            "text": "Gambar untuk soal: Warna &amp; bentuk",
            "media": {"type": "image", "file": "modul/kotak-merah.png", "alt": "Kotak"},
        },
        {
            "id": "gambar-kotak-merah-2",
            "title": "Gambar",
            "text": "Gambar untuk sebuah soal",
            "media": {"type": "image", "file": "modul/kotak-merah-2.png", "alt": "Kotak"},
        },
    ]
    assert [one.data["card"] for one in found.questions] == ["gambar-kotak-merah", "gambar-kotak-merah", "gambar-kotak-merah-2"]


def test_a_picture_without_words_gets_some_and_that_is_told() -> None:
    body = shown("@@PLUGINFILE@@/alur_kerja.png", file("alur_kerja.png"), alt="").replace("Lihat.", "")
    found = bank(question("essay", body, name="x" * 80))
    assert found.cards[0]["media"]["alt"] == "alur kerja"
    assert found.cards[0]["title"] == f"Gambar: {'x' * 51}…"
    assert found.questions[0].data["text"] == "x" * 80
    assert [note.what for note in found.notes] == ["modul/alur-kerja.png tanpa teks alternatif"]


def test_a_picture_in_the_text_itself_is_taken_out() -> None:
    found = bank(question("essay", shown(f"data:image/png;base64,{PICTURE}"), name="Lihat."))
    assert found.media == {"modul/tertanam-1.png": b"\x89PNG gambar"}
    assert found.notes == []


def test_several_files_have_a_card_each_and_the_question_names_the_first() -> None:
    text = escape('<img src="@@PLUGINFILE@@/a.png" alt="A"><audio src="@@PLUGINFILE@@/b.mp3" title="B"></audio>')
    body = f"<questiontext><text>Lihat {text}</text>{file('a.png')}{file('b.mp3', SOUND)}{file('c.png')}</questiontext>"
    found = bank(question("essay", f"{body}<defaultgrade>0</defaultgrade>", name="Lihat"))
    assert [card["id"] for card in found.cards] == ["gambar-a", "suara-b"]
    assert found.questions[0].data["card"] == "gambar-a"
    assert [note.what for note in found.notes] == ["berkas c.png", "soal menampilkan beberapa gambar (modul/b.mp3)"]
    card = bank(question("description", body, name="Lihat"))
    assert [one.get("media", {}).get("file") for one in card.cards] == ["modul/a.png", "modul/b.mp3"]
    assert [note.what for note in card.notes] == ["berkas c.png", "kartu Lihat punya beberapa berkas (modul/b.mp3)"]


@pytest.mark.parametrize(
    ("source", "files", "expected"),
    [
        ("https://contoh.id/a.png", "", "berkas di https://contoh.id/a.png"),
        ("@@PLUGINFILE@@/tidak-ada.png", "", "berkas tidak-ada.png"),
        ("@@PLUGINFILE@@/a.gif", file("a.gif"), "berkas a.gif"),
        ("@@PLUGINFILE@@/a.png", file("a.png", "x"), "berkas a.png"),
        ("@@PLUGINFILE@@/a.png", file("a.png", ""), "a.png kosong"),
        ("../../etc/passwd", file("../../etc/passwd"), "berkas di ../../etc/passwd"),
    ],
)
def test_a_file_that_cannot_be_kept_is_told(source: str, files: str, expected: str) -> None:
    found = bank(question("essay", shown(source, files), name="Lihat."))
    assert (found.media, found.cards, "card" in found.questions[0].data) == ({}, [], False)
    assert found.notes[0].what == expected


def test_a_file_can_never_be_put_elsewhere() -> None:
    names = ["../../etc/cron.png", "/etc/x.png", "..%2F..\\a.png", "a\u2044b.png", "....png", "CON.png", "-.png", "😀.png"]
    bodies = [shown(f"@@PLUGINFILE@@/{name.replace('%', '%25')}", file(name, b64encode(name.encode()).decode())) for name in names]
    found = bank(*(question("essay", body) for body in bodies))
    assert len(found.media) == len(names)
    assert all(name.startswith("modul/") and name.count("/") == 1 and name.count(".") == 1 for name in found.media)


def test_a_picture_beside_an_option_or_an_explanation_is_told() -> None:
    picture = '<img src="@@PLUGINFILE@@/a.png" alt="Kotak">'
    general = f"<generalfeedback><text>{escape(picture)}</text>{file('a.png')}</generalfeedback>"
    found = bank(question("multichoice", answer(f"{picture} ini", "100", "", file("a.png")) + answer("B", "0") + general, name="Apa?"))
    assert found.questions[0].data["options"][0]["text"] == "Kotak ini"
    assert [note.what for note in found.notes] == ["gambar a.png pada pilihan atau umpan balik", "gambar a.png pada <generalfeedback>"]


def test_a_module_has_room_for_so_many_cards() -> None:
    def body(number: int) -> str:
        return shown(f"@@PLUGINFILE@@/{number}.png", file(f"{number}.png", b64encode(str(number).encode()).decode()))

    found = bank(*(question("essay", body(number)) for number in range(limits.ITEMS + 1)))
    assert len(found.cards) == limits.CARDS + 1
    assert [note.what for note in found.notes] == ["kartu Gambar: Satu"] * (limits.ITEMS - limits.CARDS)
    assert found.questions[-1].data["card"] == f"gambar-{limits.ITEMS}"
