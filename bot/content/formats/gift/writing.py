"""From a module to GIFT: its cards as descriptions, its questions in the author's order.

Texts without tags are written as [plain], others as [html]. Our id becomes the title of a question, and Moodle's id number of a card.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape as as_html
from pathlib import Path
from typing import Any, Final

from bot.content import markup
from bot.content.formats.bank import Note, Written
from bot.content.formats.gift.syntax import ARROW, BLANK, CATEGORY, GAP, escape
from bot.content.formats.markup import to_html
from bot.content.formats.moodle import share
from bot.content.formats.moodle.losses import hidden, unheld
from bot.content.formats.words import exact
from bot.content.items.cloze import Cloze
from bot.content.items.item import Item
from bot.content.items.matching import Matching
from bot.content.items.multiple_choice import MultipleChoice
from bot.content.items.numeric import Numeric
from bot.content.items.reflection import Reflection
from bot.content.items.short_text import ShortText
from bot.content.items.single_choice import SingleChoice
from bot.content.items.true_false import TrueFalse
from bot.content.model import Card, Module

_SETTINGS: Final = Note(0, "ringkasan, kompetensi, sumber, dan aturan kuis modul", "GIFT hanya memuat soal dan teks; atur lagi di Moodle")
_WHY: Final = "GIFT tidak dapat memuatnya; simpan juga berkas YAML modul ini"


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with its format, which the texts that belong to it have too unless they say otherwise."""

    form: str
    text: str

    def __str__(self) -> str:
        """Return it as it stands in a file."""
        return f"[{self.form}]{escape(self.text)}"

    def plain(self, text: str) -> str:
        """Return a plain text that belongs to it; what would be read as a format or a weight is kept from that."""
        return f"[plain]{escape(text)}" if text and (self.form != "plain" or text[0] in "[%") else escape(text)

    def answer(self, mark: str, text: str, feedback: str) -> str:
        """Return an answer that belongs to it, with its feedback."""
        return f"{mark}{self.plain(text)}" + (f"#{self.plain(feedback)}" if feedback else "")


def write(module: Module, media: Path) -> Written:  # noqa: ARG001 - a text holds no media
    """Return the module's cards and questions in GIFT."""
    notes = [_SETTINGS]
    blocks = [f"{CATEGORY} {module.title.replace('/', '//')}"]
    for card in module.cards:
        blocks.append(f"// [id:{card.id}]\n::{escape(card.title)}::{_text(card.text)}")
        notes += _lost_with_card(card)
    for item in module.items:
        if item.type not in _WRITERS or (isinstance(item, Cloze) and len(item.gaps) > 1):
            notes.append(Note(0, f"soal {item.id} ({item.type})", "GIFT tidak mengenal soal seperti ini; ia tidak ditulis"))
        else:
            blocks.append(_question(item))
            notes += _lost_with_item(item)
    return Written(("\n\n".join(blocks) + "\n").encode(), notes)


def _text(html: str) -> _Text:
    return _Text("html", to_html(html)) if "<" in html else _Text("plain", markup.visible(html))


def _question(item: Item) -> str:
    text = _text(item.text)
    answers = _WRITERS[item.type](item, text)
    before, after = _around_gap(item, text.text) if isinstance(item, Cloze) else (text.text, "")
    lines = [*answers, f"####{_text(item.explanation)}"] if item.explanation else answers
    inside = "".join(f"\n\t{line}" for line in lines) + "\n" if lines else ""
    return f"::{item.id}::{_Text(text.form, before)}{{{inside}}}{escape(after)}"


def _around_gap(item: Cloze, text: str) -> tuple[str, str]:
    """Return the text before and behind the gap. Where nothing follows, GIFT shows no blank, so it is written out."""
    before, _, after = text.partition(f"{{{item.gaps[0].id}}}")
    return (before, after) if after.strip() else (before + BLANK, "")


def _options(item: SingleChoice, text: _Text) -> list[str]:
    return [text.answer("=" if one.correct else "~", one.text, one.feedback) for one in item.options]


