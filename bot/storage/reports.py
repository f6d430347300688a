"""Queries that count, for reports."""

from datetime import datetime

from sqlalchemy import Connection, case, func, select

from bot.storage.tables import enrolment, learner, memory


def learner_counts(connection: Connection, since: datetime) -> tuple[int, int, int]:
    """Return how many learners there are, how many of them were active since a moment, and how many can't be reached."""
    active = select(func.count()).select_from(learner).where(learner.c.last_studied_on >= since.date())
    unreachable = select(func.count()).select_from(learner).where(~learner.c.reachable)
    everybody = select(func.count()).select_from(learner)
    counts = [connection.execute(statement).scalar_one() for statement in (everybody, active, unreachable)]
    return counts[0], counts[1], counts[2]


def module_counts(connection: Connection, least: int) -> dict[str, tuple[int, int, float | None]]:
    """Return for each module: enrolments, completions, and the mean of the best scores (0..1) of those who took its quiz.

    The mean is None where these are fewer than `least`.
    """
    completed = func.count(enrolment.c.completed_at)
    mean = case((func.count(enrolment.c.best_score) >= least, func.avg(enrolment.c.best_score)))
    statement = select(enrolment.c.module_id, func.count(), completed, mean).group_by(enrolment.c.module_id)
    return {row[0]: (row[1], row[2], row[3]) for row in connection.execute(statement)}


def sure_but_wrong(connection: Connection, least: int) -> list[tuple[str, str, int, int]]:
    """Return (module, item, learners who are sure but wrong, learners asked) where the former are `least` or more, most first."""
    mistaken = func.count(case((memory.c.mistaken, 1)))
    counted = select(memory.c.module_id, memory.c.item_id, mistaken, func.count()).group_by(memory.c.module_id, memory.c.item_id)
    rows = connection.execute(counted.having(mistaken >= least).order_by(mistaken.desc(), memory.c.module_id, memory.c.item_id))
    return [(row[0], row[1], row[2], row[3]) for row in rows]
