"""Searching cards: written questions find their cards, and what no card says is found nowhere."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.content.loader import load
from bot.content.model import Catalogue
from bot.content.search.index import Hit, Index

ROOT = Path(__file__).parents[2]
ASKED: dict[str, Any] = yaml.safe_load((ROOT / "bench" / "questions.yaml").read_text(encoding="utf-8"))
QUESTIONS = [*ASKED["tuned"]["questions"], *ASKED["fresh"]["questions"]]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    loaded = load(ROOT / "content").catalogue
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def index(catalogue: Catalogue) -> Index:
    return Index(catalogue)


def _found(index: Index, query: str, language: str = "id") -> list[str]:
    return [_place(hit) for hit in index.search(query, language)]


def _place(hit: Hit) -> str:
    return f"{hit.module_id}/{hit.card_id}"


@pytest.mark.parametrize("kind", ["tuned", "fresh"])
def test_nine_in_ten_written_questions_have_their_card_among_the_first_three(index: Index, kind: str) -> None:
    asked = ASKED[kind]["questions"]
    assert len(asked) >= 60
    missed = [each["ask"] for each in asked if not set(each["cards"]) & set(_found(index, each["ask"], _language(each))[:3])]
    assert len(missed) <= len(asked) / 10, missed


def _language(question: dict[str, Any]) -> str:
    return "en" if question["cards"][0].startswith("strong-passwords/") else "id"


@pytest.mark.parametrize("kind", ["tuned", "fresh"])
def test_few_questions_that_no_card_answers_are_called_answered(index: Index, kind: str) -> None:
    asked = ASKED[kind]["off_topic"]
    assert len(asked) >= 20
    answered = [each for each in asked if any(hit.sure for hit in index.search(each)[:3])]
    assert len(answered) <= len(asked) / 7, answered


def test_every_written_question_expects_a_card_that_exists(catalogue: Catalogue) -> None:
    places = [place.split("/") for each in QUESTIONS for place in each["cards"]]
    assert all((module := catalogue.module(module_id)) and module.card(card_id) for module_id, card_id in places)


@pytest.mark.parametrize(
    "query", ["resep rendang padang", "asdkjh qwerty", "apa itu", "yang dan di", "", "   ", "😀😀", "?!", "x", "123456"]
)
def test_what_no_card_speaks_of_is_found_nowhere(index: Index, query: str) -> None:
    assert _found(index, query) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gratifikasih", "gratifikasi"),
        ("gratfikasi", "gratifikasi"),
        ("pishing", "phishing"),
        ("grtfks", "gratifikasi"),
        ("GRATIFIKASI!!", "gratifikasi"),
    ],
)
def test_a_typing_error_finds_what_was_meant(index: Index, typed: str, meant: str) -> None:
    assert {each.split("/")[0] for each in _found(index, typed)[:3]} <= {each.split("/")[0] for each in _found(index, meant)}
    assert index.search(typed)[0].sure


@pytest.mark.parametrize("forms", [("menolak", "nolak", "ditolak", "penolakan"), ("laporkan", "melaporkan", "laporin"), ("pegal", "pegel")])
def test_the_forms_of_a_word_find_the_same(index: Index, forms: tuple[str, ...]) -> None:
    assert len({tuple(_found(index, form)) for form in forms}) == 1


def test_a_word_of_the_dictionary_is_no_typing_error_of_another(index: Index) -> None:
    assert _found(index, "resep") == []


def test_another_word_for_the_same_finds_the_card(index: Index) -> None:
    assert "perangkat-aman/hilang" in _found(index, "hape raib")[:3]


def test_the_words_of_the_author_lead_to_the_card(catalogue: Catalogue, index: Index) -> None:
    card = catalogue.modules["kata-sandi-kuat"].card("pengelola")
    assert card is not None
    assert "Google Authenticator" in card.keywords
    assert _found(index, "google authenticator")[0] == "kata-sandi-kuat/pengelola"


def test_the_readers_language_comes_first(index: Index) -> None:
    assert _found(index, "password manager", "en")[0] == "strong-passwords/manager"
    assert _found(index, "password", "id")[0].startswith("kata-sandi-kuat/")


def test_no_more_than_asked_for_is_returned(index: Index) -> None:
    assert len(index.search("data pribadi warga", limit=2)) == 2


def test_an_empty_library_has_no_answers(tmp_path: Path) -> None:
    assert Index(Catalogue({}, {}, (), tmp_path)).search("kata sandi") == []
