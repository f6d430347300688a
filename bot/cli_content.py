"""The commands of `sinau content`: what an edit does, and putting it in force."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli_options import Config, query, read_settings
from bot.errors import SinauError

if TYPE_CHECKING:
    from bot.content.model import Module
    from bot.content.packing import PackedModule
    from bot.services.editing import Effect

app = typer.Typer(help="See what an edit of the content does, and put it in force.", no_args_is_help=True)


class ContentError(SinauError):
    """There is nothing to compare, or nothing that could be put in force."""


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
