"""All there is to say of a folder of content."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Final

import yaml
from pydantic import TypeAdapter

from bot.content.findings import Finding
from bot.content.lint import RULES
from bot.content.lint.ignoring import heeded
from bot.content.lint.rule import Known, Library, Remark, Rule
from bot.content.loader import Loaded
from bot.content.packing import unpack
from bot.content.reading import Document, UnreadableError, read_bytes
from bot.content.registers import COMPETENCIES, FORMER_RULES, Competencies, FormerRules, register

_CODES: Final = frozenset(rule.code for rule in RULES)
_COMMENT: Final = b"lint:"  # a file without it ignores nothing
_FOR_AUTHORS: Final = ".md"

Remarks = Sequence[tuple[Rule, Remark]]


def review(root: Path, loaded: Loaded, today: date, *, whole: bool = True) -> tuple[Finding, ...]:
    """Return what loading the content below `root` found and what of it is poor, less what its authors ignore.

    What can only be told of the `whole` content is told only there, and only while no module or path has an error.
    """
    whole = whole and loaded.catalogue is not None
    known, faults = _known(root, today)
    modules = {Path(file): unpack(module.body) for file, module in loaded.packed.items()}
    library = Library(modules, _media(root, loaded) if whole else {}, known)
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in (*loaded.findings, *faults):
        found[finding.file].append(finding)
    remarks: defaultdict[str, list[tuple[Rule, Remark]]] = defaultdict(list)
    for rule in RULES:
        for file, remark in rule.find(library):
            remarks[file.as_posix()].append((rule, remark))
    pages = {*loaded.packed, *(file.as_posix() for file in (root / "paths").glob("[!.]*.yaml"))}
    files = sorted({*found, *remarks, *pages})
    return tuple(sorted(one for file in files for one in _left(file, found[file], remarks[file], pages, whole=whole)))


def _left(file: str, found: Sequence[Finding], remarks: Remarks, pages: Collection[str], *, whole: bool) -> Iterator[Finding]:
    """Yield what is to be told of one file."""
    if file not in pages or any(finding.severity == "error" for finding in found):
        yield from (*found, *(_finding(file, 1, rule, remark) for rule, remark in remarks))
        return
    try:
        document = Document(file, read_bytes(Path(file)), {})
        all_found = [*found, *(_finding(file, document.line(remark.location), rule, remark) for rule, remark in remarks)]
        yield from heeded(all_found, document, _CODES, whole=whole) if _COMMENT in document.raw else all_found
    except (UnreadableError, yaml.YAMLError):  # it was changed since it was loaded: whoever does that looks at it again
        yield from found


def _finding(file: str, line: int, rule: Rule, remark: Remark) -> Finding:
    return Finding(file, line, rule.code, remark.what, remark.hint + rule.advice, rule.severity)


def _known(root: Path, today: date) -> tuple[Known, list[Finding]]:
    listed, faults = register(root / COMPETENCIES, TypeAdapter(Competencies))
    former, more_faults = register(root / FORMER_RULES, TypeAdapter(FormerRules))
    competencies = tuple(one.id for one in listed.competencies) if listed else None
    return Known(today, competencies, former.rules if former else ()), faults + more_faults


def _media(root: Path, loaded: Loaded) -> dict[Path, bool]:
    """Return the files of media, and whether a module shows them; notes for authors and hidden files are none."""
    shown = {PurePosixPath(file) for module in loaded.packed.values() for file in module.media}
    files = sorted(file for file in (root / "media").rglob("*") if file.is_file())
    own = ((file, PurePosixPath(file.relative_to(root / "media").as_posix())) for file in files if file.suffix != _FOR_AUTHORS)
    return {file: name in shown for file, name in own if not any(part.startswith(".") for part in name.parts)}
