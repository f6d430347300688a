"""The commands for authors: import and export."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli_options import Config, read_settings
from bot.errors import SinauError

MODULE_ID = r"[a-z0-9]+(-[a-z0-9]+)*"

ModuleId = Annotated[str, typer.Option("--module", help="The id of the module, such as kata-sandi-kuat.")]
FormatName = Annotated[str, typer.Option("--format", help="The format; guessed from the file's ending when not given.")]


class ContentError(SinauError):
    """A file can't be imported or exported."""


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
        raise ContentError(f"{file} can't be read as {name}; nothing was written.\n" + _listed(file, error.notes)) from error
    imported = modules_of(bank, module, title or bank.title or module.replace("-", " ").capitalize(), language)
    if not imported.modules:
        raise ContentError(f"{file} holds no question that a module can hold; nothing was written.\n" + _listed(file, imported.notes))
    root = read_settings(config).content.dir
    _write_all({root / "modules" / f"{one.id}.yaml": one.text.encode() for one in imported.modules}, bank.media, root, replace=replace)
    for draft in imported.modules:
        typer.echo(f"{root / 'modules' / draft.id}.yaml: {draft.questions} soal")
    if imported.notes:
        typer.echo(f"{len(imported.notes)} hal tidak dapat dipertahankan:\n" + _listed(file, imported.notes))
    typer.echo("Periksa dengan: sinau check")


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
    catalogue = Shelf(settings.content.dir, settings.cache_dir).catalogue
    found = catalogue.module(module)
    if found is None:
        raise typer.BadParameter(f"there is no module {module!r}", param_hint="MODULE")
    written = writing[name].write(found, catalogue.root / "media")
    _put(output, written.data)
    typer.echo(f"{output}: {len(written.data):,} bytes")
    if written.notes:
        typer.echo(f"{len(written.notes)} hal tidak dapat dipertahankan:\n" + _listed(Path(module), written.notes))


def _require_id(module: str) -> None:
    import re

    from bot.content import limits

    if not re.fullmatch(MODULE_ID, module) or len(module) > limits.ID:
        raise typer.BadParameter(f"use a-z, 0-9 and hyphens, at most {limits.ID}", param_hint="--module")


def _read(file: Path) -> bytes:
    from bot.content import limits

    try:
        if file.stat().st_size > limits.BANK_BYTES:
            raise ContentError(f"{file} has more than {limits.BANK_BYTES // 1024 // 1024} MB; nothing was written. Split it.")
        return file.read_bytes()
    except OSError as error:
        raise ContentError(f"{file} can't be read ({error.strerror}); nothing was written.") from error


def _listed(file: Path, notes: Iterable[object]) -> str:
    return "\n".join(f"  {file.name}: {note}" for note in notes)


def _write_all(texts: Mapping[Path, bytes], media: Mapping[str, bytes], root: Path, *, replace: bool) -> None:
    """Write the modules and their media; with something in the way nothing is written."""
    files = {**{root / "media" / name: content for name, content in media.items()}, **texts}
    there = [path for path in texts if path.exists()]
    if there and not replace:
        raise ContentError(f"{there[0]} is there already; nothing was written. Choose another --module, or give --replace.")
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
        new.unlink(missing_ok=True)
        raise ContentError(f"{path} can't be written ({error.strerror}).") from error
