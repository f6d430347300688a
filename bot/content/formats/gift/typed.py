"""Answers to type: words and numbers."""

from typing import Any

from bot.content.formats.gift import syntax
from bot.content.formats.gift.syntax import formatted, shown, weighed
from bot.content.formats.gift.texts import Reading
from bot.content.formats.moodle import ALL
from bot.content.formats.moodle.numbers import number
from bot.content.formats.moodle.typed import Answer, numbers, words
from bot.content.formats.noting import one_line
from bot.content.formats.words import exact


def short_text(one: Reading, answers: str) -> dict[str, Any]:
    """Return a question with its accepted answers, and the wrong ones that were foreseen.

    Raises:
        UnfitError: no answer is accepted.

    """
    given = [_answer(one, answer, one_line(shown(formatted(answer.text, "plain")[1]))) for answer in weighed(answers)]
    return {"type": "short_text"} | words(one, given)


def numeric(one: Reading, answers: str) -> dict[str, Any]:
    """Return a question with its number and tolerance, and the wrong ones that were foreseen.

    Raises:
        UnfitError: what should be a number is none, or there is not exactly one right one.

    """
    own, _, others = answers.removeprefix("#").partition("~")
    given = [_answer(one, answer, *_interval(shown(answer.text))) for answer in weighed(own)]
    return {"type": "numeric"} | numbers(one, [*given, Answer("*", 0, one.plain(others.partition("#")[2]))])


def _answer(one: Reading, answer: syntax.Answer, text: str, tolerance: str = "") -> Answer:
    return Answer(text, ALL if answer.weight is None else answer.weight, one.plain(answer.feedback), tolerance)


def _interval(text: str) -> tuple[str, str]:
    """Return the number and the tolerance of 5, 5:0.5 or 1..5."""
    low, dots, high = text.partition("..")
    if not dots:
        value, _, tolerance = text.partition(":")
        return value, tolerance
    first, last = exact(number(low)), exact(number(high))
    return f"{(first + last) / 2:f}", f"{abs(last - first) / 2:f}"
