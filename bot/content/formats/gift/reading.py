"""From GIFT to questions and cards."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.content import limits, markup
from bot.content.formats.bank import Bank, Note, Question, UnfitError
from bot.content.formats.decoding import QUESTIONS, decode, too_many
from bot.content.formats.gift.choices import choice
from bot.content.formats.gift.syntax import ARROW, CATEGORY, Block, blocks, entry, parts, remarks, shown
from bot.content.formats.gift.texts import Reading
from bot.content.formats.gift.typed import numeric, short_text
from bot.content.formats.moodle import category
from bot.content.formats.noting import one_line, short
from bot.content.importing import free, slug

_LONGEST: Final = 16_000  # letters of a question: twice what ours hold; what Markdown may cost grows faster than its length
_JUDGED: Final = re.compile(r"(T|TRUE|F|FALSE)\s*(?:#|\Z)", re.IGNORECASE)


@dataclass(slots=True)
class _Found:
    """What was read so far."""

    questions: list[Question] = field(default_factory=list)
    cards: list[dict[str, Any]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    title: str = ""


def read(data: bytes, module_id: str) -> Bank:  # noqa: ARG001 - a text holds no media to name
    """Return the questions of a GIFT file, and its descriptions as cards.

    Raises:
        BrokenBankError: the file is no text, or has too many questions.

    """
    text = decode(data)
    found = _Found()
    for number, block in enumerate(blocks(text)):
        if number == QUESTIONS:
            raise too_many(block.line)
        try:
            _category(block, found) if block.text.startswith(CATEGORY) else _block(block, found)
        except UnfitError as error:
            found.notes.append(Note(block.line, short(f"tidak diimpor: {error.what}"), error.why))
    if comments := remarks(text):
        found.notes.append(Note(0, f"{comments} baris komentar (//)", "komentar bukan isi soal; salin ke berkas YAML bila perlu"))
    return Bank(found.questions, found.cards, notes=tuple(dict.fromkeys(found.notes)), title=found.title)


def _category(block: Block, found: _Found) -> None:
    """Take the first category as the module's title."""
    path = block.text.removeprefix(CATEGORY).strip()
    name, nested = category(path)
    if not found.title and not found.questions:
        found.title = name
    if found.title != name or nested:
        found.notes.append(Note(block.line, short(f"kategori {path}"), "satu berkas menjadi satu modul; pisahkan berkasnya bila perlu"))


def _block(block: Block, found: _Found) -> None:
    if len(block.text) > _LONGEST:
        raise UnfitError(f"soal lebih dari {_LONGEST} huruf", "ringkas; gambar di dalam teks tidak dapat dibawa")
    one = Reading(entry(block), found.notes)
    if one.entry.answers is None:
        found.cards.append(_card(one, {card["id"] for card in found.cards}))
    else:
        found.questions.append(Question(block.line, _question(one)))
    if one.entry.tags:
        one.lose(f"tag {', '.join(one.entry.tags)}", "soal tidak punya tag; pakai tags pada modul")


def _card(one: Reading, taken: set[str]) -> dict[str, Any]:
    text = one.text("")
    seen = markup.visible(text)
    if not 0 < markup.length(seen) <= limits.CARD_TEXT:
        raise UnfitError(f"teks {markup.length(seen)} huruf", f"kartu memuat 1 sampai {limits.CARD_TEXT} huruf; bagi dengan baris kosong")
    title = short(one.entry.title or seen, limits.TITLE)
    if one.entry.title and title != one.entry.title:
        one.lose(f"judul {one.entry.title}", f"dipotong menjadi {limits.TITLE} huruf")
    return {"id": free(slug(one.entry.ident or title) or "kartu", taken), "title": title, "text": text}


def _question(one: Reading) -> dict[str, Any]:
    answers = one.entry.answers or ""
    read_answers = next(reader for fits, reader in _READERS if fits(answers))
    data = read_answers(one, answers)
    text = str(data.get("text") or one.text())
    explanation = one.rich(one.entry.general)
    last = {"explanation": explanation} if explanation else {}
    return {**_name(one, text), "type": data["type"], "text": text, **data, **last}


def _name(one: Reading, text: str) -> dict[str, str]:
    """Return the id, made of Moodle's id number or the title; a title that says more than id and text is told."""
    title = one.entry.title
    name = slug(one.entry.ident or title)
    kept = title in markup.visible(text) or (name and slug(title, len(title)) == name)
    if not kept:
        one.lose(f"judul {title}", "soal di sini hanya punya id")
    return {"id": name} if name else {}


def _reflection(_: Reading, __: str) -> dict[str, Any]:
    return {"type": "reflection"}


def _matching(one: Reading, answers: str) -> dict[str, Any]:
    sides = [_sides(one, text) for _, text in parts(answers)]
    distractors = [right for left, right in sides if not left]
    pairs = [{"left": left, "right": right} for left, right in sides if left]
    return {"type": "matching", "pairs": pairs} | ({"distractors": distractors} if distractors else {})


def _sides(one: Reading, text: str) -> tuple[str, str]:
    left, arrow, right = text.partition(ARROW)
    if not arrow:
        raise UnfitError(f"pasangan tanpa {ARROW}: {shown(text)}", f"tulis =kiri {ARROW} kanan")
    return one_line(one.plain(left)), one_line(shown(right))


def _true_false(one: Reading, answers: str) -> dict[str, Any]:
    judged, *feedback = answers.split("#", 2)
    answer = judged.strip().upper().startswith("T")
    wrong, right = (one.plain(text) for text in [*feedback, "", ""][:2])
    said = {"if_true": right, "if_false": wrong} if answer else {"if_true": wrong, "if_false": right}
    said = {name: text for name, text in said.items() if text}
    return {"type": "true_false", "answer": answer} | ({"feedback": said} if said else {})


_READERS: Final[tuple[tuple[Callable[[str], object], Callable[[Reading, str], Mapping[str, Any]]], ...]] = (
    (lambda answers: not answers, _reflection),
    (lambda answers: answers.startswith("#"), numeric),
    (lambda answers: "~" in answers, choice),
    (lambda answers: "=" in answers and ARROW in answers, _matching),
    (_JUDGED.match, _true_false),
    (lambda _: True, short_text),
)
