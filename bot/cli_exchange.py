"""The commands that bring question banks in and hand modules on."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli_options import Config, read_settings
from bot.errors import SinauError

MODULE_ID = r"[a-z0-9]+(-[a-z0-9]+)*"

ModuleId = Annotated[str, typer.Option("--module", help="The id of the module, such as kata-sandi-kuat.")]
FormatName = Annotated[str, typer.Option("--format", help="The format; guessed from the file's ending when not given.")]


class ExchangeError(SinauError):
    """A file can't be read, made sense of, or written."""


def import_bank(  # noqa: PLR0913 - one parameter an option
    file: Annotated[
        Path, typer.Argument(help="A question bank: see --help of the formats in docs/importing.md.", exists=True, dir_okay=False)
    ],
    module: ModuleId,
    config: Config = None,
    form: FormatName = "",
    title: Annotated[str, typer.Option(help="The module's title; from the file, or from the id, when not given.")] = "",
    language: Annotated[Literal["id", "en"], typer.Option(help="The language of the questions.")] = "id",
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a module that is there.")] = False,
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
    imported = modules_of(bank, module, title or bank.title or module.replace("-", " ").capitalize(), language)
    if not imported.modules:
        raise ExchangeError(f"{file} holds no question that a module can hold; nothing was written.\n" + _listed(file, imported.notes))
    root = read_settings(config).content.dir
    _write_all({root / "modules" / f"{one.id}.yaml": one.text.encode() for one in imported.modules}, bank.media, root, replace=replace)
    for draft in imported.modules:
        typer.echo(f"{root / 'modules' / draft.id}.yaml: {draft.questions} soal")
    if imported.notes:
        typer.echo(f"{len(imported.notes)} hal tidak dapat dipertahankan:\n" + _listed(file, imported.notes))
    if faults := _faults(root, [one.id for one in imported.modules]):
        typer.echo("Yang masih perlu diperbaiki sebelum dapat dipakai:\n" + "\n".join(f"  {fault}" for fault in faults))
    typer.echo(f"Lihat dengan: sinau preview {root / 'modules' / imported.modules[0].id}.yaml")


def export_module(
    module: Annotated[str, typer.Argument(help="The id of the module.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.", dir_okay=False)],
    config: Config = None,
    form: FormatName = "",
) -> None:
    """Write a module in another format, and say what of it that format can't hold."""
    from bot.content.formats import FORMATS
    from bot.content.shelf import Shelf

    writing = {name: one for name, one in FORMATS.items() if one.writes}
    fitting = [name for name, one in writing.items() if output.name.lower().endswith(one.suffixes)]
    name = form or (fitting[0] if fitting else "")
    if name not in writing:
        raise typer.BadParameter(f"choose one of {', '.join(writing)}", param_hint="--format")
    settings = read_settings(config)
    catalogue = Shelf(settings.content.dir, settings.cache_dir, keeps=False).catalogue
    found = catalogue.module(module)
    if found is None:
        raise typer.BadParameter(f"there is no module {module!r}", param_hint="MODULE")
    written = writing[name].write(found, catalogue.root / "media")
    _put(output, written.data)
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
    if output.exists():
        raise ExchangeError(f"{output} is there already; nothing was written. Choose another name.")
    _put(output, makers[output.suffix.lower()]())
    typer.echo(f"{output}: isi dengan Excel atau LibreOffice, lalu: sinau import {output} --module ID")


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

    try:
        if file.stat().st_size > limits.BANK_BYTES:
            raise ExchangeError(f"{file} has more than {limits.BANK_BYTES // 1024 // 1024} MB; nothing was written. Split it.")
        return file.read_bytes()
    except OSError as error:
        raise ExchangeError(f"{file} can't be read ({error.strerror}); nothing was written.") from error


def _listed(file: Path, notes: Iterable[object]) -> str:
    return "\n".join(f"  {file.name}: {note}" for note in notes)


def _write_all(texts: Mapping[Path, bytes], media: Mapping[str, bytes], root: Path, *, replace: bool) -> None:
    """Write the modules and their media; with something in the way nothing is written."""
    files = {**{root / "media" / name: content for name, content in media.items()}, **texts}
    there = [path for path in texts if path.exists()]
    if there and not replace:
        raise ExchangeError(f"{there[0]} is there already; nothing was written. Choose another --module, or give --replace.")
    for path, content in files.items():
        _put(path, content)


def _put(path: Path, content: bytes) -> None:
    """Write a file whole, so that a bot which watches the folder never reads a part."""
    new = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(content)
        new.replace(path)
    except OSError as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise ExchangeError(f"{path} can't be written ({error.strerror}).") from error
