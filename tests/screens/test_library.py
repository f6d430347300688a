"""Long lists of modules: every page fits what Telegram takes, and every module is on one of them."""

from collections.abc import Callable

import pytest

from bot import actions
from bot.actions import encode
from bot.screen import Screen
from bot.screens.announcing import unfinished
from bot.screens.library import library
from bot.texts import load_words
from bot.views import Audience, Library, ModuleLine, PathLine

LINES = tuple(
    ModuleLine(f"modul-dengan-nama-panjang-{n:05}", f"Judul modul sepanjang enam puluh huruf, nomor {n:05}", 5) for n in range(1000)
)
PATHS = tuple(PathLine(f"Jalur {n}", LINES[n * 10 : n * 10 + 10]) for n in range(100))
WORDS = load_words()["id"]


def shelf(page: int) -> Screen:
    return library(Library(PATHS, LINES[0]), WORDS, page)


def audience(page: int) -> Screen:
    return unfinished(Audience(7, LINES), WORDS, page)


@pytest.mark.parametrize("show", [shelf, audience])
def test_every_module_is_on_a_page_that_telegram_takes(show: Callable[[int], Screen]) -> None:
    seen: set[str] = set()
    page, more = 0, True
    while more:
        screen = show(page)
        buttons = [button for row in screen.rows for button in row]
        assert len(buttons) <= 100
        assert sum(len(button.label.encode()) + len(encode(button.action)) + 40 for button in buttons if button.action) < 10_000
        assert len(screen.text) <= 4096
        seen |= {button.action.module for button in buttons if isinstance(button.action, actions.ModuleDetails | actions.SetAudience)}
        more = any(button.label == "Halaman berikutnya" for button in buttons)
        page += 1
    assert seen == {line.id for line in LINES}


def test_a_page_that_is_no_longer_there_is_the_first() -> None:
    assert shelf(99).rows[1:31] == shelf(0).rows[1:31]
