"""From a text to the words that count in a search: stems, without those that every sentence has."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from bot.content.search.frequency import zipf

WORD: Final = re.compile(r"([^\W_]+)(?:[\s-]\1\b)?")
IN_EVERY_TEXT: Final = 6.0  # of a word so common that no text is about it
STEMS: Final = 50_000  # words of a large library, each stemmed once
VOWELS: Final = frozenset("aeiou")
_SHORTEST_PLURAL: Final = 4
_SHORTEST_SPOKEN: Final = 5
_INFORMAL: Final = frozenset(
    """
    aja apaan bgt bgmn biar bikin bs buat dgn dong dr dg emang ga gak gimana gini gitu gmn gmana jd jgn jika kah kalo karna
    kasih kayak kek klo  kl knp ko kok krn lah lg loh mah mau nggak ngga nya pake pakai pd perlu saja sdh sih sm sy tdk tp
    trus tuh udah utk yaa yah yg
    """.split()
)
_QUESTIONING: Final = frozenset(
    """
    apa apakah siapa kapan mana dimana bagaimana berapa mengapa kenapa cara caranya jelaskan pengertian arti artinya maksud
    maksudnya definisi singkatan kepanjangan  contoh contohnya tentang mengenai seputar info informasi tolong mohon tanya
    boleh bolehkah harus haruskah halo hallo hai kabar kamu
    """.split()
)
_ENGLISH: Final = frozenset(
    """
    a an and are as at be but by can could did do does for from had has have how i if in is it its me my not now of on or
    our shall should so  that the their them then there they this to was we were what when where which who why will with
    would you your
    """.split()
)
STOP_WORDS: Final = (
    frozenset(word for word, frequency in zipf().items() if frequency >= IN_EVERY_TEXT) | _INFORMAL | _QUESTIONING | _ENGLISH
)
_roots: Final = ArrayDictionary(StemmerFactory().get_words())
_stemmer: Final = Stemmer(_roots)


def split(text: str) -> list[str]:
    """Return the words of a plain text, in lower case; a word that is said twice is one: oleh-oleh, marah marah."""
    return ["-".join(found[0].split()) for found in WORD.finditer(text.casefold())]


def counts(word: str) -> bool:
    """Tell whether a word says what a text is about."""
    return word not in STOP_WORDS and (len(word) > 1 or word.isdigit())


@lru_cache(maxsize=STEMS)
def indonesian(word: str) -> str:
    """Return the root of an Indonesian word by the rules of Nazief and Adriani, as Sastrawi has them."""
    return str(_stemmer.stem(word)) or word


def is_word(word: str) -> bool:
    """Tell whether this is a word of Indonesian or English, and so no typing error."""
    return word in zipf() or is_root(word)


def is_root(word: str) -> bool:
    """Tell whether this is a root of the Indonesian dictionary, which has no names of people."""
    return bool(_roots.contains(word))


def english(word: str) -> str:
    """Return an English word without the s of a plural."""
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss") else word


def stem(word: str, language: str) -> str:
    """Return the root of a word of this language."""
    return indonesian(word) if language == "id" else english(word)


def stems(word: str) -> frozenset[str]:
    """Return the roots that a word may have, whatever its language."""
    return frozenset({word, english(word)} | {indonesian(form) for form in (word, *spoken(word))})


def spoken(word: str) -> Iterator[str]:
    """Yield the written forms that a spoken one may stand for.

    Spoken Indonesian drops the me- before a nasal (nolak, ngirim), says -in for -kan and -i (ngembaliin), and e for a in the last
    syllable (inget, temen).
    """
    bare = word[:-2] if word.endswith("in") and len(word) > _SHORTEST_SPOKEN else word
    for form in dict.fromkeys((word, bare)):
        if form != word:
            yield form
        if form[0] in "mn":
            yield "me" + form
    vowel = word.rfind("e")
    if vowel == len(word) - 2 and len(word) >= _SHORTEST_SPOKEN:
        yield word[:vowel] + "a" + word[vowel + 1 :]


def skeleton(word: str) -> str:
    """Return a word without its vowels, as many people type: kmrn, lprn."""
    return word[0] + "".join(letter for letter in word[1:] if letter not in VOWELS)
