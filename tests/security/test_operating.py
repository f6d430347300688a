"""What the operator takes back from the command line is taken back in the bot that runs: a role, an announcement."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, STDOUT
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import actions
from bot.clock import AdjustableClock
from bot.sandbox.cast import COORDINATOR_ID, SARI_ID
from bot.services import announcing, inviting, operating
from bot.storage.database import Storage
from bot.storage.tables import announcement, delivery
from tests.conversation.acting import play
from tests.conversation.stage import TOKEN, Stage
from tests.security.conftest import EMMA, SARI, Bot

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bot(storage: Storage, clock: AdjustableClock) -> Bot:
    """A bot on each kind of database."""
    return Bot(storage, clock)


async def make_coordinator(bot: Bot) -> None:
    token = inviting.new_token()
    terms = inviting.Terms(coordinator=True, module_id=None, uses=1, expires_at=bot.clock.now() + timedelta(days=1))
    await bot.storage.run(inviting.invite, token, terms, bot.clock.now())
    await bot.commands(SARI, "start", token)


async def test_a_dismissed_coordinator_can_do_nothing_more_from_the_next_tap_on(bot: Bot) -> None:
    await make_coordinator(bot)
    await bot.commands(EMMA, "start")
    await bot.commands(SARI, "umumkan")
    await bot.says(SARI, "Rahasia")
    draft = await bot.storage.run(lambda db: db.execute(select(announcement.c.id)).scalar_one())
    dismissed = await bot.storage.run(operating.dismiss, SARI.id, bot.clock.now())
    assert dismissed == operating.Dismissed("Sari", ())
    assert "untuk koordinator" in (await bot.taps(SARI, actions.ConfirmAnnouncement(draft))).text
    assert "untuk koordinator" in (await bot.commands(SARI, "umumkan")).text
    assert await bot.storage.run(operating.coordinators) == []
    assert await bot.storage.run(lambda db: db.execute(select(announcement.c.state)).scalar_one()) == "draft"
    assert await bot.storage.run(lambda db: db.execute(select(delivery.c.id)).first()) is None


async def test_dismissing_names_what_still_goes_out_and_that_can_be_stopped(bot: Bot) -> None:
    await make_coordinator(bot)
    await bot.commands(EMMA, "start")
    await bot.commands(SARI, "umumkan")
    await bot.says(SARI, "Rahasia")
    draft = await bot.storage.run(lambda db: db.execute(select(announcement.c.id)).scalar_one())
    await bot.taps(SARI, actions.ConfirmAnnouncement(draft))
    dismissed = await bot.storage.run(operating.dismiss, SARI.id, bot.clock.now())
    assert dismissed == operating.Dismissed("Sari", (draft,))
    withdrawn = await bot.storage.run(operating.withdraw, draft, bot.clock.now())
    assert withdrawn is not None
    assert (withdrawn.waiting, withdrawn.gone) == (0, 0)
    assert set(await bot.storage.run(lambda db: db.execute(select(delivery.c.state)).scalars().all())) == {"cancelled"}


async def test_what_was_announced_from_the_command_line_can_be_listed_and_stopped_once(bot: Bot) -> None:
    await bot.commands(EMMA, "start")
    later = bot.clock.now() + timedelta(hours=1)
    number = await bot.storage.run(announcing.post, "Halo", None, later, bot.clock.now())
    assert await bot.storage.run(operating.pending) == [operating.Pending(number, "scheduled", later, 0, 0)]
    assert await bot.storage.run(operating.withdraw, number, bot.clock.now())
    assert await bot.storage.run(operating.withdraw, number, bot.clock.now()) is None
    assert await bot.storage.run(operating.pending) == []
    await bot.storage.run(announcing.send_due, later)
    assert await bot.storage.run(lambda db: db.execute(select(delivery.c.id)).first()) is None


async def sinau(stage: Stage, *arguments: str | bytes) -> tuple[int, str]:
    """Run a command in a process of its own beside the bot on the stage; return its exit status and all that it says."""
    told = {
        "SINAU_DATABASE__URL": stage.database_url,
        "SINAU_TELEGRAM__API_URL": stage.api_url,
        "SINAU_TELEGRAM__TOKEN": TOKEN,
        "SINAU_CONTENT__DIR": str(stage.content),
        "SINAU_ADMINS": str(COORDINATOR_ID),
        "PYTHONPATH": str(ROOT),
    }
    line = (sys.executable, "-m", "bot", *arguments)
    process = await asyncio.create_subprocess_exec(*line, env=os.environ | told, stdout=PIPE, stderr=STDOUT, cwd=stage.content)
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


async def test_the_commands_work_beside_the_running_bot(stage: Stage) -> None:
    await play(stage, "operator invites: u-rahasia, coordinator, uses 1, days 7\nSari opens: u-rahasia\nEmma: /start\n")
    await play(stage, "Sari: /umumkan\nSari: Nanti.\nSari taps: [Ubah waktu]\nSari taps: [Hari ini 16.00]\nSari taps: [Jadwalkan]\n")
    assert await sinau(stage, "coordinators") == (0, f"{SARI_ID}  Sari\n{COORDINATOR_ID}  (admin, by the settings)\n")
    assert (await sinau(stage, "announcements"))[1].startswith("1  scheduled")
    stage.world.state.profile.set_commands(f'{{"chat_id":{SARI_ID},"type":"chat"}}', "", [{"command": "umumkan", "description": "x"}])
    status, said = await sinau(stage, "dismiss", str(SARI_ID))
    assert status == 0
    assert "Announcement 1 of theirs still goes out; `sinau unannounce 1` stops it." in said
    assert not any(str(SARI_ID) in scope for scope, _ in stage.world.state.profile.commands)
    assert "untuk koordinator" in await play(stage, "Sari: /umumkan\n")
    assert (await sinau(stage, "unannounce", "1"))[0] == 0
    assert "Nanti." not in await play(stage, "clock: to Monday 16:00 WIB\n")


async def test_what_can_not_be_taken_back_is_told_and_nothing_changes(stage: Stage) -> None:
    assert await sinau(stage, "unannounce", "7") == (
        1,
        "sinau: There is no announcement 7 that waits or goes out; nothing was changed. `sinau announcements` lists them.\n",
    )
    status, said = await sinau(stage, "dismiss", str(COORDINATOR_ID))
    assert (status, "is an admin by the settings" in said) == (1, True)


async def test_an_announcement_that_no_message_can_hold_is_refused_as_telegram_counts(stage: Stage) -> None:
    status, said = await sinau(stage, "announce", "🙂" * 2049)
    assert (status, "emoji" in said) == (2, True), said
    assert await sinau(stage, "announcements") == (0, "")
    assert (await sinau(stage, "announce", "🙂" * 2048))[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("dismiss", "99999999999999999999"),
        ("unannounce", "99999999999999999999"),
        ("invite", "--uses", "3000000000"),
        ("invite", "--unit", "Dinas Kesehatan"),
        ("announce", b"Selamat pagi, \xe9"),
        ("uninvite", b"https://t.me/x?start=u-\xe9"),
    ],
)
async def test_what_no_database_holds_is_told_as_bad_usage(stage: Stage, arguments: tuple[str | bytes, ...]) -> None:
    status, said = await sinau(stage, *arguments)
    assert (status, "Invalid value for" in said) == (2, True), said
