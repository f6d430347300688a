"""Texts with gaps: Moodle's Cloze syntax, and the types whose words stand below the text.

Source: docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type, and where that is silent Moodle's own reader
(question/type/multianswer/questiontype.php).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import count
from typing import Any, Final

from bot.content.formats.bank import UnfitError
from bot.content.formats.moodle import ALL, without_stars
from bot.content.formats.moodle.numbers import number
from bot.content.formats.moodle.typed import Answer, numbers, words
from bot.content.formats.moodle_xml.entry import Entry, Text
from bot.content.formats.noting import one_line, short

_TYPES: Final = {
    "choice": "MULTICHOICE MC MULTICHOICE_V MCV MULTICHOICE_H MCH MULTICHOICE_S MCS MULTICHOICE_VS MCVS MULTICHOICE_HS MCHS",
    "typed": "SHORTANSWER SA MW SHORTANSWER_C SAC MWC",
    "number": "NUMERICAL NM",
    "several": "MULTIRESPONSE MR MULTIRESPONSE_H MRH MULTIRESPONSE_S MRS MULTIRESPONSE_HS MRHS",
}
_KINDS: Final = {name: kind for kind, names in _TYPES.items() for name in names.split()}
_GAP: Final = re.compile(r"\{\d*:(?P<type>[A-Z_]{2,16}):(?P<answers>(?:\\.|[^\\{}])*+)\}", re.DOTALL)
_UNREAD: Final = re.compile(r"\{\d*:[A-Z_]{2,16}:")
_BETWEEN_WORDS: Final = re.compile(r"(?<!\\)~")
_WEIGHT: Final = re.compile(r"\s*(?:(?P<whole>=)|%(?P<weight>-?\d{1,3}(?:[.,]\d{1,9})?)%|)")
_FEEDBACK: Final = re.compile(r"(?<![\\&])#")
_ENTITY: Final = re.compile(r"&amp;(#[0-9a-fx]{2,6};)")  # an editor writes the & of an entity as an entity
_ESCAPED: Final = re.compile(r"\\([~#}/\"\\])")
_RESERVED: Final = {letter: f"&#{ord(letter)};" for letter in "~#}{\\=%"}
_PLACE: Final = re.compile(r"\[\[(\d{1,3})\]\]")
MARK: Final = re.compile(r"\{[a-z0-9-]+\}")  # how a gap stands in a text of ours
BLANK: Final = "____"


@dataclass(frozen=True, slots=True)
class _Gap:
    kind: str
    words: tuple[Answer, ...]

    @property
    def right(self) -> list[str]:
        """The words that fit, each once."""
        return list(dict.fromkeys(word.text for word in self.words if word.weight >= ALL and word.text))

    @property
    def wrong(self) -> list[str]:
        """The words that do not."""
        return list(dict.fromkeys(word.text for word in self.words if word.weight < ALL and word.text))


def cloze(entry: Entry) -> dict[str, Any]:
    """Return a text with gaps. A single word or number to be typed is a question of that kind, with a blank in its text.

    Raises:
        UnfitError: it has no gap, or one that can't be kept.

    """
    text = entry.text(entry.element.first("questiontext"))
    html = _ENTITY.sub(r"&\1", text.html)
    gaps = [_gap(entry, found) for found in _GAP.finditer(html)]
    if not gaps or _UNREAD.search(_GAP.sub("", html)):
        raise UnfitError("teks tanpa celah, atau dengan celah yang tidak terbaca", "tulis celah seperti {1:SHORTANSWER:=jawaban}")
    if len(gaps) == 1 and gaps[0].kind in _TYPED:
        kind, answers = _TYPED[gaps[0].kind]
        parts = answers(entry, gaps[0].words)
        return {"type": kind, "text": entry.asked(replace(text, html=_GAP.sub(BLANK, html))), **parts}
    chosen = [_chosen(entry, gap) for gap in gaps]
    return _with_gaps(entry, replace(text, html=_numbered(_GAP, html)), chosen)


def _gap(entry: Entry, found: re.Match[str]) -> _Gap:
    kind = _KINDS.get(found["type"], "several")
    if kind == "several":
        raise UnfitError(f"celah jenis {found['type']}", "satu celah di sini memuat satu kata; bagi soalnya")
    return _Gap(kind, tuple(_word(entry, part, kind) for part in _BETWEEN_WORDS.split(found["answers"])))


def _word(entry: Entry, part: str, kind: str) -> Answer:
    weight = next(_WEIGHT.finditer(part))  # at the beginning, always: no weight is one, too
    word, feedback = ([*_FEEDBACK.split(part[weight.end() :], maxsplit=1), ""])[:2]
    text, said = (one_line(entry.plain(Text(_ESCAPED.sub(r"\1", html), {}))) for html in (word, feedback))
    share = ALL if weight["whole"] else number(weight["weight"] or "0")
    if kind != "number":
        return Answer(text, share, said)
    value, _, tolerance = text.partition(":")
    return Answer(value.strip(), share, said, tolerance.strip())


def _chosen(entry: Entry, gap: _Gap) -> tuple[str, list[str]]:
    """Return the word of a gap and its wrong words, as they are chosen here; raises UnfitError when no word fits."""
    right, wrong = gap.right, gap.wrong
    if gap.kind != "choice":  # a star stands for anything only where something is typed
        right, wrong = ([bare for word in words if (bare := without_stars(word)[0])] for words in (right, wrong))
    if not right:
        raise UnfitError("celah tanpa jawaban yang bernilai penuh", "tulis = di depan jawaban yang benar")
    if gap.right != right[:1] or any(word.tolerance.strip("0.,") for word in gap.words):
        entry.lose(f"variasi jawaban {short(', '.join(gap.right))}", "di bot satu celah punya satu jawaban, yang dipilih dari daftar")
    _lose_of_gap(entry, gap)
    return right[0], [word for word in wrong if word not in right]


def _lose_of_gap(entry: Entry, gap: _Gap) -> None:
    if gap.kind != "choice":
        entry.lose("celah yang diisi dengan mengetik", "di bot kata dipilih dari daftar; tambahkan distractors bila perlu")
    if any(word.weight not in (0, ALL) for word in gap.words):
        entry.lose("bobot sebagian pada celah", "di bot kata yang bukan jawaban tidak bernilai")
    for word in gap.words:
        if word.feedback:
            entry.lose(f'umpan balik "{short(word.feedback)}" untuk {short(word.text)}', "pindahkan ke explanation bila perlu")


def missing_words(entry: Entry) -> dict[str, Any]:
    """Return a text whose gaps are numbers of words that stand below it, in groups; raises UnfitError when a word is missing."""
    text = entry.text(entry.element.first("questiontext"))
    boxes = [box for box in entry.element.children if box.name in {"dragbox", "selectoption"}]
    words = [one_line(entry.plain(box)) for box in boxes]
    groups = [box.value("group", "1") for box in boxes]
    gaps: list[tuple[str, list[str]]] = []
    for found in _PLACE.finditer(text.html):
        place = int(found[1]) - 1
        if not 0 <= place < len(words):
            raise UnfitError(f"celah {found[0]} tanpa kata", "tambahkan pilihannya di Moodle")
        others = [word for word, group in zip(words, groups, strict=True) if group == groups[place] and word != words[place]]
        gaps.append((words[place], list(dict.fromkeys(others))))
    if not gaps:
        raise UnfitError("teks tanpa celah", "tulis celah seperti [[1]]")
    return _with_gaps(entry, replace(text, html=_numbered(_PLACE, text.html)), gaps)


def written(answer: str, distractors: Sequence[str]) -> str:
    """Return a gap in Cloze syntax: words to choose from, in any order."""
    words = "~".join([f"={_encoded(answer)}", *map(_encoded, distractors)])
    return f"{{1:MULTICHOICE_S:{words}}}"


def _encoded(word: str) -> str:
    return "".join(_RESERVED.get(letter, escape(letter, quote=False)) for letter in word)


def _numbered(marks: re.Pattern[str], html: str) -> str:
    places = count(1)
    return marks.sub(lambda _: f"{{{next(places)}}}", html)


def _with_gaps(entry: Entry, text: Text, gaps: Sequence[tuple[str, list[str]]]) -> dict[str, Any]:
    data = [_as_written(place, answer, wrong, gaps) for place, (answer, wrong) in enumerate(gaps, start=1)]
    return {"type": "cloze", "text": entry.asked(text), "gaps": data}


def _as_written(place: int, answer: str, wrong: list[str], gaps: Sequence[tuple[str, list[str]]]) -> dict[str, Any]:
    """Return a gap as an author writes it: without distractors where they are the answers of the other gaps, which are offered anyway."""
    others = {other for other, _ in gaps} - {answer}
    return {"id": str(place), "answer": answer} | ({"distractors": wrong} if wrong and set(wrong) != others else {})


_TYPED: Final[Mapping[str, tuple[str, Callable[[Entry, Sequence[Answer]], dict[str, Any]]]]] = {
    "typed": ("short_text", words),
    "number": ("numeric", numbers),
}
