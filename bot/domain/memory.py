"""What a learner remembers of an item: FSRS, the free spaced repetition scheduler, counted in the learner's own days.

J. Ye, J. Su, Y. Cao, A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition Scheduling, KDD 2022; version 6 as in
github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm. Days and not hours count: what was answered at 16.00 is due on a
morning, and no change of zone moves it by more than the day that the learner gained or lost.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

Rating = Literal["again", "hard", "good"]

MOSTLY_RIGHT: Final = 0.5
LONGEST: Final = 365  # days: rules change, so that nothing is taken as known for longer
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Model:
    """How forgetting is reckoned: the share of items to be remembered when they come due (0..1), and FSRS-6's 21 parameters."""

    retention: float
    parameters: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A graded answer: `score` (0..1), whether it is `correct` as a whole, and whether the learner was `sure`.

    `sure` is None where the quiz offers no way to say that an answer is a doubtful one.
    """

    score: float
    correct: bool
    sure: bool | None


@dataclass(frozen=True, slots=True)
class Memory:
    """What a learner remembers of an item.

    Attributes:
        stability: the days after which it is still remembered with a probability of 90 %.
        difficulty: from 1 to 10; the higher, the less a review adds.
        reviewed_on: the learner's local day of the last answer.
        due_on: the local day on which the wanted retention is reached.
        mistaken: an answer was sure but wrong, and none since was right.

    """

    stability: float
    difficulty: float
    reviewed_on: date
    due_on: date
    mistaken: bool = False


def rate(answer: Answer) -> Rating:
    """Return FSRS's rating of an answer.

    Never `easy`: a right choice among three may be a guess, and ease can't be seen in a tap. How long it took says more about the length
    of the question, and about who called meanwhile, than about memory. What was sure but wrong is no worse than what was wrong: errors
    made with confidence are corrected best (B. Butterfield, J. Metcalfe, Journal of Experimental Psychology: LMC 27, 2001).
    """
    if not answer.correct:
        return "hard" if answer.score >= MOSTLY_RIGHT else "again"
    return "hard" if answer.sure is False else "good"


def review(before: Memory | None, answer: Answer, today: date, model: Model) -> Memory:
    """Return the memory of an item after an answer on the learner's local day; `before` is None at the first one."""
    from fsrs import Rating as Fsrs  # noqa: PLC0415 - as in _scheduler

    day = max(today, before.reviewed_on) if before else today  # flying west a learner may live a day twice
    card, _ = _scheduler(model).review_card(_card(before), Fsrs[rate(answer).capitalize()], _midnight(day))
    assert card.stability is not None  # noqa: S101 - a card that was reviewed has both
    assert card.difficulty is not None  # noqa: S101 - as above
    mistaken = not answer.correct and (answer.sure is True or (before is not None and before.mistaken))
    return Memory(card.stability, card.difficulty, day, card.due.date(), mistaken)


def risk(memory: Memory, day: date, model: Model) -> float:
    """Return the probability (0..1) that an item is forgotten on a day."""
    return 1 - _scheduler(model).get_card_retrievability(_card(memory), _midnight(day))


def is_firm(memory: Memory, today: date, model: Model) -> bool:
    """Tell whether an item will still be remembered tomorrow with the wanted probability."""
    return risk(memory, today + _DAY, model) <= 1 - model.retention


@cache
def _scheduler(model: Model) -> "Scheduler":
    """Return the scheduler: without steps of minutes, since practice is daily, and without chance, so that days are foreseeable."""
    from fsrs import Scheduler  # noqa: PLC0415 - a start that nobody answers after needs none

    return Scheduler(
        model.parameters, model.retention, learning_steps=(), relearning_steps=(), maximum_interval=LONGEST, enable_fuzzing=False
    )


def _card(memory: Memory | None) -> "Card":
    from fsrs import Card, State  # noqa: PLC0415 - as in _scheduler

    if memory is None:
        return Card(card_id=0)
    last = _midnight(memory.reviewed_on)
    return Card(0, State.Review, stability=memory.stability, difficulty=memory.difficulty, due=last, last_review=last)


def _midnight(day: date) -> datetime:
    """Name a day as a moment: FSRS counts whole days between moments in UTC."""
    return datetime.combine(day, time(), UTC)
