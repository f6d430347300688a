"""The texts of a question in GIFT: from Moodle's four formats to ours."""

from dataclasses import dataclass
from html import escape

from bot.content.formats.bank import Note
from bot.content.formats.gift.syntax import BLANK, FORMATS, Entry, formatted, shown
from bot.content.formats.markup import Converted, to_plain, to_telegram
from bot.content.formats.moodle import as_html
from bot.content.formats.noting import short


@dataclass(frozen=True, slots=True)
class Reading:
    """One question while it is read: its parts, and the notes of the file, to which it adds what can't be kept."""

    entry: Entry
    notes: list[Note]

    def lose(self, what: str, why: str) -> None:
        """Note something that can't be kept."""
        self.notes.append(Note(self.entry.line, short(what), why))

    def text(self, blank: str = BLANK) -> str:
        """Return the question in Telegram HTML, with a blank for a missing word: where text follows the answers."""
        return self.rich(self.entry.before + (blank + self.entry.after if self.entry.after.strip() else ""))

    def rich(self, text: str) -> str:
        """Return a text in Telegram HTML."""
        form, text = self._formatted(text)
        return escape(text, quote=False) if form == "plain" else self._kept(to_telegram(as_html(text, FORMATS[form])))

    def plain(self, text: str) -> str:
        """Return a text without tags."""
        form, text = self._formatted(text)
        return text if form == "plain" else self._kept(to_plain(as_html(text, FORMATS[form])))

    def _formatted(self, text: str) -> tuple[str, str]:
        """Return the format of a text, which is the question's own unless it says otherwise, and the text."""
        usual, _ = formatted(self.entry.before, "moodle")
        form, text = formatted(text, usual)
        return form, shown(text)

    def _kept(self, converted: Converted) -> str:
        for what, why in converted.lost:
            self.lose(what, why)
        for file in converted.files:
            self.lose(f"gambar {file.source}", "berkas GIFT tidak memuat gambar; lampirkan pada kartu dengan kunci media")
        return converted.text
