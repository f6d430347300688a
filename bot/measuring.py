"""Brings the figures of reports up to date, in steps that are short for the database: nobody who answers has to wait for a report."""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.content.model import Catalogue, Module
from bot.domain.memory import Memory
from bot.services import measuring
from bot.services.measuring import BATCH, ITEMS, REMEMBERED
from bot.services.turn import Rules
from bot.storage.database import Storage


async def bring_up_to_date(storage: Storage, catalogue: Catalogue, rules: Rules, now: datetime) -> None:
    """Measure what has not been measured within the last hour, and the weeks that have ended since."""
    for monday in await storage.run(measuring.unmeasured_weeks, ZoneInfo(rules.zone), now):
        await storage.run(measuring.measure_week, monday, now)
    names = [REMEMBERED, *(ITEMS + module_id for module_id in catalogue.modules)]
    for name in await storage.run(measuring.stale, names, now):
        if name == REMEMBERED:
            await _measure_memory(storage, rules, now)
        else:
            await _measure_items(storage, catalogue.modules[name.removeprefix(ITEMS)], now)


async def _measure_items(storage: Storage, module: Module, now: datetime) -> None:
    choices = {item.id: item.choices for item in (*module.quiz.items, *(card.check for card in module.cards if card.check))}
    answers = {item_id: await storage.run(measuring.first_answers, module.id, item_id) for item_id in choices}
    analysed = await asyncio.to_thread(measuring.analyse, answers, choices)
    await storage.run(measuring.write_items, module.id, analysed, now)


async def _measure_memory(storage: Storage, rules: Rules, now: datetime) -> None:
    people = await storage.run(measuring.sample)
    known: dict[int, list[Memory]] = {}
    for start in range(0, len(people), BATCH):
        known |= await storage.run(measuring.remembered_by, people[start : start + BATCH])
    today = now.astimezone(ZoneInfo(rules.zone)).date()
    share = await asyncio.to_thread(measuring.share_remembered, known, today, rules.memory)
    await storage.run(measuring.write_remembered, share, now)
