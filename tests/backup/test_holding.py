"""After a restore nothing goes out by itself; then what nobody can have sent goes out once, and the rest as the operator decides."""

import os
import pwd
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, insert, select
from typer.testing import CliRunner

from bot.cli import app
from bot.core import make_rules
from bot.errors import StartError
from bot.services import announcing, holding, reminders
from bot.services.holding import NotHeldError
from bot.settings import Settings
from bot.storage import deliveries, hold
from bot.storage.engine import make_engine
from bot.storage.tables import announcement, delivery, learner

BACKUP = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)  # Tuesday, 02:00 in Jakarta
RESTORED = datetime(2026, 3, 4, 0, 0, tzinfo=UTC)  # Wednesday, 07:00 in Jakarta
CONFIRMED = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)  # Wednesday, 09:00 in Jakarta
HOUR = 8 * 60 + 30  # 08:30
RULES = make_rules(Settings())


@pytest.fixture
def db(database_url: str) -> Iterator[Connection]:
    engine: Engine = make_engine(database_url)
    with engine.begin() as connection:
        hold.begin(connection, RESTORED, BACKUP)
        yield connection
    engine.dispose()


def add(db: Connection, table: Any, **values: object) -> int:
    return int(db.execute(insert(table).values(**values).returning(table.c.id)).scalar_one())


def add_learner(db: Connection, telegram_id: int, due: datetime | None, minute: int = HOUR, zone: str = "Asia/Jakarta") -> int:
    return add(
        db, learner, telegram_id=telegram_id, name=f"Orang {telegram_id}", language="id", zone=zone, joined_at=BACKUP,
        reminder_minute=minute, next_reminder_at=due,
    )  # fmt: skip


def add_announcement(db: Connection, state: str, due_at: datetime, created_at: datetime = BACKUP) -> int:
    return add(db, announcement, body="Pengumuman rekaan", state=state, due_at=due_at, created_at=created_at)


def add_delivery(db: Connection, learner_id: int, announcement_id: int | None, state: str = "due") -> int:
    kind = "announcement" if announcement_id else "reminder"
    return add(
        db, delivery, kind=kind, learner_id=learner_id, chat_id=1000 + learner_id, announcement_id=announcement_id,
        occasion=str(announcement_id or "2026-03-03"), due_at=BACKUP, state=state, attempts=0,
    )  # fmt: skip


def state_of(db: Connection, delivery_id: int) -> str:
    return str(db.execute(select(delivery.c.state).where(delivery.c.id == delivery_id)).scalar_one())


def drop_reminders(db: Connection) -> None:
    while holding.drop_reminders(db, RULES, CONFIRMED) == holding.BATCH:
        pass


def test_no_sender_finds_anything_while_sending_is_held(db: Connection) -> None:
    somebody = add_learner(db, 1, None)
    add_delivery(db, somebody, add_announcement(db, "sending", BACKUP))
    assert deliveries.claim(db, "satu", CONFIRMED) is None
    hold.end(db)
    assert deliveries.claim(db, "satu", CONFIRMED) is not None


def test_reminders_from_before_the_restore_are_dropped_and_those_since_go_out_once(db: Connection) -> None:
    yesterday, today = datetime(2026, 3, 3, 1, 30, tzinfo=UTC), datetime(2026, 3, 4, 1, 30, tzinfo=UTC)
    at_eight = datetime(2026, 3, 3, 23, 0, tzinfo=UTC)  # in Jayapura, an hour before the restore: perhaps sent, perhaps not
    unsent = add_learner(db, 1, yesterday)
    perhaps_sent = add_learner(db, 2, at_eight, minute=8 * 60, zone="Asia/Jayapura")
    since = add_learner(db, 3, today)
    later = add_learner(db, 4, CONFIRMED + timedelta(hours=4), minute=13 * 60)
    queued, under_way = add_delivery(db, later, None), add_delivery(db, since, None, state="claimed")
    drop_reminders(db)
    assert (state_of(db, queued), state_of(db, under_way)) == ("cancelled", "uncertain")
    assert holding.review(db, CONFIRMED).reminders == 2
    assert holding.release(db, (), (), CONFIRMED) == ()
    reminders.queue_due(db, RULES, CONFIRMED)
    went_out = set(db.scalars(select(delivery.c.learner_id).where(delivery.c.state == "due")))
    assert went_out == {unsent, since}
    assert perhaps_sent not in went_out
    assert reminders.queue_due(db, RULES, CONFIRMED) == 0


def test_many_learners_are_gone_through_to_the_last(db: Connection) -> None:
    rows = [
        {"telegram_id": number, "name": "Orang", "language": "id", "zone": "Asia/Jayapura", "joined_at": BACKUP, "reminder_minute": 8 * 60,
         "next_reminder_at": datetime(2026, 3, 3, 23, 0, tzinfo=UTC)}
        for number in range(1, 2 * holding.BATCH + 2)
    ]  # fmt: skip
    db.execute(insert(learner), rows)
    drop_reminders(db)
    assert holding.review(db, CONFIRMED).reminders == 0


def test_an_announcement_that_may_have_gone_out_waits_for_a_decision(db: Connection) -> None:
    somebody = add_learner(db, 1, None)
    under_way = add_announcement(db, "sending", BACKUP)
    add_delivery(db, somebody, under_way)
    missed = add_announcement(db, "scheduled", BACKUP + timedelta(hours=10))
    paused = add_announcement(db, "paused", BACKUP)
    add_announcement(db, "scheduled", RESTORED + timedelta(days=3))
    add_announcement(db, "sending", CONFIRMED, created_at=RESTORED + timedelta(minutes=5))
    add_announcement(db, "done", BACKUP)
    assert [each.id for each in holding.review(db, CONFIRMED).unclear] == [under_way, missed, paused]
    assert holding.release(db, [under_way], [paused], CONFIRMED) == (missed,)
    assert hold.find(db) is not None
    assert deliveries.claim(db, "satu", CONFIRMED) is None


