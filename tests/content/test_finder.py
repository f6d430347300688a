"""Searching what is on the shelf, in a thread beside everything else, and what is shown of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.content.finder import Finder, Findings
from bot.content.search.snippet import LONGEST, snippet
from bot.content.shelf import Shelf

CONTENT = Path(__file__).parents[1] / "transcripts"


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(CONTENT / "content")


@pytest.fixture
def finder(shelf: Shelf) -> Iterator[Finder]:
    finder = Finder(shelf)
    yield finder
    finder.close()


def test_many_who_ask_at_once_are_all_answered(finder: Finder) -> None:
    asked = [finder.find("surel", "id") for _ in range(20)]
    assert {each.result(60).hits[0].module_id for each in asked} == {"surel-dinas"}


def test_what_is_swapped_is_searched_from_then_on(finder: Finder, shelf: Shelf) -> None:
    assert finder.find("surel", "id").result(60).hits
    shelf.catalogue = Shelf(CONTENT / "content-later").catalogue
    assert not finder.find("surel", "id").result(60).hits


@pytest.mark.parametrize("text", ["halo", "x", "kata " * 50, ""])
def test_what_is_no_question_is_not_looked_for(finder: Finder, text: str) -> None:
    assert finder.find(text, "id").result(60) == Findings()


def test_what_may_be_passed_on_comes_with_what_was_found(finder: Finder) -> None:
    assert finder.find("tukin bu Rinawati", "id").result(60).wish == "tukin bu #"


def plain(pieces: tuple[tuple[str, bool], ...]) -> str:
    return "".join(text for text, _ in pieces)


def test_the_words_that_were_found_are_marked() -> None:
    assert snippet("Laporkan  dengan\nmelaporkan.", "id", {"lapor"}) == (
        ("Laporkan", True), (" dengan ", False), ("melaporkan", True), (".", False),
    )  # fmt: skip


def test_a_long_text_is_cut_at_words_around_the_first_that_was_found() -> None:
    shown = snippet("awal " * 40 + "gratifikasi " + "akhir " * 60, "id", {"gratifikasi"})
    text = plain(shown)
    assert text.startswith("… awal")
    assert text.endswith("akhir…")
    assert len(text) <= LONGEST
    assert ("gratifikasi", True) in shown


def test_a_text_in_which_nothing_was_found_is_shown_from_its_beginning() -> None:
    assert plain(snippet("awal " * 60, "id", set())).startswith("awal awal")


def test_a_word_without_end_is_cut() -> None:
    assert len(plain(snippet("a" * 500, "id", set()))) <= LONGEST


def test_a_word_that_was_found_beyond_the_cut_is_not_shown() -> None:
    assert all("akhir" not in text for text, _ in snippet("gratifikasi " + "a" * 200 + " gratifikasi akhir", "id", {"gratifikasi"}))
