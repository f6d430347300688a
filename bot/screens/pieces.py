"""What many screens have in common: the bar, a row of buttons, the ways back."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from bot.actions import Action, Library, OpenModule, Resume
from bot.screen import Button
from bot.texts import Words
from bot.views import ModuleLine

T = TypeVar("T")

LONGEST_BAR = 10
PAGE = 30  # items of a list on one screen
LONGEST_LABEL = 60  # what a phone shows of a button before it cuts


def bar(done: int, of: int) -> str:
    """Draw how much of something is done, in at most ten pieces."""
    pieces = min(of, LONGEST_BAR)
    filled = round(done * pieces / of) if of else 0
    return "▰" * filled + "▱" * (pieces - filled)


def row(*buttons: Button | None) -> tuple[Button, ...]:
    """Put buttons in a row, leaving out what is None."""
    return tuple(button for button in buttons if button is not None)


def rows(*lines: tuple[Button, ...]) -> tuple[tuple[Button, ...], ...]:
    """Put rows below one another, leaving out empty ones."""
    return tuple(line for line in lines if line)


def button(label: str, action: Action) -> Button:
    """Make a button; a label too long for a phone is cut."""
    return Button(label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…", action)


def paragraphs(*parts: str) -> str:
    """Join the parts that are not empty, with an empty line between them."""
    return "\n\n".join(part for part in parts if part)


def lines(*parts: str) -> str:
    """Join the parts that are not empty, one a line."""
    return "\n".join(part for part in parts if part)


def percent(score: float) -> int:
    """Return a score (0..1) as whole percents, rounded down so that nobody reads 70 who has 69.9."""
    return int(score * 100 + 1e-6)


def week_and_streak(t: Words, active: int, working: int, streak: int) -> str:
    """Say on how many of this week's working days somebody studied, and on how many in a row; nothing of what is none."""
    week = t("Pekan ini {active} dari {working} hari kerja.", active=active, working=working) if working else ""
    run = t("{n} hari kerja berturut-turut.", n=streak) if streak > 1 else ""
    return " ".join(part for part in (week, run) if part)


def minutes(t: Words, count: int) -> str:
    """Say so many minutes."""
    return t.many("{n} menit", "{n} menit", count)


def day_of(t: Words, day: date, today: date, *, first: bool = False) -> str:
    """Name a day from today on as people do: today, tomorrow, or by its date; `first` in its sentence or not."""
    near = {today: t.plain("hari ini"), today + timedelta(days=1): t.plain("besok")}
    named = near.get(day) or t.day(day)
    return named[:1].upper() + named[1:] if first else named


def page_of(items: Sequence[T], page: int) -> Sequence[T]:
    """Return the items of a page of a long list: a message holds at most 100 buttons and 10 KB of them."""
    return items[page * PAGE : (page + 1) * PAGE]


def page_row(t: Words, count: int, page: int, action: Callable[[int], Action]) -> tuple[Button, ...]:
    """Make the buttons that turn the pages of a list of so many items."""
    before = button(t.plain("Halaman sebelumnya"), action(page - 1)) if page > 0 else None
    after = button(t.plain("Halaman berikutnya"), action(page + 1)) if (page + 1) * PAGE < count else None
    return row(before, after)


def start_button(t: Words, line: ModuleLine) -> Button:
    """Make the button that begins a module, goes on with it, or opens it again when it is completed."""
    if line.state == "completed":
        return button(t.plain("Baca lagi modulnya"), OpenModule(line.id))
    verb = t.plain("Mulai") if line.state == "new" else t.plain("Lanjutkan")
    return button(f"{verb}: {line.title} · {minutes(t, line.minutes)}", OpenModule(line.id))


def to_library(t: Words) -> Button:
    """Make the button that leads to all modules."""
    return button(t.plain("Pilih modul lain"), Library())


def to_place(t: Words) -> Button:
    """Make the button that leads to where the learner is."""
    return button(t.plain("Lanjutkan belajar"), Resume())
