"""The commands that bring question banks in and hand modules on."""

import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.cli_options import Config, read_settings
from bot.errors import SinauError

if TYPE_CHECKING:
    from bot.content.model import Module

MODULE_ID = r"[a-z0-9]+(-[a-z0-9]+)*"

ModuleId = Annotated[str, typer.Option("--module", help="The id of the module, such as kata-sandi-kuat.")]
FormatName = Annotated[str, typer.Option("--format", help="The format; guessed from the file's ending when not given.")]
Replace = Annotated[bool, typer.Option("--replace", help="Write over what is there.")]


class ExchangeError(SinauError):
    """A file can't be read, made sense of, or written."""


def import_bank(  # noqa: PLR0913 - one parameter an option
    file: Annotated[Path, typer.Argument(help="A question bank; docs/importing.md tells the formats.", exists=True, dir_okay=False)],
    module: ModuleId,
    config: Config = None,
    form: FormatName = "",
    title: Annotated[str, typer.Option(help="The module's title; from the file, or from the id, when not given.")] = "",
    language: Annotated[Literal["id", "en"], typer.Option(help="The language of the questions.")] = "id",
    *,
    replace: Replace = False,
) -> None:
    """Make a module of a question bank, and say line by line what could not be kept."""
    from bot.content.formats import FORMATS, BrokenBankError, guess
    from bot.content.importing import modules_of

    _require_id(module)
    data = _read(file)
    name = form or guess(file, data) or ""
    if name not in FORMATS or not FORMATS[name].reads:
        known = ", ".join(name for name, one in FORMATS.items() if one.reads)
        raise typer.BadParameter(f"{file.name} has no ending that tells its format; choose one of {known}", param_hint="--format")
    try:
        bank = FORMATS[name].read(data, module)
    except BrokenBankError as error:
        raise ExchangeError(f"{file} can't be read as {name}; nothing was written.\n" + _listed(file, error.notes)) from error
    imported = modules_of(bank, module, title or bank.title, language)
    if not imported.modules:
        raise ExchangeError(f"{file} holds no question that a module can hold; nothing was written.\n" + _listed(file, imported.notes))
    root = read_settings(config).content.dir
    texts = {root / "modules" / f"{one.id}.yaml": one.text.encode() for one in imported.modules}
    _write({**{root / "media" / name: content for name, content in bank.media.items()}, **texts}, replace=replace)
    for draft in imported.modules:
        typer.echo(f"{root / 'modules' / draft.id}.yaml: {draft.questions} soal")
    if imported.notes:
        typer.echo(f"{len(imported.notes)} hal tidak dapat dipertahankan:\n" + _listed(file, imported.notes))
    if faults := _faults(root, [one.id for one in imported.modules]):
        typer.echo("Yang masih perlu diperbaiki sebelum dapat dipakai:\n" + "\n".join(f"  {fault}" for fault in faults))
    for left in _left_over(root / "modules", module, texts):
        typer.echo(f"{left} masih dipakai; hapus bila itu sisa impor sebelumnya.")
    typer.echo(f"Lihat dengan: sinau preview {root / 'modules' / imported.modules[0].id}.yaml")


def export_module(
    module: Annotated[str, typer.Argument(help="The id of the module.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.", dir_okay=False)],
    config: Config = None,
    form: FormatName = "",
    *,
    replace: Replace = False,
) -> None:
    """Write a module in another format, and say what of it that format can't hold."""
    from bot.content.formats import FORMATS

    writing = {name: one for name, one in FORMATS.items() if one.writes}
    fitting = [name for name, one in writing.items() if output.name.lower().endswith(one.suffixes)]
    name = form or (fitting[0] if fitting else "")
    if name not in writing:
        raise typer.BadParameter(f"choose one of {', '.join(writing)}", param_hint="--format")
    root = read_settings(config).content.dir
    written = writing[name].write(_module(root, module), root / "media")
    _write({output: written.data}, replace=replace)
    typer.echo(f"{output}: {len(written.data):,} bytes")
    if written.notes:
        typer.echo(f"{len(written.notes)} hal tidak dapat dipertahankan:\n" + _listed(Path(module), written.notes))


