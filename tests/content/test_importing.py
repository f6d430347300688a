"""Question banks that become modules: nothing is lost in silence, nothing is written over, and what is written can be read."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from typer.testing import CliRunner

from bot.cli import app
from bot.cli_exchange import ExchangeError
from bot.content import limits
from bot.content.formats import Bank, Note, Question
from bot.content.importing import modules_of, slug
from bot.content.loader import load

if TYPE_CHECKING:
    from tests.content.conftest import Folder

AIKEN = "Mana yang tepat?\nA. Ini\nB. Itu\nANSWER: A\n"


def statement(number: int, **more: Any) -> Question:
    return Question(number, {"type": "true_false", "text": f"Pernyataan {number} benar.", "answer": True, **more})


def card(name: str) -> dict[str, Any]:
    return {"id": name, "title": name.capitalize(), "text": "Isi."}


def loaded(folder: "Folder", bank: Bank, title: str = "Judul") -> dict[str, Any]:
    """Write the modules of a bank, and return what the loader makes of them."""
    for draft in modules_of(bank, "uji", title, "id").modules:
        folder.module(draft.text, draft.id)
    return {module_id: folder.catalogue().modules[module_id] for module_id in folder.catalogue().modules}


def test_a_bank_without_cards_becomes_a_module_that_says_what_to_add(folder: "Folder") -> None:
    module = loaded(folder, Bank([statement(1), statement(2)]))["uji"]
    assert [item.id for item in module.quiz.items] == ["pernyataan-1-benar", "pernyataan-2-benar"]
    assert (module.quiz.draw, module.minutes) == (2, 2)
    assert "Ganti dengan materi" in module.cards[0].text


def test_more_questions_than_a_module_holds_become_several_each_with_its_cards(folder: "Folder") -> None:
    questions = [statement(1, card="awal"), *(statement(n) for n in range(2, 70)), statement(70, card="akhir")]
    bank = Bank(questions, [card("lepas"), card("awal"), card("akhir")])
    modules = loaded(folder, bank)
    assert {name: (len(one.quiz.items), [each.id for each in one.cards]) for name, one in modules.items()} == {
        "uji": (60, ["lepas", "awal"]),
        "uji-2": (10, ["akhir"]),
    }
    assert "dibagi menjadi 2 modul" in str(modules_of(bank, "uji", "Judul", "id").notes[0])


def test_an_id_as_long_as_can_be_stays_one_when_the_bank_is_split() -> None:
    drafts = modules_of(Bank([statement(n) for n in range(61)]), "u" * limits.ID, "Judul", "id").modules
    assert [len(draft.id) <= limits.ID for draft in drafts] == [True, True]
    assert len({draft.id for draft in drafts}) == 2


def test_cards_beyond_those_that_a_module_holds_are_told() -> None:
    bank = Bank([statement(1)], [card(f"kartu-{n}") for n in range(limits.CARDS + 2)])
    assert [str(note) for note in modules_of(bank, "uji", "Judul", "id").notes] == [
        "kartu kartu-20 tidak diimpor; satu modul memuat 20 kartu",
        "kartu kartu-21 tidak diimpor; satu modul memuat 20 kartu",
    ]


def test_a_question_that_does_not_fit_is_told_with_its_line_and_the_others_are_kept(folder: "Folder") -> None:
    bank = Bank([statement(3, text="x" * 800), statement(9)], notes=[Note(1, "judul", "tidak dipakai")])
    imported = modules_of(bank, "uji", "Judul", "id")
    assert [str(note) for note in imported.notes] == [
        "baris 1: judul; tidak dipakai",
        f"baris 3: soal {'x' * 32} tidak diimpor: teks 800 huruf, paling banyak 700; ringkas, atau bagi menjadi dua",
    ]
    assert imported.modules[0].questions == 1
    assert folder.root.exists()


def test_the_same_question_twice_has_two_ids(folder: "Folder") -> None:
    module = loaded(folder, Bank([statement(1), statement(1)]))["uji"]
    assert [item.id for item in module.quiz.items] == ["pernyataan-1-benar", "pernyataan-1-benar-2"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<b>Mana</b> yang & tepat?", "mana-yang-tepat"),
        ("Café 2026", "cafe-2026"),
        ("日本", ""),
        ("satu-kata-yang-sangat-panjang-sekali-di-sini", "satu-kata-yang-sangat-panjang"),
        ("x" * 40, "x" * 32),
    ],
)
def test_an_id_is_made_of_the_first_words(text: str, name: str) -> None:
    assert slug(text) == name


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["import", *arguments])
    assert done.exit_code == 0, done.exception or done.output
    return done.output


def test_the_command_writes_a_module_and_says_how_to_look_at_it(folder: "Folder") -> None:
    folder.module()
    bank = Path("bank.txt")
    bank.write_text(AIKEN, encoding="utf-8")
    said = run("bank.txt", "--module", "dari-bank", "--title", "Dari bank soal", "--language", "en")
    assert "content/modules/dari-bank.yaml: 1 soal" in said
    assert "sinau preview content/modules/dari-bank.yaml" in said
    module = load(folder.root).packed["content/modules/dari-bank.yaml"]
    assert (module.outline.title, module.outline.language) == ("Dari bank soal", "en")


def test_nothing_is_written_over_unless_that_is_asked_for(folder: "Folder") -> None:
    file = folder.module()
    Path("bank.txt").write_text(AIKEN, encoding="utf-8")
    before = file.read_bytes()
    done = CliRunner().invoke(app, ["import", "bank.txt", "--module", "contoh"])
    assert isinstance(done.exception, ExchangeError)
    assert "is there already; nothing was written" in str(done.exception)
    assert file.read_bytes() == before
    run("bank.txt", "--module", "contoh", "--replace")
    assert yaml.safe_load(file.read_text(encoding="utf-8"))["quiz"]["items"][0]["text"] == "Mana yang tepat?"


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["bank.doc", "--module", "uji"], 2, "choose one of"),
        (["bank.txt", "--module", "Bukan Id"], 2, "use a-z, 0-9 and hyphens"),
        (["bank.txt", "--module", "u" * 33], 2, "at most 32"),
        (["tidak-ada.txt", "--module", "uji"], 2, "does not exist"),
        (["bank.txt", "--module", "uji", "--format", "html"], 2, "choose one of"),
    ],
)
def test_bad_usage_is_refused_with_the_remedy(folder: "Folder", arguments: list[str], status: int, words: str) -> None:
    for name in ("bank.txt", "bank.doc"):
        Path(name).write_text(AIKEN, encoding="utf-8")
    done = CliRunner().invoke(app, ["import", *arguments])
    assert done.exit_code == status
    assert words in " ".join(done.output.replace("│", " ").split())
    assert list((folder.root / "modules").iterdir()) == []


def test_a_bank_without_a_usable_question_writes_nothing(folder: "Folder") -> None:
    Path("bank.txt").write_text("", encoding="utf-8")
    done = CliRunner().invoke(app, ["import", "bank.txt", "--module", "uji", "--format", "aiken"])
    assert isinstance(done.exception, ExchangeError)
    assert "nothing was written" in str(done.exception)
    assert list((folder.root / "modules").iterdir()) == []


def test_a_bank_that_is_far_too_large_is_not_read(folder: "Folder") -> None:
    with Path("bank.txt").open("wb") as file:
        file.truncate(limits.BANK_BYTES + 1)
    done = CliRunner().invoke(app, ["import", "bank.txt", "--module", "uji"])
    assert "has more than 50 MB" in str(done.exception)
    assert folder.root.exists()


def test_where_the_module_can_not_be_written_it_says_so_and_leaves_no_part(folder: "Folder") -> None:
    Path("bank.txt").write_text(AIKEN, encoding="utf-8")
    (folder.root / "modules").rmdir()
    (folder.root / "modules").write_text("a file where the folder should be", encoding="utf-8")
    done = CliRunner().invoke(app, ["import", "bank.txt", "--module", "uji"])
    assert isinstance(done.exception, ExchangeError)
    assert "can't be written" in str(done.exception)


def test_an_import_is_written_in_whole_or_not_at_all(folder: "Folder") -> None:
    Path("bank.txt").write_text(AIKEN * 61, encoding="utf-8")
    modules = folder.root / "modules"
    (modules / "uji-2.yaml").mkdir()
    done = CliRunner().invoke(app, ["import", "bank.txt", "--module", "uji", "--replace"])
    assert "uji-2.yaml is no regular file; nothing was written" in str(done.exception)
    assert [path.name for path in modules.iterdir()] == ["uji-2.yaml"]
    (modules / "uji-2.yaml").rmdir()
    (modules / ".uji-2.yaml.new").mkdir()
    done = CliRunner().invoke(app, ["import", "bank.txt", "--module", "uji"])
    assert "can't be written" in str(done.exception)
    assert [path.name for path in modules.iterdir()] == [".uji-2.yaml.new"]


def test_a_picture_in_the_way_is_not_written_over(folder: "Folder") -> None:
    text = '&lt;p&gt;Lihat.&lt;/p&gt;&lt;img src="@@PLUGINFILE@@/kotak.png" alt="Kotak"&gt;'
    inside = '<file name="kotak.png" encoding="base64">aGFsbw==</file>'
    Path("bank.xml").write_text(
        f'<quiz><question type="essay"><questiontext format="html"><text>{text}</text>{inside}</questiontext></question></quiz>',
        encoding="utf-8",
    )
    run("bank.xml", "--module", "uji")
    (picture,) = (folder.root / "media").rglob("*.png")
    picture.write_bytes(b"retouched")
    (folder.root / "modules" / "uji.yaml").unlink()
    done = CliRunner().invoke(app, ["import", "bank.xml", "--module", "uji"])
    assert "is there already; nothing was written" in str(done.exception)
    assert picture.read_bytes() == b"retouched"


def test_what_a_longer_import_left_is_told_when_a_shorter_one_replaces_it(folder: "Folder") -> None:
    Path("bank.txt").write_text(AIKEN * 61, encoding="utf-8")
    run("bank.txt", "--module", "uji")
    Path("bank.txt").write_text(AIKEN, encoding="utf-8")
    said = run("bank.txt", "--module", "uji", "--replace")
    assert "uji-2.yaml masih dipakai; hapus bila itu sisa impor sebelumnya." in said
    assert (folder.root / "modules" / "uji-2.yaml").exists()


def test_a_pipe_is_not_waited_for(folder: "Folder") -> None:
    os.mkfifo("bank.txt")
    done = CliRunner().invoke(app, ["import", "bank.txt", "--module", "uji"])
    assert "is no regular file; nothing was written" in str(done.exception)
    assert list((folder.root / "modules").iterdir()) == []


def test_a_title_that_is_too_long_or_no_line_is_made_one_and_that_is_told(folder: "Folder") -> None:
    title = "Judul\n\u202e" + "panjang " * 20
    assert loaded(folder, Bank([statement(1)]), title)["uji"].title == ("Judul " + "panjang " * 20)[: limits.TITLE].strip()
    (note,) = modules_of(Bank([statement(1)]), "uji", title, "id").notes
    assert "dipotong menjadi" in str(note)


def test_an_export_writes_over_nothing_unless_that_is_asked_for(folder: "Folder") -> None:
    file = folder.module()
    done = CliRunner().invoke(app, ["export", "contoh", "-o", str(file), "--format", "gift"])
    assert "is there already; nothing was written" in str(done.exception)
    assert yaml.safe_load(file.read_text(encoding="utf-8"))["id"] == "contoh"
    Path("asli.gift").write_text("lama", encoding="utf-8")
    Path("asli.gift").chmod(0o640)
    Path("tautan.gift").symlink_to("asli.gift")
    done = CliRunner().invoke(app, ["export", "contoh", "-o", "tautan.gift", "--replace"], catch_exceptions=False)
    assert done.exit_code == 0
    assert Path("tautan.gift").is_symlink()
    assert Path("asli.gift").read_text(encoding="utf-8") != "lama"
    assert Path("asli.gift").stat().st_mode & 0o777 == 0o640


def test_a_module_can_be_exported_whatever_is_wrong_with_another(folder: "Folder") -> None:
    folder.module()
    folder.write("modules/rusak.yaml", "id: rusak\n")
    assert CliRunner().invoke(app, ["export", "contoh", "-o", "x.gift"]).exit_code == 0
    done = CliRunner().invoke(app, ["export", "rusak", "-o", "y.gift"])
    assert "rusak has faults; nothing was written" in str(done.exception)
    assert not Path("y.gift").exists()


def test_an_unknown_module_or_format_can_not_be_exported(folder: "Folder") -> None:
    folder.module()
    assert "there is no module" in CliRunner().invoke(app, ["export", "lain", "-o", "x.gift"]).output
    assert "choose one of" in CliRunner().invoke(app, ["export", "contoh", "-o", "x.doc"]).output
