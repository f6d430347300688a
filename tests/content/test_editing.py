"""What `sinau content diff` tells before an edit goes into force: what changed, and whom it touches."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, insert
from typer.testing import CliRunner

from bot.cli import app
from bot.cli_content import ContentError
from bot.content.shelf import Shelf
from bot.storage import migrate
from bot.storage.engine import make_engine
from bot.storage.tables import attempt, enrolment, learner, prompt, sitting
from tests.content.conftest import MODULE

if TYPE_CHECKING:
    from tests.content.conftest import Folder

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


@pytest.fixture
def database(folder: "Folder", monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Give a database, and content that a bot has put in force."""
    folder.module()
    monkeypatch.setenv("SINAU_DATABASE__URL", "sqlite:///sinau.db")
    monkeypatch.setenv("SINAU_CACHE_DIR", "cache")
    Shelf(folder.root, Path("cache"))
    engine = make_engine("sqlite:///sinau.db")
    migrate.upgrade(engine)
    yield engine
    engine.dispose()


def add_learner(engine: Engine, number: int, *, card: str | None = "satu", state: str = "reading", answered: bool = False) -> None:
    """Put a learner at a card, or past the cards with a quiz open whose one question is answered or not."""
    with engine.begin() as db:
        own = {"telegram_id": number, "name": "Orang", "language": "id", "zone": "Asia/Jakarta", "joined_at": NOW}
        db.execute(insert(learner).values(id=number, **own))
        place = {"module_id": "contoh", "version": "lama", "card_id": card, "state": state, "started_at": NOW, "updated_at": NOW}
        db.execute(insert(enrolment).values(learner_id=number, **place))
        if state != "reading":
            over = NOW if state == "completed" else None
            db.execute(
                insert(sitting).values(
                    id=number, learner_id=number, kind="quiz", module_id="contoh", started_at=NOW, finished_at=over, minutes=0
                )
            )
            asked = {"module_id": "contoh", "item_id": "pilih", "learner_id": number}
            db.execute(insert(prompt).values(id=number, sitting_id=number, place=1, snapshot={}, ticked=[], **asked))
            if answered:
                graded = {"response": ["a"], "score": 1.0, "correct": True, "unsure": False, "at": NOW}
                db.execute(insert(attempt).values(prompt_id=number, **asked, **graded))


def diff(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["content", "diff", *arguments])
    assert done.exit_code == 0, done.exception
    return done.output


@pytest.mark.usefixtures("database")
def test_content_that_is_as_it_was_has_no_changes() -> None:
    assert diff() == "Tidak ada perubahan.\n"


def test_an_edit_is_told_with_whom_it_touches(folder: "Folder", database: Engine) -> None:
    add_learner(database, 1)
    add_learner(database, 2, card=None, state="quiz", answered=True)
    add_learner(database, 3, card=None, state="completed", answered=True)
    text = MODULE.replace("Baris pertama.", "Baris yang baru.").replace("pass_mark: 70", "pass_mark: 80")
    text = text.replace("  - id: satu\n", "  - {id: nol, title: Baru, text: Baru.}\n  - id: satu\n")
    text = text.replace("          correct: true\n        - text: Itu\n", "        - text: Itu\n          correct: true\n")
    folder.module(text.replace("    - id: nilai\n", "    - id: nilai-baru\n"))
    assert diff() == (
        "contoh: diubah\n"
        "  1 orang sedang di tengah kuis; mereka selesai dengan soal seperti saat ditanyakan\n"
        "  1 orang sudah lulus dan tetap lulus\n"
        "  batas lulus 70% menjadi 80%; berlaku untuk kuis yang selesai sesudah ini\n"
        "  kartu baru: nol\n"
        "  kartu diubah: satu; 1 orang di kartu ini membaca “materi ini sudah diperbarui”\n"
        "  soal diubah: pilih; penilaian jawaban berikutnya berubah; jawaban 2 orang tetap seperti saat dinilai\n"
        "  soal baru: nilai-baru\n"
        "  soal dihapus: nilai\n"
    )


def test_a_card_that_is_taken_away_and_a_module_that_goes(folder: "Folder", database: Engine) -> None:
    add_learner(database, 1)
    file = folder.module(MODULE.replace("id: satu\n", "id: lain\n").replace("card: satu", "card: lain"))
    folder.module(MODULE.replace("id: contoh", "id: kedua"), "kedua")
    assert diff() == (
        "contoh: diubah\n"
        "  kartu baru: lain\n"
        "  kartu dihapus: satu; 1 orang di kartu ini melanjutkan dari kartu dengan nomor yang sama\n"
        "  soal diubah: pilih\n"
        "kedua: modul baru\n"
    )
    file.unlink()
    assert "contoh: modul dihapus\n  1 orang sedang membaca; bagi mereka modul ini tidak ada lagi, riwayatnya tetap\n" in diff()


@pytest.mark.usefixtures("database")
def test_a_typing_error_mended_in_a_question_regrades_nobody(folder: "Folder") -> None:
    folder.changed_module("Mana yang tepat?", "Manakah yang tepat?")
    assert diff() == "contoh: diubah\n  soal diubah: pilih\n"


@pytest.mark.usefixtures("database")
def test_words_that_are_only_read_regrade_nobody(folder: "Folder") -> None:
    folder.changed_module("        - text: Itu\n", "        - text: Itu saja\n          feedback: Belum.\n")
    assert diff() == "contoh: diubah\n  soal diubah: pilih\n"


@pytest.mark.usefixtures("database")
def test_two_folders_can_be_compared(folder: "Folder", tmp_path: Path) -> None:
    (tmp_path / "lama" / "modules").mkdir(parents=True)
    (tmp_path / "lama" / "modules" / "contoh.yaml").write_text(MODULE.replace("Kartu satu", "Kartu lama"), encoding="utf-8")
    assert folder.root.exists()
    assert diff("--against", "lama") == "contoh: diubah\n  kartu diubah: satu\n"


@pytest.mark.usefixtures("database")
def test_where_no_bot_has_read_the_content_the_command_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SINAU_CACHE_DIR", "elsewhere")
    done = CliRunner().invoke(app, ["content", "diff"])
    assert isinstance(done.exception, ContentError)
    assert "Give --against FOLDER" in str(done.exception)


@pytest.mark.usefixtures("database")
def test_looking_at_the_files_leaves_what_is_known_of_the_content_in_force(folder: "Folder") -> None:
    folder.changed_module("Kartu satu", "Kartu lain")
    assert CliRunner().invoke(app, ["report"]).exit_code == 0
    assert "kartu diubah: satu" in diff()


@pytest.mark.usefixtures("database")
def test_a_reload_is_not_asked_for_while_there_is_a_fault(folder: "Folder") -> None:
    folder.changed_module("title: Contoh", "titel: Contoh")
    done = CliRunner().invoke(app, ["content", "reload"])
    assert isinstance(done.exception, ContentError)
    assert "the one in force stays" in str(done.exception)
