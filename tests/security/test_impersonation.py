"""Who somebody is, is whose account acts, as Telegram says: not who is forwarded, stands behind a group, or is named."""

from typing import Any

import pytest
from sqlalchemy import func, select

from bot.storage.tables import announcement, learner
from tests.security.conftest import EMMA, RATNA, SARI, Bot

GROUP = {"id": -1001234567890, "type": "supergroup", "title": "Tim"}
ADMIN = {"id": RATNA.id, "is_bot": False, "first_name": "Ratna", "language_code": "id"}
OTHER = {"id": EMMA.id, "is_bot": False, "first_name": "Emma", "language_code": "id"}
PRIVATE = {"id": EMMA.id, "type": "private", "first_name": "Emma"}
# Where somebody speaks for a chat, these stand in for them (core.telegram.org/bots/api#message, sender_chat).
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
SERVICE = {"id": 777000, "is_bot": False, "first_name": "Telegram"}

NOBODIES: dict[str, dict[str, Any]] = {
    "an anonymous administrator": {"chat": GROUP, "from": ANONYMOUS, "sender_chat": GROUP, "author_signature": "Ratna"},
    "a channel as sender": {"chat": GROUP, "from": CHANNEL, "sender_chat": {"id": -1009, "type": "channel", "title": "Ratna"}},
    "a channel's post in its group": {
        "chat": GROUP,
        "from": SERVICE,
        "sender_chat": {"id": -1009, "type": "channel", "title": "x"},
        "is_automatic_forward": True,
    },
    "a channel that stands in for the admin": {"chat": GROUP, "from": ADMIN, "sender_chat": {"id": -1009, "type": "channel", "title": "x"}},
    "an admin's account as a bot": {"chat": PRIVATE, "from": ADMIN | {"is_bot": True}},
    "nobody at all": {"chat": GROUP},
}


def message(text: str, **fields: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1, "text": text, **fields}


async def people(bot: Bot) -> int:
    return await bot.storage.run(lambda db: db.execute(select(func.count()).select_from(learner)).scalar_one())


async def drafts(bot: Bot) -> int:
    return await bot.storage.run(lambda db: db.execute(select(func.count()).select_from(announcement)).scalar_one())


@pytest.mark.parametrize("text", ["/umumkan", "/start", "/umumkan@sinau_bot", "Halo"])
@pytest.mark.parametrize("who", NOBODIES)
async def test_whoever_speaks_for_a_chat_is_nobody(bot: Bot, who: str, text: str) -> None:
    assert await bot.receives(message=message(text, **NOBODIES[who])) is None
    assert await bot.receives(edited_message=message(text, **NOBODIES[who])) is None
    assert await people(bot) == 0


async def test_the_admin_is_asked_into_private_in_a_group(bot: Bot) -> None:
    screen = await bot.receives(message=message("/umumkan", chat=GROUP, **{"from": ADMIN}))
    assert screen is not None
    assert "obrolan pribadi" in screen.text
    assert await people(bot) == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"forward_origin": {"type": "user", "sender_user": ADMIN, "date": 1}},
        {"forward_origin": {"type": "hidden_user", "sender_user_name": "Ratna", "date": 1}},
        {"forward_from": ADMIN, "forward_date": 1},
        {"via_bot": {"id": 9, "is_bot": True, "first_name": "Bot"}},
        {"reply_to_message": message("/umumkan", chat=PRIVATE, **{"from": ADMIN})},
        {"external_reply": {"origin": {"type": "user", "sender_user": ADMIN, "date": 1}}},
        {"sender_business_bot": ADMIN, "business_connection_id": "x"},
        {"author_signature": "Ratna"},
    ],
    ids=lambda fields: next(iter(fields)),
)
async def test_a_message_that_names_the_admin_is_still_whose_account_sent_it(bot: Bot, fields: dict[str, Any]) -> None:
    screen = await bot.receives(message=message("/umumkan", chat=PRIVATE, **{"from": OTHER}, **fields))
    assert screen is not None
    assert "untuk koordinator" in screen.text
    assert await drafts(bot) == 0


@pytest.mark.parametrize("changes", [{"first_name": "Ratna", "username": "ratna_rekaan"}, {"first_name": "admin 1001"}])
async def test_a_name_makes_nobody_somebody_else(bot: Bot, changes: dict[str, str]) -> None:
    screen = await bot.receives(message=message("/umumkan", chat=PRIVATE, **{"from": OTHER | changes}))
    assert screen is not None
    assert "untuk koordinator" in screen.text


async def test_a_press_is_whose_finger_it_was_not_whose_chat(bot: Bot) -> None:
    await bot.commands(SARI, "start")
    theirs = {"message_id": 7, "date": 1, "chat": {"id": SARI.id, "type": "private"}, "text": "x", "from": {"id": 1, "is_bot": True}}
    await bot.receives(callback_query={"id": "q", "from": OTHER, "data": "sla:en", "chat_instance": "c", "message": theirs})
    languages = await bot.storage.run(lambda db: dict(db.execute(select(learner.c.name, learner.c.language)).all()))
    assert languages["Sari"] == "id"


@pytest.mark.parametrize("chat", [GROUP, {"id": -1009, "type": "channel", "title": "x"}], ids=["group", "channel"])
async def test_a_press_outside_of_a_private_chat_does_nothing(bot: Bot, chat: dict[str, Any]) -> None:
    await bot.commands(SARI, "start")
    before = await bot.rows()
    shown = {"message_id": 7, "date": 1, "chat": chat, "text": "x"}
    sari = {"id": SARI.id, "is_bot": False, "first_name": "Sari"}
    await bot.receives(callback_query={"id": "q", "from": sari, "data": "dy", "chat_instance": "c", "message": shown})
    assert await bot.rows() == before
