"""All paths and modules, and what a module is about."""

from bot.actions import Library as ShowLibrary
from bot.actions import LibraryPage
from bot.actions import ModuleDetails as ShowDetails
from bot.screen import Button, Screen
from bot.screens.pieces import button, minutes, page_of, page_row, paragraphs, percent, row, rows, start_button
from bot.texts import Words
from bot.views import Library, ModuleDetails, ModuleLine, PathLine

MARKS = {"new": "", "reading": "◐ ", "quiz": "◐ ", "completed": "✓ "}


def library(view: Library, t: Words, page: int = 0) -> Screen:
    """Show the paths with a button for each module, a page at a time; the module under way comes first."""
    listed = [(path, line) for path in view.paths for line in path.modules]
    on_page = page_of(listed, page) or page_of(listed, 0)
    paths = list(dict.fromkeys(path for path, _ in on_page))
    heading = t("<b>Pilih modul</b>") if paths else t("Belum ada modul. Silakan lihat lagi nanti, atau tanyakan kepada koordinator Anda.")
    modules = [row(_module_button(line, t)) for _, line in on_page]
    return Screen(
        paragraphs(heading, *[_path(path, t) for path in paths]),
        rows(row(start_button(t, view.current) if view.current else None), *modules, page_row(t, len(listed), page, LibraryPage)),
    )


def details(view: ModuleDetails, t: Words) -> Screen:
    """Show what a module is about, with the button that begins it."""
    line = view.line
    cards = t.many("{n} kartu", "{n} kartu", view.cards)
    questions = t.many("{n} soal", "{n} soal", view.questions)
    facts = t("{minutes} · {cards} · {questions}", minutes=minutes(t, line.minutes), cards=cards, questions=questions)
    sources = t("Sumber: {sources}", sources="; ".join(view.sources)) if view.sources else ""
    begin = start_button(t, line)
    return Screen(
        paragraphs(t("<b>{title}</b>", title=line.title) + "\n" + facts, t("{summary}", summary=view.summary), _state(line, t), sources),
        rows(row(begin), row(button(t.plain("Kembali"), ShowLibrary()))),
    )


def _module_button(line: ModuleLine, t: Words) -> Button:
    label = t.plain("{mark}{title} · {minutes}", mark=MARKS[line.state], title=line.title, minutes=minutes(t, line.minutes))
    return button(label, ShowDetails(line.id))


def _path(path: PathLine, t: Words) -> str:
    done = sum(line.state == "completed" for line in path.modules)
    title = path.title or t.plain("Modul lain")
    return t("{title} · {done} dari {count} selesai", title=title, done=t.number(done), count=t.number(len(path.modules)))


def _state(line: ModuleLine, t: Words) -> str:
    if line.state == "completed" and line.best_score is not None:
        return t("Sudah selesai, nilai terbaik {percent}%. Anda boleh mengulang.", percent=percent(line.best_score))
    return t("Sedang Anda pelajari.") if line.state != "new" else ""
