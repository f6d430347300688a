"""A module as one HTML file to read and to print: nothing of it is fetched from elsewhere."""

from base64 import b64encode
from collections.abc import Iterable
from html import escape
from importlib.resources import files
from mimetypes import guess_type
from pathlib import Path
from string import Template
from typing import Final

from bot.content.formats.bank import Note, Written
from bot.content.formats.markup import to_html
from bot.content.formats.paper import Answer, Asked, Group, PrintedCard, Sheet, not_on_paper, sheet
from bot.content.model import Media, Module

EMBEDDED_BYTES: Final = 1024 * 1024  # a larger picture makes the file too large to send around
_PAGE: Final = Template("""\
<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>$title</title>
<style>
$style</style>
</head>
<body>
<header>
<h1>$title</h1>
<p>$summary</p>
$facts
</header>
<main>
$main
</main>
</body>
</html>
""")


def write(module: Module, media: Path) -> Written:
    """Return the module as one HTML file."""
    printed = sheet(module)
    notes = not_on_paper(module)
    cards = [_card(card, printed, media, notes) for card in printed.cards]
    sections = (
        _section("cards", printed.words["cards"], cards),
        _section("questions", printed.words["questions"], (_asked(one) for one in printed.questions)),
        _section("key", printed.words["key"], (_answer(one) for one in printed.key)),
        _section("sources", printed.words["sources"], [_sources(printed)]) if printed.sources else "",
    )
    page = _PAGE.substitute(
        language=printed.language,
        title=escape(printed.title),
        summary=_plain(printed.summary),
        facts=_list(printed.facts, "facts"),
        style=files(__package__).joinpath("html.css").read_text(encoding="utf-8"),
        main="\n".join(sections),
    )
    return Written(page.encode(), notes)


def _section(name: str, title: str, parts: Iterable[str]) -> str:
    return _lines(f'<section class="{name}" aria-labelledby="{name}">', f'<h2 id="{name}">{escape(title)}</h2>', *parts, "</section>")


def _card(card: PrintedCard, printed: Sheet, media: Path, notes: list[Note]) -> str:
    w = printed.words
    return _lines(
        '<article class="card">',
        f"<h3>{escape(card.name)}</h3>",
        f"<div>{to_html(card.text)}</div>",
        _figure(card.media, card.name, media, notes) if card.media else "",
        f"<details><summary>{w['reveal']}</summary><div>{to_html(card.reveal)}</div></details>" if card.reveal else "",
        f'<p class="hint printed">{w["in_key"]}</p>' if card.reveal else "",
        _paragraph(card.cited, "cited"),
        _asked(card.check) if card.check else "",
        "</article>",
    )


def _figure(media: Media, card: str, folder: Path, notes: list[Note]) -> str:
    alt = escape(media.alt)
    try:
        content = _embedded(media, folder)
    except OSError as error:
        content = ""
        notes.append(Note(0, f"{card}: {media.file}", f"tidak dapat dibuka ({error.strerror}); hanya keterangannya yang dimuat"))
    else:
        if not content:
            notes.append(Note(0, f"{card}: {media.file}", "hanya disebut namanya; kirim berkasnya bersama berkas HTML ini"))
    shown = f'<img src="{content}" alt="{alt}">' if content else f"<figcaption>{escape(media.file)}: {alt}</figcaption>"
    return f"<figure>{shown}</figure>"


def _embedded(media: Media, folder: Path) -> str:
    """Return a picture as a data: address; nothing for what is no picture, or too large. Raises OSError when it can't be read."""
    file = folder / media.file
    if media.type != "image" or file.stat().st_size > EMBEDDED_BYTES:
        return ""
    return f"data:{guess_type(file.name)[0]};base64,{b64encode(file.read_bytes()).decode()}"


def _asked(asked: Asked) -> str:
    return _lines(
        '<article class="question">',
        f"<h3>{escape(asked.name)}</h3>",
        f"<div>{to_html(asked.text)}</div>",
        _paragraph(asked.hint, "hint"),
        *(_group(group) for group in asked.groups),
        *['<div class="line"></div>'] * asked.lines,
        "</article>",
    )


def _group(group: Group) -> str:
    options = (f"<b>{mark}.</b> {_plain(text)}" for mark, text in group.options)
    return _lines(
        f"<h4>{escape(group.label)}</h4>" if group.label else "",
        f"<div>{to_html(group.text)}</div>" if group.text else "",
        '<ol class="options">',
        *(f"<li>{option}</li>" for option in options),
        "</ol>",
    )


def _answer(answer: Answer) -> str:
    # What a card reveals is read at the card on a screen, and here on paper.
    only_printed = "" if answer.right else " printed"
    return _lines(
        f'<article class="answer{only_printed}">',
        f"<h3>{escape(answer.name)}</h3>",
        *(f"<p><strong>{_plain(line)}</strong></p>" for line in answer.right),
        _list(answer.remarks, "remarks"),
        f"<div>{to_html(answer.explanation)}</div>" if answer.explanation else "",
        *(_paragraph(line, "origin") for line in answer.origin),
        "</article>",
    )


def _sources(printed: Sheet) -> str:
    return _lines("<ul>", *(f"<li>{_source(text, url)}</li>" for text, url in printed.sources), "</ul>")


def _source(text: str, url: str) -> str:
    address = escape(url)
    return f'{_plain(text)}: <a href="{address}">{address}</a>' if url else _plain(text)


def _list(texts: Iterable[str], name: str) -> str:
    items = [f"<li>{_plain(text)}</li>" for text in texts]
    return _lines(f'<ul class="{name}">', *items, "</ul>") if items else ""


def _paragraph(text: str, name: str) -> str:
    return f'<p class="{name}">{_plain(text)}</p>' if text else ""


def _plain(text: str) -> str:
    """Escape a plain text; its line breaks stay."""
    return escape(text).replace("\n", "<br>")


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))
