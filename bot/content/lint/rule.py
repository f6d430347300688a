"""What a rule of quality is, and what it looks at."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.content.findings import Severity
from bot.content.items.item import Item
from bot.content.model import Module
from bot.content.reading import Location
from bot.content.registers import FormerRule


@dataclass(frozen=True, slots=True)
class Known:
    """What modules are compared with: the day, the competencies there are (None: nobody has listed them), and the rules replaced since."""

    today: date
    competencies: tuple[str, ...] | None
    rules: tuple[FormerRule, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """All modules by their files, and what lies in the folder of media: by its name there, and whether a module shows it."""

    modules: Mapping[Path, Module]
    media: Mapping[Path, bool]
    known: Known


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule says of a value. The rule's advice follows the `hint`, where more can be said than what helps everybody."""

    location: Location
    what: str
    hint: str = ""


Remarks = Iterable[Remark]
InFiles = Iterable[tuple[Path, Remark]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table of rules: what it finds, how severe that is, and what to do about it."""

    code: str
    severity: Severity
    advice: str
    find: Callable[[Library], InFiles]


def each(find: Callable[[Module, Known], Remarks]) -> Callable[[Library], InFiles]:
    """Return a rule of one module as one of all modules."""
    return lambda library: ((file, remark) for file, module in library.modules.items() for remark in find(module, library.known))


def questions(module: Module) -> Iterator[tuple[Location, Item]]:
    """Yield all questions of a module, each with its place in the file."""
    for place, card in enumerate(module.cards):
        if card.check:
            yield ("cards", place, "check"), card.check
    for place, item in enumerate(module.quiz.items):
        yield ("quiz", "items", place), item
