"""Queries about who is in the middle of what, for the effect of an edit."""

from sqlalchemy import Connection, distinct, func, select

from bot.storage.tables import attempt, enrolment, prompt, sitting


def readers(connection: Connection, module_id: str) -> dict[str, int]:
    """Return how many learners are at each card of a module that they have not completed."""
    statement = select(enrolment.c.card_id, func.count()).where(
        enrolment.c.module_id == module_id, enrolment.c.state != "completed", enrolment.c.card_id.is_not(None)
    )
    return {row[0]: row[1] for row in connection.execute(statement.group_by(enrolment.c.card_id))}


def open_quizzes(connection: Connection, module_id: str) -> int:
    """Return how many learners have a quiz of a module open."""
    joined = prompt.join(sitting, sitting.c.id == prompt.c.sitting_id)
    unfinished = (prompt.c.module_id == module_id, sitting.c.kind == "quiz", sitting.c.finished_at.is_(None))
    count: int = connection.execute(select(func.count(distinct(sitting.c.learner_id))).select_from(joined).where(*unfinished)).scalar_one()
    return count


def answered(connection: Connection, module_id: str) -> dict[str, int]:
    """Return how many learners have answered each item of a module."""
    statement = select(attempt.c.item_id, func.count(distinct(attempt.c.learner_id))).where(attempt.c.module_id == module_id)
    return {row[0]: row[1] for row in connection.execute(statement.group_by(attempt.c.item_id))}


def completions(connection: Connection, module_id: str) -> int:
    """Return how many learners have completed a module."""
    done = (enrolment.c.module_id == module_id, enrolment.c.state == "completed")
    count: int = connection.execute(select(func.count()).select_from(enrolment).where(*done)).scalar_one()
    return count
