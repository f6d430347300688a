"""Answers to type: words and numbers."""

import re
from decimal import Decimal
from typing import Any, Final

from bot.content.formats.bank import UnfitError
from bot.content.formats.gift.syntax import Answer, formatted, shown, weighed
from bot.content.formats.gift.texts import Reading
from bot.content.formats.moodle import ALL, without_stars
from bot.content.formats.noting import one_line

_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")


def short_text(one: Reading, answers: str) -> dict[str, Any]:
    """Return a question with its accepted answers; those with less than the whole weight are wrong ones that were foreseen.

    Raises:
        UnfitError: no answer is accepted.

    """
    right: list[str] = []
    wrong: list[dict[str, str]] = []
    for answer in weighed(answers):
        text = _words(one, answer)
        if text and _is_right(one, answer, text):
            right.append(text)
        elif text and (feedback := _foreseen(one, answer, text)):
            wrong.append({"text": text, "feedback": feedback})
    if not right:
        raise UnfitError("tidak ada jawaban yang bernilai penuh", "tulis =jawaban untuk yang benar")
    return {"type": "short_text", "answers": right} | ({"wrong": wrong} if wrong else {})


def numeric(one: Reading, answers: str) -> dict[str, Any]:
    """Return a question with its number and tolerance; numbers with less than the whole weight are wrong ones that were foreseen.

    Raises:
        UnfitError: what should be a number is none, or there is not exactly one right one.

    """
    numbers, _, others = answers.removeprefix("#").partition("~")
    if others:
        _lose_feedback(one, "jawaban lain", others.partition("#")[2])
    right: list[dict[str, float]] = []
    wrong: list[dict[str, Any]] = []
    for answer in weighed(numbers):
        text = shown(answer.text)
        if text == "*":
            _lose_feedback(one, "jawaban lain", answer.feedback)
        elif _is_right(one, answer, text):
            right.append(_interval(text))
        elif feedback := _foreseen(one, answer, text):
            wrong.append(_interval(text) | {"feedback": feedback})
    if len(right) != 1:
        raise UnfitError(f"ada {len(right)} angka yang benar, seharusnya satu", "pakai rentang, misalnya {#1..5}, atau bagi soalnya")
    return {"type": "numeric"} | right[0] | ({"wrong": wrong} if wrong else {})


def _words(one: Reading, answer: Answer) -> str:
    """Return the answer without stars that stand for anything; nothing is left of one that is only such a star."""
    written = one_line(shown(formatted(answer.text, "plain")[1]))
    text, wild = without_stars(written)
    if wild and not text:
        _lose_feedback(one, "jawaban lain", answer.feedback)
    elif wild:
        one.lose(f"tanda * pada jawaban {written}", "di sini * bukan pengganti huruf lain; tulis tiap variannya")
    return text


def _is_right(one: Reading, answer: Answer, text: str) -> bool:
    right = answer.weight is None or answer.weight >= ALL
    if right:
        _lose_feedback(one, f"jawaban benar {text}", answer.feedback)
    return right


def _foreseen(one: Reading, answer: Answer, text: str) -> str:
    """Return what is said to a wrong answer; nothing when it can't be kept because nothing is said."""
    feedback = one.plain(answer.feedback)
    if answer.weight or not feedback:
        fate = "di sini ia salah, dan umpan baliknya disampaikan" if feedback else "di sini ia salah; beri umpan balik bila perlu"
        one.lose(f"jawaban {text} bernilai {answer.weight:g} %", fate)
    return feedback


def _lose_feedback(one: Reading, whose: str, feedback: str) -> None:
    if said := one.plain(feedback):
        one.lose(f"umpan balik untuk {whose}: {said}", "pindahkan ke explanation bila perlu")


def _interval(text: str) -> dict[str, float]:
    """Return the answer and the tolerance of 5, 5:0.5 or 1..5."""
    low, dots, high = text.partition("..")
    if dots:
        first, last = _number(low), _number(high)
        return _with_tolerance((first + last) / 2, abs(last - first) / 2)
    value, _, tolerance = text.partition(":")
    return _with_tolerance(_number(value), _number(tolerance or "0"))


def _with_tolerance(answer: Decimal, tolerance: Decimal) -> dict[str, float]:
    return {"answer": float(answer)} | ({"tolerance": float(tolerance)} if tolerance else {})


def _number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text.strip()):
        raise UnfitError(f"bukan bilangan: {text.strip()}", "tulis angkanya saja dengan titik desimal, misalnya {#3.14:0.01}")
    return Decimal(text.strip())
