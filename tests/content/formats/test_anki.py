"""Anki's packages: notes become questions, what is lost is told with the note's number, and hostile packages cost little."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.cli import app
from bot.content import limits
from bot.content.formats import Bank, BrokenBankError
from bot.content.formats.anki import read
from bot.content.formats.anki.package import NOTES
from tests.content.formats.costs import takes_little_memory, takes_little_time
from tests.content.formats.decks import BASIC, CLOZE, OPTIONAL, REVERSED, TYPED, Deck, Kind, Made, archive
from tests.content.formats.everything import picture
from tests.content.questions import item

if TYPE_CHECKING:
    from tests.content.conftest import Folder

SAMPLE = Path(__file__).parent / "samples" / "anki.apkg"  # exported for older versions by the anki package of PyPI, 26.9.3
PICTURE = picture(20, 20)
NOISE = bytes.fromhex(
    "".join(sha256(bytes(str(place), "ascii")).hexdigest() for place in range(62_500))
)  # 2 MB that no archive makes smaller
TYPED_NOTE = "1 soal menjadi isian singkat; periksa jawabannya, dan tambahkan ejaan lain yang Anda terima"


def bank(*notes: Made, **files: bytes) -> Bank:
    return read(Deck(notes, {name.replace("_", "."): data for name, data in files.items()}).package(), "anki")


def notes(found: Bank) -> list[str]:
    return [str(note) for note in found.notes]


def made(*fields: str, kind: Kind = BASIC, **more: Any) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the questions of one note, and what was lost besides the count of typed answers."""
    found = bank(Made(kind, fields, **more))
    for question in found.questions:
        item({"id": "soal", **question.data})
    return [question.data for question in found.questions], [note for note in notes(found) if "menjadi isian singkat" not in note]


def test_a_short_back_is_typed() -> None:
    found = bank(Made(BASIC, ("Ibu kota <b>Jawa Barat</b>?&nbsp;", "<div>Bandung</div>")))
    assert [(question.line, question.data) for question in found.questions] == [
        (1, {"type": "short_text", "text": "Ibu kota <b>Jawa Barat</b>?", "answers": ["Bandung"]})
    ]
    assert (notes(found), found.title) == ([TYPED_NOTE], "Kuis")


@pytest.mark.parametrize("back", ["Satu<br>Dua", "Lima puluh satu huruf, terlalu panjang untuk diketik."])
def test_a_long_back_is_thought_about(back: str) -> None:
    ((data,), said) = made("Apa?", back)
    assert data == {"type": "reflection", "text": "Apa?", "explanation": back.replace("<br>", "\n")}
    assert said == ['baris 1: catatan "Apa?": jawabannya bukan satu baris pendek; menjadi renungan, dan jawabannya menjadi penjelasan']


def test_a_reversed_note_asks_both_ways() -> None:
    both, said = made("JP", "jam pelajaran", kind=REVERSED, cards=(0, 1))
    assert [(one["text"], one["answers"]) for one in both] == [("JP", ["jam pelajaran"]), ("jam pelajaran", ["JP"])]
    assert said == []


@pytest.mark.parametrize(("wanted", "cards", "texts"), [("", (0,), ["JP"]), ("y", (0, 1), ["JP", "jam pelajaran"])])
def test_a_note_is_reversed_when_its_author_wanted_that(wanted: str, cards: tuple[int, ...], texts: list[str]) -> None:
    found, said = made("JP", "jam pelajaran", wanted, kind=OPTIONAL, cards=cards)
    assert ([one["text"] for one in found], said) == (texts, [])


def test_an_answer_that_is_typed_in_anki_is_not_told_before() -> None:
    assert made("Apa?", "itu", kind=TYPED) == ([{"type": "short_text", "text": "Apa?", "answers": ["itu"]}], [])
    ((data,), _) = made("Apa?", "itu<br>dan ini", kind=TYPED)
    assert data == {"type": "reflection", "text": "Apa?", "explanation": "itu\ndan ini"}


