"""From Moodle XML to questions, cards and their pictures."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from bot.content import limits, markup
from bot.content.formats.attachments import Attachments
from bot.content.formats.bank import Bank, Note, Question, UnfitError
from bot.content.formats.moodle import category
from bot.content.formats.moodle_xml.entry import Entry, raw
from bot.content.formats.moodle_xml.gaps import BLANK, MARK
from bot.content.formats.moodle_xml.tree import Element, questions
from bot.content.formats.moodle_xml.types import TYPES
from bot.content.formats.noting import one_line, short
from bot.content.importing import slug

_FEEDBACKS: Final = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
_USUAL: Final = (  # what Moodle itself writes there: the bot says as much in its own words
    "your answer is correct.",
    "your answer is partially correct.",
    "your answer is incorrect.",
    "jawaban anda benar.",
    "jawaban anda sebagian benar.",
    "jawaban anda salah.",
    "jawaban anda tidak benar.",
)
_READ: Final = frozenset(
    (
        *("name", "questiontext", "generalfeedback", "idnumber", "hidden", "defaultgrade", "hint", "tags", *_FEEDBACKS, "category", "info"),
        *(
            "answer",
            "single",
            "shuffleanswers",
            "usecase",
            "units",
            "unitgradingtype",
            "subquestion",
            "selecttype",
            "dragbox",
            "selectoption",
        ),
        *("attachments", "responseformat", "graderinfo", "responsetemplate"),
    )
)
_NOTHING_SAID: Final[Mapping[str, tuple[str, ...]]] = {  # settings, and the values that Moodle gives them when a teacher gives none
    "penalty": ("0", "0.0000000", "0.1", "0.1000000", "0.3333333", "1", "1.0000000"),
    "answernumbering": ("abc", "none"),
    "showstandardinstruction": ("0", "1"),
    "shownumcorrect": ("1",),
    "unitpenalty": ("0.1", "0.1000000"),
    "showunits": ("0", "3"),
    "unitsleft": ("0",),
    "responserequired": ("0", "1"),
    "responsefieldlines": ("10", "15"),
    "attachmentsrequired": ("0",),
    "maxbytes": ("0",),
    "layouttype": ("VERTICAL", "0"),
    "selectcount": ("0", "2"),
    "gradingtype": ("ABSOLUTE_POSITION", "0"),
    "showgrading": ("SHOW", "1"),
    "numberingstyle": ("none",),
}
_ONE_OR_NONE: Final = re.compile(r"(?:[01](?:\.0*)?)?")
_KINDS: Final = {  # Moodle's names of the types that a module can't hold
    "calculated": "berhitung dengan rumus",
    "calculatedsimple": "berhitung dengan rumus",
    "calculatedmulti": "pilihan ganda dengan rumus",
    "ddimageortext": "seret ke gambar",
    "ddmarker": "seret penanda ke gambar",
    "random": "soal acak dari kategori",
    "randomsamatch": "menjodohkan acak",
}


def read(data: bytes, module_id: str) -> Bank:
    """Return the questions of a file in Moodle XML, its descriptions as cards, and its pictures, each with a card that shows it.

    Raises:
        BrokenBankError: the file is no Moodle XML, or one that nobody would make for us.

    """
    reader = _Reader(module_id)
    for element in questions(data):
        reader.take(element)
    return reader.bank()


class _Reader:
    """Takes the elements of a file one by one."""

    def __init__(self, module_id: str) -> None:
        self._attachments = Attachments(module_id)
        self._questions: list[Question] = []
        self._notes: list[Note] = []
        self._settings: Counter[str] = Counter()
        self._title = ""

    def take(self, element: Element) -> None:
        """Read one element of the file."""
        kind = element.attributes.get("type", "") if element.name == "question" else f"<{element.name[:40]}>"
        entry = Entry(element, self._attachments)
        self._attachments.begin(len(self._questions))
        try:
            if kind == "category":
                self._category(entry)
            elif kind == "description":
                _card(entry)
            else:
                self._questions.append(Question(element.line, _question(entry, kind)))
        except UnfitError as error:
            entry.lose(f"{short(entry.name) or kind} tidak diimpor: {error.what}", error.why)
        else:
            _lose_the_rest(entry)
            self._settings.update(_settings(element))
        self._notes += dict.fromkeys(entry.notes)

    def bank(self) -> Bank:
        """Return what was read."""
        if self._settings:
            listed = ", ".join(f"{name} ({count} soal)" for name, count in sorted(self._settings.items()))
            self._notes.append(Note(0, f"pengaturan Moodle tanpa padanan: {listed}", "bot memakai aturannya sendiri"))
        return Bank(self._questions, self._attachments.cards, self._attachments.media, self._notes, self._title)

    def _category(self, entry: Entry) -> None:
        """Take the first category as the module's title."""
        holder = entry.element.first("category")
        path = one_line(raw(holder)) if holder else ""
        name, nested = category(path)
        if not self._title and not self._questions:
            self._title = name
        if name != self._title or nested:
            entry.lose(f"kategori {short(path)}", "satu berkas menjadi satu modul; pisahkan berkasnya bila perlu")
        if info := entry.plain(entry.element.first("info")):
            entry.lose(f'keterangan kategori "{short(info)}"', "pindahkan ke summary bila perlu")


