"""Draws pages from templates; whatever is put into them is escaped."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.documents import Cell, Column, shown
from bot.texts import LANGUAGES, Words

if TYPE_CHECKING:
    from jinja2 import Environment

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"
SERVED: Final = {
    "dashboard.css": "text/css",
    "dashboard.js": "text/javascript",
    "mini-app.js": "text/javascript",
    "htmx.min.js": "text/javascript",
    "uPlot.iife.min.js": "text/javascript",
    "uPlot.min.css": "text/css",
    "icon.svg": "image/svg+xml",
}


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - a bot whose dashboard nobody opens needs none

    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(static=address, languages=LANGUAGES)
    return environment


@cache
def address(file: str) -> str:
    """Return where a static file is served: with a mark of its content, so that browsers keep it until it changes."""
    return f"/dasbor/statis/{file}?{sha256((STATIC / file).read_bytes()).hexdigest()[:12]}"


def draw(template: str, words: Words, **values: Any) -> str:
    """Return a page in these words."""

    def cell(value: Cell, column: Column) -> str:
        return shown(value, column.kind, words)

    return _environment().get_template(template).render(t=words.plain, words=words, cell=cell, **values)
