"""A module as a PDF file: what the HTML file has, on A4 pages, with bookmarks."""

from pathlib import Path

from bot.content.formats.bank import Note, Written
from bot.content.formats.paper import Answer, Asked, PrintedCard, Sheet, not_on_paper, sheet
from bot.content.formats.pdf.document import Document
from bot.content.formats.pdf.pictures import UnprintableError
from bot.content.model import Media, Module

_TITLE, _SECTION, _PART = range(3)


def write(module: Module, media: Path) -> Written:
    """Return the module as a PDF file."""
    printed = sheet(module)
    notes = not_on_paper(module)
    document = Document(module.title, module.language, printed.words["page"])
    _front(document, printed)
    for card in printed.cards:
        _card(document, card, printed, media, notes)
    document.add_page()
    document.heading(printed.words["questions"], _SECTION)
    for asked in printed.questions:
        _asked(document, asked)
    document.add_page()
    document.heading(printed.words["key"], _SECTION)
    for answer in printed.key:
        _answer(document, answer)
    _sources(document, printed)
    data = bytes(document.output())
    return Written(data, [*notes, *_unprinted(document)])


def _front(document: Document, printed: Sheet) -> None:
    document.heading(printed.title, _TITLE)
    document.plain(printed.summary)
    document.plain("\n".join(printed.facts))
    document.heading(printed.words["cards"], _SECTION)


def _card(document: Document, card: PrintedCard, printed: Sheet, media: Path, notes: list[Note]) -> None:
    document.heading(card.name, _PART)
    document.rich(card.text)
    if card.media:
        _media(document, card.media, card.name, media, notes)
    if card.reveal:
        document.plain(printed.words["in_key"], "I")
    if card.cited:
        document.plain(card.cited, "I")
    if card.check:
        _asked(document, card.check)


def _media(document: Document, media: Media, card: str, folder: Path, notes: list[Note]) -> None:
    """Show a picture; name what is none, or can't be printed."""
    if media.type == "image":
        try:
            document.picture(folder / media.file, media.alt)
        except UnprintableError as error:
            notes.append(Note(0, f"{card}: {media.file}", f"tidak dapat dicetak ({error}); hanya keterangannya yang dimuat"))
        else:
            return
    else:
        notes.append(Note(0, f"{card}: {media.file}", "hanya disebut namanya; kirim berkasnya bersama berkas PDF ini"))
    document.plain(f"{media.file}: {media.alt}", "I")


def _asked(document: Document, asked: Asked) -> None:
    document.heading(asked.name, _PART)
    document.rich(asked.text)
    document.plain(asked.hint, "I")
    for group in asked.groups:
        if group.label:
            document.plain(group.label, "B")
        if group.text:
            document.rich(group.text)
        for mark, text in group.options:
            document.option(mark, text)
        document.space()
    document.ruled(asked.lines)


def _answer(document: Document, answer: Answer) -> None:
    document.heading(answer.name, _PART)
    for line in answer.right:
        document.plain(line, "B")
    for line in answer.remarks:
        document.plain(f"• {line}")
    if answer.explanation:
        document.rich(answer.explanation)
    for line in answer.origin:
        document.plain(line, "I")


def _sources(document: Document, printed: Sheet) -> None:
    if printed.sources:
        document.heading(printed.words["sources"], _SECTION)
    for text, url in printed.sources:
        document.plain(f"• {text}")
        if url:
            document.linked(url, url)


def _unprinted(document: Document) -> list[Note]:
    letters = " ".join(sorted(document.unprinted))
    advice = "tercetak sebagai kotak; ganti hurufnya, atau pakai format html"
    return [Note(0, f"huruf yang tidak ada di fon DejaVu: {letters}", advice)] if letters else []
