"""A made-up agency for the demo: people who have learned for two months, so that reports have something to say at first sight.

Nobody of them is real, and their names say so. They have no phone in the sandbox, so nothing is sent to them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

from sqlalchemy import Connection, insert

from bot.content.items.choice import OptionsQuestion
from bot.content.model import Catalogue, Module
from bot.storage.tables import (
    announcement,
    attempt,
    content_wish,
    delivery_count,
    enrolment,
    learner,
    memory,
    person,
    prompt,
    sitting,
    study_day,
    unit,
)

PEOPLE: Final = 60
FIRST_ACCOUNT: Final = 900_001
UNITS: Final = ("Kota Rekaan", "Dinas Kesehatan (rekaan)", "Dinas Pendidikan (rekaan)", "Badan Kepegawaian (rekaan)")
WEEKS: Final = 8
GONE_WEEKS: Final = timedelta(weeks=WEEKS)
ZONE: Final = "Asia/Jakarta"


@dataclass(frozen=True, slots=True)
class _Player:
    """Somebody made up: `able` is the chance (0..1) that they get a question of middling difficulty right."""

    id: int
    able: float
    joined_at: datetime


def settle(db: Connection, catalogue: Catalogue, now: datetime) -> None:
    """Write the agency into an empty database; the same day makes the same agency."""
    dice = Random(20260302)  # noqa: S311 - for variety, not for secrecy
    modules = list(catalogue.modules.values())
    if not modules:
        return
    units = [_add(db, unit, name=name, parent_id=None) for name in UNITS[:1]]
    units += [_add(db, unit, name=name, parent_id=units[0]) for name in UNITS[1:]]
    for number in range(1, PEOPLE + 1):
        player = _join(db, number, units[1 + number % (len(units) - 1)], dice, now)
        days: set[date] = set()
        for module in dice.sample(modules, dice.randint(1, max(1, len(modules) // 2))):
            days |= set(_study(db, player, module, dice, now))
        if days:
            db.execute(insert(study_day), [{"learner_id": player.id, "day": day} for day in sorted(days)])
            db.execute(learner.update().where(learner.c.id == player.id).values(last_studied_on=max(days)))
    _ask(db, now)
    _announce(db, modules[0], now)


def _join(db: Connection, number: int, unit_id: int, dice: Random, now: datetime) -> _Player:
    name = f"Peserta {number} (rekaan)"
    joined_at = now - GONE_WEEKS + timedelta(days=dice.randint(0, 35))
    silent = {"stopped": True, "reminder_minute": None}  # nothing can be sent to them
    account = {"telegram_id": FIRST_ACCOUNT + number, "name": name, "language": "id", "zone": ZONE, "joined_at": joined_at}
    learner_id = _add(db, learner, **account, **silent)
    _add(db, person, external_id=f"REKAAN-{number:03}", name=name, unit_id=unit_id, learner_id=learner_id)
    return _Player(learner_id, dice.uniform(0.55, 1.05), joined_at)


def _study(db: Connection, player: _Player, module: Module, dice: Random, now: datetime) -> Iterator[date]:
    """Let somebody read a module and, mostly, take its quiz; yield the days on which they did."""
    begun = player.joined_at + (now - player.joined_at) * dice.random()
    ended = min(now, begun + timedelta(minutes=dice.randint(4, 3000)))
    place = {"learner_id": player.id, "module_id": module.id, "version": module.version, "started_at": begun, "updated_at": ended}
    yield begun.date()
    if dice.random() < 0.2:  # noqa: PLR2004 - one in five has not come to the quiz yet
        _add(db, enrolment, **place, state="reading", card_id=module.cards[0].id, place=0)
        return
    rights = _answer(db, player, module, dice, ended)
    score = sum(rights) / len(rights)
    passed = score * 100 >= module.quiz.pass_mark
    _add(db, enrolment, **place, state="completed" if passed else "quiz", best_score=score, completed_at=ended if passed else None)
    yield ended.date()


def _answer(db: Connection, player: _Player, module: Module, dice: Random, at: datetime) -> list[bool]:
    """Let somebody take a quiz; return which of its questions they had right."""
    whole = {
        "learner_id": player.id,
        "kind": "quiz",
        "module_id": module.id,
        "started_at": at,
        "finished_at": at,
        "minutes": module.minutes,
    }
    sitting_id = _add(db, sitting, **whole)
    rights: list[bool] = []
    items = [each for each in module.quiz.items if each.graded]
    for number, item in enumerate(items, start=1):
        ids = {"learner_id": player.id, "module_id": module.id, "item_id": item.id}
        hard = 0.25 * (_number_of(item.id) % 5 - 2)
        correct = dice.random() < player.able - hard * 0.5
        prompt_id = _add(db, prompt, **ids, sitting_id=sitting_id, place=number, snapshot={}, shown_at=at)
        chosen = _chosen(item, dice, correct=correct) if isinstance(item, OptionsQuestion) else []
        how = {"unsure": dice.random() < (0.1 if correct else 0.4), "seconds": dice.randint(5, 60), "initial": True}
        _add(db, attempt, **ids, prompt_id=prompt_id, response=chosen, score=float(correct), correct=correct, at=at, **how)
        known = {"stability": dice.uniform(2, 40), "difficulty": 5.0, "mistaken": not correct and not how["unsure"]}
        _add(db, memory, **ids, **known, reviewed_on=at.date(), due_on=at.date() + timedelta(days=7))
        rights.append(correct)
    return rights


def _chosen(item: OptionsQuestion, dice: Random, *, correct: bool) -> list[str]:
    """Return the right options, or one wrong one; the first wrong one tempts most."""
    right = [option.id for option in item.options if option.correct]
    wrong: Sequence[str] = [option.id for option in item.options if not option.correct]
    return right if correct or not wrong else dice.choices(wrong, weights=range(len(wrong), 0, -1))


def _number_of(text: str) -> int:
    """Return a number that is the same for a text in every run."""
    return sum(text.encode())


def _ask(db: Connection, now: datetime) -> None:
    """Let people have asked what no card answers."""
    for days, words, count in ((1, "cuti melahirkan suami", 9), (3, "tukin pegawai tugas belajar", 6), (8, "mutasi antar instansi", 3)):
        db.execute(insert(content_wish).values(words=words, language="id", day=(now - timedelta(days=days)).date(), count=count))


def _announce(db: Connection, module: Module, now: datetime) -> None:
    """Let two announcements have gone out."""
    for weeks, module_id, counts in ((5, None, {"sent": 57, "blocked": 3}), (2, module.id, {"sent": 31, "blocked": 2, "uncertain": 1})):
        due = now - timedelta(weeks=weeks)
        gone = {"state": "done", "due_at": due, "created_at": due, "finished_at": due, "module_id": module_id}
        announcement_id = _add(db, announcement, **gone)
        rows = [{"announcement_id": announcement_id, "state": state, "error": "", "count": count} for state, count in counts.items()]
        db.execute(insert(delivery_count), rows)


def _add(db: Connection, table: Any, **values: Any) -> int:
    key = list(table.primary_key)[0]  # noqa: RUF015 - clearer than next(iter())
    return int(db.execute(insert(table).values(**values).returning(key)).scalar_one())
