"""The rules of a quiz: which items are drawn, in which order, and when it is passed."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def draw(items: Sequence[T], count: int, *, shuffle: bool, seed: int) -> list[T]:
    """Return `count` of the items: the first ones, or a random choice that the same seed repeats."""
    if not shuffle:
        return list(items[:count])
    return Random(seed).sample(list(items), min(count, len(items)))  # noqa: S311 - fairness, not secrecy


def shuffled(options: Sequence[T], *, shuffle: bool, seed: int) -> list[T]:
    """Return the options in the order they are shown; the same seed gives the same order."""
    return draw(options, len(options), shuffle=shuffle, seed=seed)


def is_passed(score: float, pass_mark: int) -> bool:
    """Tell whether a score (0..1) reaches the pass mark (percent); 69.9999 % from adding thirds is not held against anybody."""
    return score * 100 >= pass_mark - 1e-6
