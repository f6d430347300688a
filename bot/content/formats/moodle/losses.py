"""What of ours Moodle can't hold."""

from collections.abc import Collection, Mapping
from string import ascii_lowercase
from typing import Any, Final

from bot.content import limits
from bot.content.items.choice import OptionsQuestion
from bot.content.items.item import Item
from bot.content.items.ordering import Ordering

_USUAL: Final[Mapping[str, Any]] = {  # what an author need not write
    "card": "",
    "sources": (),
    "competency": None,
    "min": 1,
    "max": limits.OPTIONS,
    "grading": "partial",
    "threshold": 90,
    "case": False,
    "diacritics": False,
    "unit": "",
    "units": {},
    "share": False,
}


def unheld(item: Item, held: Collection[str] = ()) -> list[str]:
    """Return what a question has that Moodle can't hold, as authors call it; `held` are keys that the format holds after all."""
    lost = [name for name, usual in _USUAL.items() if name not in held and getattr(item, name, usual) != usual]
    named = isinstance(item, OptionsQuestion | Ordering) and "".join(item.choices) != ascii_lowercase[: len(item.choices)]
    return [*lost, *hidden(item.text + item.explanation), *(["id pilihan"] if named else [])]


def hidden(html: str) -> list[str]:
    """Return the tag of hidden text where there is some: Moodle shows it."""
    return ["tg-spoiler"] if "<tg-spoiler" in html else []