def test_templates_are_followed() -> None:
    kind = Kind(
        ("Nomor", "Negara", "Ibu kota", "Catatan", "Petunjuk", "Sumber"),
        [
            (
                "<style>b {}</style>Ibu kota {{Negara}}?{{#Petunjuk}} {{hint:Petunjuk}}{{/Petunjuk}}{{^Petunjuk}} (tanpa){{/Petunjuk}}",
                '{{Deck}}<hr id="answer"><style>x</style>{{text:Ibu kota}}{{#Catatan}}<br><i>{{Catatan}}</i>{{/Catatan}}{{#Nomor}}{{/Id}}',
            )
        ],
    )
    ((data,), said) = made("7", "Jepang", "Tokyo", "Dulu Edo.", "T…", "Atlas", kind=kind)
    assert data == {
        "type": "short_text",
        "text": "Ibu kota Jepang? <tg-spoiler>T…</tg-spoiler>",
        "answers": ["Tokyo"],
        "explanation": "Tokyo\n<i>Dulu Edo.</i>",
    }
    assert said == ['baris 1: catatan "7": kolom Sumber; tidak tampil di kartunya, jadi tidak diimpor']
    ((data,), _) = made("", "Jepang", "Tokyo", "", "", "", kind=kind)
    assert (data["text"], "explanation" in data) == ("Ibu kota Jepang? (tanpa)", False)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        (
            "PNS wajib {{c1::20}} JP dalam satu {{c2::tahun::periode}}.",
            {
                "type": "cloze",
                "text": "PNS wajib {1} JP dalam satu {2} (periode).",
                "gaps": [{"id": "1", "answer": "20"}, {"id": "2", "answer": "tahun"}],
            },
        ),
        (
            "Sekali dalam {{c1::setahun::sebulan / setahun / seminggu}}.",
            {
                "type": "cloze",
                "text": "Sekali dalam {1}.",
                "gaps": [{"id": "1", "answer": "setahun", "distractors": ["sebulan", "seminggu"]}],
            },
        ),
        ("Ibu kota: {{c1::<b>Bandung</b>}}.", {"type": "short_text", "text": "Ibu kota: ____.", "answers": ["Bandung"]}),
        ("{{c1::JP}} &amp; {{c2::JP}}", {"type": "short_text", "text": "____ &amp; ____", "answers": ["JP"]}),
        ("Kota {{c1::Bandung::B…}}", {"type": "short_text", "text": "Kota ____ (B…)", "answers": ["Bandung"]}),
        (
            "{a} dan {{c1::b}} dan {{c1::c}}",
            {"type": "cloze", "text": "&#123;a} dan {1} dan {2}", "gaps": [{"id": "1", "answer": "b"}, {"id": "2", "answer": "c"}]},
        ),
        (
            "Tugas: {{c1::satu<br>dua}}, {{c2::tiga}}",
            {"type": "reflection", "text": "Tugas: ____, ____", "explanation": "satu\ndua\ntiga"},
        ),
    ],
)
def test_gaps_are_filled(text: str, data: dict[str, Any]) -> None:
    ((found,), said) = made(text, "", kind=CLOZE)
    assert found == data
    assert bool(said) == (data["type"] == "reflection")


def test_what_stands_beside_a_text_with_gaps_explains_it() -> None:
    ((data,), said) = made("{{c1::a}} dan {{c2::b}}", "Karena <i>itu</i>.", kind=CLOZE, cards=(0, 1))
    assert (data["explanation"], said) == ("Karena <i>itu</i>.", [])


@pytest.mark.parametrize(
    ("fields", "kind", "said"),
    [
        (("", "itu"), BASIC, "baris 1: tidak diimpor: sisi depannya tidak berisi teks atau gambar; tulis soalnya di Anki"),
        (("Tanpa celah.", ""), CLOZE, 'baris 1: catatan "Tanpa celah.": tidak diimpor: tidak ada celah seperti {{c1::…}}'),
        (("{{c1::a {{c2::b}} c}}", ""), CLOZE, 'baris 1: catatan "{{c1::a {{c2::b}} c}}": tidak diimpor: celah di dalam celah; pisahkan'),
        (
            ("{{c1::a}}" * 101, ""),
            CLOZE,
            'baris 1: catatan "{{c1::a}}{{c1::a}}{{c1::a}}{{c1::a}}{{c…": tidak diimpor: lebih dari 100 celah',
        ),
        (("{{c1::image-occlusion:rect:left=.1}}", ""), CLOZE, "baris 1: catatan"),
    ],
)
def test_notes_that_make_no_question_are_told(fields: tuple[str, str], kind: Kind, said: str) -> None:
    questions, (note,) = made(*fields, kind=kind)
    assert questions == []
    assert note.startswith(said)


