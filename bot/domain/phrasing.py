"""What of a model's answer may be shown: sentences that cite the cards given and say nothing that these do not.

A model can be talked into anything, by a question too, so that nothing it returns is believed: what is shown passed every rule here.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from bot.question import Passage, Question

Fault = Literal[
    "empty", "too_long", "not_in_cards", "unreadable", "uncited", "unknown_card", "foreign_number", "foreign_address", "ungrounded"
]  # fmt: skip

MOST_SENTENCES: Final = 4
MOST_LETTERS: Final = 900
NOT_IN_CARDS: Final = {"id": "TIDAK ADA DALAM KARTU", "en": "NOT IN THE CARDS"}
# The share of a sentence's words that its cards have to hold too, by their roots: docs/decisions/0022.
LEAST_SHARED: Final = 0.5
_PIECE: Final = 4  # letters: shorter ones are in every text, longer ones miss a root behind another prefix
_CITATION: Final = re.compile(r"\[([0-9]{1,3}(?:\s*[,;]\s*[0-9]{1,3})*)\]")
_AFTER_THE_STOP: Final = re.compile(rf"([.!?]+)((?:\s*{_CITATION.pattern})+)")
_END: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“(])|\n+")
_NUMBER: Final = re.compile(r"\d+(?:[.,:]\d+)*")
_OF_THOUSANDS: Final = re.compile(r"[.,](?=\d{3}(?!\d))")
# What Telegram turns into something to tap: addresses with or without a scheme, names, commands, tags, mail.
_ADDRESS: Final = re.compile(
    r"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:/\S+|(?<!\w)[@#/$]\w+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w.])\w[\w-]*(?:\.[\w-]+)*\.[^\W\d_]{2,}\b(?:/\S*)?"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_SAYS_NOTHING: Final = frozenset(
    _WORD.findall(
        "anda yang atau tidak dengan untuk dari pada dalam adalah karena bila jika agar oleh akan bisa dapat boleh harus sudah juga lebih "
        "saja hanya supaya sebab serta kalau this that with from your must should because when which have they there than then also only"
    )
)


@dataclass(frozen=True, slots=True)
class Phrased:
    """An answer that may be shown, as plain text with its citations, and the numbers of the cards that it cites."""

    text: str
    cited: tuple[int, ...]


def check(answer: str, question: Question) -> Phrased | Fault:
    """Return what may be shown of a model's answer, or why it may not be.

    Every sentence cites at least one of the question's passages and none else, and its numbers and addresses stand in those that
    it cites. That a sentence means what its cards mean can't be checked; that it uses their words is.
    """
    readable = _readable(answer[: 4 * MOST_LETTERS])
    if len(readable) > MOST_LETTERS:
        return "too_long"  # before anything looks at it closely
    text = _AFTER_THE_STOP.sub(r"\2\1", readable)
    sentences = [sentence.strip() for sentence in _END.split(text) if sentence.strip()]
    passages = {passage.number: passage for passage in question.passages}
    faults = (_fault(sentence, passages) for sentence in sentences)
    fault = _fault_of_form(text, sentences, question.language) or next((fault for fault in faults if fault), None)
    return fault or Phrased(" ".join(sentences), tuple(sorted(set(_cited(text)))))


def _fault_of_form(text: str, sentences: list[str], language: str) -> Fault | None:
    if not text:
        return "empty"
    if NOT_IN_CARDS[language].casefold() in text.casefold():
        return "not_in_cards"
    if len(sentences) > MOST_SENTENCES:
        return "too_long"
    if any(unicodedata.category(letter).startswith("C") for letter in text.replace("\n", "")):  # control, format, unassigned
        return "unreadable"
    return None


def _readable(answer: str) -> str:
    """Return an answer in the one form that is both checked and shown, without the marks of Markdown."""
    return unicodedata.normalize("NFKC", answer).replace("*", "").replace("`", "").strip()


def _fault(sentence: str, passages: dict[int, Passage]) -> Fault | None:
    numbers = list(_cited(sentence))
    bare = _CITATION.sub(" ", sentence)
    if not numbers:
        return "uncited"
    if not passages.keys() >= set(numbers) or "[" in bare or "]" in bare:
        return "unknown_card"
    cards = "\n".join(_all_of(passages[number]) for number in numbers)
    if not _numbers(cards) >= _numbers(bare):
        return "foreign_number"
    if not _addresses(cards) >= _addresses(bare):
        return "foreign_address"
    return None if _shared(bare, cards) >= LEAST_SHARED else "ungrounded"


def _cited(text: str) -> Iterator[int]:
    for citation in _CITATION.finditer(text):
        yield from map(int, re.findall("[0-9]+", citation[1]))


def _all_of(passage: Passage) -> str:
    whole = "\n".join((passage.module, passage.card, passage.text, *passage.sources))
    return unicodedata.normalize("NFKC", whole)


def _numbers(text: str) -> set[str]:
    """Return the numbers in a text in one way of writing: 1.000, 1,000 and 1000 are one, 08.30 and 08:30 too; 1,5 and 15 are not."""
    return {re.sub(r"\D", ".", _OF_THOUSANDS.sub("", number)) for number in _NUMBER.findall(text)}


def _addresses(text: str) -> set[str]:
    return {address.rstrip(".,;:!?)/") for address in _ADDRESS.findall(text.casefold())}


def _shared(sentence: str, cards: str) -> float:
    """Return which share of the words of a sentence the cards hold too, whatever stands before and after their roots."""
    theirs = {piece for word in _words(cards) for piece in _pieces(word)}
    own = [_pieces(word) for word in _words(sentence)]
    return sum(2 * len(pieces & theirs) >= len(pieces) for pieces in own) / len(own) if own else 0.0


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if len(word) >= _PIECE and word not in _SAYS_NOTHING]


def _pieces(word: str) -> set[str]:
    return {word[begin : begin + _PIECE] for begin in range(len(word) - _PIECE + 1)}
