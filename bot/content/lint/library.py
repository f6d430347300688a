"""What can only be seen where all modules are seen."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz

from bot.content import markup
from bot.content.items.choice import OptionsQuestion
from bot.content.items.cloze import Cloze
from bot.content.items.item import Item
from bot.content.items.matching import Matching
from bot.content.items.numeric import Numeric
from bot.content.items.ordering import Ordering
from bot.content.items.short_text import ShortText
from bot.content.lint.rule import InFiles, Library, Remark, questions
from bot.content.reading import Location

ALIKE: Final = 95  # percent: a letter or two in a sentence
_RAREST: Final = 4  # words of a question by which those that may be alike are found
_WORD: Final = re.compile(r"\w+")
# Words and numbers that turn a question into another one, however alike the rest is.
_TELLING: Final = frozenset({"tidak", "bukan", "jangan", "tanpa", "belum", "kecuali", "not", "no", "never", "except", "without"})


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as it is compared: its words, those and the words of its right answer, and which of these tell it from others."""

    order: int
    file: Path
    location: Location
    name: str
    text: str
    words: str
    telling: tuple[str, ...]

    def is_like(self, other: "_Asked") -> bool:
        """Tell whether both ask the same, for the same answer."""
        return all(fuzz.ratio(*pair, score_cutoff=ALIKE) for pair in ((self.words, other.words), (self.text, other.text)))


def duplicate_question(library: Library) -> InFiles:
    """Remark on questions that were asked before, here or in another module, for the same answer."""
    groups: defaultdict[tuple[str, ...], list[_Asked]] = defaultdict(list)
    for one in _asked(library):
        groups[one.telling].append(one)
    first: dict[int, tuple[_Asked, _Asked]] = {}
    for group in groups.values():
        for earlier, later in _twins(group):
            known = first.get(later.order)
            if known is None or earlier.order < known[0].order:
                first[later.order] = (earlier, later)
    for earlier, later in first.values():
        yield later.file, Remark(later.location, f"soal {later.name} sama atau hampir sama dengan soal {_named(earlier, later)}")


def orphan_media(library: Library) -> InFiles:
    """Remark on files below media that no card shows."""
    return ((file, Remark((), "berkas ini tidak dipakai kartu mana pun")) for file, shown in library.media.items() if not shown)


def _asked(library: Library) -> Iterator[_Asked]:
    order = 0
    for file, module in library.modules.items():
        for location, item in questions(module):
            text = _words(markup.visible(item.text))
            words = [*text, *_words(" ".join(_answers(item)))]
            telling = tuple(word for word in words if word in _TELLING or word.isdigit())
            yield _Asked(order, file, location, item.id, " ".join(text), " ".join(words), telling)
            order += 1


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _answers(item: Item) -> Iterable[str]:
    """Return the right answer of a question as text, where that is made of texts: many questions begin with the same words."""
    texts: Iterable[str] = ()
    match item:
        case OptionsQuestion():
            texts = [option.text for option in item.options if option.correct]
        case ShortText():
            texts = item.answers[:1]
        case Numeric():
            texts = [str(item.answer)]
        case Ordering():
            texts = [step.text for step in item.steps]
        case Matching():
            texts = [text for pair in item.pairs for text in (pair.left, pair.right)]
        case Cloze():
            texts = [gap.answer for gap in item.gaps]
    return texts


def _twins(group: Iterable[_Asked]) -> Iterator[tuple[_Asked, _Asked]]:
    """Yield each two that are alike, the earlier one first; of those with the very same words, the first with each other."""
    different: dict[str, _Asked] = {}
    for one in group:
        first = different.setdefault(one.words, one)
        if first is not one:
            yield first, one
    yield from _near(different.values())


def _near(group: Collection[_Asked]) -> Iterator[tuple[_Asked, _Asked]]:
    """Yield each two that are almost the same.

    Only those that share one of their rarest words are compared: two that differ in fewer words than these are sure to be among them.
    """
    often = Counter(word for one in group for word in set(one.words.split()))
    seen: defaultdict[str, list[_Asked]] = defaultdict(list)
    for one in group:
        rarest = sorted(set(one.words.split()), key=lambda word: (often[word], word))[:_RAREST]
        for other in {other.order: other for word in rarest for other in seen[word]}.values():
            if one.is_like(other):
                yield other, one
        for word in rarest:
            seen[word].append(one)


def _named(one: _Asked, seen_from: _Asked) -> str:
    return one.name if one.file == seen_from.file else f"{one.name} di {one.file.name}"
