"""An index of all cards: BM25 over stems, in fields of different weight, with tolerance for typing errors.

BM25: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), with weighted fields (BM25F, simplified).
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.content.model import Catalogue
from bot.content.search import words
from bot.content.search.documents import TEXT, Fields, documents
from bot.content.search.frequency import telling
from bot.content.search.synonyms import SYNONYMS

WHOLE: Final = 0.5  # how much a module as a whole counts beside a card of it
K1, B = 1.2, 0.5
FOREIGN: Final = 0.6  # how much a card in another language than the reader's counts
ALIKE: Final = 0.75  # of the letters, for a word that is none; a typing error is taken for one only where the first letter is right
ALIKE_WORDS: Final = 3
SHORTEST_TYPO: Final = 4
RELATED: Final = 0.8  # how sure it is that another word for the same is meant
HALF: Final = 1.4  # the weight at which a word in a card is half a proof that the card is about it
FAR: Final = 0.3  # of how well the best card fits: what fits less is left out beside it
NEAR: Final = 0.12  # of what the question's words tell, for a card to be shown at all
SURE: Final = 0.36  # and for it to be called an answer


@dataclass(frozen=True, slots=True)
class Hit:
    """A card that may answer; `card_id` is empty where the module as a whole does.

    `sure` tells whether enough of the question was found in it for an answer; `words` are the stems that were found.
    """

    module_id: str
    card_id: str
    sure: bool
    words: frozenset[str]


class Index:
    """What can be found in one catalogue. It never changes, so any thread may search it."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Read every module once; a second for a thousand of them."""
        self._places: list[tuple[str, str]] = []
        self._languages: list[str] = []
        lengths = array("f")
        self._postings: defaultdict[str, _Postings] = defaultdict(_Postings)
        self._spellings: dict[str, str] = {}
        for module in catalogue.modules.values():
            for card_id, fields in documents(module):
                terms = self._terms(fields, module.language)
                for term, weight in terms.items():
                    self._postings[term].add(len(self._places), weight)
                self._places.append((module.id, card_id))
                self._languages.append(module.language)
                lengths.append(sum(terms.values()))
        self._rarity_of = {term: self._rarity(found.common) for term, found in self._postings.items()}
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        self._spread = array("f", (K1 * (1 - B + B * length / mean) for length in lengths))
        self._vocabulary = list(self._spellings)
        self._bones: defaultdict[str, set[str]] = defaultdict(set)
        for spelling, term in self._spellings.items():
            self._bones[words.skeleton(spelling)].add(term)

    def search(self, query: str, language: str = "id", limit: int = 9) -> list[Hit]:
        """Return the cards that fit a query best, the best first, those in the reader's language before others that fit as well.

        None where next to nothing of the query is found.
        """
        whole = 0.0
        scores: defaultdict[int, float] = defaultdict(float)
        found: defaultdict[int, float] = defaultdict(float)
        terms: set[str] = set()
        for word in filter(words.counts, dict.fromkeys(words.split(query))):
            stems = words.stems(word)
            alternatives = self._alternatives(word, stems)
            terms |= alternatives.keys()
            tells = telling(stems | alternatives.keys())
            whole += tells
            for document, (score, proof) in self._score(alternatives).items():
                scores[document] += tells * score
                found[document] += tells * proof
        fitting = {each: self._fit(each, language) * scores[each] * (found[each] / whole) ** 0.5
                   for each in scores if found[each] >= NEAR * whole}  # fmt: skip
        far = FAR * max(fitting.values(), default=0.0)
        ranked = sorted((each for each in fitting if fitting[each] >= far), key=lambda each: (-fitting[each], each))[:limit]
        return [Hit(*self._places[each], found[each] >= SURE * whole, frozenset(self._of(each, terms))) for each in ranked]

    def _fit(self, document: int, language: str) -> float:
        return (1 if self._places[document][1] else WHOLE) * (1 if self._languages[document] == language else FOREIGN)

    def _terms(self, fields: Fields, language: str) -> Mapping[str, float]:
        """Return the weight of each term of a document, and note the words that spell it."""
        weights: defaultdict[str, float] = defaultdict(float)
        for text, weight in fields:
            for word in filter(words.counts, words.split(text)):
                term = words.stem(word, language)
                weights[term] += weight
                if len(word) >= SHORTEST_TYPO:
                    self._spellings[word] = term
        return weights

    def _of(self, document: int, terms: Iterable[str]) -> Iterator[str]:
        return (term for term in terms if document in self._postings[term].documents)

    def _alternatives(self, word: str, stems: frozenset[str]) -> Mapping[str, float]:
        """Return the terms of the index that a word may mean, each with how sure that is (0..1)."""
        known = {term: 1.0 for term in stems if term in self._postings}
        for term in stems:
            for other in SYNONYMS.get(term, ()):
                if other in self._postings:
                    known.setdefault(other, RELATED)
        meant = known or len(word) < SHORTEST_TYPO or not word.isalpha() or any(words.is_word(form) for form in stems)
        return known if meant else self._alike(word)

    def _alike(self, word: str) -> Mapping[str, float]:
        """Return the terms that somebody may have meant who typed a word that no card has."""
        if not words.VOWELS & set(word):
            return dict.fromkeys(self._bones.get(word, ()), RELATED)
        alike: dict[str, float] = {}
        for spelling in {word, *words.spoken(word)}:
            close = process.extract(spelling, self._vocabulary, scorer=DamerauLevenshtein.normalized_similarity,
                                    score_cutoff=ALIKE, limit=ALIKE_WORDS)  # fmt: skip
            for likeness, similarity, _ in close:
                if likeness[0] == spelling[0]:
                    term = self._spellings[likeness]
                    alike[term] = max(alike.get(term, 0.0), similarity**4)
        return alike

    def _score(self, alternatives: Mapping[str, float]) -> Mapping[int, tuple[float, float]]:
        """Return what a word adds to each document, and how much of a proof it is there (0..1): the most that an alternative does."""
        best: dict[int, tuple[float, float]] = {}
        for term, sure in alternatives.items():
            most = self._rarity_of[term] * sure * (K1 + 1)
            postings = self._postings[term]
            for document, weight in zip(postings.documents, postings.weights, strict=True):
                score = most * weight / (weight + self._spread[document])
                if document not in best or score > best[document][0]:
                    best[document] = score, sure * weight / (weight + HALF)
        return best

    def _rarity(self, documents: int) -> float:
        """Return the inverse document frequency of a term that so many documents have."""
        return log(1 + (len(self._places) - documents + 0.5) / (documents + 0.5))


class _Postings:
    """Where a term stands: documents in rising order, and its weight in each. Arrays: a tenth of what dictionaries take."""

    __slots__ = ("common", "documents", "weights")

    def __init__(self) -> None:
        self.documents = array("I")
        self.weights = array("f")
        self.common = 0  # documents that have it in their text or better

    def add(self, document: int, weight: float) -> None:
        """Note a document, later than those before."""
        self.documents.append(document)
        self.weights.append(weight)
        self.common += weight >= TEXT