def write_template(
    output: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, such as bank-soal.xlsx; .csv works as well.")],
) -> None:
    """Write a question bank with two examples, to be filled in with a spreadsheet and then imported."""
    from bot.content.formats import csv, xlsx

    makers = {".xlsx": xlsx.template, ".csv": csv.template}
    if output.suffix.lower() not in makers:
        raise typer.BadParameter(f"its name has to end with {' or '.join(makers)}", param_hint="FILE")
    _write({output: makers[output.suffix.lower()]()}, replace=False)
    typer.echo(f"{output}: isi dengan Excel atau LibreOffice, lalu: sinau import {output} --module ID")


def _module(root: Path, module_id: str) -> "Module":
    """Return a module, whatever is wrong with others; raises ExchangeError when it is not there or has faults itself."""
    from bot.content.loader import load
    from bot.content.packing import unpack

    loaded, file = load(root), (root / "modules" / f"{module_id}.yaml").as_posix()
    if file in loaded.packed:
        return unpack(loaded.packed[file].body)
    faults = [str(finding) for finding in loaded.findings if finding.file == file]
    if not faults:
        raise typer.BadParameter(f"there is no module {module_id!r}", param_hint="MODULE")
    raise ExchangeError(f"{module_id} has faults; nothing was written. Mend them first:\n" + "\n".join(f"  {fault}" for fault in faults))


def _left_over(folder: Path, module: str, written: Iterable[Path]) -> list[Path]:
    """Return the further modules (id-2, id-3, …) of an earlier, longer bank that this one has not replaced."""
    from bot.content.importing import is_part

    return sorted(path for path in folder.glob("*.yaml") if is_part(path.stem, module) and path not in written)


def _faults(root: Path, modules: Iterable[str]) -> list[str]:
    """Return what is wrong with modules that were written, as the loader sees it."""
    from bot.content.loader import load

    files = {(root / "modules" / f"{module}.yaml").as_posix() for module in modules}
    return [str(finding) for finding in load(root).findings if finding.file in files]


def _require_id(module: str) -> None:
    import re

    from bot.content import limits

    if not re.fullmatch(MODULE_ID, module) or len(module) > limits.ID:
        raise typer.BadParameter(f"use a-z, 0-9 and hyphens, at most {limits.ID}", param_hint="--module")


def _read(file: Path) -> bytes:
    from bot.content import limits

    if not file.is_file():
        raise ExchangeError(f"{file} is no regular file; nothing was written.")
    try:
        if file.stat().st_size > limits.BANK_BYTES:
            raise ExchangeError(f"{file} has more than {limits.BANK_BYTES // 1024 // 1024} MB; nothing was written. Split it.")
        return file.read_bytes()
    except OSError as error:
        raise ExchangeError(f"{file} can't be read ({error.strerror}); nothing was written.") from error


def _listed(file: Path, notes: Iterable[object]) -> str:
    return "\n".join(f"  {file.name}: {note}" for note in notes)


def _write(files: Mapping[Path, bytes], *, replace: bool) -> None:
    """Write files, each whole, and none before all are ready beside their places: a bot that watches the folder never reads a part.

    Raises:
        ExchangeError: something is in the way, or can't be written. Nothing was.

    """
    targets = {path.resolve(): content for path, content in files.items()}  # through a link, what it leads to is written
    for path in targets:
        if path.exists() and not path.is_file():
            raise ExchangeError(f"{path} is no regular file; nothing was written. Choose another name.")
        if path.exists() and not replace:
            raise ExchangeError(f"{path} is there already; nothing was written. Choose another name, or give --replace.")
    new = {path: path.with_name(f".{path.name}.new") for path in targets}
    try:
        for path, content in targets.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            new[path].write_bytes(content)
            if path.exists():
                shutil.copymode(path, new[path])
        for path in targets:
            new[path].replace(path)
    except OSError as error:
        raise ExchangeError(f"{error.filename} can't be written ({error.strerror}); nothing was.") from error
    finally:
        for path in new.values():
            with suppress(OSError):
                path.unlink(missing_ok=True)
