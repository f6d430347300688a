"""A question and what was found for it, as plain data: what an answer may be phrased from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A card that was found. `number` is what an answer cites it by, from 1 on; `text` and `sources` are plain text."""

    number: int
    module: str
    card: str
    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked, without what tells who they are, in the language of the answer and of every passage."""

    text: str
    language: str
    passages: tuple[Passage, ...]
