"""The schemas that help authors in their editor, the modules that ship, and the example in the documentation."""

import json
import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft7Validator

from bot.content import schema
from bot.content.loader import load
from bot.content.reading import read
from bot.content.schema import schemas

if TYPE_CHECKING:
    from tests.content.conftest import Folder

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "content/modules").glob("*.yaml")) + sorted((ROOT / "content/paths").glob("*.yaml"))
LISTS = sorted((ROOT / "content").glob("*.yaml"))
EXAMPLE = re.compile(r"<!-- example: content/(\S+) -->\n```yaml\n(.*?)```", re.DOTALL)


def faults(file: Path) -> list[str]:
    schema: dict[str, Any] = json.loads(schemas()[f"{file.parent.name.removesuffix('s')}.schema.json"])
    return [error.message for error in Draft7Validator(schema).iter_errors(read(file).data)]


@pytest.mark.parametrize("name", schemas())
def test_the_schema_files_are_up_to_date(name: str) -> None:
    shipped = (ROOT / "content/schema" / name).read_text(encoding="utf-8")
    assert shipped == schemas()[name], "run: python -m bot.content.schema content/schema"
    Draft7Validator.check_schema(json.loads(shipped))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_what_ships_fits_the_schema_and_names_it(file: Path) -> None:
    assert faults(file) == []
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema=../schema/{file.parent.name.removesuffix('s')}.schema.json"


@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.stem)
def test_the_lists_that_ship_fit_their_schemas_and_name_them(file: Path) -> None:
    schema = json.loads(schemas()[f"{file.stem}.schema.json"])
    assert [error.message for error in Draft7Validator(schema).iter_errors(read(file).data)] == []
    assert file.read_text(encoding="utf-8").startswith(f"# yaml-language-server: $schema=schema/{file.stem}.schema.json\n")


def test_what_ships_has_no_findings() -> None:
    loaded = load(ROOT / "content")
    assert [str(finding) for finding in loaded.findings] == []
    assert loaded.catalogue


def test_the_example_in_the_documentation_is_complete_and_faultless(folder: "Folder") -> None:
    examples = EXAMPLE.findall((ROOT / "docs/authoring.md").read_text(encoding="utf-8"))
    files = [folder.write(name, text) for name, text in examples]
    assert folder.review() == ()
    assert [faults(file) for file in files] == [[], []]
    assert folder.catalogue().path_of("surel-dinas")


@pytest.mark.parametrize(
    "change",
    [
        ("minutes: 5", "minutes: 90"),
        ("minutes: 5", "minutes: 5\nversion: abc"),
        ("type: true_false", "type: betul_salah"),
        ("answer: true", "answer: ya"),
        ("summary: Modul untuk pengujian.\n", ""),
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(folder: "Folder", change: tuple[str, str]) -> None:
    file = folder.changed_module(*change)
    assert faults(file)
    assert folder.findings()


def test_the_program_writes_the_schema_files_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["schema.py", str(tmp_path / "baru" / "schema")])
    runpy.run_path(schema.__file__, run_name="__main__")
    assert {file.name: file.read_text(encoding="utf-8") for file in (tmp_path / "baru" / "schema").iterdir()} == schemas()
