"""Simulates a working year of learners: what each way to choose the day's questions leaves in memory, and what it takes of people's time.

The learners forget by stretched exponential curves with parameters of their own and of each item; FSRS assumes a power curve with one set
of parameters for everybody, so what Sinau's arm believes is always wrong to some degree. docs/performance.md says more.
`python bench/learning.py --plot FILE` draws it.
"""

import argparse
import math
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path
from random import Random
from statistics import fmean
from typing import Final

from rows import Row, at_least, told
from stage import Stage

from bot.content.holidays import load_calendar
from bot.domain import daily, memory, pacing
from bot.domain.calendar import WorkCalendar
from bot.domain.daily import Candidate
from bot.domain.memory import Answer, Memory, Model
from bot.settings import FSRS_6, LearningSettings

LEARNERS: Final = 1000
DAYS: Final = 250  # working days: about a year
FIRST_DAY: Final = date(2026, 1, 5)
MODULES: Final = 20
ITEMS: Final = 5  # of a module, all asked in its closing quiz
DAYS_A_MODULE: Final = 10  # working days from one module to the next
WEAKEST: Final = 2.0  # days
STRONGEST: Final = 3000.0  # days
GUESS: Final = 1 / 3  # of three options
MODEL: Final = Model(LearningSettings().retention, FSRS_6)
PER_DAY: Final = LearningSettings().daily_items
ARMS: Final = ("none", "fixed", "sm2", "sinau")
NAMES: Final = {"none": "no practice", "fixed": "fixed 1-3-7-14", "sm2": "SM-2", "sinau": "Sinau (FSRS)"}
_DAY: Final = timedelta(days=1)


@cache
def is_working_day(day: date) -> bool:
    """Tell whether a day is one in Indonesia, cuti bersama included."""
    return load_indonesia().is_working_day(day)


@cache
def load_indonesia() -> WorkCalendar:
    """Return the calendar that ships."""
    return load_calendar("ID", None)


CALENDAR: Final = WorkCalendar(lambda day: not is_working_day(day))


@dataclass(slots=True)
class Trace:
    """The truth about one item in one head: it is recalled with probability exp(-(days / strength) ** slope)."""

    slope: float
    ease: float  # how much this item gains by a recall
    strength: float  # days
    seen_on: date

    def recall(self, day: date) -> float:
        """Return the probability of recalling it on a day."""
        return math.exp(-(((day - self.seen_on).days / self.strength) ** self.slope))

    def practise(self, day: date, *, recalled: bool, gain: float) -> None:
        """Strengthen it: a recall the more, the nearer it was to being forgotten; a miss, explained at once, by little."""
        grown = 1 + gain * self.ease * math.sqrt(1 - self.recall(day))
        self.strength = min(self.strength * grown, STRONGEST) if recalled else max(WEAKEST, self.strength / 2)
        self.seen_on = day


@dataclass(slots=True)
class Learner:
    """Somebody made up: how well they learn, how often they come, and what they know of each item that they met."""

    chance: Random
    slope: float  # how their forgetting slows down: 1 is exponential
    gain: float  # how much a recall strengthens
    diligence: float  # the share of working days on which they follow the reminder
    doubt: float  # how often they say that they are not sure when they don't know
    traces: dict[int, Trace] = field(default_factory=dict)

    def meet(self, item: int, day: date) -> Answer:
        """Read a card and answer its question in the closing quiz."""
        hardness = Random(item).gauss(0, 0.6)  # noqa: S311 - a simulation; some items are hard for everybody
        strength = 60 * math.exp(self.chance.gauss(0, 0.5) - hardness)
        self.traces[item] = Trace(self.slope, math.exp(self.chance.gauss(0, 0.3) - hardness / 2), strength, day)
        return self._said(recalled=self.chance.random() < 0.85 - 0.1 * hardness)

    def answer(self, item: int, day: date) -> Answer:
        """Answer a question of the daily quiz, and learn by it."""
        trace = self.traces[item]
        recalled = self.chance.random() < trace.recall(day)
        trace.practise(day, recalled=recalled, gain=self.gain)
        return self._said(recalled=recalled)

    def retention(self, day: date) -> float:
        """Return the mean probability of recalling what was met."""
        return fmean(each.recall(day) for each in self.traces.values())

    def _said(self, *, recalled: bool) -> Answer:
        right = recalled or self.chance.random() < GUESS
        sure = self.chance.random() >= (0.05 if recalled else self.doubt)
        return Answer(float(right), correct=right, sure=sure)


