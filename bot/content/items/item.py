"""What every question can do, whatever its type, and what all of them have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self

from pydantic import ConfigDict

from bot.content.fields import CLOSED, Competency, Explanation, Id, QuestionText, Sources
from bot.content.prompts import Prompt
from bot.domain.grading import Grade
from bot.domain.quiz import shuffled


class Item(Protocol):
    """A question: how it is shown and how a response to it is graded.

    `graded`: whether there is a right response; where there is none, nothing counts for passing.
    """

    graded: ClassVar[bool]

    @property
    def type(self) -> str:
        """The name of the question type, as authors write it."""

    @property
    def id(self) -> str:
        """The id, unique in its module, that keeps a learner's history through edits."""

    @property
    def text(self) -> str:
        """The question in Telegram HTML."""

    @property
    def explanation(self) -> str:
        """Why the right answer is right, in Telegram HTML; empty where the author gave none."""

    @property
    def card(self) -> str:
        """The id of the card that taught it; empty when the author named none."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the module's sources."""

    @property
    def competency(self) -> Competency | None:
        """The competency it shows; None means the module's."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The ids of all options, in the author's order; none where the response is typed."""

    def order(self, *, shuffle: bool, seed: int) -> list[str]:
        """Return the ids of the options in the order in which one learner sees them; the same seed gives the same order."""

    def prompt(self, order: Sequence[str], marked: Sequence[str] = ()) -> Prompt:
        """Return the question as it is shown, its options in this order, after so much of a response is given."""

    def takes(self, response: Sequence[str]) -> bool:
        """Tell whether this is a whole and possible response."""

    def grade(self, response: Sequence[str]) -> Grade:
        """Grade a response; raises ValueError when it is none that the question `takes`."""

    @classmethod
    def restore(cls, data: Mapping[str, Any]) -> Self:
        """Return the question from its snapshot, as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What an author writes for every type of question. Each type adds its `type` and its parts."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED
    graded: ClassVar[bool] = True

    id: Id
    text: QuestionText
    explanation: Explanation = ""
    card: Id = ""
    sources: Sources = ()
    competency: Competency | None = None

    @property
    def choices(self) -> tuple[str, ...]:
        """No options, unless the type has some."""
        return ()

    def order(self, *, shuffle: bool, seed: int) -> list[str]:
        """Return the options as the author wrote them, or shuffled where the quiz wants that."""
        return shuffled(self.choices, shuffle=shuffle, seed=seed)

    @classmethod
    def restore(cls, data: Mapping[str, Any]) -> Self:
        """Return the question from its snapshot, as it was."""
        competency = data["competency"]
        common = {"sources": tuple(data["sources"]), "competency": competency and Competency(**competency)}
        return cls(**{**data, **common, **cls.parts(data)})

    @classmethod
    def parts(cls, data: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG003 - most types are made of texts alone
        """Return the type's own parts from a snapshot, where they are more than texts and numbers."""
        return {}
