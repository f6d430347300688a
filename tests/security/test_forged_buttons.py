"""A button's data can be typed by hand: with another person's ids it changes nothing of theirs and reveals nothing, whatever it says."""

import random
from collections.abc import Iterator
from dataclasses import fields
from itertools import product
from typing import Any, Final

import pytest
from sqlalchemy import Connection, select

from bot import actions
from bot.actions import Action
from bot.gateway.incoming import Tap
from bot.storage import coordination, learners
from bot.storage.tables import announcement, delivery, dialogue, learner, metadata
from tests.security.conftest import EMMA, SARI, Bot
from tests.security.filling import LEARNER_ID, fill

NOBODYS: Final = 987_654_321
VALUES: Final[dict[str, tuple[Any, ...]]] = {
    "module": ("kata-sandi", "tidak-ada", ""),
    "card": ("panjang", "tidak-ada"),
    "option": ("a", "tidak-ada"),
    "language": ("en", "xx"),
    "zone": ("Asia/Makassar", "Mars/Olympus"),
    "until": ("hour", "tonight", "tomorrow", "never"),
    "page": (0, 7, -1),
    "days": (0, 7, -5, 10**9),
    "minute": (-1, 510),
    "day": (0, 6),
    "place": (0, 7),
    "on": (0, 1, 7),
    "style": ("xlsx", "csv", "exe"),
    "moment": (0, 2**62, -1),
}
KINDS: Final = sorted(actions.CODES.values(), key=lambda kind: kind.__name__)


def names_of(kind: Any) -> set[str]:
    return {field.name for field in fields(kind)}


def forgeries(kind: type[Action], ids: dict[str, list[int]]) -> Iterator[Action]:
    """Make every button of a kind that its values allow."""
    names = sorted(names_of(kind))
    for values in product(*(ids.get(name) or VALUES[name] for name in names)):
        yield kind(**dict(zip(names, values, strict=True)))


def rows_of_sari(db: Connection) -> dict[str, list[Any]]:
    """Return all that is hers, and everything of her announcements."""
    hers = {
        "learner": select(learner).where(learner.c.id == LEARNER_ID),
        "announcement": select(announcement).where(announcement.c.author_id == LEARNER_ID),
        "their deliveries": select(delivery).where(delivery.c.announcement_id.between(LEARNER_ID * 10, LEARNER_ID * 10 + 9)),
        "dialogues": select(dialogue).where(dialogue.c.announcement_id.is_not(None)),
    }
    tables = [table for table in metadata.tables.values() if "learner_id" in table.columns]
    hers |= {table.name: select(table).where(table.c.learner_id == LEARNER_ID) for table in tables}
    return {name: sorted(map(repr, db.execute(statement))) for name, statement in hers.items()}


def ids_of_sari(db: Connection) -> dict[str, list[int]]:
    tables = {name: metadata.tables[name].c.learner_id for name in ("prompt", "sitting", "search")}
    tables["announcement"] = announcement.c.author_id
    return {
        name: list(db.execute(select(metadata.tables[name].c.id).where(owner == LEARNER_ID)).scalars()) for name, owner in tables.items()
    }


def coordinate(db: Connection, telegram_id: int) -> None:
    emma = learners.find(db, telegram_id)
    assert emma
    coordination.give(db, emma.id, None, None, emma.joined_at)


@pytest.mark.parametrize("coordinator", [False, True], ids=["by a learner", "by another coordinator"])
async def test_another_persons_ids_change_nothing_and_are_told_apart_from_nobodys_by_nothing(bot: Bot, *, coordinator: bool) -> None:
    await bot.storage.run(fill, SARI.id, "Sari", bot.clock.now())
    await bot.commands(EMMA, "start")
    if coordinator:
        await bot.storage.run(coordinate, EMMA.id)
    ids = await bot.storage.run(ids_of_sari)
    assert all(ids.values())
    nobodys = {name: [NOBODYS] for name in ids}
    before = await bot.storage.run(rows_of_sari)
    tried = 0
    for kind in KINDS:
        if not names_of(kind) & ids.keys():
            continue
        unknown = {repr(await bot.taps(EMMA, action)) for action in forgeries(kind, nobodys)}
        for action in forgeries(kind, ids):
            screen = await bot.taps(EMMA, action)
            tried += 1
            assert repr(screen) in unknown, f"{action} tells more than that there is none"
            assert "Sari" not in repr(screen)
    assert tried >= 60
    assert await bot.storage.run(rows_of_sari) == before


async def test_buttons_without_ids_reach_nobody_but_whoever_presses_them(bot: Bot) -> None:
    await bot.storage.run(fill, SARI.id, "Sari", bot.clock.now())
    await bot.commands(EMMA, "start")
    before = await bot.storage.run(rows_of_sari)
    for kind in KINDS:
        if not names_of(kind) & {"prompt", "sitting", "announcement", "search"}:
            for action in forgeries(kind, {}):
                assert "Sari" not in repr(await bot.taps(EMMA, action))
    assert await bot.storage.run(rows_of_sari) == before


async def test_no_data_that_anybody_could_type_breaks_anything(bot: Bot) -> None:
    await bot.storage.run(fill, SARI.id, "Sari", bot.clock.now())
    await bot.commands(EMMA, "start")
    before = await bot.storage.run(rows_of_sari)
    dice = random.Random(20260302)  # noqa: S311 - for variety, not for secrecy
    odd = (":", "::", "-1", "0", str(LEARNER_ID), str(2**63), "9" * 40, "١٢", "+1", " 1", "a", "é", "\x00", "'; --", "%s", "{}")
    pieces = (*actions.CODES, *odd)
    for _ in range(400):
        data = "".join(dice.choices(pieces, k=dice.randint(0, 6)))
        assert (await bot.does(EMMA, Tap("q", data, 7, editable=True))).text
    assert await bot.storage.run(rows_of_sari) == before


def test_every_kind_of_button_is_forged() -> None:
    known = VALUES.keys() | {"prompt", "sitting", "announcement", "search"}
    assert set().union(*map(names_of, KINDS)) <= known
