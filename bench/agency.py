"""Fills a database with a made-up agency that has learned for long: what a coordinator's reports are made of."""

from datetime import UTC, datetime, timedelta
from typing import Final

from seeding import chat_of, fill, numbers
from sqlalchemy import Connection, Engine, case, literal, text

from bot.content.items.choice import OptionsQuestion
from bot.content.items.item import Item
from bot.content.model import Catalogue
from bot.storage.tables import announcement, attempt, delivery, enrolment, learner, memory, prompt, sitting, study_day

MODULE: Final = "mengenali-phishing"
COORDINATOR: Final = chat_of(1)  # the first learner, who is an admin
DAYS: Final = 55
STUDIED: Final = 30  # days of each learner among these
ANNOUNCEMENTS: Final = 20
NOW: Final = datetime.now(UTC)


def settle(engine: Engine, catalogue: Catalogue, learners: int, answers: int) -> None:
    """Write so many learners, each of whom began every module, and so many answers in all, as many of each learner."""
    with engine.begin() as connection:
        _join(connection, learners)
        for number, module in enumerate(catalogue.modules.values()):
            _enrol(connection, learners, number, module.id, module.version)
        _study(connection, learners)
        looked_at_first = sorted(catalogue.modules.values(), key=lambda module: module.id != MODULE)
        items = [(module.id, item) for module in looked_at_first for item in module.quiz.items if item.graded]
        for place in range(max(1, answers // learners)):
            module_id, item = items[place % len(items)]
            _answer(connection, learners, place, module_id, item, initial=place < len(items))
        _announce(connection, learners)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))  # what autovacuum does in time


def _join(connection: Connection, learners: int) -> None:
    number = numbers(learners).c.n
    fixed = {"name": "Rekaan", "language": "id", "zone": "Asia/Jakarta", "joined_at": NOW, "last_studied_on": NOW.date()}
    fill(connection, learner, {"id": number, "telegram_id": number + chat_of(0), **fixed})
    fill(
        connection,
        sitting,
        {"id": number, "learner_id": number, "kind": "quiz", "module_id": MODULE, "started_at": NOW, "finished_at": NOW},
    )


def _enrol(connection: Connection, learners: int, place: int, module_id: str, version: str) -> None:
    number = numbers(learners).c.n
    done = number % 3 > 0
    when = {"started_at": NOW - timedelta(days=50), "updated_at": NOW - timedelta(days=place)}
    completed = case((done, literal(NOW - timedelta(days=3 * place), enrolment.c.completed_at.type)), else_=None)
    state = case((done, "completed"), else_="quiz")
    values = {"id": number + place * learners, "learner_id": number, "module_id": module_id, "version": version, **when}
    fill(connection, enrolment, values | {"state": state, "best_score": number % 10 / 10.0, "completed_at": completed})


def _study(connection: Connection, learners: int) -> None:
    for day in range(STUDIED):
        number = numbers(learners).c.n
        fill(connection, study_day, {"learner_id": number, "day": (NOW - timedelta(days=day * DAYS // STUDIED)).date()})


def _answer(connection: Connection, learners: int, place: int, module_id: str, item: Item, *, initial: bool) -> None:
    number = numbers(learners).c.n
    ids = {"learner_id": number, "module_id": module_id, "item_id": item.id}
    asked = number + place * learners
    right = (number * 7919 + place * 104_729) % 100 < 70  # noqa: PLR2004 - percent
    fill(connection, prompt, {"id": asked, "sitting_id": number, "place": place + 1, "snapshot": {"item": item.id}, **ids})
    response = list(item.choices[:1]) if isinstance(item, OptionsQuestion) else ["x"]
    outcome = {"response": response, "correct": right, "score": case((right, 1.0), else_=0.0), "unsure": False, "seconds": number % 60}
    fill(connection, attempt, {"id": asked, "prompt_id": asked, **ids, **outcome, "at": NOW, "initial": initial})
    if initial:
        known = {"stability": 10.0, "difficulty": 5.0, "reviewed_on": NOW.date(), "due_on": NOW.date(), "mistaken": ~right}
        fill(connection, memory, ids | known)


def _announce(connection: Connection, learners: int) -> None:
    for announced in range(1, ANNOUNCEMENTS + 1):
        fill(connection, announcement, {"id": announced, "state": "done", "due_at": NOW, "created_at": NOW})
        number = numbers(learners).c.n
        whose = {"learner_id": number, "chat_id": number + chat_of(0), "kind": "announcement", "occasion": str(announced)}
        sent = {"announcement_id": announced, "due_at": NOW, "state": case((number % 50 > 0, "sent"), else_="blocked"), "attempts": 1}
        fill(connection, delivery, {"id": number + announced * learners, **whose, **sent})
