"""One language's words, and its ways to write days, times and numbers."""

import gettext
from collections.abc import Mapping
from datetime import date, datetime, time
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

SOURCE_LANGUAGE: Final = "id"
LANGUAGES: Final[Mapping[str, str]] = {"id": "Bahasa Indonesia", "en": "English"}
LOCALES: Final[Mapping[str, str]] = {"id": "id", "en": "en_GB"}  # how days, times and numbers are written: 08:30, not 8:30 AM
ZONE_NAMES: Final[Mapping[str, str]] = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


class Words:
    """Speaks one language. Call it with an Indonesian sentence to get Telegram HTML; values put into it are escaped."""

    def __init__(self, language: str, translations: gettext.NullTranslations) -> None:
        """Speak `language` by these translations of the Indonesian source."""
        self.language = language
        self._locale = LOCALES[language]
        self._translations = translations

    def __call__(self, sentence: str, **values: object) -> str:
        """Return the sentence as Telegram HTML, its `{values}` escaped."""
        return self._translations.gettext(sentence).format(**{name: escape(str(value), quote=False) for name, value in values.items()})

    def plain(self, sentence: str, **values: object) -> str:
        """Return the sentence as plain text: for labels of buttons, captions and toasts."""
        return self._translations.gettext(sentence).format(**values)

    def many(self, one: str, several: str, n: int, **values: object) -> str:
        """Return the sentence for `n` things as plain text; `{n}` is written as this language writes numbers."""
        return self._translations.ngettext(one, several, n).format(n=self.number(n), **values)

    def number(self, value: float) -> str:
        """Return a number as this language writes it: 1.284 or 1,284."""
        return format_decimal(value, locale=self._locale)

    def exact(self, value: float) -> str:
        """Return a number with all of its decimals: 0,0125 or 0.0125."""
        return format_decimal(value, "#,##0.############", locale=self._locale)

    def time_of_day(self, at: time) -> str:
        """Return a time of day: 08.30 in Indonesian, 08:30 in English."""
        return format_time(at, "short", locale=self._locale)

    def day(self, day: date, today: date | None = None) -> str:
        """Return a day with its name: Rabu, 25 November; with its year where that is another one than today's."""
        form = "EEEE, d MMMM" if today is None or day.year == today.year else "EEEE, d MMMM y"
        return format_date(day, form, locale=self._locale)

    def full_date(self, day: date) -> str:
        """Return a day with its year, in short: 25 Nov 2026."""
        return format_date(day, "d MMM y", locale=self._locale)

    def short_day(self, day: date) -> str:
        """Return the short name of a weekday: such as Sen or Sel."""
        return format_date(day, "EEE", locale=self._locale)

    def weekday(self, number: int) -> str:
        """Return the short name of a weekday by its number: 0 is Monday."""
        return self.short_day(date(2024, 1, 1 + number))  # which began on a Monday

    def zone(self, zone: str) -> str:
        """Return the name that people use for a zone: WIB, WITA, WIT."""
        return ZONE_NAMES.get(zone, zone)

    def moment(self, moment: datetime, zone: str) -> str:
        """Return a moment on the clock of a zone: Rabu, 25 November pukul 08.30 WIB."""
        local = moment.astimezone(ZoneInfo(zone))
        parts = {"day": self.day(local.date()), "time": self.time_of_day(local.time()), "zone": self.zone(zone)}
        return self.plain("{day} pukul {time} {zone}", **parts)


def translation_file(language: str) -> Path:
    """Return the file of a language's translations."""
    return Path(__file__).parent / "locale" / language / "sinau.po"


def load_words() -> dict[str, Words]:
    """Read the catalogues; return the words of each language by its code."""
    return {language: Words(language, _translations(language)) for language in LANGUAGES}


def _translations(language: str) -> gettext.NullTranslations:
    if language == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    compiled = BytesIO()
    with translation_file(language).open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
