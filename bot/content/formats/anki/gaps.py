"""Anki's texts with gaps: {{c1::answer}} and {{c1::answer::hint}}.

Source: docs.ankiweb.net/editing (cloze deletion).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from bot.content import limits
from bot.content.formats.bank import UnfitError

# Each letter can be read in one way only, so nothing is tried twice. A possessive group would say so, but Python 3.11.2 misreads it.
_GAP: Final = re.compile(r"\{\{c\d{1,3}::([^{}]*(?:(?:\{(?!\{c\d)|\}(?!\}))[^{}]*)*)\}\}")
_PLACE: Final = "\ue000{}\ue001"  # letters for private use, which stand for a gap while the text around it is read
_PLACED: Final = re.compile("\ue000(\\d+)\ue001")
_PRIVATE: Final = str.maketrans("", "", "\ue000\ue001")
_MARK: Final = re.compile(r"\{(?=[a-z0-9-]+\})")  # what we would take for a gap of ours
_BETWEEN: Final = re.compile(r"\s*[/|,;]\s*")
_BLANK: Final = "____"
_MOST: Final = 100  # gaps in one text, many more than anybody fills in
_OCCLUSION: Final = "image-occlusion:"


@dataclass(frozen=True, slots=True)
class Gap:
    """What belongs into a gap, further words that its hint lists, and the hint where it lists none; plain texts."""

    answer: str
    words: Sequence[str]
    hint: str


def gaps(html: str, plain: Callable[[str], str]) -> tuple[str, list[Gap]]:
    """Return the text with places for its gaps, and the gaps; `plain` makes plain text of HTML.

    Raises:
        UnfitError: there are none, or some within others.

    """
    found: list[Gap] = []
    if html.count("{{c") > _MOST:
        raise UnfitError(f"lebih dari {_MOST} celah", "bagi catatannya di Anki, lalu ekspor ulang")

    def placed(written: re.Match[str]) -> str:
        answer, _, hint = written[1].partition("::")
        found.append(_gap(plain(answer), plain(hint)))
        return _PLACE.format(len(found) - 1)

    text = _GAP.sub(placed, html.translate(_PRIVATE))
    if any(gap.answer.startswith(_OCCLUSION) for gap in found):
        raise UnfitError(
            "gambar dengan bagian yang ditutup (image occlusion)", "tidak ada jenis soal seperti itu; buat soal lain dari gambarnya"
        )
    if not found:
        raise UnfitError("tidak ada celah seperti {{c1::…}}", "periksa catatannya di Anki")
    if "{{c" in text:
        raise UnfitError("celah di dalam celah", "pisahkan celahnya di Anki, lalu ekspor ulang")
    return text, found


def question(text: str, found: Sequence[Gap]) -> dict[str, Any]:
    """Return the question with these gaps at their places in a text of ours.

    A cloze offers words; where there are none to offer, the answer is typed, and where it is too long for that, thought about.
    """
    answers = list(dict.fromkeys(gap.answer for gap in found))
    if len(found) <= limits.OPTIONS and all(_fits(gap.answer) and (gap.words or len(answers) > 1) for gap in found):
        return {
            "type": "cloze",
            "text": _filled(_MARK.sub("&#123;", text), found, "{{{}}}"),
            "gaps": [_as_gap(*one) for one in enumerate(found, 1)],
        }
    if len(answers) == 1 and _fits(answers[0]):
        return {"type": "short_text", "text": _filled(text, found, _BLANK), "answers": answers}
    return {"type": "reflection", "text": _filled(text, found, _BLANK), "explanation": escape("\n".join(answers), quote=False)}


def _gap(answer: str, hint: str) -> Gap:
    words = [word for word in dict.fromkeys(_BETWEEN.split(hint)) if word and word != answer]
    listed = len(_BETWEEN.split(hint)) > 1 and all(map(_fits, words)) and 0 < len(words) < limits.OPTIONS
    return Gap(answer, words if listed else (), "" if listed else hint)


def _as_gap(number: int, gap: Gap) -> dict[str, Any]:
    return {"id": str(number), "answer": gap.answer} | ({"distractors": list(gap.words)} if gap.words else {})


def _fits(answer: str) -> bool:
    return 0 < len(answer) <= limits.PAIR_TEXT and "\n" not in answer


def _filled(text: str, found: Sequence[Gap], mark: str) -> str:
    def shown(place: re.Match[str]) -> str:
        hint = found[int(place[1])].hint
        return mark.format(int(place[1]) + 1) + (f" ({escape(hint, quote=False)})" if hint else "")

    return _PLACED.sub(shown, text)
