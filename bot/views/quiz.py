"""Questions, their outcomes, and the end of a sitting."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.content.prompts import Prompt
from bot.views.learning import ModuleLine

SittingKind = Literal["quiz", "check", "repeat", "daily"]
TypingFault = Literal["long", "number", "text"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an answer was graded; `correct` is None where nothing is. `chosen` and `right` are responses: option ids, or what is typed.

    The texts in `feedback` are plain, `explanation` is HTML.
    """

    correct: bool | None
    partly: bool
    chosen: tuple[str, ...]
    right: tuple[str, ...]
    feedback: tuple[str, ...]
    explanation: str
    sources: tuple[str, ...]
    unsure: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A prompt with its place in the sitting; `outcome` is there once it is answered, `again` when it was answered before this tap.

    Attributes:
        marked: the response so far.
        may_doubt: whether the answer can be marked as a doubtful one.
        may_share: whether what was written can be sent to the coordinators; `shared` tells that it was.
        fault: why what was typed last could not be taken.
        after_check: for a check between cards, the card that comes next; empty for the quiz.

    """

    prompt_id: int
    sitting_id: int
    kind: SittingKind
    module_id: str
    module_title: str
    place: int
    count: int
    prompt: Prompt
    marked: tuple[str, ...]
    unsure: bool
    has_card: bool
    next_prompt: int | None
    outcome: Outcome | None = None
    again: bool = False
    may_doubt: bool = True
    may_share: bool = False
    shared: bool = False
    fault: TypingFault | None = None
    after_check: str = ""


@dataclass(frozen=True, slots=True)
class SharedReflection:
    """What a learner wrote and wants a coordinator to read: `question` is HTML, `text` is plain."""

    author: str
    module_title: str
    question: str
    text: str


@dataclass(frozen=True, slots=True)
class CardAgain:
    """The card that a question came from, read again in the middle of a sitting."""

    prompt_id: int
    module_title: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A missed item: the title of the card it is about, and the day on which it is asked again; None where it is no more."""

    about: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Result:
    """The end of a sitting.

    `count` and `correct` count what is graded. `pass_mark` is None where nothing is to be passed; `attempts_left` is None where
    they are unlimited. `others` are the days on which the items that were right are asked again, in their order.
    `completed` tells whether the module of this sitting, if it has one, is; `next_module` is there when nothing is left to do in it.
    """

    sitting_id: int
    kind: SittingKind
    module_id: str | None
    module_title: str
    correct: int
    count: int
    passed: bool
    completed: bool
    pass_mark: int | None
    attempts_left: int | None
    missed: tuple[Missed, ...]
    others: tuple[date, ...]
    today: date
    minutes: int
    active_days: int
    working_days: int
    streak: int
    next_module: ModuleLine | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many items are asked on the next day that has any."""

    day: date
    items: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """An item at which a learner was sure but wrong: the prompt, and what it is about."""

    prompt_id: int
    about: str
    module_title: str


@dataclass(frozen=True, slots=True)
class Mistakes:
    """What a learner was sure of but is wrong, the last ones first; `count` is how many there are in all."""

    lines: tuple[Mistake, ...]
    count: int


@dataclass(frozen=True, slots=True)
class NothingToAsk:
    """There is nothing for a daily quiz: no module was studied yet, or all was asked that is due, and the next day has so much."""

    suggested: ModuleLine | None
    today: date
    waiting: Waiting | None


@dataclass(frozen=True, slots=True)
class NoAttemptsLeft:
    """The quiz of a module may not be taken again."""

    module_id: str
    module_title: str
    attempts: int
    best_score: float
