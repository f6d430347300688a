"""What may be passed on of a question that no card answers: its words, without what tells of a person."""

import re
from typing import Final

from bot.content.search import words

MASK: Final = "#"
LONGEST: Final = 100  # letters
MOST_WORDS: Final = 12  # who writes more tells a story, and a story is theirs
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|@\w+|\b[\w-]+(?:\.[\w-]+)+(?:/\S*)?", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\+?\d(?:[\s().,/-]*\d){4,}\w*")  # a telephone number, NIP or NIK, however it is spaced
_TITLES: Final = "pak|bu|bapak|ibu|mas|mbak|sdr|sdri|saudara|saudari|mr|mrs|ms|dr"
_LETTER: Final = r"[^\W\d_]"
_NAME: Final = rf"(?:{MASK}|(?:{_LETTER}{{1,4}}\.\s*)*{_LETTER}+(?:['\u2019-]{_LETTER}+)*)"  # H. Moh. Nur'aini
_PERSON: Final = re.compile(rf"\b({_TITLES})\b\.?((?:\s+{_NAME}){{1,3}})", re.IGNORECASE)


def masked(question: str) -> str:
    """Return a question with # for numbers of five digits or more, addresses and names."""
    return " ".join(_PERSON.sub(_without_names, _NUMBER.sub(f" {MASK} ", _ADDRESS.sub(f" {MASK} ", question))).split())


def as_wish(question: str) -> str:
    """Return the words of a question that tell what it is about, in lower case; # stands for long numbers, addresses and names.

    Empty where nothing is to be passed on: no word is left, or it is too long for a question.
    """
    kept = [word for piece in masked(question).split() for word in ([MASK] if piece == MASK else words.split(piece)) if _tells(word)]
    wish = " ".join(kept)
    return wish if any(word.isalpha() for word in kept) and len(kept) <= MOST_WORDS and len(wish) <= LONGEST else ""


def _tells(word: str) -> bool:
    return word == MASK or words.counts(word)


def _without_names(found: re.Match[str]) -> str:
    """Mask what follows Pak or Bu, unless it is a word of the language in small letters: ibu hamil."""
    following = re.sub(f"{_LETTER}+", lambda word: word[0] if word[0].islower() and words.is_root(word[0]) else MASK, found[2])
    return f"{found[1]}{following}"
