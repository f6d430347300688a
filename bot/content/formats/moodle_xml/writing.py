"""From a module to Moodle XML: its cards as descriptions with their files, its questions in the author's order."""

from base64 import b64encode
from collections.abc import Iterator
from html import escape
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import quote

from bot.content import limits, markup
from bot.content.formats.bank import Note, Written
from bot.content.formats.markup import to_html
from bot.content.formats.moodle.losses import hidden, unheld
from bot.content.formats.moodle_xml.elements import document, element, plain, rich, text, value
from bot.content.formats.moodle_xml.files import PLACE
from bot.content.formats.moodle_xml.gaps import BLANK, MARK, written
from bot.content.formats.moodle_xml.parts import WRITERS
from bot.content.formats.noting import short
from bot.content.items.cloze import Cloze
from bot.content.items.item import Item
from bot.content.items.numeric import Numeric
from bot.content.model import Card, Media, Module

_SETTINGS: Final = Note(0, "kompetensi, sumber, tag, dan aturan kuis modul", "bank soal Moodle tidak memuatnya; atur di aktivitas Kuis")
_WHY: Final = "Moodle XML tidak dapat memuatnya; simpan juga berkas YAML modul ini"
_UNKNOWN: Final = "bank soal Moodle tidak mengenal soal seperti ini; ia tidak ditulis"
_HELD: Final = ("case", "unit", "units")
_SHOWN: Final = {
    "image": '<p><img src="{source}" alt="{alt}"></p>',
    "audio": '<p><audio controls src="{source}" title="{alt}"></audio></p>',
    "video": '<p><video controls src="{source}" title="{alt}"></video></p>',
    "document": '<p><a href="{source}" title="{alt}">{name}</a></p>',
}


def write(module: Module, media: Path) -> Written:
    """Return the module's cards and questions; `media` is the folder of its files."""
    notes = [_SETTINGS]
    parts = [_category(module)]
    for card in module.cards:
        parts.append(_description(card, media, notes))
        notes += _lost_with_card(card)
    for item in module.items:
        if item.type in WRITERS:
            parts.append(_question(item))
            notes += _lost_with_item(item)
        else:
            notes.append(Note(0, f"soal {item.id} ({item.type})", _UNKNOWN))
    return Written(document(*parts), notes)


def _category(module: Module) -> str:
    path = f"$course$/top/{module.title.replace('/', '//')}"
    return element("question", element("category", text(path)), plain("info", module.summary), type="category")


def _description(card: Card, folder: Path, notes: list[Note]) -> str:
    shown, file = _attached(card.media, folder, card.id, notes) if card.media else ("", "")
    return element(
        "question",
        element("name", text(card.title)),
        element("questiontext", text(to_html(card.text) + shown), file, format="html"),
        rich("generalfeedback", card.reveal),
        value("defaultgrade", "0"),
        value("idnumber", card.id),
        type="description",
    )


def _attached(media: Media, folder: Path, card: str, notes: list[Note]) -> tuple[str, str]:
    """Return the HTML that shows a file, and the file; nothing, with a note, when it can't be read or is more than a bank holds."""
    name = PurePosixPath(media.file).name
    try:
        content = (folder / media.file).read_bytes()
    except OSError as error:
        notes.append(Note(0, f"kartu {card}: {media.file}", f"tidak dapat dibuka ({error.strerror}); unggah sendiri di Moodle"))
        return "", ""
    if len(content) > limits.PHOTO_BYTES:
        notes.append(Note(0, f"kartu {card}: {media.file}", "lebih dari 10 MB; unggah sendiri di Moodle"))
        return "", ""
    shown = _SHOWN[media.type].format(source=escape(PLACE + quote(name)), alt=escape(media.alt), name=escape(name))
    return shown, element("file", b64encode(content).decode(), name=name, path="/", encoding="base64")


def _question(item: Item) -> str:
    kind, parts = WRITERS[item.type]
    return element(
        "question",
        element("name", text(_name(item))),
        element("questiontext", text(_with_gaps(item) if isinstance(item, Cloze) else to_html(item.text)), format="html"),
        rich("generalfeedback", item.explanation),
        value("defaultgrade", "1" if item.graded else "0"),
        value("idnumber", item.id),
        *parts(item),
        type=kind,
    )


def _name(item: Item) -> str:
    """Return the beginning of the question, by which Moodle lists it."""
    seen = markup.visible(MARK.sub(BLANK, item.text) if isinstance(item, Cloze) else item.text)
    return short(seen, limits.TITLE)


def _with_gaps(item: Cloze) -> str:
    """Return the text with its gaps. Moodle's gaps offer only words of their own, so those of the others are written out."""
    answers = dict.fromkeys(gap.answer for gap in item.gaps)
    gaps = [written(gap.answer, [word for word in gap.distractors or answers if word != gap.answer]) for gap in item.gaps]
    following = iter(gaps)
    return MARK.sub(lambda _: next(following), to_html(item.text))


def _lost_with_card(card: Card) -> Iterator[Note]:
    lost = [*(name for name in ("sources", "keywords") if getattr(card, name)), *hidden(card.text + card.reveal)]
    if lost:
        yield Note(0, f"kartu {card.id}: {', '.join(lost)}", _WHY)
    if card.check:
        yield Note(0, f"kartu {card.id}: check", f"soal {card.check.id} ditulis di antara soal kuis")


def _lost_with_item(item: Item) -> Iterator[Note]:
    lost = unheld(item, _HELD)
    match item:
        case Numeric(unit="", units=units) if units:
            lost.append("units")
        case Cloze(gaps=gaps) if [gap.id for gap in gaps] != [str(place) for place in range(1, len(gaps) + 1)]:
            lost.append("id celah")
    if lost:
        yield Note(0, f"soal {item.id}: {', '.join(lost)}", _WHY)
