"""Whether an answer costs more where there are more learners."""

from collections.abc import AsyncIterator
from typing import Final

import programs
from rows import Row, at_most, median, told
from seeding import Crowd
from stage import Filled, Stage

FEW: Final = 100
PRESSES: Final = 5 * FEW  # a round: as many prompts as a hundred learners have at a time
ROUNDS: Final = 4
IN_FLIGHT: Final = 32


async def answer(stage: Stage) -> AsyncIterator[Row]:
    """Answer with 100 learners and with a million, in turns."""
    few = stage.filled("sqlite", Crowd(FEW, sittings=FEW))
    large = stage.large("sqlite", stage.million)
    costs: dict[str, list[float]] = {"100": [], "1,000,000": []}
    for _ in range(stage.runs):
        costs["100"].append(await _cost(stage, few))
        costs["1,000,000"].append(await _cost(stage, large))
    for name, found in costs.items():
        yield told(f"cost of an answer with {name} learners", median(found), "µs")
    ratio = median(many / few for few, many in zip(*costs.values(), strict=True))
    yield at_most("cost of an answer: 1,000,000 learners ÷ 100", ratio, "times", 1.2)


async def _cost(stage: Stage, filled: Filled) -> float:
    """Return the microseconds that an answer takes of a busy program: as many rounds as it needs, the first one to warm up."""
    seconds = 0.0
    stage.api.reset()
    async with programs.sinau(stage.api, stage.fresh_folder(), filled.url) as program, stage.load_on(program) as load:
        for number in range(ROUNDS + 1):
            if not (presses := filled.deck.take(PRESSES)):
                filled.ask_again()
                presses = filled.deck.take(PRESSES)
            outcome = await load.closed(presses, IN_FLIGHT)
            seconds += len(presses) / outcome.per_second if number else 0
    return seconds / (ROUNDS * PRESSES) * 1e6
