"""What people are told of the service that phrases answers."""

from dataclasses import replace

from bot.handlers.context import Desk
from bot.services.rulebook import Rulebook
from tests.handlers.chat import SARI, Chat

TOLD = "dikirim ke layanan AI yang dipilih pengelola"


async def test_the_page_on_privacy_names_the_service_only_where_it_is_used(desk: Desk) -> None:
    without = await Chat(desk, SARI).says("privasi")
    phrasing = replace(desk, rulebook=Rulebook(replace(desk.rules, phrases=True)))
    with_it = await Chat(phrasing, SARI).says("privasi")
    assert without is not None
    assert with_it is not None
    assert TOLD not in without.text
    assert TOLD in with_it.text
