"""What content is, once it is loaded and found valid: immutable values.

Texts are of two kinds. Telegram HTML: a card's `text` and `reveal`, an item's `text` and `explanation`, and a scene's `text`.
Plain, to be escaped by whoever shows it: everything else (titles, summaries, options, feedback, alt texts, sources).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field

from bot.content import fields, limits
from bot.content.fields import CLOSED, Competency
from bot.content.items import AnyItem, restore
from bot.content.items.item import Item

MediaType = Literal["image", "audio", "video", "document"]


@dataclass(frozen=True, slots=True)
class Source:
    """A rule or publication that a claim rests on; `valid_until` is the last day on which it was in force, where it is no more."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    id: fields.Id
    rule: fields.Reference
    article: fields.Reference = ""
    url: fields.Address = ""
    valid_until: fields.Day | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """A file that belongs to a card. `file` is its place below content/media, `size` counts bytes, `version` is its content's hash."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    type: MediaType
    file: fields.Reference
    alt: fields.Alt
    size: fields.ComputedNumber = 0
    version: fields.ComputedText = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One content screen; `reveal` is shown when the learner asks for it, `check` is a question asked after it that counts for nothing.

    `keywords` are other words by which people look for it; nobody is shown them.
    """

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    id: fields.Id
    title: fields.Title
    text: fields.CardText
    reveal: fields.CardText = ""
    media: Media | None = None
    sources: fields.Sources = ()
    check: AnyItem | None = None
    keywords: fields.Keywords = ""


@dataclass(frozen=True, slots=True)
class Quiz:
    """The questions of a module: `draw` of them make one sitting, `pass_mark` is in percent, `attempts` 0 means as many as wanted.

    Those that are not graded are not drawn: they follow at the end, once for each learner. With `confidence` a learner can say that an
    answer is a doubtful one.
    """

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    pass_mark: fields.Percent
    draw: fields.Positive
    items: Annotated[tuple[AnyItem, ...], Field(min_length=1, max_length=limits.ITEMS)]
    attempts: fields.Count = 0
    shuffle: fields.Flag = True
    confidence: fields.Flag = True


@dataclass(frozen=True, slots=True)
class Outline:
    """What lists show of a module."""

    id: str
    title: str
    language: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Module:
    """One sitting of learning. `version` is a hash of all that its author wrote and of its media."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    id: fields.Id
    title: fields.Title
    summary: fields.Summary
    language: fields.Language
    minutes: fields.Minutes
    cards: Annotated[tuple[Card, ...], Field(min_length=1, max_length=limits.CARDS)]
    quiz: Quiz
    tags: fields.Tags = ()
    competency: Competency | None = None
    sources: Annotated[tuple[Source, ...], Field(max_length=limits.SOURCES)] = ()
    format: Literal["html", "markdown"] = "html"
    version: fields.ComputedText = ""

    @property
    def outline(self) -> Outline:
        """What lists show of it."""
        return Outline(self.id, self.title, self.language, self.minutes)

    @classmethod
    def restore(cls, data: Mapping[str, Any]) -> "Module":
        """Return a module from its own data as plain JSON; limits are not checked again."""
        quiz, competency = data["quiz"], data["competency"]
        restored = {
            "cards": tuple(map(_restored_card, data["cards"])),
            "quiz": Quiz(**{**quiz, "items": tuple(map(restore, quiz["items"]))}),
            "tags": tuple(data["tags"]),
            "competency": competency and Competency(**competency),
            "sources": tuple(map(_restored_source, data["sources"])),
        }
        return cls(**{**data, **restored})

    def card(self, card_id: str) -> Card | None:
        """Return the card of this id."""
        return next((card for card in self.cards if card.id == card_id), None)

    @property
    def items(self) -> tuple[Item, ...]:
        """All questions: those of the cards, then those of the quiz."""
        return (*(card.check for card in self.cards if card.check), *self.quiz.items)

    def item(self, item_id: str) -> Item | None:
        """Return the item of this id."""
        return next((item for item in self.items if item.id == item_id), None)


def _restored_card(data: Mapping[str, Any]) -> Card:
    media, check = data["media"], data["check"]
    return Card(**{**data, "media": media and Media(**media), "sources": tuple(data["sources"]), "check": check and restore(check)})


def _restored_source(data: Mapping[str, Any]) -> Source:
    last = data["valid_until"]
    return Source(**{**data, "valid_until": last and date.fromisoformat(last)})


@dataclass(frozen=True, slots=True)
class Path:
    """Modules, by their ids, in the order in which they are best taken."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    id: fields.Id
    title: fields.Title
    summary: fields.Summary
    language: fields.Language
    modules: Annotated[tuple[fields.Id, ...], Field(min_length=1, max_length=limits.PATH_MODULES)]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All valid content: modules and their outlines by id, paths by the order of their file names, and the folder that holds them."""

    modules: Mapping[str, Module]
    outlines: Mapping[str, Outline]
    paths: tuple[Path, ...]
    root: FilePath

    def module(self, module_id: str) -> Module | None:
        """Return the module of this id."""
        return self.modules.get(module_id)

    def item(self, module_id: str, item_id: str) -> Item | None:
        """Return the item of this module."""
        module = self.module(module_id)
        return module.item(item_id) if module else None

    def path_of(self, module_id: str) -> Path | None:
        """Return the first path that this module is in."""
        return next((path for path in self.paths if module_id in path.modules), None)

    def next_after(self, module_id: str) -> Module | None:
        """Return the module that follows this one in its path."""
        path = self.path_of(module_id)
        after = path.modules[path.modules.index(module_id) + 1 :] if path else ()
        return self.modules[after[0]] if after else None

    def outside_paths(self) -> tuple[Outline, ...]:
        """Return the modules that are in no path, by the order of their titles."""
        listed = {module_id for path in self.paths for module_id in path.modules}
        outside = (outline for module_id, outline in self.outlines.items() if module_id not in listed)
        return tuple(sorted(outside, key=lambda outline: outline.title.casefold()))

    def media_path(self, media: Media) -> FilePath:
        """Return where the file of `media` is."""
        return self.root / "media" / media.file
