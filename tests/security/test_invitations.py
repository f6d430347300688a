"""Links that give something are unguessable, can be used once by each person, and can be taken back."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.clock import AdjustableClock
from bot.gateway.incoming import Person
from bot.services import inviting, operating
from bot.storage import coordination
from bot.storage.database import Storage
from bot.storage.tables import invitation, metadata, unit
from tests.security.conftest import EMMA, SARI, Bot

GUESSES = 5


@pytest.fixture
def bot(storage: Storage, clock: AdjustableClock) -> Bot:
    """A bot on each kind of database."""
    return Bot(storage, clock)


async def invite(bot: Bot, *, coordinator: bool = False, module: str | None = None, uses: int = 1) -> str:
    token = inviting.new_token()
    terms = inviting.Terms(coordinator=coordinator, module_id=module, uses=uses, expires_at=bot.clock.now() + timedelta(days=7))
    await bot.storage.run(inviting.invite, token, terms, bot.clock.now())
    return token


async def coordinators(bot: Bot) -> list[str]:
    return await bot.storage.run(lambda db: [each.name for each in coordination.everyone(db)])


async def uses_left(bot: Bot) -> int:
    return await bot.storage.run(lambda db: db.execute(select(invitation.c.uses_left)).scalar_one())


async def guess(bot: Bot, person: Person, times: int) -> list[str]:
    return [(await bot.commands(person, "start", f"u-tebakan-{person.id}-{number}")).text for number in range(times)]


def test_a_token_has_192_bits_and_never_looks_like_a_link_to_a_module() -> None:
    tokens = {inviting.new_token() for _ in range(5000)}
    assert len(tokens) == 5000
    assert all(len(token.removeprefix("u-")) == 32 for token in tokens)  # 32 characters of 6 bits
    assert all(len(token) <= 64 and not token.startswith("m-") for token in tokens)  # core.telegram.org/bots/features#deep-linking


async def test_a_token_is_nowhere_in_the_database(bot: Bot) -> None:
    token = await invite(bot, coordinator=True)
    await bot.commands(SARI, "start", token)
    written = repr(await bot.rows())
    assert token not in written
    assert token.removeprefix("u-") not in written


async def test_one_person_uses_an_invitation_once_and_leaves_the_rest_to_others(bot: Bot) -> None:
    token = await invite(bot, module="surel-dinas", uses=2)
    for _ in range(5):
        screen = await bot.commands(SARI, "start", token)
        assert "tidak berlaku" not in screen.text
    assert await uses_left(bot) == 1
    assert "tidak berlaku" not in (await bot.commands(EMMA, "start", token)).text
    assert await uses_left(bot) == 0


async def test_a_used_link_makes_nobody_a_coordinator_a_second_time(bot: Bot) -> None:
    token = await invite(bot, coordinator=True)
    await bot.commands(SARI, "start", token)
    assert await coordinators(bot) == ["Sari"]
    await bot.storage.run(operating.dismiss, SARI.id, bot.clock.now())
    assert "koordinator" not in (await bot.commands(SARI, "start", token)).text
    assert await coordinators(bot) == []


async def test_whoever_guesses_is_held_off_for_an_hour_even_from_a_right_link(bot: Bot) -> None:
    token = await invite(bot, coordinator=True)
    texts = await guess(bot, SARI, GUESSES + 3)
    assert all("sudah tidak berlaku" in text for text in texts[:GUESSES])
    assert all("Terlalu banyak tautan" in text for text in texts[GUESSES:])
    assert "Terlalu banyak tautan" in (await bot.commands(SARI, "start", token)).text
    assert await coordinators(bot) == []
    bot.clock.advance(timedelta(minutes=61))
    await bot.commands(SARI, "start", token)
    assert await coordinators(bot) == ["Sari"]


async def test_whoever_is_held_off_can_learn_and_holds_off_nobody_else(bot: Bot) -> None:
    token = await invite(bot, coordinator=True)
    await guess(bot, SARI, GUESSES + 1)
    assert "Kata sandi yang kuat" in (await bot.commands(SARI, "start", "m-kata-sandi")).text
    await bot.commands(EMMA, "start", token)
    assert await coordinators(bot) == ["Emma"]


async def test_wrong_links_now_and_then_never_add_up(bot: Bot) -> None:
    for _ in range(4):
        assert all("sudah tidak berlaku" in text for text in await guess(bot, SARI, GUESSES - 1))
        bot.clock.advance(timedelta(minutes=61))


async def test_an_expired_used_up_or_revoked_link_says_no_more_than_a_wrong_one(bot: Bot) -> None:
    expired, used, revoked = [await invite(bot) for _ in range(3)]
    await bot.commands(EMMA, "start", used)
    assert await bot.storage.run(inviting.revoke, revoked, bot.clock.now())
    texts = {(await bot.commands(SARI, "start", token)).text for token in (used, revoked, "u-salah")}
    bot.clock.advance(timedelta(days=8))
    texts.add((await bot.commands(SARI, "start", expired)).text)
    greetings = {text.partition("\n")[0] for text in texts}
    assert len(greetings) == 1
    assert "sudah tidak berlaku" in greetings.pop()


async def test_guesses_leave_nothing_but_a_number(bot: Bot) -> None:
    await guess(bot, SARI, 2)
    written: Any = (await bot.rows())["wrong_link"]
    assert [row[1] for row in written] == [2]
    assert "tebakan" not in repr(await bot.rows(without=()))
    assert set(metadata.tables["wrong_link"].columns.keys()) == {"learner_id", "count", "since"}


async def test_a_units_link_makes_its_coordinator_who_announces_to_nobody(bot: Bot) -> None:
    await bot.storage.run(lambda db: db.execute(insert(unit).values(id=3, name="Dinas Contoh")))
    token = inviting.new_token()
    terms = inviting.Terms(coordinator=True, module_id=None, uses=1, expires_at=bot.clock.now() + timedelta(days=7), unit_id=3)
    await bot.storage.run(inviting.invite, token, terms, bot.clock.now())
    assert "Anda sekarang koordinator Dinas Contoh." in (await bot.commands(SARI, "start", token)).text
    assert [each.unit_id for each in await bot.storage.run(coordination.everyone)] == [3]
    assert "untuk koordinator" in (await bot.commands(SARI, "umumkan")).text
    assert "/umumkan" not in (await bot.commands(SARI, "bantuan")).text
