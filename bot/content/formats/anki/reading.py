"""From Anki's notes to questions: what has a short answer is typed, what has a long one is thought about, gaps are filled."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from bot.content import markup
from bot.content.formats.anki import gaps
from bot.content.formats.anki.entry import Reading
from bot.content.formats.anki.package import Entry, Package, Template, unpack
from bot.content.formats.anki.template import answer, rendered
from bot.content.formats.attachments import Attachments
from bot.content.formats.bank import Bank, BrokenBankError, Note, Question, UnfitError
from bot.content.formats.noting import short

SHORT: Final = 50  # letters of an answer that people can be asked to type
_LETTERS: Final = 4_000_000  # of all sides of all cards
_ONLY_A_PICTURE: Final = "Perhatikan gambarnya. Apa jawabannya?"


def read(data: bytes, module_id: str) -> Bank:
    """Return the questions of a package's notes, and cards with their pictures.

    Raises:
        BrokenBankError: it is no package, damaged, too large, or in the newer format that Anki does not document.

    """
    package = unpack(data)
    attachments = Attachments(module_id)
    questions: list[Question] = []
    notes: list[Note] = []
    letters = 0
    for entry in package.entries:
        reading = Reading(entry, package, attachments)
        for template in _templates(entry):
            attachments.begin(len(questions))
            questions += _questions(reading, template)
            letters += reading.letters + len(template.front) + len(template.back)
            reading.letters = 0
            if letters > _LETTERS:
                raise BrokenBankError(Note(entry.number, f"lebih dari {_LETTERS} huruf", "ekspor dek satu per satu"))
        _lose_unshown(reading)
        notes += dict.fromkeys(reading.notes)
    return Bank(questions, attachments.cards, attachments.media, [*_about(package, questions), *notes], _title(package))


def _templates(entry: Entry) -> Sequence[Template]:
    """Return the cards of a note that become questions: a text with gaps becomes one, however many cards Anki makes of it."""
    if entry.kind.cloze:
        return entry.kind.templates[:1]
    return [entry.kind.templates[place] for place in entry.cards if 0 <= place < len(entry.kind.templates)]


def _questions(reading: Reading, template: Template) -> Iterator[Question]:
    """Yield the question of a card, if it makes one."""
    make = _with_gaps if reading.entry.kind.cloze else _with_answer
    try:
        data = make(reading, template)
    except UnfitError as error:
        reading.lose(f"tidak diimpor: {error.what}", error.why)
        return
    card = {"card": reading.card} if reading.card else {}
    yield Question(reading.entry.number, {name: value for name, value in data.items() if value} | card)


def _with_answer(reading: Reading, template: Template) -> dict[str, Any]:
    fields = reading.entry.fields
    front, key = _front(reading, rendered(template.front, fields)), fields.get(template.key, "")
    short = reading.plain(key)
    back = reading.explained(answer(rendered(template.back, fields))) or reading.explained(key)
    if short and len(short) <= SHORT and "\n" not in short:
        return {"type": "short_text", "text": front, "answers": [short], "explanation": back if markup.visible(back) != short else ""}
    if back:
        reading.lose("jawabannya bukan satu baris pendek", "menjadi renungan, dan jawabannya menjadi penjelasan")
    else:
        reading.lose("sisi belakangnya tidak berisi teks", "menjadi renungan; tulis penjelasannya")
    return {"type": "reflection", "text": front, "explanation": back}


def _front(reading: Reading, html: str) -> str:
    text = reading.rich(html)
    if not text and not reading.card:
        raise UnfitError("sisi depannya tidak berisi teks atau gambar", "tulis soalnya di Anki, lalu ekspor ulang")
    return text or _ONLY_A_PICTURE


def _with_gaps(reading: Reading, template: Template) -> dict[str, Any]:
    fields = reading.entry.fields
    html, found = gaps.gaps(rendered(template.front, fields), reading.plain)
    data = gaps.question(_front(reading, html), found)
    besides = {name: value for name, value in fields.items() if name not in reading.entry.kind.gaps}
    extra = reading.explained(answer(rendered(template.back, besides)))
    if data["type"] == "reflection":
        reading.lose("isi celahnya bukan satu kata yang pendek", "menjadi renungan, dan isinya menjadi penjelasan")
    return data | {"explanation": reading.cut("\n\n".join(filter(None, (data.get("explanation"), extra))))}


def _lose_unshown(reading: Reading) -> None:
    """Note what is in fields that no card shows."""
    for name, value in reading.entry.fields.items():
        if name not in reading.entry.kind.seen and reading.plain(value):
            reading.lose(f"kolom {name}", "tidak tampil di kartunya, jadi tidak diimpor")


def _about(package: Package, questions: Sequence[Question]) -> Iterator[Note]:
    """Yield what concerns the whole package."""
    typed = sum(question.data["type"] == "short_text" for question in questions)
    if typed:
        yield Note(0, f"{typed} soal menjadi isian singkat", "periksa jawabannya, dan tambahkan ejaan lain yang Anda terima")
    tags = sorted({tag for entry in package.entries for tag in entry.tags})
    if tags:
        yield Note(0, f"tag {short(', '.join(tags))}", "soal tidak punya tag; tulis tag pada modul bila perlu")
    if len(package.decks) > 1:
        yield Note(
            0, f"{len(package.decks)} dek ({short(', '.join(package.decks))})", "disatukan; ekspor satu per satu untuk modul terpisah"
        )


def _title(package: Package) -> str:
    return package.decks[0].replace("::", ": ").replace("\x1f", ": ") if len(package.decks) == 1 else ""