def test_pictures_become_cards() -> None:
    found = bank(
        Made(BASIC, ('<img src="peta%20jawa.png"> Kota apa?', "Bandung")),
        Made(BASIC, ('<img src="peta jawa.png">', 'Ini<br><img src="b.jpg" alt="Gedung Sate">')),
        **{"peta jawa_png": PICTURE, "b_jpg": b"JPEG"},
    )
    assert found.media == {"anki/peta-jawa.png": PICTURE, "anki/b.jpg": b"JPEG"}
    assert [(card["id"], card["media"]) for card in found.cards] == [
        ("gambar-peta-jawa", {"type": "image", "file": "anki/peta-jawa.png", "alt": "peta jawa"}),
        ("gambar-b", {"type": "image", "file": "anki/b.jpg", "alt": "Gedung Sate"}),
    ]
    assert [(one.data["text"], one.data["card"]) for one in found.questions] == [
        ("Kota apa?", "gambar-peta-jawa"),
        ("Perhatikan gambarnya. Apa jawabannya?", "gambar-peta-jawa"),
    ]
    unsaid = 'gambar peta jawa.png tanpa teks alternatif; dipakai nama berkasnya, "peta jawa"; tulis isi gambar pada alt'
    assert notes(found)[1:] == [
        f'baris 1: catatan "Kota apa?": {unsaid}',
        f"baris 2: {unsaid}",
        "baris 2: beberapa gambar; b.jpg; ada pada kartu gambar-b, soalnya hanya menyebut kartu gambar-peta-jawa",
    ]


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ('Apa? <img src="x.png">', "gambar x.png; tidak ada di dalam paket; simpan sendiri ke content/media, dan pasang pada kartu"),
        ('Apa? <img src="https://contoh.id/x.png">', "gambar https://contoh.id/x.png; tidak ada di dalam paket"),
        ('Apa? <img src="a.svg">', "berkas a.svg; kartu hanya memuat"),
        ('Apa? <img src="../../etc/passwd">', "gambar ../../etc/passwd; tidak ada di dalam paket"),
        ("Apa? [sound:apa.mp3]", "suara apa.mp3; tidak diimpor; simpan berkasnya ke content/media, dan pasang pada kartu"),
        ("Apa? [$]x^2[/$]", "rumus TeX; tampil sebagai kode"),
        ("Apa? <table><tr><td>a</table>", "tabel; tiap baris menjadi satu baris teks"),
    ],
)
def test_what_is_lost_of_a_note_is_told(front: str, said: str) -> None:
    found = bank(Made(BASIC, (front, "itu")), a_svg=b"<svg/>")
    assert len(found.questions) == 1
    assert found.media == {}
    (note,) = notes(found)[1:]
    assert note.startswith('baris 1: catatan "Apa?')
    assert f'": {said}' in note


def test_more_pictures_than_a_module_has_cards_are_told() -> None:
    count = limits.CARDS + 1
    names = [f"g{number}.png" for number in range(count)]
    deck = Deck([Made(BASIC, (f'<img src="{name}" alt="x"> {name}?', "itu")) for name in names], {name: name.encode() for name in names})
    found = read(deck.package(), "anki")
    assert (len(found.cards), len(found.questions)) == (limits.CARDS, count)
    assert notes(found)[-1].startswith(
        f'baris {count}: catatan "g20.png?": kartu Gambar: g20.png?; satu modul memuat paling banyak 20 kartu'
    )


def test_long_explanations_are_cut() -> None:
    ((data,), said) = made("Apa?", "😀 <b>a</b>" * 300)
    assert data["explanation"].endswith("…")
    assert 'baris 1: catatan "Apa?": penjelasan 1200 huruf; dipotong menjadi 700 huruf; pindahkan ke kartu bila perlu' in said
    ((data,), said) = made(" ".join(f"{{{{c1::{'kata panjang ' * 9}{number}}}}}" for number in range(7)), "Ya.", kind=CLOZE)
    assert data["type"] == "reflection"


def test_what_concerns_the_whole_package_is_told_once() -> None:
    found = bank(
        Made(BASIC, ("Satu?", "1"), tags="bab1 sulit", deck="Induk::Satu"),
        Made(BASIC, ("Dua?", '<img src="x">'), tags="bab1", deck="Induk::Dua"),
    )
    assert notes(found) == [
        TYPED_NOTE,
        "tag bab1, sulit; soal tidak punya tag; tulis tag pada modul bila perlu",
        "2 dek (Induk::Dua, Induk::Satu); disatukan; ekspor satu per satu untuk modul terpisah",
        'baris 2: catatan "Dua?": gambar x; tidak ada di dalam paket; simpan sendiri ke content/media, dan pasang pada kartu',
        'baris 2: catatan "Dua?": sisi belakangnya tidak berisi teks; menjadi renungan; tulis penjelasannya',
    ]
    assert found.title == ""
    assert bank(Made(BASIC, ("Satu?", "1"), deck="Induk::Satu")).title == "Induk: Satu"


