"""The files that questions of other programs bring along, and the cards that show them: our questions have no pictures of their own."""

from html import escape
from pathlib import PurePosixPath
from typing import Any, Final

from bot.content import limits
from bot.content.formats.bank import UnfitError
from bot.content.importing import free, slug
from bot.content.media import SUFFIXES, size_fault, type_of

_WORDS: Final = {"image": "Gambar", "audio": "Suara", "video": "Video", "document": "Berkas"}


class Attachments:
    """The cards of a bank and the files that they show."""

    def __init__(self, module_id: str) -> None:
        """Begin with none."""
        self.cards: list[dict[str, Any]] = []
        self.media: dict[str, bytes] = {}
        self._module_id = module_id
        self._names: set[str] = set()
        self._ids: set[str] = set()
        self._group = 0
        self._in_group = 0

    def begin(self, questions: int) -> None:
        """Say how many questions were read: every `limits.ITEMS` of them make another module, which has cards of its own."""
        if questions // limits.ITEMS != self._group:
            self._group, self._in_group = questions // limits.ITEMS, 0

    def add(self, card: dict[str, Any], name: str) -> str:
        """Add a card with an id that is made of `name`, and return that id; raises UnfitError when there are too many."""
        if self._in_group == limits.CARDS:
            raise UnfitError(f"kartu {card['title']}", f"satu modul memuat paling banyak {limits.CARDS} kartu; bagi berkasnya")
        one = free(slug(name) or "kartu", self._ids)
        self._ids.add(one)
        self._in_group += 1
        self.cards.append({"id": one, **card})
        return one

    def show(self, media: dict[str, str], title: str) -> str:
        """Return the id of the card that shows this file for the question of this title; raises UnfitError when there are too many."""
        there = next((card for card in self.cards if card.get("media", {}).get("file") == media["file"]), None)
        if there:
            return str(there["id"])
        what = _WORDS[media["type"]]
        name = f"{what}: {title}" if title else what
        card = {
            "title": name if len(name) <= limits.TITLE else f"{name[: limits.TITLE - 1].rstrip()}…",
            "text": f"{what} untuk {f'soal: {escape(title, quote=False)}' if title else 'sebuah soal'}",
            "media": media,
        }
        return self.add(card, f"{what} {PurePosixPath(media['file']).stem}")

    def keep(self, name: str, content: bytes) -> dict[str, str]:
        """Keep a file, and return it as a card has it, still without an alt text; raises UnfitError when no card can have it."""
        media_type = type_of(name)
        if media_type is None:
            kinds = " ".join(suffix for suffixes in SUFFIXES.values() for suffix in suffixes)
            raise UnfitError(f"berkas {name}", f"kartu hanya memuat {kinds}; ubah jenisnya, lalu pasang sendiri")
        fault = size_fault("image", name, len(content))  # of other files as much as of pictures: a bank is small as a whole
        if fault:
            raise UnfitError(*fault)
        return {"type": media_type, "file": self._place(name, content)}

    def _place(self, name: str, content: bytes) -> str:
        """Return the name of a file below content/media: the one that it has already, or a new one."""
        there = next((file for file, its in self.media.items() if its == content), None)
        if there:
            return there
        path = PurePosixPath(name)
        stem = free(slug(path.stem) or "berkas", self._names)
        self._names.add(stem)
        file = f"{self._module_id}/{stem}{path.suffix.lower()}"
        self.media[file] = content
        return file
