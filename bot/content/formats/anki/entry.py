"""One note while it is read: its texts, and what of it can't be kept."""

import re
from html import escape
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from bot.content import limits, markup
from bot.content.formats.anki.package import Entry, Package
from bot.content.formats.attachments import Attachments
from bot.content.formats.bank import Note, UnfitError
from bot.content.formats.markup import Converted, Linked, to_telegram
from bot.content.formats.noting import short

_SOUND: Final = re.compile(r"\[sound:([^\[\]\n]{1,200})\]")
_TEX: Final = re.compile(r"\[(/?)(?:latex|\$\$?)\]")
_BEGINNING: Final = 2_000  # letters of HTML that a note's name is taken from
_SHOWN: Final = 40  # letters of a note, enough to recognise it


class Reading:
    """A note: `notes` are what can't be kept, `card` is the id of the card that shows its first picture."""

    def __init__(self, entry: Entry, package: Package, attachments: Attachments) -> None:
        """Begin to read a note."""
        self.entry = entry
        self.notes: list[Note] = []
        self.card = ""
        self.letters = 0
        self._package = package
        self._attachments = attachments
        self.name = " ".join(_bare(_SOUND.sub("", next(iter(entry.fields.values()))[:_BEGINNING])).split())
        self._said = f'catatan "{short(self.name, _SHOWN)}": ' if self.name else ""

    def lose(self, what: str, why: str) -> None:
        """Note something that can't be kept."""
        self.notes.append(Note(self.entry.number, f"{self._said}{what}", why))

    def rich(self, html: str) -> str:
        """Return a text in Telegram HTML; its pictures become cards."""
        converted = self._kept(to_telegram(self._own(html)))
        for linked in dict.fromkeys(converted.files):
            self._show(linked)
        return converted.text

    def explained(self, html: str) -> str:
        """Return an explanation in Telegram HTML, cut where it is too long."""
        return self.cut(self.rich(html))

    def cut(self, text: str) -> str:
        """Return a text of ours as an explanation, cut where it is too long."""
        seen = markup.visible(text)
        if markup.length(seen) <= limits.EXPLANATION:
            return text
        self.lose(f"penjelasan {markup.length(seen)} huruf", f"dipotong menjadi {limits.EXPLANATION} huruf; pindahkan ke kartu bila perlu")
        kept = seen.encode("utf-16-le")[: 2 * (limits.EXPLANATION - 1)].decode("utf-16-le", "ignore")
        return f"{escape(kept.rstrip(), quote=False)}…"

    def plain(self, html: str) -> str:
        """Return a text without tags and pictures."""
        return _bare(self._own(html))

    def _own(self, html: str) -> str:
        """Return HTML with what only Anki understands made HTML, or noted."""
        self.letters += len(html)
        for name in dict.fromkeys(_SOUND.findall(html)):
            self.lose(f"suara {name}", "tidak diimpor; simpan berkasnya ke content/media, dan pasang pada kartu")
        return _TEX.sub(lambda sign: "\\)" if sign[1] else "\\(", _SOUND.sub("", html))

    def _kept(self, converted: Converted) -> Converted:
        for what, why in converted.lost:
            self.lose(what, why)
        return converted

    def _show(self, linked: Linked) -> None:
        name = unquote(linked.source)
        try:
            card = self._attachments.show(self._media(name, linked.alt), self.name)
        except UnfitError as error:
            self.lose(error.what, error.why)
            return
        if self.card and self.card != card:
            self.lose(f"beberapa gambar; {short(name, _SHOWN)}", f"ada pada kartu {card}, soalnya hanya menyebut kartu {self.card}")
        self.card = self.card or card

    def _media(self, name: str, alt: str) -> dict[str, str]:
        content = self._package.file(name)
        if content is None:
            raise UnfitError(
                f"gambar {short(name, _SHOWN)}", "tidak ada di dalam paket; simpan sendiri ke content/media, dan pasang pada kartu"
            )
        media = self._attachments.keep(name, content)
        said = " ".join(alt.split())[: limits.ALT]
        if not said:
            said = PurePosixPath(media["file"]).stem.replace("-", " ")
            self.lose(f"gambar {short(name, _SHOWN)} tanpa teks alternatif", f'dipakai nama berkasnya, "{said}"; tulis isi gambar pada alt')
        return media | {"alt": said}


def _bare(html: str) -> str:
    return markup.visible(to_telegram(html).text)