def test_the_database_for_newer_versions_counts_where_both_are_there() -> None:
    dummy, real = Deck([Made(BASIC, ("Please update", "now"))]), Deck([Made(BASIC, ("Apa?", "itu"))])
    found = read(archive({"collection.anki2": dummy.database(), "collection.anki21": real.database()}), "anki")
    assert [question.data["text"] for question in found.questions] == ["Apa?"]


HARMLESS = Deck([Made(BASIC, ("Apa?", "itu"))])


def spoilt(sql: str) -> bytes:
    return Deck(HARMLESS.notes, extra=sql).package()


AGAIN = (
    "di Anki pilih File > Export, format Anki Deck Package (.apkg), centang Support older Anki versions, lalu impor berkas yang baru itu"
)
BROKEN = "basis data di dalam paket rusak atau tidak dikenal; di Anki pilih File > Export"
ENDLESS_NOTES = """
DROP TABLE notes;
CREATE VIEW notes AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id, 1 AS mid, '' AS tags, 'a' AS flds
FROM n
"""
MANY_CARDS = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) INSERT INTO cards (nid, did, ord) SELECT 1, 1, i FROM n LIMIT 900000
"""


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "isi berkas bukan arsip ZIP yang utuh"),
        (HARMLESS.package()[:-30], "isi berkas bukan arsip ZIP yang utuh"),
        (
            archive({"collection.anki2": b"", "collection.anki21b": b"\x28\xb5\x2f\xfd"}),
            f"paket ini memakai format Anki yang baru; {AGAIN}",
        ),
        (archive({"isi.txt": b""}), f"berkas ini bukan paket Anki; {AGAIN}"),
        (archive({"collection.anki2": b""}), BROKEN),
        (archive({"collection.anki2": b"SQLite format 3\0" + bytes(5_000)}), BROKEN),
        (archive({"collection.anki2": HARMLESS.database()[:9_000]}), BROKEN),
        (archive({"../collection.anki2": b""}), "arsip memuat berkas di luar foldernya: ../collection.anki2"),
        (spoilt("DROP TABLE cards"), BROKEN),
        (spoilt("UPDATE col SET models = ''"), BROKEN),
        (spoilt("UPDATE col SET models = '[1]'"), BROKEN),
        (spoilt("UPDATE col SET models = '" + "[" * 5_000 + "'"), BROKEN),
        (spoilt("UPDATE col SET models = '{\"1\": {}}'"), BROKEN),
        (spoilt("UPDATE col SET models = NULL"), BROKEN),
        (spoilt("DELETE FROM col"), BROKEN),
        (spoilt("UPDATE notes SET flds = 5"), BROKEN),
        (spoilt("UPDATE notes SET flds = 'satu saja'"), BROKEN),
        (spoilt("UPDATE notes SET mid = 9"), BROKEN),
        (spoilt(ENDLESS_NOTES), BROKEN),
        (spoilt("DROP TABLE notes; CREATE TABLE notes (id, mid, tags, a, flds AS (printf('%.*c', 900000, 'x')))"), BROKEN),
        (spoilt(MANY_CARDS), BROKEN),
        (spoilt("UPDATE notes SET flds = hex(randomblob(2500000))"), BROKEN),
        (
            Deck([Made(BASIC, ("Apa?", "itu"))] * (NOTES + 1)).package(),
            f"baris {NOTES + 1}: lebih dari {NOTES} catatan, atau teksnya terlalu banyak; ekspor dek satu per satu",
        ),
        (Deck([Made(BASIC, (NOISE.hex(), "b"))] * 5).package(), "baris 5: lebih dari 3000 catatan, atau teksnya terlalu banyak"),
        (archive({"collection.anki2": HARMLESS.database() + NOISE * 17}), "basis data Anki lebih dari 32 MB; ekspor dek satu per satu"),
    ],
    ids=range(25),
)
def test_what_is_no_package_is_refused_with_a_sentence_in_little_time(data: bytes, said: str) -> None:
    def refused() -> None:
        with pytest.raises(BrokenBankError) as error:
            read(data, "anki")
        assert str(error.value).startswith(said)

    assert takes_little_time(refused)


def test_a_list_of_files_that_is_none_is_refused() -> None:
    for media in (b"[]", b"x", b'"a"'):
        with pytest.raises(BrokenBankError, match="rusak atau tidak dikenal"):
            read(archive({"collection.anki2": HARMLESS.database(), "media": media}), "anki")


def bomb(front: str, back: str = "b", kind: Kind = BASIC, *, count: int = 1, cards: int = 1) -> Callable[[], bytes]:
    """Return what makes a package of many such notes, and of a file that hides how small they are packed."""
    return lambda: Deck([Made(kind, (front, back), cards=range(cards))] * count, {"a.png": PICTURE, "b": NOISE}).package()


def templates(front: str, back: str, count: int = 1) -> Kind:
    return Kind(("Front", "Back"), [(front, back)] * count)


BOMBS = {
    "a repeated field": bomb("a" * 100_000, kind=templates("{{Front}}" * 50_000, "{{Back}}")),
    "many fields": bomb("a", kind=templates("".join(f"{{{{{number}}}}}" for number in range(50_000)), "{{Back}}")),
    "large templates": bomb("a", kind=templates("x" * 240_000, "y" * 240_000), count=NOTES),
    "many templates": bomb("a" * 90_000, kind=templates("{{Front}}", "y" * 1_200, 400), cards=400),
    "sections": bomb("a", kind=templates("{{#Front}}" * 24_000 + "{{Front}}", "{{Back}}" + "{{^Front}}" * 24_000)),
    "more templates": bomb("a", kind=templates("x" * 1_000_000, "y")),
    "signs": bomb("a", kind=templates("<" * 240_000, "{" * 240_000)),
    "many notes": bomb("Apa?", "satu<br>dua", count=NOTES),
    "gaps": bomb("{{c1::" * 300_000, kind=CLOZE),
    "more gaps": bomb("{{c1::a}}" * 300_000, kind=CLOZE),
    "braces": bomb("{" * 3_000_000, kind=CLOZE),
    "colons": bomb("{{c1::" + ":" * 3_000_000 + "}}", kind=CLOZE),
    "hints": bomb("{{c1::a::" + "/ " * 1_000_000 + "}}", kind=CLOZE),
    "sounds": bomb("[sound:" * 400_000),
    "more sounds": bomb("".join(f"[sound:{number}]" for number in range(200_000))),
    "formulas": bomb("[$]" * 900_000),
    "tags": bomb("<b>" * 900_000),
    "pictures": bomb('<img src="a.png">' * 100_000),
    "more pictures": bomb("".join(f"<img src={number}>" for number in range(100_000))),
}


def outcome(data: bytes) -> Bank | str:
    try:
        return read(data, "anki")
    except BrokenBankError as error:
        return str(error)


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_cost_little_time(name: str) -> None:
    data = BOMBS[name]()
    assert takes_little_time(lambda: outcome(data))


@pytest.mark.parametrize("name", ["large templates", "braces", "pictures"])  # measuring takes its time
def test_bombs_cost_little_memory(name: str) -> None:
    data = BOMBS[name]()
    assert takes_little_memory(lambda: outcome(data))


PIECES = st.sampled_from(
    ["{{c1::", "}}", "::", "{", "}", "<b>", "</b>", "&lt;", "&", "<img src=x>", "[sound:a]", "kata ", "\ue000", "0", "\ue001", "/"]
)


@settings(deadline=None)  # every example is a file
@given(st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES, max_size=12).map("".join))
def test_any_text_becomes_a_question_that_telegram_takes_or_a_note(front: str, back: str) -> None:
    for kind in (BASIC, CLOZE):
        questions, said = made(front, back, kind=kind)
        assert questions or said


def test_what_anki_itself_exports_is_read() -> None:
    found = read(SAMPLE.read_bytes(), "asn")
    assert [(question.line, question.data["type"], question.data["text"]) for question in found.questions] == [
        (1, "short_text", "Ibu kota Jawa Barat?"),
        (2, "reflection", "Apa ini?"),
        (3, "short_text", "JP"),
        (3, "short_text", "jam pelajaran"),
        (4, "short_text", "PNS"),
        (4, "short_text", "pegawai negeri sipil"),
        (5, "short_text", "PPPK"),
        (6, "short_text", "1+1?"),
        (7, "cloze", "PNS wajib {1} JP dalam satu {2} (periode)."),
        (8, "short_text", "Ibu kota: ____"),
    ]
    assert (found.title, list(found.media), len(found.notes)) == ("ASN: Dasar", ["asn/peta-jawa.png"], 4)


def test_a_package_is_imported(folder: "Folder") -> None:
    deck = Deck([Made(BASIC, ('<img src="peta.png" alt="Peta Jawa"> Kota apa?', "Bandung"))], {"peta.png": PICTURE})
    folder.write("../deck.apkg", deck.package())
    outcome = CliRunner().invoke(app, ["import", "deck.apkg", "--module", "geografi"])
    assert outcome.exit_code == 0, outcome.output
    module = folder.catalogue().modules["geografi"]
    assert module.title == "Kuis"
    assert (folder.root / "media/geografi/peta.png").read_bytes() == PICTURE
    assert module.quiz.items[0].card == module.cards[0].id