def make_learner(number: int) -> Learner:
    """Return a learner, always the same of a number."""
    chance = Random(number)  # noqa: S311 - a simulation
    return Learner(
        chance, chance.uniform(0.25, 0.45), gain=chance.uniform(2, 6), diligence=chance.betavariate(6, 2), doubt=chance.uniform(0.2, 0.8)
    )


class Practice:
    """A way to choose the day's questions; this one asks none."""

    def choose(self, day: date) -> list[int]:  # noqa: ARG002 - for those that do
        """Return the items to ask on a day."""
        return []

    def note(self, item: int, answer: Answer, day: date) -> None:
        """Take in an answer."""


class Fixed(Practice):
    """Every item after 1, 3, 7 and 14 days, whatever was answered; what is overdue for longest comes first."""

    GAPS: Final = (1, 3, 7, 14)

    def __init__(self) -> None:
        """Begin with nothing to ask."""
        self.due: dict[int, tuple[date, int]] = {}

    def choose(self, day: date) -> list[int]:
        """Return what is due."""
        return [item for when, item in sorted((when, item) for item, (when, _) in self.due.items()) if when <= day][:PER_DAY]

    def note(self, item: int, answer: Answer, day: date) -> None:  # noqa: ARG002 - whatever was answered
        """Go to the next gap; after the last one the item is done with."""
        step = self.due[item][1] + 1 if item in self.due else 0
        self.due[item] = (day + self.GAPS[step] * _DAY if step < len(self.GAPS) else date.max, step)


class Sm2(Fixed):
    """SM-2 (P. A. Woźniak, Optimization of learning, 1990): wrong is quality 2, doubtful 3, right 4; a miss leaves the easiness."""

    def __init__(self) -> None:
        """Begin with nothing to ask."""
        super().__init__()
        self.known: dict[int, tuple[int, float, int]] = {}  # repetitions, easiness, interval

    def note(self, item: int, answer: Answer, day: date) -> None:
        """Change the easiness and take the next interval."""
        quality = 3 if answer.sure is False else 4
        times, easiness, interval = self.known.get(item, (0, 2.5, 0))
        if answer.correct:
            easiness = max(1.3, easiness + 0.1 - (5 - quality) * (0.08 + (5 - quality) * 0.02))
        times = times + 1 if answer.correct else 0
        interval = 1 if times <= 1 else 6 if times == 2 else math.ceil(interval * easiness)  # noqa: PLR2004 - as SM-2 has it
        self.known[item] = times, easiness, interval
        self.due[item] = day + min(interval, memory.LONGEST) * _DAY, times


