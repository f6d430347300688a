"""Whether an answer costs more where there are more learners."""

from collections.abc import AsyncIterator
from typing import Final

import programs
from rows import Row, at_most, median, told
from seeding import Crowd
from stage import Filled, Stage

PRESSES: Final = 2000
IN_FLIGHT: Final = 32
FEW: Final = 100


async def answer(stage: Stage) -> AsyncIterator[Row]:
    """Answer with 100 learners, a new database each time, and with a million."""
    large = stage.large("sqlite", stage.million)
    costs: dict[str, list[float]] = {"100": [], "1,000,000": []}
    for _ in range(stage.runs):
        costs["100"].append(await _cost(stage, stage.filled("sqlite", Crowd(FEW, active=FEW, sittings=PRESSES * 5 // 4 // 5 + FEW))))
        costs["1,000,000"].append(await _cost(stage, large))
    for name, found in costs.items():
        yield told(f"cost of an answer with {name} learners", median(found), "µs")
    ratio = median(many / few for few, many in zip(*costs.values(), strict=True))
    yield at_most("cost of an answer: 1,000,000 learners ÷ 100", ratio, "times", 1.2)


async def _cost(stage: Stage, filled: Filled) -> float:
    """Return the microseconds that an answer takes of a busy program."""
    stage.api.reset()
    async with programs.sinau(stage.api, stage.fresh_folder(), filled.url) as program, stage.load_on(program) as load:
        await load.closed(filled.deck.take(stage.some(PRESSES) // 4), IN_FLIGHT)
        outcome = await load.closed(filled.deck.take(stage.some(PRESSES)), IN_FLIGHT)
    return 1e6 / outcome.per_second
