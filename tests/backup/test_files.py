"""A backup holds everything, says when it is damaged, and fits either database."""

import resource
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, Table, delete, func, insert, select, text

from bot.storage import backup, hold
from bot.storage.backup import BackupError, check, write
from bot.storage.engine import make_engine
from bot.storage.replicas import AlreadyRunningError, hold_name
from bot.storage.restore import LOST_NUMBERS, restore
from bot.storage.tables import announcement, brake, learner, prompt, replica, sitting
from tests.backup.filling import Rows, contents, fill, row

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
KINDS = ("sqlite", "postgresql")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def filled(engine: Engine) -> Engine:
    with engine.begin() as connection:
        fill(connection)
    return engine


def as_numbered_before(rows: Rows) -> Rows:
    """Take back that the newest rows of a SQLite file were given numbers far ahead."""
    return {name: [tuple(map(as_before, found)) for found in table] for name, table in rows.items()}


def as_before(value: object) -> object:
    return value - LOST_NUMBERS if isinstance(value, int) and LOST_NUMBERS < value < 2 * LOST_NUMBERS else value


def everything(engine: Engine) -> Rows:
    with engine.begin() as connection:
        return contents(connection)


@pytest.mark.parametrize("target", KINDS)
@pytest.mark.parametrize("source", KINDS)
def test_a_backup_of_either_database_brings_every_row_to_either(
    source: str, target: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    one = make_engine(request.getfixturevalue(f"{source}_url"))
    with one.begin() as connection:
        fill(connection)
    write(one, tmp_path / "backup", NOW)
    before = everything(one)
    if source == target:
        other = one
    else:
        other = make_engine(request.getfixturevalue(f"bare_{target}_url" if target == "postgresql" else f"{target}_url"))
    try:
        assert restore(other, tmp_path / "backup", LATER, force=True).made_at == NOW
        assert as_numbered_before(everything(other)) == before
        with other.begin() as connection:
            assert hold.find(connection) == hold.Hold(LATER, NOW)
            assert connection.scalar(select(func.count()).select_from(replica)) == 0
    finally:
        one.dispose()
        other.dispose()


def test_it_is_one_file_that_others_on_the_machine_can_not_read(filled: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    write(filled, folder / "backup", NOW)
    assert [(file.name, file.stat().st_mode & 0o077) for file in folder.iterdir()] == [("backup", 0)]


@pytest.mark.parametrize("name", ["a?b", "50%25.db", "a%2Fb", "x?mode=memory"])
def test_its_name_may_hold_what_has_a_meaning_in_addresses(filled: Engine, tmp_path: Path, name: str) -> None:
    (folder := tmp_path / "100%").mkdir()
    write(filled, folder / name, NOW)
    assert [file.name for file in folder.iterdir()] == [name]
    restore(filled, folder / name, LATER, force=True)


def test_so_may_that_of_the_database(tmp_path: Path, sound: Path) -> None:
    engine = make_engine(tmp_path / "50%25 a?b.db")
    restore(engine, sound, LATER)
    with engine.begin() as connection:
        assert connection.scalar(select(func.count()).select_from(learner)) == 3
    engine.dispose()
    assert {file.name for file in tmp_path.iterdir()} == {"50%25 a?b.db", "50%25 a?b.db.pid-lock"}


def test_one_that_is_there_already_is_never_overwritten(filled: Engine, tmp_path: Path) -> None:
    (tmp_path / "backup").write_text("the last good one", encoding="ascii")
    with pytest.raises(BackupError, match="already"):
        write(filled, tmp_path / "backup", NOW)
    assert (tmp_path / "backup").read_text(encoding="ascii") == "the last good one"


def test_it_shows_one_moment_while_others_write(engine: Engine, tmp_path: Path) -> None:
    """Two rows are always changed in one transaction; the backup must never show one of them changed alone."""
    with engine.begin() as connection:
        connection.execute(insert(brake), [{"bot_id": number, "until": NOW} for number in (1, 2)])
        connection.execute(insert(learner), [learner_row(number) for number in range(2000)])
    stop, written = Event(), Event()

    def change() -> None:
        while not stop.is_set():
            with engine.begin() as connection:
                connection.execute(brake.update().values(until=datetime.now(UTC)))
            written.set()

    writer = Thread(target=change)
    writer.start()
    try:
        for number in range(5):
            written.clear()
            write(engine, tmp_path / str(number), NOW)
            assert written.wait(10), "nobody could write while the backup was made"
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        with closing(sqlite3.connect(tmp_path / str(number))) as copy:
            assert copy.execute("SELECT count(DISTINCT until), count(*) FROM brake").fetchone() == (1, 2)


def learner_row(number: int) -> dict[str, object]:
    return {"telegram_id": 1000 + number, "name": f"Orang {number}", "language": "id", "zone": "Asia/Jakarta", "joined_at": NOW}


@pytest.fixture(scope="module")
def sound(migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    (folder / "sinau.db").write_bytes(migrated_sqlite_file.read_bytes())
    engine = make_engine(f"sqlite:///{folder}/sinau.db")
    with engine.begin() as connection:
        fill(connection)
    write(engine, folder / "backup", NOW)
    engine.dispose()
    return folder / "backup"


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    place=st.floats(0, 1, exclude_max=True),
    lost=st.sampled_from([1, 512, 4096, 10**9]),
    becomes=st.sampled_from([b"", b"\0", b"\xff", b"a"]),
)
def test_a_damaged_backup_is_refused_or_has_lost_nothing(sound: Path, tmp_path: Path, place: float, lost: int, becomes: bytes) -> None:
    content = sound.read_bytes()
    start = int(place * len(content))
    end = min(start + lost, len(content))
    (tmp_path / "damaged").write_bytes(content[:start] + becomes * (end - start) + content[end:])
    try:
        seal = check(tmp_path / "damaged")
    except BackupError:
        return
    assert seal == check(sound)


def test_a_name_that_is_no_text_any_more_is_damage(sound: Path, tmp_path: Path) -> None:
    (tmp_path / "backup").write_bytes(sound.read_bytes().replace(b"study_day", b"study\xffday"))
    with pytest.raises(BackupError, match="damaged"):
        check(tmp_path / "backup")


def test_a_changed_letter_is_found(sound: Path, tmp_path: Path) -> None:
    (tmp_path / "backup").write_bytes(sound.read_bytes().replace(b"text 2", b"text 7"))
    with pytest.raises(BackupError, match="damaged"):
        check(tmp_path / "backup")


def test_what_can_not_be_restored_is_refused_and_the_database_stays(filled: Engine, tmp_path: Path, sound: Path) -> None:
    before = everything(filled)
    (tmp_path / "text").write_text("halo " * 1000, encoding="ascii")
    (tmp_path / "empty").touch()
    with closing(sqlite3.connect(tmp_path / "another program's")) as connection:
        connection.execute("CREATE TABLE song (title TEXT)")
    shutil.copy(sound, tmp_path / "newer")
    with closing(sqlite3.connect(tmp_path / "newer")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    (tmp_path / "half").write_bytes(sound.read_bytes()[: sound.stat().st_size // 2])
    refused = {
        "text": "no backup of Sinau",
        "empty": "no backup of Sinau",
        "another program's": "no backup of Sinau",
        "newer": "newer version",
        "half": "damaged",
        "nothing there": "No such file",
    }
    for name, reason in refused.items():
        with pytest.raises(BackupError, match=reason):
            restore(filled, tmp_path / name, LATER, force=True)
    assert everything(filled) == before
    with filled.begin() as connection:
        assert hold.find(connection) is None


def test_a_database_that_holds_something_is_replaced_only_when_forced(filled: Engine, sound: Path) -> None:
    with filled.begin() as connection:
        connection.execute(announcement.update().values(body="newer"))
    with pytest.raises(BackupError, match="--force"):
        restore(filled, sound, LATER)
    with filled.begin() as connection:
        assert set(connection.scalars(select(announcement.c.body))) == {"newer"}
    restore(filled, sound, LATER, force=True)
    with filled.begin() as connection:
        assert "newer" not in set(connection.scalars(select(announcement.c.body)))


def test_an_empty_database_is_filled_without_being_forced(engine: Engine, sound: Path) -> None:
    assert restore(engine, sound, LATER).rows > 0


def test_a_database_that_the_bot_runs_on_is_left_alone(filled: Engine, sound: Path) -> None:
    before = everything(filled)
    with hold_name(filled, "satu"), pytest.raises((BackupError, AlreadyRunningError), match=r"in use|already runs"):
        restore(filled, sound, LATER, force=True)
    assert everything(filled) == before


def test_a_ruined_database_can_be_replaced(tmp_path: Path, sound: Path) -> None:
    for name in ("sinau.db", "sinau.db-wal", "sinau.db-shm"):
        (tmp_path / name).write_bytes(b"ruined " * 10_000)
    engine = make_engine(f"sqlite:///{tmp_path}/sinau.db")
    with pytest.raises(BackupError, match="--force"):
        restore(engine, sound, LATER)
    restore(engine, sound, LATER, force=True)
    with engine.begin() as connection:
        assert connection.scalar(select(func.count()).select_from(learner)) == 3
    engine.dispose()


def test_a_ruined_database_gives_no_backup(tmp_path: Path, sound: Path) -> None:
    (tmp_path / "sinau.db").write_bytes(sound.read_bytes()[:4096] + b"\xff" * 100_000)
    engine = make_engine(f"sqlite:///{tmp_path}/sinau.db")
    with pytest.raises(BackupError):
        write(engine, tmp_path / "backup", NOW)
    engine.dispose()
    assert not [file.name for file in tmp_path.iterdir() if file.name.startswith("backup")]


@pytest.mark.parametrize("table", [sitting, prompt, announcement])
def test_a_number_in_a_button_from_after_the_backup_does_not_come_again(filled: Engine, sound: Path, table: Table) -> None:
    restore(filled, sound, LATER, force=True)
    with filled.begin() as connection:
        own = row(table, 4) | {"learner_id": 1, "author_id": 1, "sitting_id": 1}
        own = {name: value for name, value in own.items() if name in table.c and name != "id"}
        number = connection.execute(insert(table).values(own).returning(table.c.id)).scalar_one()
    assert number > LOST_NUMBERS


@pytest.mark.parametrize("table", [sitting, prompt, announcement])
def test_nor_does_it_where_the_backup_had_none_or_its_newest_is_gone(engine: Engine, tmp_path: Path, table: Table) -> None:
    write(engine, tmp_path / "backup", NOW)
    restore(engine, tmp_path / "backup", LATER, force=True)
    with engine.begin() as connection:
        connection.execute(insert(learner).values({name: value for name, value in row(learner, 1).items() if name in learner.c}))
        if table is prompt:
            connection.execute(insert(sitting).values(id=1, learner_id=1, kind="quiz", started_at=NOW))
        own = row(table, 1) | {"learner_id": 1, "author_id": 1, "sitting_id": 1}
        own = {name: value for name, value in own.items() if name in table.c and name != "id"}
        first = connection.execute(insert(table).values(own).returning(table.c.id)).scalar_one()
        connection.execute(delete(table).where(table.c.id == first))
        assert connection.execute(insert(table).values(own).returning(table.c.id)).scalar_one() > first > LOST_NUMBERS


def test_a_link_to_the_database_stays_a_link(sqlite_url: str, tmp_path: Path) -> None:
    link = tmp_path / "volume.db"
    link.symlink_to(sqlite_url.removeprefix("sqlite:///"))
    engine = make_engine(f"sqlite:///{link}")
    with engine.begin() as connection:
        fill(connection)
    write(engine, tmp_path / "backup", NOW)
    restore(engine, tmp_path / "backup", LATER, force=True)
    engine.dispose()
    assert link.is_symlink()
    there = make_engine(sqlite_url)
    with there.begin() as connection:
        assert hold.find(connection)
    there.dispose()


def test_a_copy_that_sqlite_made_itself_can_be_restored(filled: Engine, tmp_path: Path, sound: Path) -> None:
    shutil.copy(sound, tmp_path / "backup")
    with closing(sqlite3.connect(tmp_path / "backup")) as connection:
        connection.execute(f"DROP TABLE {backup.SEAL}")
        connection.commit()
    assert restore(filled, tmp_path / "backup", LATER, force=True).made_at is None
    with filled.begin() as connection:
        assert hold.find(connection) == hold.Hold(LATER, None)


def test_a_copy_with_its_log_beside_it_is_refused_with_the_way_to_make_one_file_of_both(
    filled: Engine, sqlite_url: str, tmp_path: Path
) -> None:
    (tmp_path / "copied").mkdir()
    working = make_engine(sqlite_url)
    with working.begin() as connection:
        connection.execute(announcement.delete())
        connection.execute(insert(announcement).values(row(announcement, 1) | {"author_id": None, "body": "newest"}))
    for file in tmp_path.glob("sinau.db*"):
        shutil.copy(file, tmp_path / "copied")
    working.dispose()
    copy = tmp_path / "copied" / "sinau.db"
    before = everything(filled)
    with pytest.raises(BackupError, match=f"sqlite:///{copy} sinau db backup") as refused:
        restore(filled, copy, LATER, force=True)
    assert f"{copy}-wal" in str(refused.value)
    assert everything(filled) == before
    both = make_engine(f"sqlite:///{copy}")
    write(both, tmp_path / "whole", NOW)
    both.dispose()
    restore(filled, tmp_path / "whole", LATER, force=True)
    with filled.begin() as connection:
        assert set(connection.scalars(select(announcement.c.body))) == {"newest"}


def test_a_database_is_not_restored_from_itself(sqlite_url: str, tmp_path: Path) -> None:
    engine = make_engine(sqlite_url)
    with engine.begin() as connection:
        fill(connection)
    before = everything(engine)
    (tmp_path / "link").symlink_to(tmp_path / "sinau.db")
    for name in ("sinau.db", "link"):
        with pytest.raises(BackupError, match="the database itself"):
            restore(engine, tmp_path / name, LATER, force=True)
    assert everything(engine) == before
    engine.dispose()


def test_restoring_twice_ends_where_restoring_once_does(filled: Engine, sound: Path) -> None:
    restore(filled, sound, NOW, force=True)
    once = everything(filled)
    restore(filled, sound, LATER, force=True)
    assert everything(filled) == once
    with filled.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM hold WHERE name = 'sending'")).scalar_one() == 1


@pytest.mark.parametrize("room", [10_000, 200_000])
def test_a_disk_without_room_costs_neither_the_database_nor_leaves_half_a_backup(sqlite_url: str, tmp_path: Path, room: int) -> None:
    engine = make_engine(sqlite_url)
    with engine.begin() as connection:
        connection.execute(insert(learner), [learner_row(number) for number in range(5000)])
    write(engine, tmp_path / "good", NOW)
    before = everything(engine)
    with files_no_larger_than(room):
        with pytest.raises(BackupError, match="room on the disk"):
            write(engine, tmp_path / "backup", NOW)
        with pytest.raises(BackupError, match="room on the disk"):
            restore(engine, tmp_path / "good", LATER, force=True)
    assert everything(engine) == before
    engine.dispose()
    assert {file.name for file in tmp_path.iterdir()} == {"good", "sinau.db", "sinau.db.pid-lock"}


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """Let the system refuse what a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
