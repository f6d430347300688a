"""What modules may refer to, kept beside them: the competencies that exist, and the rules that are no longer in force.

Both files are optional, and only `sinau check` reads them: what they hold changes nothing that a learner sees.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar, Final, Literal, TypeVar

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from bot.content import fields
from bot.content.fields import CLOSED
from bot.content.findings import Finding
from bot.content.loader import explained
from bot.content.reading import UnreadableError, read

Group = Literal["manajerial", "sosial-kultural", "teknis"]


@dataclass(frozen=True, slots=True)
class NamedCompetency:
    """A competency that modules may name by its `id`."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    id: fields.Id
    name: fields.Title
    group: Group


@dataclass(frozen=True, slots=True)
class Competencies:
    """The file competencies.yaml: the competencies there are, and the rule that names them."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    source: fields.Reference
    competencies: Annotated[tuple[NamedCompetency, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class FormerRule:
    """A rule that was replaced or repealed; `valid_until` is the last day on which it was in force, `source` says so."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    rule: fields.Reference
    valid_until: fields.Day
    source: fields.Reference
    replaced_by: fields.Reference = ""
    url: fields.Address = ""


@dataclass(frozen=True, slots=True)
class FormerRules:
    """The file rules.yaml."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    rules: tuple[FormerRule, ...]


COMPETENCIES: Final = "competencies.yaml"
FORMER_RULES: Final = "rules.yaml"
R = TypeVar("R")


def register(file: Path, kind: TypeAdapter[R]) -> tuple[R | None, list[Finding]]:
    """Return what a register holds and what is wrong with it; neither where there is no such file."""
    if not file.exists():
        return None, []
    try:
        document = read(file)
    except UnreadableError as error:
        return None, list(error.findings)
    try:
        return kind.validate_python(document.data), list(document.habits)
    except ValidationError as error:
        return None, [*document.habits, *explained(document, error)]
