"""People who mean well: they answer one question after the other, and wait for each answer."""

import time
from collections.abc import Sequence

from bot.actions import Answer, OpenModule, ShowPrompt, StartQuiz
from tests.torture.stage import Stage


async def begin_quizzes(stage: Stage, people: Sequence[int]) -> None:
    """Let everybody open the module that has only questions, up to its first one."""
    for person in people:
        stage.open_link(person, "m-jawab")
    for person in people:
        await stage.press(person, OpenModule)
    for person in people:
        await stage.press(person, StartQuiz)
    for person in people:
        await stage.until(lambda: stage.offers(person, Answer))  # noqa: B023 - it is awaited in the same round


async def answer_once(stage: Stage, person: int) -> float:
    """Answer the question at hand; return the seconds until its outcome is shown, and go on to the next question."""
    before = time.perf_counter()
    stage.tap(person, stage.offers(person, Answer)[0])
    await stage.until(lambda: not stage.offers(person, Answer))
    seconds = time.perf_counter() - before
    if onward := stage.offers(person, ShowPrompt):
        stage.tap(person, onward[0])
        await stage.until(lambda: stage.offers(person, Answer))
    return seconds


async def answer_all(stage: Stage, people: Sequence[int], rounds: int) -> list[float]:
    """Let everybody answer so many questions, one after the other; return what each of them waited."""
    return [await answer_once(stage, person) for _ in range(rounds) for person in people]


def percentile(seconds: Sequence[float], percent: int) -> float:
    """Return the value that so many percent do not exceed."""
    return sorted(seconds)[max(0, len(seconds) * percent // 100 - 1)]
