"""What first answers tell of a question: how hard it is, whether it tells apart who knows, and which wrong options are chosen.

The figures of classical test theory, as in R. L. Ebel, D. A. Frisbie, Essentials of Educational Measurement, 5th edition, 1991, chapter 13.
First answers only: later ones tell how well the question is remembered, not how it was.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median
from typing import Final

FEWEST: Final = 5  # people behind a figure: of fewer it might be known who
STEP: Final = 5  # a figure takes in so many at a time: else two reports would tell what the one who answered between them answered


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """A learner's first answer to a question; `seconds` is None where it is not known how long they took."""

    learner_id: int
    correct: bool
    unsure: bool
    seconds: int | None
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the first answers to a question tell.

    Attributes:
        people: how many answered.
        right: the share (0..1) of right answers, which is called difficulty though more of it means easier.
        discrimination: the point-biserial correlation (-1..1) between a right answer and the share that the same people have right of
            the module's other questions; None where nothing can be said. Below 0.2 the question tells little.
        seconds: the median time; None where it is known of too few.
        mistaken: the share (0..1) of answers that were wrong and not marked as doubtful.
        chosen: the share (0..1) of people by the id of the option that they chose.

    """

    people: int
    right: float
    discrimination: float | None
    seconds: float | None
    mistaken: float
    chosen: Mapping[str, float]


def analyse(answers: Mapping[str, Sequence[FirstAnswer]]) -> dict[str, Analysis]:
    """Return what first answers tell of a module's questions, by item; nothing of what fewer than five people answered."""
    tally = _Tally(each for firsts in answers.values() for each in firsts)
    return {item: _analysis(firsts, tally) for item, firsts in answers.items() if len(firsts) >= FEWEST}


class _Tally:
    """How many questions each learner has answered, and how many right."""

    def __init__(self, answers: Iterable[FirstAnswer]) -> None:
        self._asked: Counter[int] = Counter()
        self._right: Counter[int] = Counter()
        for each in answers:
            self._asked[each.learner_id] += 1
            self._right[each.learner_id] += each.correct

    def rest(self, answer: FirstAnswer) -> float | None:
        """Return the share of right answers that a learner gave to the other questions; None when there is no other."""
        others = self._asked[answer.learner_id] - 1
        return (self._right[answer.learner_id] - answer.correct) / others if others else None


def _analysis(firsts: Sequence[FirstAnswer], tally: _Tally) -> Analysis:
    people = len(firsts)
    times = [each.seconds for each in firsts if each.seconds is not None]
    chosen = Counter(option for each in firsts for option in set(each.chosen))
    pairs = [(float(each.correct), rest) for each in firsts if (rest := tally.rest(each)) is not None]
    return Analysis(
        people=people,
        right=sum(each.correct for each in firsts) / people,
        discrimination=_correlation(pairs) if len(pairs) >= FEWEST else None,
        seconds=float(median(times)) if len(times) >= FEWEST else None,
        mistaken=sum(not each.correct and not each.unsure for each in firsts) / people,
        chosen={option: count / people for option, count in chosen.items()},
    )


def _correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return Pearson's correlation, of which the point-biserial one is a case; None where one side never varies."""
    count = len(pairs)
    mean_x, mean_y = (sum(pair[side] for pair in pairs) / count for side in (0, 1))
    spread_x, spread_y = (sum((pair[side] - mean) ** 2 for pair in pairs) for side, mean in ((0, mean_x), (1, mean_y)))
    if spread_x < 1e-9 or spread_y < 1e-9:  # noqa: PLR2004 - less than rounding leaves over
        return None
    together = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    return max(-1.0, min(1.0, together / sqrt(spread_x * spread_y)))
