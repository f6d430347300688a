"""What was asked in vain: counted without a person, bounded, and told to the operator. Made-up words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from bot.content.model import Catalogue
from bot.core import make_rules
from bot.services import reporting
from bot.settings import Settings
from bot.storage import retention, wishes
from bot.storage.engine import make_engine
from bot.storage.tables import content_wish
from bot.storage.wishes import MOST, Wish
from bot.views.reporting import WishFigures

AT = datetime(2026, 3, 2, 3, tzinfo=UTC)
DAY = date(2026, 3, 2)
LATER = DAY + timedelta(days=1)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


def test_the_same_words_are_one_wish_that_is_counted_and_keeps_its_last_day(engine: Engine) -> None:
    with engine.begin() as db:
        wishes.note(db, "cuti melahirkan", "id", DAY)
        wishes.note(db, "tukin", "id", DAY)
        wishes.note(db, "tukin", "id", LATER)
        wishes.note(db, "tukin", "en", DAY)
        assert wishes.asked(db, 1) == [Wish("tukin", "id", 2, LATER), Wish("cuti melahirkan", "id", 1, DAY), Wish("tukin", "en", 1, DAY)]
        assert wishes.asked(db, 2) == [Wish("tukin", "id", 2, LATER)]


def test_the_report_tells_them_from_the_number_that_the_operator_chose(engine: Engine) -> None:
    with engine.begin() as db:
        for day in (DAY, LATER):
            wishes.note(db, "tukin", "id", day)
        wishes.note(db, "cuti melahirkan", "id", DAY)
        catalogue = Catalogue({}, {}, (), Path())
        rules = make_rules(Settings())
        told = [list(reporting.summarise(db, catalogue, replace(rules, wishes_from=least), AT).wishes) for least in (1, 2, 3)]
    tukin = WishFigures("tukin", "id", 2, LATER)
    cuti = WishFigures("cuti melahirkan", "id", 1, DAY)
    assert told == [[tukin, cuti], [tukin], []]


def test_there_are_never_more_than_a_thousand_and_what_was_asked_often_stays(engine: Engine) -> None:
    with engine.begin() as db:
        for _ in range(2):
            wishes.note(db, "sering", "id", DAY)
        for number in range(MOST + 5):
            wishes.note(db, f"kata {number:04}", "id", DAY + timedelta(days=number))
        kept = wishes.asked(db, 1)
    assert len(kept) == MOST
    assert kept[0].words == "sering"
    assert {"kata 0000", "kata 0005"}.isdisjoint(wish.words for wish in kept)
    assert f"kata {MOST + 4}" in {wish.words for wish in kept}


def test_a_wish_is_forgotten_when_nobody_asks_again(engine: Engine) -> None:
    with engine.begin() as db:
        wishes.note(db, "lama", "id", DAY)
        wishes.note(db, "lagi", "id", DAY)
        wishes.note(db, "lagi", "id", LATER)
        assert retention.wishes(db, AT) == 0
        assert retention.wishes(db, AT + timedelta(days=1)) == 1
        assert [wish.words for wish in wishes.asked(db, 1)] == ["lagi"]


def test_two_replicas_count_together(engine: Engine) -> None:
    for _ in range(2):
        with engine.begin() as db:
            wishes.note(db, "bersama", "id", DAY)
    with engine.begin() as db:
        assert db.execute(select(func.sum(content_wish.c.count))).scalar_one() == 2
