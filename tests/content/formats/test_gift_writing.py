"""GIFT: what was written is read back, and what it can't hold is told."""

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.content import limits
from bot.content.formats.gift import read, write
from bot.content.items.item import Item
from bot.content.model import Card, Module, Quiz
from tests.content.formats.everything import everything
from tests.content.questions import contradicts_itself, item

if TYPE_CHECKING:
    from tests.content.conftest import Folder

SAMPLE = Path(__file__).parent / "samples" / "contoh.gift"
# Letters that mean something to GIFT, to HTML or to Moodle, and some that mean nothing.
LETTERS = st.sampled_from(":~=#{}\\n[]%->*<&;/1.50$\u00e9\u79c1 ab")
LINES = st.text(LETTERS, min_size=1, max_size=20).map(str.strip).filter(bool)
TEXTS = st.one_of(LINES, st.lists(LINES, min_size=2, max_size=3).map("\n".join))
WORDS = LINES.map(lambda text: " ".join(text.split()))
MARKED = WORDS.map(lambda text: escape(re.sub(r"[$\\]", "", text).strip() or "a", quote=False))  # $$ and \\( would begin formulas
HTML = st.one_of(
    TEXTS.map(lambda text: escape(text, quote=False)),
    MARKED.map(lambda text: f"<b>{text}</b> dan <i>{text}</i>.\nLalu"),
)
NUMBERS = st.one_of(st.integers(-(10**9), 10**9), st.decimals(-(10**6), 10**6, places=9)).map(float)
IDS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,3}", fullmatch=True)


@st.composite
def options(draw: st.DrawFn, *, several: bool) -> list[dict[str, Any]]:
    texts = draw(st.lists(TEXTS, min_size=2, max_size=8, unique=True))
    right = draw(st.sets(st.sampled_from(texts), min_size=1)) if several else {draw(st.sampled_from(texts))}
    said = draw(st.dictionaries(st.sampled_from(texts), TEXTS))
    return [{"text": text, "correct": text in right} | ({"feedback": said[text]} if text in said else {}) for text in texts]


