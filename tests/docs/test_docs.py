"""What the documents say holds: links, settings, commands, metrics, log lines, files, examples and the two recipes."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter
from typer.main import get_command

from bot.cli import app
from bot.configuration import load_settings
from bot.content.holidays import load_calendar
from bot.content.items import ITEM_TYPES, AnyItem
from bot.content.items.item import Item
from bot.content.working_hours import load_hours
from bot.gateway.meters import Meters
from bot.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
OPERATING = ROOT / "docs" / "operating.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
FENCE = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
EXAMPLE = re.compile(
    r"<!-- (?P<kind>[a-z ]+): (?P<path>[^,>]+?)(?:, (?P<anchor>[^>]+?))? -->\n```\w*\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


def code(document: Path) -> str:
    """Return what stands in fences and code spans."""
    text = document.read_text(encoding="utf-8")
    return "\n".join([*FENCE.findall(text), *SPAN.findall(FENCE.sub("", text))])


def settings() -> set[str]:
    """Return the names of all settings, such as web and web.port."""
    sections = {name: getattr(field.annotation, "model_fields", {}) for name, field in Settings.model_fields.items()}
    return sections.keys() | {f"{name}.{key}" for name, keys in sections.items() for key in keys}


@every_document
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))
    inside = [link for link in links if "://" not in link]
    assert [link for link in inside if not (document.parent / link).exists()] == []


@every_document
def test_variables_name_settings(document: Path) -> None:
    named = re.findall(rf"{PREFIX}([A-Z_]*[A-Z])", document.read_text(encoding="utf-8"))
    assert {name.lower().replace("__", ".") for name in named} <= settings()


@every_document
def test_settings_exist(document: Path) -> None:
    sections = "|".join(sorted({name.split(".")[0] for name in settings() if "." in name}))
    assert set(re.findall(rf"^(?:{sections})\.[a-z_]+$", code(document), re.MULTILINE)) <= settings()


@every_document
def test_commands_and_their_options_exist(document: Path) -> None:
    for line in re.findall(r"(?:^|[ /])sinau (?!--)([a-z].*)", code(document), re.MULTILINE):
        command, words = get_command(app), line.split("#")[0].split("&&")[0].split()
        while words and hasattr(command, "commands"):
            assert words[0] in command.commands, line
            command = command.commands[words.pop(0)]
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known, line


@every_document
def test_files_exist(document: Path) -> None:
    text = FENCE.sub("", document.read_text(encoding="utf-8"))
    named = re.findall(r"`((?:[\w]+/)*[\w]+\.py|(?:bot|tests|docs|scripts)/[\w/.*-]+)`", text)
    assert [name for name in named if not any(any(folder.glob(name)) for folder in (ROOT, ROOT / "bot"))] == []


@every_document
def test_make_targets_exist(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", code(document), re.MULTILINE)) <= targets


async def test_every_metric_is_documented_and_no_other() -> None:
    meters = Meters()
    real = {f"{each.name}_total" if each.type == "counter" else each.name for each in meters.registry.collect()}
    own = {name for name in real if name.startswith("sinau_")}
    assert set(re.findall(r"sinau_[a-z_]+", OPERATING.read_text(encoding="utf-8"))) == own


def test_log_lines_are_written_by_the_program() -> None:
    table = OPERATING.read_text(encoding="utf-8").split("| line | meaning |")[1].split("\n\n")[0]
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))
    named = [name for row in table.splitlines()[2:] for name in SPAN.findall(row.split("|")[1])]
    assert named
    assert [name for name in named if f'"{name}"' not in source] == []


def examples(document: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield the marked examples: kind, path, anchor, body."""
    for found in EXAMPLE.finditer(document.read_text(encoding="utf-8")):
        yield found["kind"], found["path"], found["anchor"] or "", found["body"]


def test_the_questions_shown_to_authors_are_taken_one_of_each_type_but_those_of_the_module_above() -> None:
    authoring = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
    shown = yaml.safe_load(FENCE.search(authoring, authoring.index("<!-- items -->"))[1])  # type: ignore[index]  # it is there
    adapter: TypeAdapter[Item] = TypeAdapter(AnyItem)
    types = [adapter.validate_python(data).type for data in shown]
    assert sorted([*types, "single_choice", "true_false"]) == sorted(ITEM_TYPES)


def test_the_settings_shown_to_operators_are_accepted(tmp_path: Path) -> None:
    shown = {path: body for _, path, _, body in examples(OPERATING)}
    (tmp_path / "config.yaml").write_text(shown["config.yaml"], encoding="utf-8")
    (tmp_path / "holidays.yaml").write_text(shown["holidays.yaml"], encoding="utf-8")
    assert load_settings(tmp_path / "config.yaml").admins == {123456789}
    calendar = load_calendar("ID", tmp_path / "holidays.yaml")
    assert not calendar.is_working_day(date(2026, 8, 18))
    assert calendar.is_working_day(date(2026, 12, 24))
    (tmp_path / "hours.yaml").write_text(shown["hours.yaml"], encoding="utf-8")
    assert load_hours(tmp_path / "hours.yaml").settle(date(2026, 11, 27), time(12)) == time(13, 30)


@pytest.fixture(scope="module")
def changed_checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout after both recipes of CONTRIBUTING.md."""
    copy = tmp_path_factory.mktemp("recipes")
    for name in ("bot", "tests", "content"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for kind, path, anchor, body in examples(CONTRIBUTING):
        target = copy / path
        before = target.read_text(encoding="utf-8") if target.exists() else ""
        assert target.exists() == (kind != "new"), f"{path} is not where the recipe says"
        after = _with_row(before, anchor, body) if kind == "row of" else f"{before}\n\n{body}".lstrip("\n")
        target.write_text(after, encoding="utf-8")
    return copy


def _with_row(text: str, anchor: str, body: str) -> str:
    """Return a module with its import and, at the end of the table that begins at `anchor`, its row."""
    imported, row = body.splitlines()
    before, table = text.split(anchor)
    closing = re.search(r"^[)}]", table, re.MULTILINE)
    assert closing
    start = closing.start()
    first = before.index("\nfrom bot")
    return f"{before[:first]}\n{imported}{before[first:]}{anchor}{table[:start]}{row}\n{table[start:]}"


def test_the_recipe_for_a_command_works(changed_checkout: Path) -> None:
    chosen = "test_the_conversation_goes_as_written[about]"
    run(changed_checkout, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"tests/conversation/test_transcripts.py::{chosen}")


def test_the_recipe_for_a_question_type_works(changed_checkout: Path) -> None:
    module = changed_checkout / "content" / "modules" / "kata-sandi-kuat.yaml"
    module.write_text(module.read_text(encoding="utf-8").replace("type: single_choice", "type: any_correct"), encoding="utf-8")
    assert "0 temuan" in run(changed_checkout, "-m", "bot", "check")
    assert run(changed_checkout, "-c", GRADE_EVERY_OPTION).split() == ["1.0", "0.0"]


GRADE_EVERY_OPTION = """
from pathlib import Path
from bot.content.loader import load
items = [item for module in load(Path("content")).catalogue.modules.values() for item in module.quiz.items if item.type == "any_correct"]
print(*sorted({item.grade([one]).score for item in items for one in item.choices}, reverse=True))
"""


def run(folder: Path, *arguments: str) -> str:
    """Run Python in a folder whose modules come first; return its output."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("SINAU_", "PYTEST_"))}
    environment = outside | {"PYTHONPATH": str(folder)}
    done = subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
