"""What Moodle's formats have in common: its categories, its text formats, and what its weights mean for us."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from bot.content.formats.bank import UnfitError

__all__ = ["ALL", "Judged", "UnfitError", "as_html", "category", "one_to_choose", "several_to_choose", "share", "without_stars"]

ALL: Final = 100.0  # percent
_LONGEST_MARKDOWN: Final = 20_000  # letters: hostile ones take quadratic time, and nothing of ours holds as many
_NEAR: Final = 0.5  # percent: 33.3 and 33.33333 are the same share
_BESIDE_TAG: Final = re.compile(r"(?<=>)\n|\n(?=<)")
_BETWEEN_NAMES: Final = re.compile(r"(?<!/)/(?!/)")  # a doubled slash belongs to a name
_ROOTS: Final = re.compile(r"\$\w+\$|top|")
_WILD: Final = re.compile(r"(?<!\\)\*")  # Moodle: a star stands for anything


@dataclass(frozen=True, slots=True)
class Judged:
    """Which answers are right, and what the weights said beyond that: what is lost, and why."""

    right: tuple[bool, ...]
    lost: tuple[tuple[str, str], ...]


def one_to_choose(weights: Sequence[float]) -> Judged:
    """Judge the answers of a question of which one is to be chosen, by their weights in percent.

    Raises:
        UnfitError: no answer has the whole weight.

    """
    right = tuple(weight >= ALL for weight in weights)
    if not any(right):
        raise UnfitError("tidak ada jawaban yang bernilai penuh", "beri nilai 100% pada jawaban yang benar")
    parts = [f"{weight:g} %" for weight in weights if weight not in (0, ALL)]
    lost = [(f"bobot {', '.join(parts)}", "satu jawaban benar bernilai penuh, yang lain tidak bernilai")] if parts else []
    if sum(right) > 1:
        lost.append(("beberapa jawaban bernilai penuh", "di Moodle salah satu sudah cukup; di sini semuanya harus dipilih"))
    return Judged(right, tuple(lost))


def several_to_choose(weights: Sequence[float]) -> Judged:
    """Judge the answers of a question of which several are to be chosen, by their weights in percent.

    Raises:
        UnfitError: no answer has a weight above 0.

    """
    right = tuple(weight > 0 for weight in weights)
    if not any(right):
        raise UnfitError("tidak ada jawaban yang benar", "beri nilai di atas 0% pada jawaban yang benar")
    share = ALL / sum(right)
    if all(abs(abs(weight) - share) <= _NEAR for weight in weights):
        return Judged(right, ())
    what = f"bobot {', '.join(f'{weight:g} %' for weight in weights)}"
    why = f"di sini tiap pilihan benar bernilai {share:.3g} %, dan tiap pilihan salah mengurangi sebanyak itu"
    return Judged(right, ((what, why),))


def share(right: int) -> str:
    """Return what each of so many right answers is worth, in percent as Moodle lists it; our grading takes as much away for a wrong one."""
    return f"{ALL / right:.5f}".rstrip("0").removesuffix(".")


def as_html(text: str, form: str) -> str:
    """Return a text of one of Moodle's formats, by the name that its files use, as HTML.

    The automatic format is HTML in which a line break is one, except beside a tag (text_to_html in Moodle's lib/weblib.php).
    """
    if form == "plain_text":
        return escape(text, quote=False).replace("\n", "<br>")
    if form in {"moodle_auto_format", "wiki_like"}:
        return _BESIDE_TAG.sub(" ", text).replace("\n", "<br>")
    if form == "markdown" and len(text) <= _LONGEST_MARKDOWN:
        from markdown_it import MarkdownIt  # noqa: PLC0415 - few files need it

        return str(MarkdownIt().render(text))
    return text


def category(path: str) -> tuple[str, bool]:
    """Return the name of a category, and whether the path says more than that: other categories that it lies in.

    Moodle itself calls the first category of a course "Default for" and the course's name.
    """
    *above, name = (part.replace("//", "/").strip() for part in _BETWEEN_NAMES.split(path))
    return " ".join(name.split()).removeprefix("Default for "), any(not _ROOTS.fullmatch(one) for one in above)


def without_stars(text: str) -> tuple[str, bool]:
    """Return an accepted answer without its stars that stand for anything, and whether there were some."""
    return _WILD.sub("", text).replace(r"\*", "*").strip(), bool(_WILD.search(text))