def test_what_goes_on_may_come_twice_and_is_called_so(db: Connection) -> None:
    somebody = add_learner(db, 1, None)
    under_way = add_announcement(db, "sending", BACKUP)
    add_delivery(db, somebody, under_way)
    assert holding.release(db, [under_way], [], CONFIRMED) == ()
    claimed = deliveries.claim(db, "satu", CONFIRMED)
    assert claimed is not None
    assert claimed.doubtful


def test_what_had_not_begun_and_goes_on_is_called_so_too(db: Connection) -> None:
    add_learner(db, 1001, None)
    missed = add_announcement(db, "scheduled", BACKUP + timedelta(hours=1))
    assert holding.release(db, [missed], [], CONFIRMED) == ()
    claimed = deliveries.claim(db, "satu", CONFIRMED)
    assert claimed is not None
    assert claimed.doubtful


def test_what_is_cancelled_never_goes_out(db: Connection) -> None:
    somebody = add_learner(db, 1, None)
    under_way, missed = add_announcement(db, "sending", BACKUP), add_announcement(db, "scheduled", BACKUP + timedelta(hours=1))
    left = add_delivery(db, somebody, under_way)
    assert holding.release(db, [], [under_way, missed], CONFIRMED) == ()
    announcing.send_due(db, CONFIRMED)
    assert state_of(db, left) == "cancelled"
    assert set(db.scalars(select(announcement.c.state))) == {"cancelled"}
    assert deliveries.claim(db, "satu", CONFIRMED) is None


def test_there_is_nothing_to_confirm_where_nothing_is_held(db: Connection) -> None:
    hold.end(db)
    with pytest.raises(NotHeldError):
        holding.review(db, CONFIRMED)
    assert holding.begin(db, CONFIRMED)
    assert not holding.begin(db, CONFIRMED + timedelta(days=1))
    assert holding.review(db, CONFIRMED).hold.since == CONFIRMED


@pytest.fixture
def restored(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Point the commands at a database that is held, with an announcement that was under way."""
    engine = make_engine(sqlite_url)
    with engine.begin() as db:
        hold.begin(db, RESTORED, BACKUP)
        add_delivery(db, add_learner(db, 1, None), add_announcement(db, "sending", BACKUP))
    monkeypatch.setenv("SINAU_DATABASE__URL", sqlite_url)
    yield engine
    engine.dispose()


def run(*arguments: str, answer: str = "") -> tuple[int, str]:
    done = CliRunner().invoke(app, ["db", *arguments], input=answer)
    return done.exit_code, done.output


def test_a_backup_can_be_restored_on_a_machine_that_has_nothing_yet(
    restored: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("backup", str(tmp_path / "backup"))[0] == 0
    monkeypatch.setenv("SINAU_DATABASE__URL", f"sqlite:///{tmp_path}/opt/sinau/var/sinau.db")
    status, said = run("restore", str(tmp_path / "backup"))
    assert status == 0, said
    assert (tmp_path / "opt" / "sinau" / "var" / "sinau.db").exists()
    assert restored.url.database != f"{tmp_path}/opt/sinau/var/sinau.db"


def test_root_leaves_a_database_alone_whose_owner_only_a_container_knows(restored: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(number: int) -> None:
        raise KeyError(number)

    file = Path(restored.url.database or "")
    if os.geteuid() == 0:
        os.chown(file, 54_321, -1)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    refused = CliRunner().invoke(app, ["db", "restore", str(file)])
    assert isinstance(refused.exception, StartError)
    assert "belongs to the user #" in str(refused.exception)


def test_the_command_lists_what_is_unclear_and_sends_nothing(restored: Engine) -> None:
    status, said = run("confirm", "--yes")
    assert status == 1
    assert "restore of a backup of 2026-03-02 19:00 UTC" in said
    assert "1  was under way, 0 done and 1 waiting in the backup: “Pengumuman rekaan”" in said
    with restored.begin() as db:
        assert hold.find(db) is not None


@pytest.mark.parametrize("wrong", [["--cancel", "9"], ["--go-on", "1", "--cancel", "1"]])
def test_a_decision_about_something_else_is_refused(restored: Engine, wrong: list[str]) -> None:
    status, said = run("confirm", *wrong, "--yes")
    assert (status, "once" in said) == (2, True)
    with restored.begin() as db:
        assert hold.find(db) is not None


@pytest.mark.parametrize(("answer", "held"), [("n\n", True), ("y\n", False)])
def test_the_operator_is_asked_before_anything_goes_out(restored: Engine, answer: str, *, held: bool) -> None:
    status, said = run("confirm", "--go-on", "1", answer=answer)
    assert (status, "Let it go out?" in said) == (1 if held else 0, True)
    with restored.begin() as db:
        assert (hold.find(db) is not None) is held


def test_a_database_that_was_put_back_by_other_means_can_be_held(restored: Engine) -> None:
    assert "already" in run("hold")[1]
    assert run("confirm", "--cancel", "1", "--yes")[0] == 0
    assert "until `sinau db confirm`" in run("hold")[1]
    with restored.begin() as db:
        assert hold.find(db) is not None