class Sinau(Practice):
    """The product's own rules."""

    def __init__(self) -> None:
        """Begin with nothing to ask."""
        self.known: dict[int, Memory] = {}

    def choose(self, day: date) -> list[int]:
        """Return what the product would ask."""
        candidates = [Candidate(str(item // ITEMS), str(item), each) for item, each in self.known.items()]
        return [int(each.item_id) for each in daily.choose(candidates, PER_DAY, day, CALENDAR, MODEL)]

    def note(self, item: int, answer: Answer, day: date) -> None:
        """Remember what the product would."""
        self.known[item] = memory.review(self.known.get(item), answer, day, MODEL)


MAKE: Final[dict[str, Callable[[], Practice]]] = {"none": Practice, "fixed": Fixed, "sm2": Sm2, "sinau": Sinau}


@dataclass(frozen=True, slots=True)
class Year:
    """What became of a learner: retention (0..1) by working day, minutes in the daily quiz, reminders, and the items of each day."""

    retention: tuple[float, ...]
    minutes: float
    reminders: int
    asked: tuple[tuple[int, ...], ...]


def live(arm: str, days: int, number: int) -> Year:
    """Let a learner study: a module every other week and, on the days they come, what the practice asks; when it asks, it reminds."""
    learner, practice = make_learner(number), MAKE[arm]()
    retention, asked, reminders = list[float](), list[tuple[int, ...]](), 0
    for n, day in enumerate(working_days(days)):
        module = n // DAYS_A_MODULE if n % DAYS_A_MODULE == 0 else MODULES
        if module < MODULES:
            for item in range(module * ITEMS, module * ITEMS + ITEMS):
                practice.note(item, learner.meet(item, day), day)
        comes = Random(number * 100_003 + n).random() < learner.diligence  # noqa: S311 - a simulation: the same days in every arm
        chosen = practice.choose(day)
        reminders += bool(chosen)
        answered = tuple(chosen) if comes else ()
        for item in answered:
            practice.note(item, learner.answer(item, day), day)
        asked.append(answered)
        retention.append(learner.retention(day + _DAY))
    seconds = sum(map(len, asked)) * pacing.SECONDS_AN_ITEM
    return Year(tuple(retention), seconds / 60, reminders, tuple(asked))


@cache
def working_days(count: int) -> Sequence[date]:
    """Return the first working days from the first day on."""
    found, day = list[date](), FIRST_DAY
    while len(found) < count:
        if is_working_day(day):
            found.append(day)
        day += _DAY
    return found


def simulate(learners: int, days: int) -> dict[str, list[Year]]:
    """Return the years of all learners in every arm, each learner the same in all of them."""
    with ProcessPoolExecutor(2) as pool:
        return {arm: list(pool.map(partial(live, arm, days), range(learners), chunksize=25)) for arm in ARMS}


async def year(stage: Stage) -> AsyncIterator[Row]:
    """Measure what is remembered after a year, and at which price."""
    found = simulate(stage.some(LEARNERS), DAYS)
    for arm, years in found.items():
        name = f"learning, {NAMES[arm]}"
        yield told(f"{name}: remembered on day {DAYS}", 100 * fmean(each.retention[-1] for each in years), "%")
        if arm != "none":
            yield told(f"{name}: daily quiz", fmean(each.minutes for each in years), "minutes a year")
            yield told(f"{name}: reminders", fmean(each.reminders for each in years), "a year")
    mean = {arm: fmean(each.retention[-1] for each in years) for arm, years in found.items()}
    for arm in ("none", "fixed", "sm2"):
        yield at_least(f"learning: Sinau - {NAMES[arm]}, remembered on day {DAYS}", 100 * (mean["sinau"] - mean[arm]), "points", 0)


def plot(found: dict[str, list[Year]], path: Path) -> None:
    """Draw the retention over the days, and on day 250 against the minutes it took."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - only a picture needs it

    figure = Figure(figsize=(9, 3.6), layout="constrained")
    over_time, price = figure.subplots(1, 2)
    for arm, years in found.items():
        curve = [100 * fmean(values) for values in zip(*(each.retention for each in years), strict=True)]
        over_time.plot(curve, label=NAMES[arm])
        minutes = fmean(each.minutes for each in years)
        price.scatter(minutes, curve[-1])
        price.annotate(NAMES[arm], (minutes, curve[-1]), textcoords="offset points", xytext=(4, 6))
    over_time.set(xlabel="working day", ylabel="remembered, %", ylim=(0, 100))
    over_time.legend()
    price.set(xlabel="minutes of daily quiz in all", ylabel=f"remembered on day {DAYS}, %", ylim=(0, 100))
    price.margins(x=0.2)
    figure.savefig(path, dpi=110, metadata={"Software": None})


def main() -> None:
    """Draw the picture of docs/performance.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=LEARNERS)
    parser.add_argument("--plot", type=Path, default=Path(__file__).parents[1] / "docs" / "learning.png")
    options = parser.parse_args()
    found = simulate(options.learners, DAYS)
    for arm, years in found.items():
        figures = (
            fmean(each.retention[-1] for each in years),
            fmean(each.minutes for each in years),
            fmean(each.reminders for each in years),
        )
        print(f"{NAMES[arm]:16} {100 * figures[0]:5.1f} % remembered  {figures[1]:6.1f} minutes  {figures[2]:6.1f} reminders")
    plot(found, options.plot)


if __name__ == "__main__":
    main()
