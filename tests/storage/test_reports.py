"""Reports over rows, on both kinds of database: what is counted, and what is kept back."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from bot import actions
from bot.clock import AdjustableClock
from bot.content.items.item import Item
from bot.content.shelf import Shelf
from bot.core import make_rules
from bot.gateway.incoming import Person
from bot.measuring import bring_up_to_date
from bot.services import reporting
from bot.settings import Settings
from bot.storage.database import Storage
from bot.storage.tables import attempt, enrolment, figure, learner, memory, prompt, sitting, study_day
from tests.handlers.chat import Chat, make_desk

NOW = datetime(2026, 3, 4, 1, 30, tzinfo=UTC)  # Wednesday, 08:30 in Jakarta
CONTENT = Path(__file__).parent.parent / "transcripts" / "content"
CATALOGUE = Shelf(CONTENT).catalogue
RULES = make_rules(Settings())
MODULE = "kata-sandi"


def join(db: Connection, number: int, **values: Any) -> int:
    row = {"telegram_id": number, "name": "Sari", "language": "id", "zone": "Asia/Jakarta", "joined_at": NOW}
    return int(db.execute(insert(learner).values(row | values).returning(learner.c.id)).scalar_one())


def answer(db: Connection, learner_id: int, item: str, response: list[str], *, correct: bool, initial: bool = True) -> None:
    ids = {"learner_id": learner_id, "module_id": MODULE, "item_id": item}
    opened = insert(sitting).values(learner_id=learner_id, kind="quiz", module_id=MODULE, started_at=NOW, finished_at=NOW)
    sitting_id = db.execute(opened.returning(sitting.c.id)).scalar_one()
    asked = db.execute(insert(prompt).values(**ids, sitting_id=sitting_id, place=1, snapshot={}).returning(prompt.c.id)).scalar_one()
    outcome = {
        "response": response,
        "score": float(correct),
        "correct": correct,
        "unsure": False,
        "at": NOW,
        "seconds": 7,
        "initial": initial,
    }
    db.execute(insert(attempt).values(**ids, prompt_id=asked, **outcome))


async def report(storage: Storage) -> Any:
    await bring_up_to_date(storage, CATALOGUE, RULES, NOW)
    return await storage.run(reporting.summarise, CATALOGUE, RULES, NOW)


async def test_an_empty_installation_has_a_report_too(storage: Storage) -> None:
    made = await report(storage)
    assert (made.overview.learners, made.overview.active, made.overview.remembered, made.items) == (0, 0, None, ())
    assert [week.active for week in made.overview.weeks] == [0] * 8


async def test_a_learner_counts_once_in_each_week_that_they_studied_in(storage: Storage) -> None:
    def study(db: Connection) -> None:
        for number, days in ((1, (date(2026, 3, 2), date(2026, 3, 3))), (2, (date(2026, 3, 1), date(2026, 2, 23), date(2025, 12, 1)))):
            learner_id = join(db, number, last_studied_on=days[0], reachable=number == 1)
            db.execute(insert(study_day), [{"learner_id": learner_id, "day": day} for day in days])

    await storage.run(study)
    made = (await report(storage)).overview
    assert [week.active for week in made.weeks][-2:] == [1, 1]
    assert made.weeks[-1].monday == date(2026, 3, 2)
    assert (made.learners, made.active, made.unreachable) == (2, 2, 1)


async def test_a_week_is_measured_once_it_has_ended_in_every_zone_and_this_week_is_counted_when_asked_for(storage: Storage) -> None:
    def study(db: Connection, number: int, day: date) -> None:
        db.execute(insert(study_day).values(learner_id=join(db, number), day=day))

    monday_morning = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)  # eight o'clock in Jakarta
    await storage.run(study, 1, date(2026, 3, 8))
    for now, wanted in (
        (monday_morning, [1, 0]),
        (monday_morning + timedelta(hours=4), [2, 0]),
        (monday_morning + timedelta(days=1), [2, 1]),
    ):
        await bring_up_to_date(storage, CATALOGUE, RULES, now)
        made = await storage.run(reporting.summarise, CATALOGUE, RULES, now)
        assert [week.active for week in made.overview.weeks][-2:] == wanted
        if wanted == [1, 0]:
            await storage.run(study, 2, date(2026, 3, 8))  # somebody for whom it is still Sunday
        else:
            await storage.run(study, now.hour + now.day * 100, date(2026, 3, 9))


async def test_a_module_completed_on_sunday_night_here_belongs_to_the_week_that_ends_then(storage: Storage) -> None:
    def complete(db: Connection) -> None:
        for number, at in enumerate((datetime(2026, 3, 1, 16, 59, tzinfo=UTC), datetime(2026, 3, 1, 17, 0, tzinfo=UTC))):
            values = {"module_id": MODULE, "version": "v", "state": "completed", "best_score": 0.8, "started_at": at, "updated_at": at}
            db.execute(insert(enrolment).values(learner_id=join(db, number), completed_at=at, **values))

    await storage.run(complete)
    made = await report(storage)
    assert [week.completed for week in made.overview.weeks][-2:] == [1, 1]
    row = next(each for each in made.modules if each.id == MODULE)
    assert (row.enrolled, row.completed, row.score) == (2, 2, None), "a mean of two people would tell each of them the other's"


@pytest.mark.parametrize("people", [4, 5, 9, 10])
async def test_what_is_told_of_a_question_is_of_five_people_or_more_in_fives_and_of_their_first_answers(
    storage: Storage, people: int
) -> None:
    item = CATALOGUE.modules[MODULE].quiz.items[0]
    wrong = next(each for each in item.choices if not item.grade([each]).correct)
    right = next(each for each in item.choices if item.grade([each]).correct)

    def play(db: Connection) -> None:
        for number in range(people):
            learner_id = join(db, number)
            answer(db, learner_id, item.id, [wrong] if number else [right], correct=not number)
            answer(db, learner_id, item.id, [right], correct=True, initial=False)

    await storage.run(play)
    made = await report(storage)
    if people < 5:
        assert made.items == ()
        return
    found = made.items[0]
    counted = people - people % 5  # five at a time, so that nobody can be told from two reports
    assert (found.people, found.right, found.mistaken, found.seconds) == (counted, 1 / counted, 1 - 1 / counted, 7.0)
    assert sum(option.share for option in found.options) == pytest.approx(1)
    assert {option.share for option in found.options if option.right} == {1 / counted}


async def test_what_people_typed_is_in_no_figure(storage: Storage) -> None:
    item = CATALOGUE.modules[MODULE].quiz.items[0]

    def play(db: Connection) -> None:
        for number in range(5):
            answer(db, join(db, number), item.id, [f"rahasia {number}"], correct=False)

    await storage.run(play)
    assert (await report(storage)).items[0].people == 5
    body = await storage.run(lambda db: db.scalar(select(figure.c.body).where(figure.c.name == f"items/{MODULE}")))
    assert "rahasia" not in str(body)


@pytest.mark.parametrize(("days_ago", "active"), [(7, 1), (8, 0)])
async def test_who_is_active_is_told_by_the_days_of_the_country(storage: Storage, days_ago: int, active: int) -> None:
    soon_after_midnight = datetime(2026, 3, 3, 18, 0, tzinfo=UTC)  # Wednesday, one o'clock in Jakarta
    await storage.run(lambda db: join(db, 1, last_studied_on=date(2026, 3, 4) - timedelta(days=days_ago)))
    made = await storage.run(reporting.summarise, CATALOGUE, RULES, soon_after_midnight)
    assert made.overview.active == active


async def test_what_is_remembered_is_told_of_five_people_or_more(storage: Storage) -> None:
    def remember(db: Connection, number: int) -> None:
        row = {"module_id": MODULE, "item_id": "i", "stability": 10.0, "difficulty": 5.0, "mistaken": False}
        row |= {"reviewed_on": date(2026, 2, 22), "due_on": date(2026, 3, 4)}
        db.execute(insert(memory).values(learner_id=join(db, number), **row))

    for number in range(5):
        assert (await report(storage)).overview.remembered is None
        await storage.run(remember, number)
    made = await storage.run(reporting.summarise, CATALOGUE, RULES, NOW)
    assert made.overview.remembered is None, "figures last an hour"
    await bring_up_to_date(storage, CATALOGUE, RULES, NOW + timedelta(hours=1))
    made = await storage.run(reporting.summarise, CATALOGUE, RULES, NOW)
    assert made.overview.remembered == pytest.approx(0.9, abs=0.001), "ten days after, at a stability of ten days"


async def respond(person: Chat, prompt_id: int, item: Item) -> None:
    """Answer with the first option, ticked where several can be."""
    await person.taps(actions.Answer(prompt_id, item.choices[0]))
    await person.taps(actions.Tick(prompt_id, item.choices[0]))
    await person.taps(actions.Submit(prompt_id))


async def test_only_the_first_answer_to_a_question_is_marked_as_such(storage: Storage, clock: AdjustableClock) -> None:
    sari = Chat(make_desk(storage, clock), Person(1002, "Sari", "id"))
    await sari.says("start")
    for _ in range(2):
        await sari.taps(actions.StartQuiz(MODULE))
        asked = await storage.run(lambda db: db.execute(select(prompt.c.id, prompt.c.item_id).order_by(prompt.c.id.desc())).all())
        for each in asked:
            found = CATALOGUE.item(MODULE, each.item_id)
            assert found
            await respond(sari, each.id, found)
    marked = await storage.run(lambda db: db.execute(select(attempt.c.item_id, attempt.c.initial).order_by(attempt.c.id)).all())
    seen: set[str] = set()
    for row in marked:
        assert row.initial is (row.item_id not in seen)
        seen.add(row.item_id)
    assert len(marked) > len(seen)
