"""The commands for authors: import and export."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.cli_options import Config, query, read_settings
from bot.errors import SinauError

if TYPE_CHECKING:
    from bot.content.model import Module
    from bot.content.packing import PackedModule
    from bot.services.editing import Effect

MODULE_ID = r"[a-z0-9]+(-[a-z0-9]+)*"

ModuleId = Annotated[str, typer.Option("--module", help="The id of the module, such as kata-sandi-kuat.")]
FormatName = Annotated[str, typer.Option("--format", help="The format; guessed from the file's ending when not given.")]


class ContentError(SinauError):
    """A file can't be imported or exported."""


app = typer.Typer(help="See what an edit of the content does, and put it in force.", no_args_is_help=True)


@app.command()
def reload(config: Config = None) -> None:
    """Let every running bot read the content again. With a fault in it nothing is asked, and the content in force stays."""
    from bot.clock import SystemClock
    from bot.storage import requests

    settings = read_settings(config)
    modules = _valid(settings.content.dir)
    query(settings, requests.ask, requests.RELOAD, SystemClock().now())
    typer.echo(f"Asked for. Running bots read {len(modules)} modules within seconds; their logs say content_reloaded.")


@app.command()
def diff(
    config: Config = None,
    against: Annotated[Path | None, typer.Option(help="A content folder to compare with, instead of what a bot last put in force.")] = None,
) -> None:
    """Show what was edited since a bot last read the content, and whom each edit touches. Nothing is changed."""
    from bot.content.differences import edits
    from bot.services import editing

    settings = read_settings(config)
    old = _in_force(settings.cache_dir) if against is None else _valid(against)
    changed = list(edits(_modules(old), _modules(_valid(settings.content.dir))))
    if not changed:
        typer.echo("Tidak ada perubahan.")
    for effect in query(settings, editing.effects, changed):
        typer.echo(_told(effect))


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
    catalogue = Shelf(settings.content.dir, settings.cache_dir, keeps=False).catalogue
    found = catalogue.module(module)
    if found is None:
        raise typer.BadParameter(f"there is no module {module!r}", param_hint="MODULE")
    written = writing[name].write(found, catalogue.root / "media")
    _put(output, written.data)
    typer.echo(f"{output}: {len(written.data):,} bytes")
    if written.notes:
        typer.echo(f"{len(written.notes)} hal tidak dapat dipertahankan:\n" + _listed(Path(module), written.notes))


def _valid(folder: Path) -> "Mapping[str, PackedModule]":
    from bot.content.loader import load

    loaded = load(folder)
    if loaded.catalogue is None:
        faults = "\n".join(f"  {finding}" for finding in loaded.findings)
        raise ContentError(f"The content in {folder} has faults; the one in force stays. Mend them and ask again:\n{faults}")
    return loaded.packed


def _modules(packed: "Mapping[str, PackedModule]") -> "Mapping[str, Module]":
    from bot.content.packing import Modules

    return Modules({Path(file).stem: module for file, module in packed.items()})


def _in_force(cache_dir: Path | None) -> "Mapping[str, PackedModule]":
    from bot.content.keeping import kept

    packed = kept(cache_dir) if cache_dir else {}
    if not packed:
        raise ContentError("Nothing is known of the content in force: no bot of this version has read it here. Give --against FOLDER.")
    return packed


def _told(effect: "Effect") -> str:
    """Return what an edit does, in an author's words."""
    edit = effect.edit
    if edit.kind == "added":
        return f"{edit.module_id}: modul baru"
    heading = f"{edit.module_id}: {'modul dihapus' if edit.kind == 'removed' else 'diubah'}"
    return "\n".join([heading, *(f"  {line}" for line in (*_told_of_all(effect), *_told_of_cards(effect), *_told_of_items(effect)))])


def _told_of_all(effect: "Effect") -> Iterator[str]:
    edit = effect.edit
    if edit.kind == "removed":
        yield f"{sum(effect.reading.values())} orang sedang membaca; bagi mereka modul ini tidak ada lagi, riwayatnya tetap"
    if effect.in_quiz:
        yield f"{effect.in_quiz} orang sedang di tengah kuis; mereka selesai dengan soal seperti saat ditanyakan"
    if effect.completed:
        yield f"{effect.completed} orang sudah lulus dan tetap lulus"
    if edit.pass_mark:
        yield "batas lulus {}% menjadi {}%; berlaku untuk kuis yang selesai sesudah ini".format(*edit.pass_mark)


def _told_of_cards(effect: "Effect") -> Iterator[str]:
    words = {"added": "kartu baru", "removed": "kartu dihapus", "changed": "kartu diubah"}
    for part in effect.edit.cards:
        there = effect.reading.get(part.id, 0)
        touched = f"; {there} orang di kartu ini melanjutkan dari kartu dengan nomor yang sama" if there and part.kind == "removed" else ""
        updated = f"; {there} orang di kartu ini membaca “materi ini sudah diperbarui”" if there and part.kind == "changed" else ""
        yield f"{words[part.kind]}: {part.id}{touched}{updated}"


def _told_of_items(effect: "Effect") -> Iterator[str]:
    words = {"added": "soal baru", "removed": "soal dihapus", "changed": "soal diubah"}
    for part in effect.edit.items:
        by = effect.answered.get(part.id, 0)
        kept = f"; jawaban {by} orang tetap seperti saat dinilai" if by else ""
        regraded = "; penilaian jawaban berikutnya berubah" if part.regraded else ""
        yield f"{words[part.kind]}: {part.id}{regraded}{kept}"


def write_template(
    output: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, such as bank-soal.xlsx; .csv works as well.")],
) -> None:
    """Write a question bank with two examples, to be filled in with a spreadsheet and then imported."""
    from bot.content.formats import csv, xlsx

    makers = {".xlsx": xlsx.template, ".csv": csv.template}
    if output.suffix.lower() not in makers:
        raise typer.BadParameter(f"its name has to end with {' or '.join(makers)}", param_hint="FILE")
    if output.exists():
        raise ContentError(f"{output} is there already; nothing was written. Choose another name.")
    _put(output, makers[output.suffix.lower()]())
    typer.echo(f"{output}: isi dengan Excel atau LibreOffice, lalu: sinau import {output} --module ID")


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
