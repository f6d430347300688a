"""A browser grades as the bot does: the same questions and responses go through both."""

import unicodedata
from decimal import Decimal
from random import Random
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from rapidfuzz import fuzz

from bot.content.formats.scorm import PLAYER
from bot.content.formats.scorm.course import question
from bot.content.formats.scorm.words import player_words
from bot.content.items.item import Item
from bot.content.items.numeric import Numeric
from bot.content.items.short_text import ShortText
from bot.content.model import Card, Module, Quiz
from bot.content.prompts import Arrange, Pair, PickMany, TypeNumber, TypeText, Walk
from bot.domain.quiz import is_passed
from bot.domain.typed import alike, readings
from tests.content.questions import PARTS, item, questions

ALL_AT_ONCE = settings(max_examples=150, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
NEAR = st.text(st.sampled_from("abceé ßẞ\u0131İςΣ4\uff19٤.,'“\u00a0\u0301Aﬁ😀"), max_size=12)
TYPED_NUMBERS = st.one_of(
    st.from_regex(r"[0-9]{1,3}[.,][0-9]{3}( JP)?", fullmatch=True),  # either mark can be meant
    st.from_regex(r"[+\-\u2212]? ?[0-9]{1,4}([., '\u00a0\u202f][0-9]{1,3}){0,3}[.,]? ?(JP|km|%|menit|Menit\.)?", fullmatch=True),
    st.text(st.sampled_from("0123456789.,-+ ' \u2212\u00a0\u202fJPx"), max_size=34),
)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    """Open an empty page that knows the rules."""
    page = browser.new_page()
    for name in ("typed.js", "grading.js"):
        page.add_script_tag(content=(PLAYER / name).read_text(encoding="utf-8"))
    return page


def drawn(strategy: st.SearchStrategy[Any]) -> list[Any]:
    """Return what hypothesis makes up, all at once, so that the browser is asked once."""
    found: list[Any] = []

    @ALL_AT_ONCE
    @given(strategy)
    def collect(one: Any) -> None:
        found.append(one)

    collect()
    assert len(found) >= 100
    return found


def changed(text: str) -> st.SearchStrategy[str]:
    """Return texts that are like this one: a letter more, less, or another, and the like."""
    places = st.integers(0, len(text))
    return st.one_of(
        st.just(text),
        st.just(f" {text.upper()}. "),
        st.just(unicodedata.normalize("NFD", text)),
        places.map(lambda place: text[:place] + text[place + 1 :]),
        st.tuples(places, NEAR).map(lambda one: text[: one[0]] + one[1] + text[one[0] :]),
        NEAR,
    )


TEXTS = st.one_of(NEAR, st.text(min_size=1, max_size=20))
PAIRS = TEXTS.flatmap(lambda text: st.tuples(st.just(text), changed(text), st.integers(50, 100), st.booleans(), st.booleans()))


def test_likeness_is_the_same(page: Page) -> None:
    pairs = [(one, other) for one, other, *_ in drawn(PAIRS)]
    assert page.evaluate("pairs => pairs.map(pair => Sinau.ratio(...pair))", pairs) == [fuzz.ratio(*pair) for pair in pairs]


def test_typing_errors_are_judged_the_same(page: Page) -> None:
    asked = drawn(PAIRS)
    judge = "([one, other, threshold, heedCase, heedAccents]) => Sinau.alike(one, other, threshold, {heedCase, heedAccents})"
    judged = page.evaluate(f"asked => asked.map({judge})", asked)
    expected = [alike(one, other, threshold, case=case, diacritics=accents) for one, other, threshold, case, accents in asked]
    assert judged == expected
    assert 50 < sum(expected) < len(expected) - 50


def test_capitals_and_accents_are_the_same_in_every_script(page: Page) -> None:
    known = [chr(code) for code in range(1, 0x30000) if unicodedata.category(chr(code)) not in {"Cs", "Cn", "Co"}]
    # Python folds Cherokee to its capitals, which makes no difference where both sides are folded.
    read = "".join(letter for letter in known if "CHEROKEE" not in unicodedata.name(letter, ""))
    letters = sorted(set(unicodedata.normalize("NFKC", read)))
    folded = page.evaluate("text => Array.from(text, letter => Sinau.fold(letter)).join('\\0')", "".join(letters)).split("\0")
    assert [letter for letter, one in zip(letters, folded, strict=True) if one != letter.casefold()] == []
    decomposed = sorted(set(unicodedata.normalize("NFD", read)))
    marks = page.evaluate("text => Array.from(text).filter(letter => Sinau.isMark(letter)).join('')", "".join(decomposed))
    assert list(marks) == [letter for letter in decomposed if unicodedata.combining(letter)]


def test_numbers_are_read_the_same(page: Page) -> None:
    typed = drawn(TYPED_NUMBERS)
    read = page.evaluate("typed => typed.map(text => Sinau.readings(text).map(([number, unit]) => [Sinau.written(number), unit]))", typed)
    assert [[(Decimal(number), unit) for number, unit in one] for one in read] == [list(readings(text)) for text in typed]
    assert sum(len(one) == 2 for one in read) > 10


def test_the_pass_mark_is_reached_by_the_same_scores(page: Page) -> None:
    scores = [hits / count for count in range(1, 61) for hits in range(count + 1)] + [sum([1 / 3] * 3) * 0.7, 0.6999999, 0.69999999]
    assert page.evaluate("scores => scores.map(score => Sinau.isPassed(score, 70))", scores) == [is_passed(score, 70) for score in scores]
    # Systems that compare the reported score with the pass mark come to the same.
    assert page.evaluate("scores => scores.map(score => Sinau.percent(score) >= 70)", scores) == [is_passed(score, 70) for score in scores]


@st.composite
def answered(draw: st.DrawFn, kind: str) -> tuple[dict[str, Any], list[str]]:
    """Draw a question of this type with a response that it takes."""
    data = draw(questions(kind))
    return data, draw(responses(item(data)))


def responses(asked: Item) -> st.SearchStrategy[list[str]]:
    prompt = asked.prompt(asked.choices)
    match prompt:
        case TypeText() | TypeNumber():
            return typed(asked).filter(lambda text: asked.takes([text])).map(lambda text: [text])
        case PickMany():
            return st.lists(st.sampled_from(asked.choices), min_size=1, unique=True)
        case Arrange():
            return st.permutations(asked.choices)
        case Walk():
            return st.randoms(use_true_random=False).map(lambda luck: walked(asked, luck))
        case Pair(slots=slots):
            return st.tuples(*(st.sampled_from([option.id for option in slot.options]) for slot in slots)).map(list)
    return st.sampled_from(asked.choices).map(lambda one: [one])


def typed(asked: Item) -> st.SearchStrategy[str]:
    match asked:
        case ShortText():
            return st.sampled_from([*asked.answers, *(one.text for one in asked.wrong)]).flatmap(changed)
        case Numeric():
            known = st.sampled_from([asked.answer, *(one.answer for one in asked.wrong)])
            return st.one_of(known.map(str), known.map(lambda one: f"{one:,.3f} JP"), TYPED_NUMBERS)
    return st.just("Sebuah pikiran.")


def walked(asked: Item, luck: Random) -> list[str]:
    response: list[str] = []
    while not asked.takes(response):
        prompt = asked.prompt(asked.choices, response)
        assert isinstance(prompt, Walk)
        response.append(luck.choice(prompt.scenes[-1].options).id)
    return response


def graded(page: Page, asked: list[Item], given: list[list[str]]) -> list[dict[str, Any]]:
    """Return what the browser makes of these responses to these questions."""
    module = Module("modul", "Judul", "Ringkasan", "id", 5, (Card("satu", "Judul", "Teks"),), Quiz(70, 1, tuple(asked)))
    sent = [
        [orjson.dumps(question(one, module, player_words("id"))).decode(), response] for one, response in zip(asked, given, strict=True)
    ]
    found: list[dict[str, Any]] = page.evaluate("sent => sent.map(([item, response]) => Sinau.grade(JSON.parse(item), response))", sent)
    return found


@pytest.mark.parametrize("typed_text", ["wajib", "wajid", "wajit", "wajiB.", "sunah", "suna", "sama sekali lain"])
def test_a_foreseen_wrong_answer_goes_before_a_likeness(typed_text: str, page: Page) -> None:
    wrong = [{"text": "wajid", "feedback": "Itu salah tulis."}, {"text": "sunah", "feedback": "Itu lain."}]
    asked = item({"type": "short_text", "id": "x", "text": "Apa?", "answers": ["wajib"], "threshold": 75, "wrong": wrong})
    [grade], expected = graded(page, [asked], [[typed_text]]), asked.grade([typed_text])
    assert (grade["score"], grade["correct"], grade["feedback"]) == (expected.score, expected.correct, list(expected.feedback))


@pytest.mark.parametrize("kind", sorted(PARTS))
def test_every_type_of_question_is_graded_the_same(kind: str, page: Page) -> None:
    found = drawn(answered(kind))
    asked = [item(data) for data, _ in found]
    grades = graded(page, asked, [response for _, response in found])
    expected = [one.grade(response) for one, (_, response) in zip(asked, found, strict=True)]
    parts = (
        ("score", "correct", "feedback") if kind == "numeric" else ("score", "correct", "feedback", "answer")
    )  # a number is shown in the reader's language
    assert [[grade[part] for part in parts] for grade in grades] == [
        [list(value) if isinstance(value, tuple) else value for value in (getattr(grade, part) for part in parts)] for grade in expected
    ]
