"""The words of what we print or pack for other programs, in the languages that a module can have.

The bot's own words (bot.texts) lie above the content and can't be used here; a test compares what both of them say.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from bot.content.prompts import FALSE, TRUE

LANGUAGES: Final = ("id", "en")
_ANSWERS: Final[Mapping[str, tuple[str, str]]] = {
    TRUE: ("Benar", "True"),
    FALSE: ("Salah", "False"),
    "agreement-1": ("Sangat tidak setuju", "Strongly disagree"),
    "agreement-2": ("Tidak setuju", "Disagree"),
    "agreement-3": ("Netral", "Neutral"),
    "agreement-4": ("Setuju", "Agree"),
    "agreement-5": ("Sangat setuju", "Strongly agree"),
    "confidence-1": ("Belum yakin", "Not confident yet"),
    "confidence-2": ("Kurang yakin", "Slightly confident"),
    "confidence-3": ("Cukup yakin", "Fairly confident"),
    "confidence-4": ("Yakin", "Confident"),
    "confidence-5": ("Sangat yakin", "Very confident"),
    "frequency-1": ("Tidak pernah", "Never"),
    "frequency-2": ("Jarang", "Rarely"),
    "frequency-3": ("Kadang-kadang", "Sometimes"),
    "frequency-4": ("Sering", "Often"),
    "frequency-5": ("Selalu", "Always"),
}
_COMMON: Final[Mapping[str, tuple[str, str]]] = {
    "minutes": ("{n} menit", "{n} minutes"),
    "competency": ("Kompetensi: {id}, tingkat {level}", "Competency: {id}, level {level}"),
    "pass": ("Lulus mulai {mark}%", "Passed from {mark}%"),
    "sources": ("Sumber", "Sources"),
    "cited": ("Sumber: {sources}", "Source: {sources}"),
    "until": ("berlaku sampai {day}", "in force until {day}"),
    "reveal": ("Jawaban", "Answer"),
    "pick_all": ("Boleh lebih dari satu. Pilih semua yang tepat.", "More than one may be correct. Choose all that are."),
    "pick_between": ("Pilih {least} sampai {most}.", "Choose {least} to {most}."),
    "pick_exactly": ("Pilih tepat {n}.", "Choose exactly {n}."),
    "ungraded": ("Tidak ada jawaban benar atau salah.", "No answer is right or wrong."),
}


def answer_words(language: str) -> dict[str, str]:
    """Return the words of the answers that the bot words itself, by their ids: true and false, and the steps of the scales."""
    return choose(_ANSWERS, language)


def words(language: str) -> dict[str, str]:
    """Return by their names the words that several formats have, those of the answers included."""
    return choose({**_ANSWERS, **_COMMON}, language)


def choose(table: Mapping[str, tuple[str, str]], language: str) -> dict[str, str]:
    """Return the texts of a table, by their names, in one language."""
    return {name: texts[LANGUAGES.index(language)] for name, texts in table.items()}


def exact(number: float) -> Decimal:
    """Return the number as it was written: 0.1 is a tenth."""
    return Decimal(str(number))


def number(value: float, language: str) -> str:
    """Return a number as the language writes it, with all of its digits: 1.234,5 in Indonesian, 1,234.5 in English."""
    written = f"{exact(value):,f}".removesuffix(".0")
    return written.translate(str.maketrans(".,", ",.")) if language == "id" else written
