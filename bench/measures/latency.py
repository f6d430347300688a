"""How much the bot adds to what Telegram takes: from the push of an answer to the edit that shows its effect."""

from collections.abc import AsyncIterator
from typing import Final

import programs
from rows import Row, at_most, median, percentile, told
from seeding import Crowd
from stage import Stage

TELEGRAM_SECONDS: Final = 0.04
SECONDS: Final = 8
GOALS: Final = {100: 10.0, 300: 15.0}  # updates a second -> milliseconds


async def added(stage: Stage) -> AsyncIterator[Row]:
    """Push at two rates, whatever the bot does, and see how late the edits are.

    An edit's call arrives after the bot's own time alone; Telegram's 40 ms come after it, and would show here only if
    the bot waited for another call first.
    """
    sittings = stage.runs * 1200 + 1000
    filled = stage.filled("sqlite", Crowd(sittings, sittings))
    tails: dict[int, list[float]] = {rate: [] for rate in GOALS}
    middles: dict[int, list[float]] = {rate: [] for rate in GOALS}
    for _ in range(stage.runs):
        stage.api.reset(TELEGRAM_SECONDS)
        async with programs.sinau(stage.api, stage.fresh_folder(), filled.url) as program, stage.load_on(program) as load:
            await load.closed(filled.deck.take(stage.some(400)), 16)
            for rate in GOALS:
                outcome = await load.opened(filled.deck.take(stage.some(rate * SECONDS)), rate)
                tails[rate].append(percentile(outcome.latencies, 99) * 1000)
                middles[rate].append(percentile(outcome.latencies, 50) * 1000)
    for rate, goal in GOALS.items():
        yield at_most(f"added latency at {rate} updates/s, p99", median(tails[rate]), "ms", goal)
        yield told(f"added latency at {rate} updates/s, median", median(middles[rate]), "ms")
