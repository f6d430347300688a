"""What an edit of the content does to those who are learning."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.content.differences import Edit
from bot.storage import progressing


@dataclass(frozen=True, slots=True)
class Effect:
    """An edit and whom it touches.

    Attributes:
        edit: what was changed.
        reading: learners at each card, by its id.
        in_quiz: learners with a quiz of the module open: they finish it with the questions as they were asked.
        answered: learners who have answered each item, by its id.
        completed: learners who have completed the module, and stay so.

    """

    edit: Edit
    reading: dict[str, int]
    in_quiz: int
    answered: dict[str, int]
    completed: int


def effects(db: Connection, edits: Sequence[Edit]) -> list[Effect]:
    """Return whom each edit touches."""
    return [
        Effect(
            edit,
            progressing.readers(db, edit.module_id),
            progressing.open_quizzes(db, edit.module_id),
            progressing.answered(db, edit.module_id),
            progressing.completions(db, edit.module_id),
        )
        for edit in edits
    ]
