"""GIFT as Moodle's documentation shows it, from the file to a module and back."""

from pathlib import Path
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from bot.cli import app
from bot.content.formats.gift import read
from bot.content.importing import modules_of
from tests.content.questions import item

if TYPE_CHECKING:
    from tests.content.conftest import Folder

SAMPLE = Path(__file__).parent / "samples" / "contoh.gift"


def test_the_shapes_of_moodles_documentation_make_a_module_that_passes_its_checks(folder: "Folder") -> None:
    found = read(SAMPLE.read_bytes(), "contoh")
    imported = modules_of(found, "contoh", found.title, "id")
    folder.module(imported.modules[0].text)
    module = folder.catalogue().module("contoh")
    assert module
    assert (module.title, len(module.items), [card.id for card in module.cards]) == ("Keamanan", 30, ["petunjuk"])
    assert {one.type for one in module.items} == {
        "single_choice",
        "multiple_choice",
        "true_false",
        "short_text",
        "numeric",
        "matching",
        "cloze",
        "reflection",
    }
    assert [f"{note.line}: {note.what}" for note in imported.notes] == [
        "0: 12 baris komentar (//)",
        "35: bobot 25 %",
        '45: umpan balik "Ya! Tepat!" untuk jawaban benar',
        "45: jawaban Jogjakarta bernilai 75 %",
        "45: jawaban Jawa bernilai 25 %",
        '50: umpan balik "Bukan itu." untuk jawaban lain',
        "50: jawaban Elang bernilai 50 %",
        '73: umpan balik "Di luar rentang." untuk jawaban lain',
        '75: umpan balik "Tepat!" untuk jawaban benar',
        "75: jawaban 1908 bernilai 50 %",
        "82: bobot -100 %, 50 %, 50 %, -100 %",
        "88: bobot 50 %",
        "118: huruf tebal, miring, atau bergaris",
        "133: judul Esai",
        "133: tag kelas, rapat",
    ]


def test_the_commands_bring_a_bank_in_and_out(folder: "Folder") -> None:
    folder.module()
    bank_file = folder.write("bank.txt", SAMPLE.read_bytes())
    brought = CliRunner().invoke(app, ["import", str(bank_file), "--module", "uji"])
    assert brought.exit_code == 0, brought.output
    assert "uji.yaml: 30 soal" in brought.output
    assert "bank.txt: baris 88: bobot 50 %; satu jawaban benar bernilai penuh" in brought.output
    taken = CliRunner().invoke(app, ["export", "uji", "-o", "uji.gift"])
    assert taken.exit_code == 0, taken.output
    again = read(Path("uji.gift").read_bytes(), "uji")
    module = folder.catalogue().module("uji")
    assert module
    assert [item(question.data) for question in again.questions] == list(module.items)
