"""From a folder of YAML files to a catalogue, or to all that is wrong with them at once."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import orjson
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.content import model
from bot.content.checks import Problem, module_problems, path_problems
from bot.content.findings import Code, Finding
from bot.content.markdown import as_html
from bot.content.media import Stamp, stamps, state_of
from bot.content.packing import Modules, PackedModule, pack
from bot.content.reading import Document, UnreadableError, parse, read, read_bytes
from bot.content.wording import code_of, explain


@dataclass(frozen=True, slots=True)
class Loaded:
    """The outcome of loading.

    Attributes:
        catalogue: None when there is an error.
        findings: all of them, by file and line.
        packed: every module without errors, by its file: given to the next `load`, it spares reading those that have not changed.

    """

    catalogue: model.Catalogue | None
    findings: tuple[Finding, ...]
    packed: Mapping[str, PackedModule]


@cache
def adapter_of(kind: Any) -> TypeAdapter[Any]:
    """Return what reads `kind`, made when it is first needed: a start that finds everything unchanged needs none."""
    return TypeAdapter(kind)


def load(root: Path, known: Mapping[str, PackedModule] = MappingProxyType({})) -> Loaded:
    """Read all modules and paths below `root` (its folders modules, paths and media).

    Nothing is raised: whatever is wrong becomes a finding. Modules that are `known` from before are not read anew when their file holds the
    same and their media are the same files; what was found in them is told again.
    """
    module_files, findings = _files(root / "modules", required=True)
    path_files, found = _files(root / "paths", required=False)
    findings += found
    packed: dict[str, PackedModule] = {}
    for file in module_files:
        module, found = _module(file, root / "media", known.get(file.as_posix()))
        findings += found
        if module:
            packed[file.as_posix()] = module
    by_id = {Path(file).stem: module for file, module in packed.items()}
    outlines = {module_id: module.outline for module_id, module in by_id.items()}
    paths: list[model.Path] = []
    for file in path_files:
        path, found = _path(file, {file.stem for file in module_files}, outlines)
        findings += found
        if path:
            paths.append(path)
    catalogue = model.Catalogue(Modules(by_id), MappingProxyType(outlines), tuple(paths), root)
    broken = any(finding.severity == "error" for finding in findings)
    return Loaded(None if broken else catalogue, tuple(sorted(findings)), packed)


def _files(folder: Path, *, required: bool) -> tuple[list[Path], list[Finding]]:
    """Return the YAML files of a folder by name, and what else lies there and would be overlooked."""
    try:
        entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        advice = "buat folder itu, atau sebut folder lain di pengaturan content.dir"
        code: Code = "folder-unreadable" if required else "no-paths"
        return [], [Finding.of(folder.as_posix(), 1, code, f"folder tidak dapat dibuka ({error.strerror})", advice)]
    files = [entry for entry in entries if entry.suffix == ".yaml"]
    advice = "ganti akhirannya menjadi .yaml, dan letakkan langsung di folder ini"
    findings = [
        Finding.of(entry.as_posix(), 1, "file-ignored", "diabaikan: bukan berkas .yaml", advice)
        for entry in entries
        if entry.is_dir() or (entry.suffix.lower() in {".yml", ".yaml"} and entry.suffix != ".yaml")
    ]
    if required and not files:
        findings.append(Finding.of(folder.as_posix(), 1, "no-modules", "belum ada modul", "mulai dari contoh di docs/authoring.md"))
    return files, findings


def _module(file: Path, media_folder: Path, known: PackedModule | None) -> tuple[PackedModule | None, list[Finding]]:
    name = file.as_posix()
    try:
        raw = read_bytes(file)
        digest = hashlib.sha256(raw).digest()
        if known and known.digest == digest and _has_media(known, media_folder):
            return known, list(known.findings)
        document = parse(name, raw)
    except UnreadableError as error:
        return None, list(error.findings)
    data = as_html(document.data) if document.data.get("format") == "markdown" else document.data
    stamped, problems = stamps(data, media_folder)
    findings = [*document.habits, *_located(document, [*problems, *module_problems(data, file.stem)])]
    try:
        module = adapter_of(model.Module).validate_python(data)
    except ValidationError as error:
        return None, findings + explained(document, error)
    if any(finding.severity == "error" for finding in findings):
        return None, findings
    module = _stamped(module, document.data, stamped)
    media = {stamp.file: stamp.state for stamp in stamped.values()}
    return PackedModule(module.outline, pack(module), digest, media, tuple(findings)), findings


def _has_media(known: PackedModule, folder: Path) -> bool:
    """Tell whether the module's media are the very files that were read, unchanged."""
    return all(state is not None and state == state_of(folder / file) for file, state in known.media.items())


def _path(file: Path, known: set[str], outlines: Mapping[str, model.Outline]) -> tuple[model.Path | None, list[Finding]]:
    try:
        document = read(file)
    except UnreadableError as error:
        return None, list(error.findings)
    findings = [*document.habits, *_located(document, path_problems(document.data, file.stem, known))]
    try:
        path = adapter_of(model.Path).validate_python(document.data)
    except ValidationError as error:
        return None, findings + explained(document, error)
    return path, findings + _located(document, _foreign(path, outlines))


def _foreign(path: model.Path, outlines: Mapping[str, model.Outline]) -> Iterable[Problem]:
    for place, module_id in enumerate(path.modules):
        module = outlines.get(module_id)
        if module and module.language != path.language:
            what = f"modul {module_id} berbahasa {module.language}, jalur ini {path.language}"
            yield Problem(("modules", place), "other-language", what, "pindahkan ke jalur berbahasa sama bila tidak disengaja")


def explained(document: Document, error: ValidationError) -> list[Finding]:
    """Return as findings why a document is not what it should be."""
    faults = [fault for fault in error.errors(include_url=False) if not _echoes(fault)]
    return [document.finding(fault["loc"], code_of(fault), *explain(fault), row=fault.get("ctx", {}).get("row", 0)) for fault in faults]


def _echoes(fault: ErrorDetails) -> bool:
    """Return whether a list seems too short only because pydantic does not count its faulty entries, which are told themselves."""
    return fault["type"] == "too_short" and len(fault["input"]) >= fault["ctx"]["min_length"]


def _located(document: Document, problems: Iterable[Problem]) -> list[Finding]:
    return [document.finding(one.location, one.code, one.what, one.advice) for one in problems]


def _stamped(module: model.Module, data: dict[str, Any], stamped: Mapping[int, Stamp]) -> model.Module:
    """Return the module with the sizes and hashes of its files, and with its version: a hash of what was written and of the files."""
    canonical = orjson.dumps([data, [stamp.version for stamp in stamped.values()]], option=orjson.OPT_SORT_KEYS)
    version = hashlib.sha256(canonical).hexdigest()[:16]
    if not stamped:
        return replace(module, version=version)
    return replace(module, version=version, cards=tuple(_with_stamp(card, stamped.get(place)) for place, card in enumerate(module.cards)))


def _with_stamp(card: model.Card, stamp: Stamp | None) -> model.Card:
    if card.media is None or stamp is None:
        return card
    return replace(card, media=replace(card.media, size=stamp.size, version=stamp.version))
