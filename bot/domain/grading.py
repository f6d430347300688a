"""How a response to a question is graded: pure rules over the ids of options."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grade:
    """The outcome of one response.

    Attributes:
        score: from 0 to 1; between them for a partly right choice of several.
        correct: whether exactly the right options were chosen.
        feedback: what the author says to the chosen options, in the author's order; may be empty.
        answer: ids of the right options, in the author's order.

    """

    score: float
    correct: bool
    feedback: tuple[str, ...]
    answer: tuple[str, ...]


def grade_choice(chosen: Collection[str], right: Collection[str], feedback: Mapping[str, str]) -> Grade:
    """Grade the ids `chosen` against the ids that are `right` (one at least).

    `feedback` has a text, possibly empty, for every option.
    The score is (right picks - wrong picks) / number of right options, never below 0.

    Raises:
        ValueError: an id was chosen that is no option of the question.

    """
    unknown = sorted(set(chosen) - feedback.keys())
    if unknown:
        raise ValueError(f"no such option: {', '.join(unknown)}")
    picked = set(chosen)
    hits = len(picked & set(right))
    return Grade(
        score=max(0, hits - (len(picked) - hits)) / len(right),
        correct=picked == set(right),
        feedback=tuple(text for option, text in feedback.items() if option in picked and text),
        answer=tuple(option for option in feedback if option in right),
    )