@st.composite
def gap(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a text with one gap, in a text that has no other braces, and with something behind it."""
    before, after = draw(HTML).replace("{", "(").strip(), draw(WORDS).replace("{", "(")
    words = draw(st.lists(WORDS, min_size=2, max_size=4, unique=True))
    text = f"{before} {{celah}} {escape(after, quote=False)}"
    return {"text": text, "gaps": [{"id": "celah", "answer": words[0], "distractors": words[1:]}]}


def foreseen(name: str, answers: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(st.fixed_dictionaries({name: answers, "feedback": TEXTS}), max_size=2)


HELD: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "single_choice": st.fixed_dictionaries({"options": options(several=False)}),
    "multiple_choice": st.fixed_dictionaries({"options": options(several=True)}),
    "true_false": st.fixed_dictionaries(
        {"answer": st.booleans()},
        optional={"feedback": st.fixed_dictionaries({}, optional={"if_true": TEXTS, "if_false": TEXTS})},
    ),
    "short_text": st.fixed_dictionaries(
        {"answers": st.lists(WORDS, min_size=1, max_size=4, unique=True), "wrong": foreseen("text", WORDS)}
    ).filter(lambda drawn: "->" not in str(drawn)),
    "numeric": st.fixed_dictionaries({"answer": NUMBERS, "tolerance": NUMBERS.map(abs), "wrong": foreseen("answer", NUMBERS)}),
    "matching": st.fixed_dictionaries(
        {
            "pairs": st.lists(
                st.fixed_dictionaries({"left": WORDS, "right": WORDS}), min_size=2, max_size=4, unique_by=lambda pair: str(pair["left"])
            ),
            "distractors": st.lists(WORDS, max_size=2),
        }
    ),
    "cloze": gap(),
    "reflection": st.just({}),
}


@st.composite
def held(draw: st.DrawFn) -> Item:
    """Draw a question that GIFT holds whole."""
    kind = draw(st.sampled_from(sorted(HELD)))
    explanation = draw(st.one_of(st.just({}), HTML.map(lambda text: {"explanation": text})))
    data = {"id": draw(IDS), "type": kind, "text": draw(HTML), **draw(HELD[kind]), **explanation}
    assume(not contradicts_itself(data))
    return item(data)


def module_of(*items: Item, title: str = "Contoh", cards: tuple[Card, ...] = (Card("kartu", "Kartu", "Teks."),)) -> Module:
    return Module("contoh", title, "Ringkasan.", "id", 5, cards, Quiz(70, 1, items))


@given(st.lists(held(), min_size=1, max_size=4, unique_by=lambda one: one.id))
def test_what_was_written_is_read_back(items: list[Item]) -> None:
    written = write(module_of(*items), Path())
    assert [note.what for note in written.notes] == ["ringkasan, kompetensi, sumber, dan aturan kuis modul"]
    found = read(written.data, "contoh")
    assert found.notes == ()
    assert [item(question.data) for question in found.questions] == items


@given(WORDS.filter(lambda title: len(title) <= limits.TITLE), HTML, IDS)
@example("a/b//c", "<b>x</b>", "a")
def test_titles_and_cards_are_read_back(title: str, text: str, card_id: str) -> None:
    card = Card(card_id, title, text)
    found = read(write(module_of(item({"id": "a", "type": "reflection", "text": "A"}), title=title, cards=(card,)), Path()).data, "contoh")
    assert found.cards == [{"id": card_id, "title": title, "text": text}]


def test_what_an_author_gets_can_be_read_by_people() -> None:
    items = (
        {
            "id": "pilih",
            "type": "single_choice",
            "text": "Mana yang <b>tepat</b>: a &lt; b?",
            "options": [{"text": "50% < 1", "correct": True, "feedback": "Ya: pas."}, {"text": "Lain"}],
            "explanation": "Karena <i>begitu</i>.",
        },
        {
            "id": "banyak",
            "type": "multiple_choice",
            "text": "Mana saja?",
            "options": [{"text": text, "correct": text < "d"} for text in "abcd"],
            "explanation": "Tiga.",
        },
        {"id": "nilai", "type": "true_false", "text": "Bulat.", "answer": True, "feedback": {"if_true": "Ya #1.", "if_false": "Bukan."}},
        {"id": "ketik", "type": "short_text", "text": "Tanda?", "answers": ["a*b"], "wrong": [{"text": "%", "feedback": "[Bukan]"}]},
        {"id": "hitung", "type": "numeric", "text": "Berapa?", "answer": 2.5, "wrong": [{"answer": 1e-7, "feedback": "Kecil."}]},
        {
            "id": "pasang",
            "type": "matching",
            "text": "Pasangkan.",
            "pairs": [{"left": "a->b", "right": "c -> d"}, {"left": "e", "right": "f"}],
            "distractors": ["g"],
        },
        {"id": "isi", "type": "cloze", "text": "Satu {celah} tiga.", "gaps": [{"id": "celah", "answer": "dua", "distractors": ["empat"]}]},
        {"id": "renungan", "type": "reflection", "text": "Apa\nlagi?"},
    )
    written = write(module_of(*(item(data) for data in items), title="Satu/dua"), Path())
    assert [note.what for note in written.notes] == ["ringkasan, kompetensi, sumber, dan aturan kuis modul"]
    assert written.data.decode() == (
        "$CATEGORY: Satu//dua\n\n// [id:kartu]\n::Kartu::[plain]Teks.\n\n"
        "::pilih::[html]Mana yang <b>tepat</b>\\: a &lt; b?{\n\t=[plain]50% < 1#[plain]Ya\\: pas.\n\t~[plain]Lain\n"
        "\t####[html]Karena <i>begitu</i>.\n}\n\n"
        "::banyak::[plain]Mana saja?{\n\t~%33.33333%a\n\t~%33.33333%b\n\t~%33.33333%c\n\t~%-33.33333%d\n\t####[plain]Tiga.\n}\n\n"
        "::nilai::[plain]Bulat.{\n\tTRUE#Bukan.#Ya \\#1.\n}\n\n"
        "::ketik::[plain]Tanda?{\n\t=%100%a\\\\*b\n\t=%0%[plain]%#[plain][Bukan]\n}\n\n"
        "::hitung::[plain]Berapa?{\n\t#=2.5:0\n\t=%0%0.0000001:0#Kecil.\n}\n\n"
        "::pasang::[plain]Pasangkan.{\n\t=[html]a-&gt;b -> c -> d\n\t=e -> f\n\t= -> g\n}\n\n"
        "::isi::[plain]Satu {\n\t=dua\n\t~empat\n} tiga.\n\n"
        "::renungan::[plain]Apa\\nlagi?{}\n"
    )


def test_what_gift_cannot_hold_is_told_when_it_is_written(folder: "Folder") -> None:
    written = write(everything(folder), Path())
    assert [str(note).split(";")[0] for note in written.notes] == [
        "ringkasan, kompetensi, sumber, dan aturan kuis modul",
        "kartu gambar: reveal, media, sources",
        "kartu gambar: check",
        "kartu kutipan: media, tg-spoiler",
        "soal satu: card, sources, competency",
        "soal banyak-semua: min, max, grading",
        "soal pasal: threshold, case, diacritics",
        "soal jp: unit, units",
        "soal urut (ordering)",
        "soal celah (cloze)",
        "soal cerita (scenario)",
        "soal yakin (survey)",
        "soal pendapat (survey)",
        "soal renungan: share",
    ]
    found = read(written.data, "semua-jenis")
    assert found.notes == ()
    assert [question.data["id"] for question in found.questions] == (
        ["cek-gambar", "satu", "banyak", "banyak-semua", "nilai", "pasal", "jp", "pasang", "renungan"]
    )


@pytest.mark.parametrize(
    ("data", "said", "back"),
    [
        (
            {"type": "short_text", "answers": ["a -> b"], "wrong": [{"text": "c", "feedback": "d->e"}]},
            ["soal soal: tanda -> (ditulis →)"],
            {"type": "short_text", "answers": ["a → b"], "wrong": [{"text": "c", "feedback": "d→e"}]},
        ),
        (
            {"type": "single_choice", "options": [{"id": "ya", "text": "Ya", "correct": True}, {"text": "Bukan"}]},
            ["soal soal: id pilihan"],
            {"type": "single_choice", "options": [{"text": "Ya", "correct": True}, {"text": "Bukan"}]},
        ),
        (
            {"type": "cloze", "text": "Satu {isi} tiga", "gaps": [{"id": "isi", "answer": "dua", "distractors": ["empat"]}]},
            ["soal soal: id celah"],
            {"type": "cloze", "text": "Satu {celah} tiga", "gaps": [{"id": "celah", "answer": "dua", "distractors": ["empat"]}]},
        ),
        (
            {"type": "cloze", "text": "Satu, {celah}", "gaps": [{"id": "celah", "answer": "dua", "distractors": ["empat"]}]},
            ["soal soal: celah di akhir teks"],
            {"type": "single_choice", "text": "Satu, ____", "options": [{"text": "dua", "correct": True}, {"text": "empat"}]},
        ),
    ],
)
def test_what_is_written_otherwise_is_told(data: dict[str, Any], said: list[str], back: dict[str, Any]) -> None:
    written = write(module_of(item({"id": "soal", "text": "Apa?"} | data)), Path())
    assert [str(note).split(";")[0] for note in written.notes[1:]] == said
    (question,) = read(written.data, "contoh").questions
    assert question.data == {"id": "soal", "text": "Apa?"} | back
