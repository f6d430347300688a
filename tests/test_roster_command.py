"""`sinau roster`, as the operator calls it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.cli_people import RosterError


@pytest.fixture
def config(tmp_path: Path, sqlite_url: str) -> Path:
    """Settings of a bot with an empty database."""
    file = tmp_path / "config.yaml"
    file.write_text(f"database: {{url: '{sqlite_url}'}}\ncache_dir: null\n", encoding="utf-8")
    return file


def call(config: Path, *arguments: str) -> str:
    done = CliRunner().invoke(app, ["roster", *arguments, "--config", str(config)])
    if isinstance(done.exception, Exception):
        raise done.exception
    assert done.exit_code == 0
    return done.output


def test_a_template_is_tried_imported_and_imported_again(config: Path, tmp_path: Path) -> None:
    file = tmp_path / "pegawai.xlsx"
    CliRunner().invoke(app, ["roster", "template", str(file)])
    assert call(config, "import", str(file), "--dry-run").splitlines()[:2] == [
        "Uji coba; tidak ada yang diubah:",
        "2 pegawai baru, 0 berubah, 0 tetap",
    ]
    assert call(config, "units") == ""
    assert call(config, "import", str(file)).splitlines()[0] == "2 pegawai baru, 0 berubah, 0 tetap"
    assert call(config, "import", str(file)) == "0 pegawai baru, 0 berubah, 2 tetap\n"
    assert call(config, "units") == "Dinas Contoh\nDinas Contoh > Bidang Contoh\n"


def test_faults_of_the_file_and_between_its_rows_are_told_together_and_change_nothing(config: Path, tmp_path: Path) -> None:
    file = tmp_path / "pegawai.csv"
    file.write_text("ID;Nama;Unit;Atasan\n1;;Dinas;\n2;Andi;Dinas;9\n", encoding="utf-8")
    with pytest.raises(RosterError, match=r"(?s)2 hal perlu diperbaiki.*baris 2: Nama kosong.*baris 3: atasan 9 tidak dikenal"):
        call(config, "import", str(file))
    assert call(config, "units") == ""


def test_what_is_told_of_a_file_moves_no_terminal(config: Path, tmp_path: Path) -> None:
    file = tmp_path / "pegawai.csv"
    file.write_text("ID;Nama;Unit;Kolom\u009b2J\n1;Sari;Dinas;\n", encoding="utf-8")
    assert 'kolom D "Kolom?2J" tidak dikenal' in call(config, "import", str(file))


def test_a_template_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["roster", "template", str(tmp_path / "tidak-ada" / "pegawai.csv")])
    assert isinstance(done.exception, RosterError)
    assert "can't be written" in str(done.exception)
