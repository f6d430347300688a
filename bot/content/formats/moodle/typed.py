"""Answers to type: words and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from bot.content.formats.bank import UnfitError
from bot.content.formats.moodle import ALL, without_stars
from bot.content.formats.moodle.numbers import number
from bot.content.formats.noting import short
from bot.domain.typed import EXACT, alike

_ANYTHING = "*"


class Entry(Protocol):
    """A question of a file, which notes what of it can't be kept."""

    def lose(self, what: str, why: str) -> None:
        """Note something that can't be kept, and why or what to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to be typed: its text, its weight in percent, what is said to it, and for a number how far off it may be."""

    text: str
    weight: float
    feedback: str
    tolerance: str = ""


def words(entry: Entry, answers: Sequence[Answer]) -> dict[str, Any]:
    """Return the accepted answers; those with less than the whole weight are wrong ones that were foreseen.

    Raises:
        UnfitError: none is accepted.

    """
    plain = [_without_stars(entry, answer) for answer in answers]
    right = [answer.text for answer in plain if answer.text and answer.weight >= ALL]
    if not right:
        raise UnfitError("tidak ada jawaban yang bernilai penuh", "beri nilai 100% pada jawaban yang benar")
    foreseen = [answer for answer in plain if answer.text and _foreseen(entry, answer)]
    wrong = [{"text": answer.text, "feedback": answer.feedback} for answer in foreseen if not _is_right_too(entry, answer, right)]
    return {"answers": list(dict.fromkeys(right))} | ({"wrong": wrong} if wrong else {})


def numbers(entry: Entry, answers: Sequence[Answer]) -> dict[str, Any]:
    """Return the right number; those with less than the whole weight are wrong ones that were foreseen.

    Raises:
        UnfitError: there is not exactly one right number, or what should be a number is none.

    """
    given = [answer for answer in answers if not _is_anything(entry, answer)]
    right = [answer for answer in given if answer.weight >= ALL]
    if len(right) != 1:
        raise UnfitError(f"ada {len(right)} angka yang benar, seharusnya satu", "bagi soalnya, atau perlebar toleransinya")
    wrong = [_interval(answer) | {"feedback": answer.feedback} for answer in given if _foreseen(entry, answer)]
    return _interval(right[0]) | ({"wrong": wrong} if wrong else {})


def _is_right_too(entry: Entry, answer: Answer, right: Sequence[str]) -> bool:
    """Tell whether a foreseen answer is an accepted one but for capitals and accents, which we do not tell apart here, and note that."""
    same = next((one for one in right if alike(answer.text, one, EXACT)), None)
    if same is not None:
        entry.lose(
            f"jawaban {short(answer.text)} beserta umpan baliknya",
            f"di sini ia sama dengan {short(same)}; tulis case: true bila harus beda",
        )
    return same is not None


def _interval(answer: Answer) -> dict[str, Any]:
    tolerance = number(answer.tolerance or "0")
    return {"answer": number(answer.text)} | ({"tolerance": tolerance} if tolerance else {})


def _without_stars(entry: Entry, answer: Answer) -> Answer:
    """Return the answer without stars that stand for anything; nothing is left of one that is only such a star."""
    text, starred = without_stars(answer.text)
    if starred and not _is_anything(entry, answer):
        entry.lose(f"tanda * pada jawaban {short(answer.text)}", "di sini * bukan pengganti huruf lain; tulis tiap variannya")
    return replace(answer, text=text)


def _is_anything(entry: Entry, answer: Answer) -> bool:
    """Tell whether an answer stands for all others, and note what is said to them."""
    if answer.text == _ANYTHING and answer.feedback:
        entry.lose(f'umpan balik "{short(answer.feedback)}" untuk jawaban lain', "pindahkan ke explanation bila perlu")
    return answer.text == _ANYTHING


def _foreseen(entry: Entry, answer: Answer) -> bool:
    """Tell whether an answer is a wrong one to which something is said: others can't be kept."""
    if answer.weight >= ALL:
        if answer.feedback:
            entry.lose(f'umpan balik "{short(answer.feedback)}" untuk jawaban benar', "pindahkan ke explanation bila perlu")
        return False
    if answer.weight or not answer.feedback:
        fate = "di sini ia salah, dan umpan baliknya disampaikan" if answer.feedback else "di sini ia salah; beri umpan balik bila perlu"
        entry.lose(f"jawaban {short(answer.text)} bernilai {answer.weight:g} %", fate)
    return bool(answer.feedback)
