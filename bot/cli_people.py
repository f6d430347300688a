"""The commands of `sinau roster`, and the record of what was done for others."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.cli_options import Config, printable, query, read_settings
from bot.clock import SystemClock
from bot.errors import SinauError

if TYPE_CHECKING:
    from bot.domain.roster import Plan

app = typer.Typer(help="Bring in who works where.", no_args_is_help=True)
SHOWN = 10  # pairs of old and new of a column
COLUMNS = {"name": "nama", "unit": "unit", "job": "jabatan", "level": "jenjang", "supervisor": "atasan"}


class RosterError(SinauError):
    """A roster can't be read, or has faults; nothing was changed."""


@app.command("import")
def import_roster(
    file: Annotated[Path, typer.Argument(help="A .csv or .xlsx, as `sinau roster template` makes one.", exists=True, dir_okay=False)],
    config: Config = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would change, and change nothing.")] = False,
    missing: Annotated[
        Literal["keep", "left"],
        typer.Option(help="left: whoever is not in the file, below the unit that all its rows share, has left."),
    ] = "keep",
) -> None:
    """Take over who works where: all of the file, or nothing when anything in it is wrong. The same file again changes nothing."""
    from bot.content.formats.bank import BrokenBankError
    from bot.content.roster.reading import MOST_BYTES, read
    from bot.services import roster

    settings, now = read_settings(config), SystemClock().now()
    if file.stat().st_size > MOST_BYTES:
        raise RosterError(f"{file} has more than {MOST_BYTES // 1024 // 1024} MB; nothing was changed. Split it.")
    try:
        entries, faults, notes = read(file.read_bytes(), workbook=file.suffix.lower() == ".xlsx")
    except BrokenBankError as error:
        raise RosterError(printable(f"{file}: {'; '.join(map(str, error.notes))}. Nothing was changed.")) from error
    if faults or dry_run:
        made = query(settings, roster.plan, entries)
    else:
        today = now.astimezone(settings.default_zone).date()
        made = query(settings, roster.bring_in, entries, today, now, missing_left=missing == "left")
    for note in notes:
        typer.echo(printable(f"{file.name}: {note}"))
    if wrong := sorted({*faults, *made.faults}, key=lambda each: (each.row, each.what)):
        listed = "\n".join(f"  {file.name}: {printable(str(each))}" for each in wrong)
        raise RosterError(f"{len(wrong)} hal perlu diperbaiki; tidak ada yang diubah.\n{listed}")
    typer.echo("\n".join([*(["Uji coba; tidak ada yang diubah:"] if dry_run else []), *_told(made, left=missing == "left")]))


@app.command()
def template(output: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write: .xlsx or .csv.")]) -> None:
    """Write a roster with two rows as examples, to be filled in."""
    from bot.content.roster.template import as_csv, as_xlsx

    makers = {".xlsx": as_xlsx, ".csv": as_csv}
    if output.suffix.lower() not in makers:
        raise typer.BadParameter("its name has to end with .xlsx or .csv", param_hint="FILE")
    if output.exists():
        raise RosterError(f"{output} is there already; nothing was written. Choose another name.")
    try:
        output.write_bytes(makers[output.suffix.lower()]())
    except OSError as error:
        raise RosterError(f"{output} can't be written ({error.strerror}); name another file.") from error
    typer.echo(f"{output}: isi, lalu: sinau roster import {output} --dry-run")


@app.command()
def units(config: Config = None) -> None:
    """List the units by their paths, as --unit takes them."""
    from bot.services import roster

    for path in query(read_settings(config), roster.unit_paths):
        typer.echo(printable(" > ".join(path)))


def audit(
    config: Config = None,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The first day, in the zone learning.zone.")] = None,
) -> None:
    """List what was done for others: when, by whom, what, to whom, and where."""
    from datetime import UTC

    from bot.storage import audit as acts

    settings = read_settings(config)
    first = datetime.combine(since, time.min, settings.default_zone) if since else datetime(1970, 1, 1, tzinfo=UTC)
    for each in query(settings, acts.since, first):
        who = "operator" if each.operator else each.author or "(erased)"
        details = " ".join(f"{name}={value}" for name, value in each.details.items())
        parts = (f"{each.at.astimezone(settings.default_zone):%Y-%m-%d %H:%M}", who, each.action, each.subject, each.unit, details)
        typer.echo(printable("  ".join(part for part in parts if part)))


def _told(made: "Plan", *, left: bool) -> Iterator[str]:
    yield f"{len(made.added)} pegawai baru, {len(made.changed)} berubah, {made.unchanged} tetap"
    if back := sum(each.back for each in made.changed):
        yield f"{back} orang kembali bekerja"
    for name, shown in COLUMNS.items():
        pairs = Counter(each.fields[name] for each in made.changed if name in each.fields)
        if pairs:
            yield f"{shown}: {pairs.total()} berubah"
        if name in {"unit", "job", "level"}:
            for (old, new), count in pairs.most_common(SHOWN):
                yield printable(f"  {_shown(old)} → {_shown(new)}: {count}")
    for path in made.new_units:
        yield printable(f"unit baru: {_shown(path)}")
    if made.missing:
        fate = "dicatat keluar" if left else "dibiarkan (--missing left mencatat mereka keluar)"
        yield f"{len(made.missing)} orang tidak ada di berkas; {fate}"


def _shown(value: str | tuple[str, ...]) -> str:
    return (" > ".join(value) if isinstance(value, tuple) else value) or "(kosong)"