def _question(entry: Entry, kind: str) -> dict[str, Any]:
    if kind not in TYPES:
        raise UnfitError(f"jenis soal {_KINDS.get(kind, 'yang tidak dikenal')} ({kind[:40]})", "tulis ulang dengan jenis soal lain")
    parts = TYPES[kind](entry)
    name = _id(entry, str(parts["text"]))
    explanation = entry.rich("generalfeedback", limits.EXPLANATION)
    last = {"explanation": explanation, "card": entry.card}
    return ({"id": name} if name else {}) | parts | {key: value for key, value in last.items() if value}


def _id(entry: Entry, text: str) -> str:
    """Return an id made of Moodle's id number or of the name; a name that says more than id and text is told."""
    name = slug(entry.element.value("idnumber") or entry.name)
    words = entry.name.removesuffix("…").strip()
    asked = one_line(markup.visible(MARK.sub(BLANK, text)))
    if words and slug(words, len(words)) != name and words not in asked:
        entry.lose(f"nama soal {short(entry.name)}", "soal di sini hanya punya id")
    return name


def _card(entry: Entry) -> None:
    text, media = entry.card_text()
    text = text or (entry.name if media else "")
    size = markup.length(markup.visible(text))
    if not 0 < size <= limits.CARD_TEXT:
        raise UnfitError(f"teks {size} huruf", f"kartu memuat 1 sampai {limits.CARD_TEXT} huruf; bagi di Moodle")
    title = entry.cut(entry.name or one_line(markup.visible(text)), limits.TITLE)
    reveal = entry.rich("generalfeedback", limits.CARD_TEXT)
    card = {"title": title, "text": text} | ({"reveal": reveal} if reveal else {}) | ({"media": media[0]} if media else {})
    entry.attachments.add(card, entry.element.value("idnumber") or title)
    for one in media[1:]:
        entry.attachments.show(one, title)
        entry.lose(f"kartu {title} punya beberapa berkas ({one['file']})", "ada pada kartu tersendiri")


def _lose_the_rest(entry: Entry) -> None:
    """Note what a question says that no type of ours can hold."""
    element = entry.element
    for name in _FEEDBACKS:
        text = entry.plain(element.first(name))
        if text and text.casefold() not in _USUAL:
            entry.lose(f'umpan balik "{short(text)}" untuk hasil keseluruhan', "pindahkan ke explanation bila perlu")
    hints = [short(entry.plain(hint)) for hint in element.all("hint")]
    if any(hints):
        entry.lose(f"petunjuk (hint): {' / '.join(filter(None, hints))}", "bot tidak memberi petunjuk bertahap")
    tags = element.first("tags")
    if tags and tags.children:
        entry.lose(f"tag {', '.join(short(raw(tag)) for tag in tags.all('tag'))}", "soal tidak punya tag; pakai tags pada modul")
    if element.value("hidden", "0") == "1":
        entry.lose("soal tersembunyi di Moodle", "tetap diimpor; hapus bila tidak dipakai lagi")


def _settings(element: Element) -> list[str]:
    """Return the names of the settings that a teacher changed and that we have none for."""
    changed = [one.name[:40] for one in element.children if one.name not in _READ and not _says_nothing(one)]
    return changed if _ONE_OR_NONE.fullmatch(element.value("defaultgrade")) else [*changed, "defaultgrade"]


def _says_nothing(setting: Element) -> bool:
    text = raw(setting)
    return not text or text in _NOTHING_SAID.get(setting.name, ())
