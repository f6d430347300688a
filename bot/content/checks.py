"""What must fit together inside a module or a path: checked on plain data of any shape, so that all faults are told at once."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

import orjson

from bot.content import limits, markup
from bot.content.findings import Code
from bot.content.items import ITEM_TYPES
from bot.content.reading import Location
from bot.content.wording import did_you_mean

EACH: Final = -1
UNGRADED: Final = frozenset(name for name, kind in ITEM_TYPES.items() if not kind.graded)
_CARDS: Final = ("cards", EACH)
_QUIZ_ITEMS: Final = ("quiz", "items", EACH)
_ITEMS: Final = (_QUIZ_ITEMS, (*_CARDS, "check"))  # where a module has questions
_PLAIN_PARTS: Final = (
    ("options", EACH),
    ("options", EACH, "text"),
    ("options", EACH, "feedback"),
    ("feedback", "if_true"),
    ("feedback", "if_false"),
    ("answers", EACH),
    ("wrong", EACH, "feedback"),
    ("steps", EACH),
    ("steps", EACH, "text"),
    ("pairs", EACH, "left"),
    ("pairs", EACH, "right"),
    ("distractors", EACH),
    ("gaps", EACH, "answer"),
    ("gaps", EACH, "distractors", EACH),
    ("scenes", EACH, "options", EACH, "text"),
    ("scenes", EACH, "options", EACH, "reason"),
)
_PLAIN: Final = (
    ("title",),
    ("summary",),
    (*_CARDS, "title"),
    (*_CARDS, "media", "alt"),
    *((*holder, *part) for holder in _ITEMS for part in _PLAIN_PARTS),
)
HTML_PARTS: Final = (
    (*_CARDS, "text"),
    (*_CARDS, "reveal"),
    *((*holder, *part) for holder in _ITEMS for part in (("text",), ("explanation",), ("scenes", EACH, "text"))),
)
_JOINED: Final = ", ; "  # what stands between a rule, its article and the next source
_LOOKS_LIKE_HTML: Final = re.compile(rf"</?(?:{'|'.join(markup.TAGS)})\b[^<>]*>|&(?:lt|gt|amp|quot);")


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of the value at `location`: its code, what is wrong and what to do."""

    location: Location
    code: Code
    what: str
    advice: str


def found(data: Any, *pattern: str | int) -> list[tuple[tuple[str | int, ...], Any]]:
    """Return each value at `pattern`, where EACH stands for every entry of a list, with its location; other shapes are passed over."""
    level: list[tuple[tuple[str | int, ...], Any]] = [((), data)]
    for part in pattern:
        if part == EACH:
            level = [((*to, place), value) for to, holder in level if isinstance(holder, list) for place, value in enumerate(holder)]
        else:
            level = [((*to, part), holder[part]) for to, holder in level if isinstance(holder, dict) and part in holder]
    return level


def module_problems(data: dict[str, Any], file_id: str) -> Iterator[Problem]:
    """Yield what does not fit together in a module whose file is named after `file_id`."""
    yield from _named_as_file(data, file_id)
    yield from _repeated(data, ("sources", EACH, "id"))
    yield from _repeated(data, (*_CARDS, "id"))
    yield from _repeated(data, *((*holder, "id") for holder in _ITEMS))
    sources, cards = _texts(data, "sources", EACH, "id"), _texts(data, *_CARDS, "id")
    yield from _unknown(data, (*_CARDS, "sources", EACH), sources, "sources")
    for holder in _ITEMS:
        yield from _unknown(data, (*holder, "sources", EACH), sources, "sources")
        yield from _unknown(data, (*holder, "card"), cards, "cards")
    yield from _draw(data)
    yield from _button_ids(data)
    yield from _long_items(data)
    yield from _long_citations(data)
    yield from _html_in_plain(data)


def path_problems(data: dict[str, Any], file_id: str, modules: Collection[str]) -> Iterator[Problem]:
    """Yield what does not fit together in a path, given the ids of the modules that have a file."""
    yield from _named_as_file(data, file_id)
    yield from _repeated(data, ("modules", EACH))
    for location, module_id in found(data, "modules", EACH):
        if isinstance(module_id, str) and module_id not in modules:
            hint = did_you_mean(module_id, list(modules))
            advice = f"{hint}buat content/modules/{module_id}.yaml, atau hapus dari jalur ini"
            yield Problem(location, "unknown-id", f"modul {module_id} tidak ada", advice)


def _texts(data: Any, *pattern: str | int) -> list[str]:
    return [value for _, value in found(data, *pattern) if isinstance(value, str)]


def _named_as_file(data: dict[str, Any], file_id: str) -> Iterator[Problem]:
    if isinstance(data.get("id"), str) and data["id"] != file_id:
        what = f"id {data['id']} berbeda dari nama berkas {file_id}.yaml"
        yield Problem(("id",), "id-not-file-name", what, f"tulis id: {file_id}, atau ganti nama berkasnya")


def _repeated(data: Any, *patterns: tuple[str | int, ...]) -> Iterator[Problem]:
    seen: set[str] = set()
    for location, value in (one for pattern in patterns for one in found(data, *pattern)):
        if isinstance(value, str) and value in seen:
            yield Problem(location, "duplicate-id", f"{value} sudah dipakai di atas", "beri nama lain, atau hapus salah satu")
        elif isinstance(value, str):
            seen.add(value)


