"""Builds what phrases answers, where the operator has switched it on; else nothing of it is loaded."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from bot.answer_settings import AnswerSettings
from bot.clock import Clock
from bot.domain.asking import Caps
from bot.domain.phrasing import Phrased
from bot.gateway.lanes import Lanes
from bot.gateway.meters import Meters
from bot.gateway.presenter import Presenter
from bot.gateway.purse import Purse
from bot.question import Question
from bot.screen import Screen
from bot.screens import phrasing as screens
from bot.settings import Settings
from bot.storage.database import Storage
from bot.texts import Words

if TYPE_CHECKING:
    from bot.gateway.phrasing import Phrasing


def make_caps(answers: AnswerSettings) -> Caps:
    """Return what the settings let phrased answers use."""
    return Caps(
        per_day=answers.per_day,
        per_person_a_day=answers.per_person_a_day,
        price_in=answers.price_in,
        price_out=answers.price_out,
        budget_per_month=answers.budget_per_month,
    )


def make_purse(settings: Settings, storage: Storage, clock: Clock, meters: Meters) -> Purse:
    """Return what answers may still use."""
    return Purse(storage, clock, settings.default_zone, make_caps(settings.answers), meters)


async def open_phrasing(
    stack: AsyncExitStack, settings: Settings, purse: Purse, words: Mapping[str, Words], showing: tuple[Lanes, Presenter], meters: Meters
) -> "Phrasing | None":
    """Return what phrases answers and is still to be run, its connections closed with the stack; None when it is switched off."""
    answers = settings.answers
    if answers.endpoint is None:
        return None
    from bot.gateway.endpoint import Endpoint  # noqa: PLC0415 - aiohttp costs 8 MB and a tenth of a second
    from bot.gateway.phrasing import AT_ONCE, Phrasing, PhrasingTerms  # noqa: PLC0415 - as above

    def draw(found: Screen, question: Question, answer: Phrased) -> Screen:
        return screens.phrased(found, question, answer, words[question.language])

    endpoint = await stack.enter_async_context(Endpoint(answers.endpoint, answers.model, settings.answers_key, AT_ONCE))
    return Phrasing(endpoint, purse, *showing, meters, PhrasingTerms(answers.max_tokens, answers.timeout_seconds, draw))
