"""What people see of the bot before they write: the menu of commands and a description, in every language."""

from collections.abc import Mapping

from bot.gateway.identity import Introduction
from bot.handlers.routes import COMMANDS
from bot.texts import Words


def introductions(words: Mapping[str, Words]) -> dict[str, Introduction]:
    """Return the introduction in each language, from the table of commands."""
    return {language: _introduction(t) for language, t in words.items()}


def _introduction(t: Words) -> Introduction:
    everything = [(each.for_coordinators, (each.name_in(t.language), t.plain(each.description))) for each in COMMANDS]
    return Introduction(
        commands=[line for for_coordinators, line in everything if not for_coordinators],
        coordinator_commands=[line for _, line in everything],
        description=t.plain("Belajar singkat untuk ASN: modul 3–7 menit, kuis, dan pengingat pada hari kerja. Tekan Mulai."),
    )
