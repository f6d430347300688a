"""How a response to a question is graded: pure rules over the ids of options, or over what was typed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Grade:
    """The outcome of one response.

    Attributes:
        score: from 0 to 1; between them for a partly right response; None where there is no right and wrong.
        correct: whether the response is right as a whole; None as for the score.
        feedback: what the author says to it, in the author's order; may be empty.
        answer: a right response, in the form of a response; of a story, the best deed of each scene that was come to; empty where
            there is none.

    """

    score: float | None
    correct: bool | None
    feedback: tuple[str, ...]
    answer: tuple[str, ...]


UNGRADED = Grade(score=None, correct=None, feedback=(), answer=())


def grade_choice(chosen: Collection[str], right: Collection[str], feedback: Mapping[str, str], *, partial: bool = True) -> Grade:
    """Grade the ids `chosen` against the ids that are `right` (one at least).

    `feedback` has a text, possibly empty, for every option.
    The score is (right picks - wrong picks) / number of right options, never below 0; without `partial` it is 1 or 0.

    Raises:
        ValueError: an id was chosen that is no option of the question.

    """
    unknown = sorted(set(chosen) - feedback.keys())
    if unknown:
        raise ValueError(f"no such option: {', '.join(unknown)}")
    picked = set(chosen)
    hits = len(picked & set(right))
    correct = picked == set(right)
    return Grade(
        score=max(0, hits - (len(picked) - hits)) / len(right) if partial else float(correct),
        correct=correct,
        feedback=tuple(text for option, text in feedback.items() if option in picked and text),
        answer=tuple(option for option in feedback if option in right),
    )


def grade_order(given: Sequence[str], right: Sequence[str]) -> Grade:
    """Grade an order of ids against the right one (two ids at least).

    The score is Kendall's tau, never below 0: the share of pairs in the right order less the share of those in the wrong one
    (M. G. Kendall, A New Measure of Rank Correlation, Biometrika 30, 1938).

    Raises:
        ValueError: the order is not one of exactly these ids.

    """
    if sorted(given) != sorted(right):
        raise ValueError("an order of all options is needed")
    place = {option: number for number, option in enumerate(right)}
    pairs = [place[first] < place[second] for first, second in combinations(given, 2)]
    return Grade(
        score=max(0, 2 * sum(pairs) - len(pairs)) / len(pairs), correct=list(given) == list(right), feedback=(), answer=tuple(right)
    )


def grade_slots(given: Sequence[str], right: Sequence[str]) -> Grade:
    """Grade what was put into slots against what belongs there; the score is the share of slots that are right.

    Raises:
        ValueError: not every slot was filled.

    """
    if len(given) != len(right):
        raise ValueError(f"{len(right)} slots are to be filled, not {len(given)}")
    hits = sum(one == other for one, other in zip(given, right, strict=True))
    return Grade(score=hits / len(right), correct=hits == len(right), feedback=(), answer=tuple(right))


def grade_typed(right: bool, feedback: str, answer: str) -> Grade:  # noqa: FBT001 - the outcome itself
    """Grade what was typed, once it is known whether it is `right`; `answer` is what should have been typed."""
    return Grade(score=float(right), correct=right, feedback=(feedback,) if feedback else (), answer=(answer,))
