"""One question of a bank while it is read: its texts, and what of it can't be kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath
from typing import Final

from bot.content import limits, markup
from bot.content.formats.attachments import Attachments
from bot.content.formats.bank import Note, UnfitError
from bot.content.formats.markup import LONGEST, Converted, Linked, to_plain, to_telegram
from bot.content.formats.moodle import as_html
from bot.content.formats.moodle_xml.files import PLACE, content_of, name_of
from bot.content.formats.moodle_xml.tree import Element
from bot.content.formats.noting import one_line, short

_INLINE: Final = re.compile(r"data:image/(\w{1,8});base64,([A-Za-z0-9+/=\s]*+)")
_NAME: Final = 255  # letters, as in Moodle's table of questions


@dataclass(frozen=True, slots=True)
class Text:
    """A text as HTML, and the files that it brings along: their content in Base64, by name."""

    html: str
    files: Mapping[str, str]


class Entry:
    """A question: `notes` are what can't be kept, `card` is the id of the card that shows its picture."""

    def __init__(self, element: Element, attachments: Attachments) -> None:
        """Begin to read an element."""
        self.element = element
        self.attachments = attachments
        self.notes: list[Note] = []
        self.card = ""
        name = element.first("name")
        self.name = one_line(raw(name)[:_NAME]) if name else ""

    def lose(self, what: str, why: str) -> None:
        """Note something that can't be kept."""
        self.notes.append(Note(self.element.line, what, why))

    def asked(self, text: Text | None = None) -> str:
        """Return the question in Telegram HTML; what it shows becomes a card."""
        text = text or self.text(self.element.first("questiontext"))
        converted = self._kept(to_telegram(text.html))
        for place, media in enumerate(self._media(converted, text)):
            self._show(media, first=place == 0)
        return converted.text or (escape(self.name, quote=False) if self.card else "")

    def card_text(self) -> tuple[str, list[dict[str, str]]]:
        """Return the question as the text of a card, and the files that it shows."""
        text = self.text(self.element.first("questiontext"))
        converted = self._kept(to_telegram(text.html))
        return converted.text, self._media(converted, text)

    def rich(self, name: str, most: int) -> str:
        """Return the text of a child in Telegram HTML without its pictures, shortened to so many letters."""
        text = self.text(self.element.first(name))
        converted = self._kept(to_telegram(text.html))
        self._lose_files(converted, f"<{name}>")
        seen = markup.visible(converted.text)
        return converted.text if markup.length(seen) <= most else escape(self.cut(seen, most), quote=False)

    def plain(self, source: Element | Text | None) -> str:
        """Return a text without tags; pictures leave their alt texts."""
        text = source if isinstance(source, Text) else self.text(source)
        converted = self._kept(to_plain(text.html))
        self._lose_files(converted, "pilihan atau umpan balik")
        return converted.text

    def said(self, node: Element) -> str:
        """Return the feedback of an answer."""
        return self.cut(self.plain(node.first("feedback")), limits.FEEDBACK)

    def cut(self, text: str, most: int) -> str:
        """Return a plain text, shortened to so many letters where it is longer."""
        if markup.length(text) <= most:
            return text
        self.lose(f'teks "{short(text)}" {markup.length(text)} huruf', f"dipotong menjadi {most} huruf; ringkas sendiri")
        text = text[: most - 1]
        while markup.length(text) > most - 1:
            text = text[:-1]
        return text.rstrip() + "…"

    def text(self, node: Element | None) -> Text:
        """Return the text of an element as HTML, with its files: those beside it and those written into it."""
        if node is None:
            return Text("", {})
        files = {file.attributes.get("name", "")[:_NAME]: file.text for file in node.all("file")}

        def out(found: re.Match[str]) -> str:
            name = f"tertanam-{len(files) + 1}.{found[1].lower()}"
            files[name] = found[2]
            return PLACE + name

        # One letter more than is read, so that the reader of the HTML notes that it was too long.
        written = _INLINE.sub(out, raw(node))[: LONGEST + 1]
        return Text(as_html(written, node.attributes.get("format", "html")), files)

    def _kept(self, converted: Converted) -> Converted:
        for what, why in converted.lost:
            self.lose(what, why)
        return converted

    def _media(self, converted: Converted, text: Text) -> list[dict[str, str]]:
        """Return the files that a text shows, each with an alt text, as cards have them."""
        found: list[dict[str, str]] = []
        for linked in dict.fromkeys(converted.files):
            try:
                media = self.attachments.keep(name_of(linked.source), content_of(linked.source, text.files))
                found.append(media | {"alt": self._alt(linked, media["file"])})
            except UnfitError as error:
                self.lose(error.what, error.why)
        shown = {name_of(linked.source) for linked in converted.files}
        for name in text.files.keys() - shown:
            self.lose(f"berkas {short(name)}", "teks soal tidak menampilkannya, jadi tidak disalin")
        return found

    def _alt(self, linked: Linked, file: str) -> str:
        alt = one_line(linked.alt)
        if not alt:
            alt = PurePosixPath(file).stem.replace("-", " ")
            self.lose(f"{file} tanpa teks alternatif", f'dipakai nama berkasnya, "{alt}"; tulis isi gambar pada alt')
        return self.cut(alt, limits.ALT)

    def _show(self, media: dict[str, str], *, first: bool) -> None:
        try:
            card = self.attachments.show(media, self.name)
        except UnfitError as error:
            self.lose(error.what, error.why)
            return
        self.card = self.card or card
        if not first:
            self.lose(
                f"soal menampilkan beberapa gambar ({media['file']})", f"ada pada kartu {card}, soal hanya menyebut kartu {self.card}"
            )

    def _lose_files(self, converted: Converted, where: str) -> None:
        for linked in converted.files:
            self.lose(f"gambar {short(name_of(linked.source))} pada {where}", "di sana tidak ada tempat untuk gambar; pasang pada kartu")


def raw(node: Element) -> str:
    """Return what stands in the <text> of an element, or, as in old files, in the element itself."""
    text = node.first("text")
    return (text or node).text.strip()