def _shares(item: MultipleChoice, text: _Text) -> list[str]:
    """Return the options: every right one has its share of the 100 %, and every wrong one takes as much away, as our own grading has it."""
    each = share(len(item.right))
    return [text.answer(f"~%{'' if one.correct else '-'}{each}%", one.text, one.feedback) for one in item.options]


def _judgement(item: TrueFalse, text: _Text) -> list[str]:
    said = item.feedback
    right, wrong = (said.if_true, said.if_false) if item.answer else (said.if_false, said.if_true)
    feedback = f"#{text.plain(wrong)}" + (f"#{text.plain(right)}" if right else "") if right or wrong else ""
    return [("TRUE" if item.answer else "FALSE") + feedback]


def _words(item: ShortText, text: _Text) -> list[str]:
    return [line.replace(ARROW, "→") for line in _typed(item, text)]  # GIFT's arrow would make pairs of the answers


def _typed(item: ShortText, text: _Text) -> list[str]:
    """Return the answers; a star is escaped, since Moodle takes it for anything."""
    right = [text.answer("=%100%", one.replace("*", r"\*"), "") for one in item.answers]
    return right + [text.answer("=%0%", one.text.replace("*", r"\*"), one.feedback) for one in item.wrong]


def _numbers(item: Numeric, text: _Text) -> list[str]:
    wrong = [f"=%0%{_interval(one.answer, one.tolerance)}#{text.plain(one.feedback)}" for one in item.wrong]
    return [f"#={_interval(item.answer, item.tolerance)}", *wrong]


def _interval(answer: float, tolerance: float) -> str:
    return ":".join(f"{exact(number):f}".removesuffix(".0") for number in (answer, tolerance))


def _pairs(item: Matching, text: _Text) -> list[str]:
    pairs = [f"={_left(one.left, text)} {ARROW} {escape(one.right)}" for one in item.pairs]
    return pairs + [f"= {ARROW} {escape(one)}" for one in item.distractors]


def _left(left: str, text: _Text) -> str:
    """Return the left side of a pair; GIFT knows no escape for its arrow, HTML does."""
    return f"[html]{escape(as_html(left, quote=False))}" if ARROW in left else text.plain(left)


def _missing(item: Cloze, text: _Text) -> list[str]:
    words = dict.fromkeys((item.gaps[0].answer, *item.gaps[0].distractors))
    return [text.answer("~" if place else "=", word, "") for place, word in enumerate(words)]


def _nothing(_: Reflection, __: _Text) -> list[str]:
    return []


_WRITERS: Final[Mapping[str, Callable[[Any, _Text], list[str]]]] = {
    "single_choice": _options,
    "multiple_choice": _shares,
    "true_false": _judgement,
    "short_text": _words,
    "numeric": _numbers,
    "matching": _pairs,
    "cloze": _missing,
    "reflection": _nothing,
}


def _lost_with_card(card: Card) -> Iterator[Note]:
    lost = [name for name in ("reveal", "media", "sources", "keywords") if getattr(card, name)] + hidden(card.text)
    if lost:
        yield Note(0, f"kartu {card.id}: {', '.join(lost)}", _WHY)
    if card.check:
        yield Note(0, f"kartu {card.id}: check", f"soal {card.check.id} ditulis di antara soal kuis")


def _lost_with_item(item: Item) -> Iterator[Note]:
    lost = unheld(item)
    match item:
        case ShortText() if ARROW in "".join(_typed(item, _Text("plain", ""))):
            lost.append(f"tanda {ARROW} (ditulis →)")
        case Cloze(gaps=(gap,)) if gap.id != GAP:
            lost.append("id celah")
    if lost:
        yield Note(0, f"soal {item.id}: {', '.join(lost)}", _WHY)
    if isinstance(item, Cloze) and not _around_gap(item, markup.visible(item.text))[1]:
        yield Note(0, f"soal {item.id}: celah di akhir teks", "GIFT memerlukan kata sesudahnya; ditulis sebagai pilihan ganda")
