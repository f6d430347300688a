"""Aiken, the plainest of Moodle's formats: questions with one right answer.

A question in one line, choices that begin with a capital letter and a point or bracket, and ANSWER: with the letter of the right one.
Source: docs.moodle.org/en/Aiken_format, and where that is silent Moodle's own reader (question/format/aiken/format.php).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Final

from bot.content.formats.bank import Bank, BrokenBankError, Note, Question
from bot.content.formats.decoding import QUESTIONS, decode, too_many
from bot.content.formats.noting import short

_CHOICE: Final = re.compile(r"([A-Z])[.)]\s*(.*)")
_ANSWER: Final = re.compile(r"ANSWER:\s*(.*)")
_LOOKS: Final = re.compile(r"^[ \t]*[A-Z][.)].*\n\s*ANSWER:", re.MULTILINE)


@dataclass(slots=True)
class _Open:
    """A question whose ANSWER: has not come yet."""

    line: int
    lines: list[str]
    choices: list[tuple[str, str]] = field(default_factory=list)


def looks_like(data: bytes) -> bool:
    """Tell whether a text file is Aiken rather than GIFT: an ANSWER: follows a choice."""
    try:
        return bool(_LOOKS.search(decode(data)))
    except BrokenBankError:
        return False


def read(data: bytes, module_id: str) -> Bank:  # noqa: ARG001 - there are no media to name
    """Return the questions of an Aiken file.

    Raises:
        BrokenBankError: the file is no text, or has too many questions.

    """
    found: list[Question | Note] = []
    for one in _found(decode(data)):
        if len(found) == QUESTIONS:
            raise too_many(one.line)
        found.append(one)
    questions = [one for one in found if isinstance(one, Question)]
    return Bank(questions, notes=[one for one in found if isinstance(one, Note)])


def _found(text: str) -> Iterator[Question | Note]:
    """Yield the questions, and what belongs to none.

    More lenient than Moodle: lines that follow one another make one question, and one may begin with initials, such as B.J. Habibie.
    """
    begun: _Open | None = None
    before = ""
    for number, line in enumerate(map(str.strip, text.split("\n")), start=1):
        choice = _CHOICE.match(line)
        if answer := _ANSWER.match(line):
            yield _answered(begun, answer[1], number) if begun else _lost(number, line)
            begun = None
        elif choice and begun:
            begun.choices.append((choice[1], choice[2]))
        elif choice and choice[1] == "A":
            yield _lost(number, line)
        elif line and begun and before and not begun.choices:
            begun.lines.append(line)
        elif line:
            if begun:
                yield _unfinished(begun)
            begun = _Open(number, [line])
        before = line
    if begun:
        yield _unfinished(begun)


def _answered(begun: _Open, answer: str, line: int) -> Question | Note:
    letters = [letter for letter, _ in begun.choices]
    key = answer.strip()
    if letters.count(key) != 1:
        return Note(
            line, f'kunci "{short(key)}" tidak menunjuk tepat satu pilihan', "tulis satu huruf, misalnya ANSWER: B; soal ini dilewati"
        )
    options = [{"text": text, "correct": True} if letter == key else {"text": text} for letter, text in begun.choices]
    return Question(begun.line, {"type": "single_choice", "text": escape("\n".join(begun.lines), quote=False), "options": options})


def _unfinished(begun: _Open) -> Note:
    what = f'soal "{short(begun.lines[0])}" tidak punya ANSWER:'
    return Note(begun.line, what, "tulis soalnya, pilihannya, lalu ANSWER:; soal ini dilewati")


def _lost(line: int, text: str) -> Note:
    return Note(line, f'"{short(text)}" tidak termasuk soal mana pun', "tulis soalnya di atas baris ini")
