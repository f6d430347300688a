"""Answers to choose from, whose weights become right and wrong."""

import re
from typing import Any, Final

from bot.content import limits
from bot.content.formats.bank import UnfitError
from bot.content.formats.gift.syntax import GAP, Answer, shown, weighed
from bot.content.formats.gift.texts import Reading
from bot.content.formats.moodle import ALL, one_to_choose, several_to_choose

_MARK: Final = re.compile(r"\{[a-z0-9-]+\}")  # what our texts would take for a gap


def choice(one: Reading, answers: str) -> dict[str, Any]:
    """Return a question to choose from.

    As in Moodle, an answer that begins with = and has the whole weight makes it a question with one answer; else several are to be chosen.

    Raises:
        UnfitError: no answer is right.

    """
    found = weighed(answers)
    weights = [_weight(answer) for answer in found]
    if not any(weight > 0 for weight in weights):
        raise UnfitError("tidak ada jawaban yang benar", "beri tanda = pada jawaban yang benar")
    single = any(answer.mark == "=" and weight == ALL for answer, weight in zip(found, weights, strict=True))
    judged = one_to_choose(weights) if single else several_to_choose(weights)
    for what, why in judged.lost:
        one.lose(what, why)
    options = [_option(one, answer, correct=correct) for answer, correct in zip(found, judged.right, strict=True)]
    kind = "single_choice" if single and sum(judged.right) == 1 else "multiple_choice"
    return (_gap(one, options) if kind == "single_choice" else None) or {"type": kind, "options": options}


def _weight(answer: Answer) -> float:
    return (ALL if answer.mark == "=" else 0) if answer.weight is None else answer.weight


def _option(one: Reading, answer: Answer, *, correct: bool) -> dict[str, Any]:
    feedback = one.plain(answer.feedback)
    return {"text": one.plain(answer.text)} | ({"correct": True} if correct else {}) | ({"feedback": feedback} if feedback else {})


def _gap(one: Reading, options: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return a missing word as a gap, where a gap can hold its words: they are short and have no feedback."""
    right = next(option["text"] for option in options if "correct" in option)
    wrong = [option["text"] for option in options if "correct" not in option]
    fits = (
        one.entry.after.strip()
        and not any("feedback" in option for option in options)
        and all(len(word) <= limits.PAIR_TEXT and "\n" not in word for word in (right, *wrong))
        and not _MARK.search(shown(one.entry.before + one.entry.after))
    )
    if not fits:
        return None
    return {"type": "cloze", "text": one.text(f"{{{GAP}}}"), "gaps": [{"id": GAP, "answer": right, "distractors": wrong}]}
