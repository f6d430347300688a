"""Packages as Anki 2.1 makes them for older versions: a database in its schema 11, and files by numbers."""

import io
import json
import sqlite3
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

TABLES = """
CREATE TABLE col (id integer primary key, crt integer, mod integer, scm integer, ver integer, dty integer, usn integer, ls integer,
    conf text, models text, decks text, dconf text, tags text);
CREATE TABLE notes (id integer primary key, guid text, mid integer, mod integer, usn integer, tags text, flds text, sfld integer,
    csum integer, flags integer, data text);
CREATE TABLE cards (id integer primary key, nid integer, did integer, ord integer, mod integer, usn integer, type integer,
    queue integer, due integer, ivl integer, factor integer, reps integer, lapses integer, left integer, odue integer,
    odid integer, flags integer, data text);
"""
FRONT, BACK = "{{Front}}", "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}"


@dataclass(frozen=True)
class Kind:
    """A type of note: its fields, the fronts and backs of its cards, and whether it has gaps."""

    fields: Sequence[str]
    templates: Sequence[tuple[str, str]]
    cloze: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "name": "Jenis",
            "type": int(self.cloze),
            "flds": [{"name": name, "ord": place} for place, name in enumerate(self.fields)],
            "tmpls": [
                {"name": f"Kartu {place}", "ord": place, "qfmt": one, "afmt": two} for place, (one, two) in enumerate(self.templates)
            ],
        }


BASIC = Kind(("Front", "Back"), [(FRONT, BACK)])
REVERSED = Kind(("Front", "Back"), [(FRONT, BACK), ("{{Back}}", "{{FrontSide}}<hr id=answer>{{Front}}")])
OPTIONAL = Kind(
    ("Front", "Back", "Add Reverse"),
    [(FRONT, BACK), ("{{#Add Reverse}}{{Back}}{{/Add Reverse}}", "{{FrontSide}}<hr id=answer>{{Front}}")],
)
TYPED = Kind(("Front", "Back"), [("{{Front}}\n\n{{type:Back}}", "{{Front}}\n\n<hr id=answer>\n\n{{type:Back}}")])
CLOZE = Kind(("Text", "Back Extra"), [("{{cloze:Text}}", "{{cloze:Text}}<br>\n{{Back Extra}}")], cloze=True)


@dataclass(frozen=True)
class Made:
    """A note: its type, its fields, its tags, the numbers of its cards, and its deck."""

    kind: Kind
    fields: Sequence[str]
    tags: str = ""
    cards: Sequence[int] = (0,)
    deck: str = "Kuis"


@dataclass
class Deck:
    """A package in the making; `extra` is SQL that is run last."""

    notes: Sequence[Made] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    extra: str = ""

    def database(self) -> bytes:
        kinds = list({id(note.kind): note.kind for note in self.notes}.values())
        decks = ["Default", *dict.fromkeys(note.deck for note in self.notes)]
        with closing(sqlite3.connect(":memory:")) as database:
            database.executescript(TABLES)
            models = {str(place): kind.as_json() for place, kind in enumerate(kinds, start=1)}
            named = {str(place): {"name": name} for place, name in enumerate(decks, start=1)}
            database.execute("INSERT INTO col (id, ver, models, decks) VALUES (1, 11, ?, ?)", (json.dumps(models), json.dumps(named)))
            for number, note in enumerate(self.notes, start=1):
                values = (number, kinds.index(note.kind) + 1, f" {note.tags} ", "\x1f".join(note.fields))
                database.execute("INSERT INTO notes (id, mid, tags, flds) VALUES (?, ?, ?, ?)", values)
                cards = [(number, decks.index(note.deck) + 1, card) for card in note.cards]
                database.executemany("INSERT INTO cards (nid, did, ord) VALUES (?, ?, ?)", cards)
            database.commit()
            database.executescript(self.extra)
            return database.serialize()

    def package(self, name: str = "collection.anki2") -> bytes:
        return archive({name: self.database()}, self.files)


def archive(parts: Mapping[str, bytes], files: Mapping[str, bytes] | None = None) -> bytes:
    """Return an archive with these parts, and these files as Anki numbers them."""
    stream = io.BytesIO()
    numbered = list(enumerate((files or {}).items()))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in ({"media": json.dumps({str(number): name for number, (name, _) in numbered})} | dict(parts)).items():
            made.writestr(name, content)
        for number, (_, content) in numbered:
            made.writestr(str(number), content)
    return stream.getvalue()