def _unknown(data: Any, pattern: tuple[str | int, ...], known: list[str], holder: str) -> Iterator[Problem]:
    for location, value in found(data, *pattern):
        if isinstance(value, str) and value not in known:
            advice = f"{did_you_mean(value, known)}tambahkan ke {holder}, atau perbaiki ejaannya"
            yield Problem(location, "unknown-id", f"{value} tidak ada di {holder}", advice)


def _draw(data: Any) -> Iterator[Problem]:
    kinds = [item.get("type") for _, item in found(data, *_QUIZ_ITEMS) if isinstance(item, dict)]
    items = sum(not isinstance(kind, str) or kind not in UNGRADED for kind in kinds)
    if kinds and not items:
        yield Problem(("quiz", "items"), "nothing-graded", "kuis tidak punya soal yang dinilai", "tambah soal selain survey dan reflection")
    for location, draw in found(data, "quiz", "draw"):
        if isinstance(draw, int) and items and draw > items:
            what = f"draw {draw}, padahal hanya ada {items} soal yang dinilai"
            yield Problem(location, "draw-too-high", what, f"tulis draw: {items} atau kurang, atau tambah soal")


def _button_ids(data: dict[str, Any]) -> Iterator[Problem]:
    room = limits.IDS_IN_CALLBACK - len(str(data.get("id")))
    for location, card_id in found(data, *_CARDS, "id"):
        if isinstance(card_id, str) and room < len(card_id) <= limits.ID:
            what = f"id {card_id} terlalu panjang untuk tombol"
            yield Problem(location, "id-too-long", what, f"paling banyak {room} huruf pada modul ini")


def _long_items(data: Any) -> Iterator[Problem]:
    room = limits.MESSAGE - limits.SCREEN_FRAME - limits.CITATIONS
    for location, item in (one for holder in _ITEMS for one in found(data, *holder)):
        # As UTF-8 no text is shorter than as Telegram counts it, and the keys and quotation marks come on top; none is shown thrice.
        if 3 * len(orjson.dumps(item)) > room and (size := _shown_size(item)) > room:
            advice = f"ringkas sampai {room} huruf, termasuk pilihan dan umpan balik"
            yield Problem(location, "question-too-long", f"soal ini {size} huruf, tidak muat dalam satu pesan", advice)


def _shown_size(item: Any) -> int:
    """Return the most letters of a question that one message has to hold.

    Of a story these are its scenes with what was done there, what would have been best, and the reason. What is put in an order, paired or
    filled into gaps stands there as it was put and as it should be, and the words of gaps in the text too.
    """
    scenes = [scene for _, scene in found(item, "scenes", EACH)]
    if not scenes:
        places = _size([item.get(name) for name in ("steps", "pairs")]) if isinstance(item, dict) else 0
        return _size(item) + places + sum(2 * _longest_word(gap) + _size(gap.get("answer")) for gap in _dicts(item, "gaps"))
    rest = _size({name: value for name, value in item.items() if name != "scenes"})
    return rest + sum(
        _size(scene.get("text")) + 2 * _longest(scene, "text") + _longest(scene, "reason") for scene in scenes if isinstance(scene, dict)
    )


def _dicts(item: Any, name: str) -> list[dict[str, Any]]:
    return [value for _, value in found(item, name, EACH) if isinstance(value, dict)]


def _longest_word(gap: dict[str, Any]) -> int:
    return max(map(_size, [gap.get("answer"), *(word for _, word in found(gap, "distractors", EACH))]))


def _longest(scene: dict[str, Any], name: str) -> int:
    return max((_size(text) for _, text in found(scene, "options", EACH, name)), default=0)


def _long_citations(data: Any) -> Iterator[Problem]:
    """Yield where the sources, written out, would not leave room in a message for what they belong to."""
    written = {
        str(source.get("id")): sum(markup.length(str(source.get(name, ""))) for name in ("rule", "article")) + len(_JOINED)
        for _, source in found(data, "sources", EACH)
        if isinstance(source, dict)
    }
    for pattern in ((*_CARDS, "sources"), *((*holder, "sources") for holder in _ITEMS)):
        for location, cited in found(data, *pattern):
            size = sum(written.get(str(one), 0) for one in cited) if isinstance(cited, list) else 0
            if size > limits.CITATIONS:
                advice = f"ringkas sampai {limits.CITATIONS} huruf, atau kutip lebih sedikit"
                yield Problem(location, "citations-too-long", f"sumber di sini {size} huruf bila ditulis", advice)
    if (size := sum(written.values())) > limits.MODULE_CITATIONS:
        advice = f"ringkas sampai {limits.MODULE_CITATIONS} huruf"
        yield Problem(("sources",), "citations-too-long", f"semua sumber {size} huruf bila ditulis", advice)


def _size(value: Any) -> int:
    """Return the length of all texts in a value."""
    if isinstance(value, str):
        return markup.length(value)
    if isinstance(value, (dict, list)):
        return sum(map(_size, value.values() if isinstance(value, dict) else value))
    return 0


def _html_in_plain(data: Any) -> Iterator[Problem]:
    for pattern in _PLAIN:
        for location, text in found(data, *pattern):
            mark = _LOOKS_LIKE_HTML.search(text) if isinstance(text, str) and ("<" in text or "&" in text) else None
            if mark:
                advice = "hapus; HTML hanya untuk text, reveal, dan explanation"
                yield Problem(location, "html-in-plain-text", f"{mark[0]} akan tampil apa adanya", advice)
