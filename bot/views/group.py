"""A group in which the bot asks a question a day."""

from dataclasses import dataclass
from datetime import datetime, time


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """What is set in a group: `at` is the local time of day of its question, None when there is none.

    `now` and `next_quiz` are moments; `hours` are offered; `asked` tells that a question is on its way, None that none was asked for.
    """

    at: time | None
    zone: str
    hours: tuple[time, ...]
    next_quiz: datetime | None
    now: datetime
    in_topic: bool
    recap: bool
    compared: bool
    asked: bool | None = None


@dataclass(frozen=True, slots=True)
class GroupStopped:
    """A group whose questions ended, because its topic is gone, or else because the bot may not send them there."""

    title: str
    topic_gone: bool


@dataclass(frozen=True, slots=True)
class GroupQuestion:
    """A question for a group; all texts plain. No `options`: it is a statement, true (0) or false (1) by `correct`."""

    language: str
    module_title: str
    text: str
    options: tuple[str, ...]
    correct: int
    explanation: str


@dataclass(frozen=True, slots=True)
class GroupRecap:
    """A group's week: `right` of `answers` by `people` to `questions`, None where too few answered; no names of people.

    `hardest` is what most got wrong, with the percentage that got it right; `teams` are the best ones with theirs.
    """

    language: str
    questions: int
    people: int
    answers: int
    right: int | None
    hardest: tuple[str, int] | None
    teams: tuple[tuple[str, int], ...]
