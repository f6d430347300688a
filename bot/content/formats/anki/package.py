"""What an Anki package holds: a ZIP archive with a database of notes and, by numbers, the files that they show.

Source: Anki's own code (rslib/src/import_export/package and rslib/src/storage/schema11.sql), as of 25.02.
"""

import itertools
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from zipfile import ZipFile

import orjson

from bot.content.formats.anki.template import clean, key, shown, used
from bot.content.formats.archive import content, opened
from bot.content.formats.bank import BrokenBankError, Note

NOTES: Final = 3_000  # fifty modules
_ENTRIES: Final = 10_000
_UNPACKED: Final = 200 * 1024 * 1024  # bytes, with all pictures; they are unpacked one by one
_DATABASE: Final = 32 * 1024 * 1024  # bytes
_TEXT: Final = 4 * 1024 * 1024  # bytes of one value; the largest describes all types of note
_TEXTS: Final = 16 * 1024 * 1024  # letters of all fields
_TEMPLATES: Final = 500_000  # letters of all templates, with their scripts
_STEPS: Final = 3_000  # of a thousand instructions each: many times what our few queries need
_PLAIN_TABLE: Final = "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name = ?"
_HIDDEN: Final = 6  # column of PRAGMA table_xinfo: not 0 where a column is computed
_FIELDS: Final = "\x1f"
_CLOZE: Final = 1
_AGAIN: Final = (
    "di Anki pilih File > Export, format Anki Deck Package (.apkg), centang Support older Anki versions, lalu impor berkas yang baru itu"
)


@dataclass(frozen=True, slots=True)
class Template:
    """How one card of a note looks, as HTML with {{fields}}; `key` is the field that is asked for, if there is one."""

    front: str
    back: str
    key: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of note: its fields, its cards, whether these are texts with gaps, the fields with these, and those that a card shows."""

    fields: Sequence[str]
    templates: Sequence[Template]
    cloze: bool
    gaps: Collection[str]
    seen: Collection[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A note: its number in the order of making (from 1), its fields as HTML by name, and the numbers of its cards."""

    number: int
    kind: Kind
    fields: Mapping[str, str]
    tags: Sequence[str]
    cards: Sequence[int]


@dataclass(frozen=True, slots=True)
class Package:
    """The notes, the names of the decks that they are in, and the archive with its files by name."""

    entries: Sequence[Entry]
    decks: Sequence[str]
    archive: ZipFile
    files: Mapping[str, str]

    def file(self, name: str) -> bytes | None:
        """Return what a file holds, None when the package has none of this name; raises BrokenBankError when it is damaged."""
        return content(self.archive, self.files[name]) if name in self.files else None


def unpack(data: bytes) -> Package:
    """Return what a package holds.

    Raises:
        BrokenBankError: it is no package, damaged, too large, or in the format of which only Anki itself knows the meaning.

    """
    archive = opened(data, entries=_ENTRIES, unpacked=_UNPACKED)
    names = archive.namelist()
    if "collection.anki21b" in names:
        raise BrokenBankError(Note(0, "paket ini memakai format Anki yang baru", _AGAIN))
    database = next((name for name in ("collection.anki21", "collection.anki2") if name in names), None)
    if database is None:
        raise BrokenBankError(Note(0, "berkas ini bukan paket Anki", _AGAIN))
    if archive.getinfo(database).file_size > _DATABASE:
        raise BrokenBankError(Note(0, f"basis data Anki lebih dari {_DATABASE // 1024 // 1024} MB", "ekspor dek satu per satu"))
    try:
        entries, decks = _collection(content(archive, database))
        files = _files(archive) if "media" in names else {}
    except (sqlite3.Error, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise BrokenBankError(Note(0, "basis data di dalam paket rusak atau tidak dikenal", _AGAIN)) from error
    return Package(entries, decks, archive, files)


def _files(archive: ZipFile) -> dict[str, str]:
    """Return the entries that files are in, by the files' names."""
    named: dict[str, str] = orjson.loads(content(archive, "media"))
    return {str(name): entry for entry, name in named.items() if entry in archive.NameToInfo}


def _collection(data: bytes) -> tuple[list[Entry], list[str]]:
    with _connected(data) as database:
        for table in ("col", "notes", "cards"):
            _require_plain(database, table)
        models, decks = database.execute("SELECT models, decks FROM col").fetchone()
        kinds = _kinds(orjson.loads(models))
        cards: dict[int, dict[int, None]] = {}
        used: dict[int, None] = {}
        for note, deck, ordinal in database.execute("SELECT nid, did, ord FROM cards ORDER BY nid, ord"):
            cards.setdefault(note, {})[ordinal] = None
            used[deck] = None
        entries = list(_entries(database, kinds, cards))
        named = {int(one): str(deck["name"]) for one, deck in orjson.loads(decks).items()}
    return entries, sorted({named[deck] for deck in used if deck in named})


@contextmanager
def _connected(data: bytes) -> Iterator[sqlite3.Connection]:
    """Open a database that may be made to harm (sqlite.org/security.html): nothing is written and little is computed."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "collection.sqlite"
        file.write_bytes(data)
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            steps = iter(range(_STEPS))
            database.set_progress_handler(lambda: next(steps, None) is None, 1_000)
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _TEXT)
            database.text_factory = lambda text: text.decode("utf-8", "replace")
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA cell_size_check = ON")
            yield database


def _require_plain(database: sqlite3.Connection, table: str) -> None:
    """Raise ValueError when a table is missing, or is a view or has columns that compute what they hold."""
    there = database.execute(_PLAIN_TABLE, (table,)).fetchone()
    columns = database.execute(f"PRAGMA table_xinfo({table})").fetchall()
    if not there or any(column[_HIDDEN] for column in columns):
        raise ValueError(table)


def _entries(database: sqlite3.Connection, kinds: Mapping[int, Kind], cards: Mapping[int, Iterable[int]]) -> Iterator[Entry]:
    size = 0
    for number, (note, model, tags, fields) in enumerate(database.execute("SELECT id, mid, tags, flds FROM notes ORDER BY id"), start=1):
        size += len(fields)
        if number > NOTES or size > _TEXTS:
            raise BrokenBankError(Note(number, f"lebih dari {NOTES} catatan, atau teksnya terlalu banyak", "ekspor dek satu per satu"))
        kind = kinds[model]
        named = dict(zip(kind.fields, fields.split(_FIELDS), strict=True))
        yield Entry(number, kind, named, tags.split(), [*cards.get(note, ())])


def _kinds(models: Mapping[str, Any]) -> dict[int, Kind]:
    sides = [side for model in models.values() for one in model["tmpls"] for side in (one["qfmt"], one["afmt"])]
    if sum(map(len, sides)) > _TEMPLATES:
        raise BrokenBankError(Note(0, f"templat kartu lebih dari {_TEMPLATES} huruf", "pakai jenis catatan yang lebih sederhana di Anki"))
    return {int(one): _kind(model) for one, model in models.items()}


def _kind(model: Mapping[str, Any]) -> Kind:
    sides = [(clean(one["qfmt"]), clean(one["afmt"])) for one in model["tmpls"]]
    return Kind(
        fields=[str(field["name"]) for field in model["flds"]],
        templates=[Template(front, back, key(front, back)) for front, back in sides],
        cloze=model["type"] == _CLOZE,
        gaps={name for name, filters in shown(sides[0][0]) if "cloze" in filters},
        seen=set().union(*map(used, itertools.chain(*sides))),
    )
