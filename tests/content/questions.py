"""Questions of every type, as authors might write them, for hypothesis to draw from."""

from collections.abc import Mapping
from typing import Any, Final

from hypothesis import assume
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.content.items import AnyItem
from bot.content.items.item import Item
from bot.domain.typed import EXACT, alike

ITEM: Final[TypeAdapter[Item]] = TypeAdapter(AnyItem)
IDS: Final = st.from_regex(r"[a-z][a-z0-9]{0,7}", fullmatch=True)
WORDS: Final = st.text(st.characters(categories=["L", "N", "Zs", "So"]), min_size=1, max_size=40).map(str.strip).filter(bool)
NUMBERS: Final = st.decimals(-9999, 9999, places=2).map(float)


def _distinct(least: int = 2, most: int = 8) -> st.SearchStrategy[list[str]]:
    return st.lists(WORDS, min_size=least, max_size=most, unique=True)


@st.composite
def _choices(draw: st.DrawFn, *, several: bool) -> list[dict[str, Any]]:
    texts = draw(_distinct())
    right = draw(st.integers(1, len(texts))) if several else 1
    first = draw(st.integers(0, len(texts) - 1))
    chosen = {(first + n) % len(texts) for n in range(right)}
    said = [{"feedback": draw(WORDS)} if draw(st.booleans()) else {} for _ in texts]
    return [{"text": text, "correct": place in chosen, **said[place]} for place, text in enumerate(texts)]


@st.composite
def _cloze(draw: st.DrawFn) -> dict[str, Any]:
    ids = draw(st.lists(IDS, min_size=1, max_size=4, unique=True))
    words = [draw(_distinct(2, 4)) for _ in ids]
    return {
        "text": " ".join(f"{draw(st.sampled_from(['Isi', 'Lalu', 'dan']))} {{{one}}}" for one in ids),
        "gaps": [{"id": one, "answer": own[0], "distractors": own[1:]} for one, own in zip(ids, words, strict=True)],
    }


@st.composite
def _scenario(draw: st.DrawFn) -> dict[str, Any]:
    ids = draw(st.lists(IDS, min_size=1, max_size=4, unique=True))
    scenes = []
    for place, one in enumerate(ids):
        texts = draw(_distinct(2, 5))
        scores = draw(st.lists(st.integers(0, 5), min_size=len(texts), max_size=len(texts)).filter(lambda found: len({*found}) > 1))
        options = [{"text": text, "score": score, "reason": draw(WORDS)} for text, score in zip(texts, scores, strict=True)]
        if place + 1 < len(ids):
            options[0]["next"] = ids[place + 1]
        scenes.append({"id": one, "text": draw(WORDS), "options": options})
    return {"scenes": scenes}


PARTS: Final[Mapping[str, st.SearchStrategy[dict[str, Any]]]] = {
    "single_choice": st.fixed_dictionaries({"options": _choices(several=False)}),
    "multiple_choice": st.fixed_dictionaries(
        {"options": _choices(several=True)}, optional={"grading": st.sampled_from(["partial", "all"])}
    ),
    "true_false": st.fixed_dictionaries(
        {"answer": st.booleans()}, optional={"feedback": st.fixed_dictionaries({"if_true": WORDS, "if_false": WORDS})}
    ),
    "short_text": st.fixed_dictionaries(
        {"answers": _distinct(1, 4)},
        optional={
            "threshold": st.integers(50, 100),
            "case": st.booleans(),
            "diacritics": st.booleans(),
            "wrong": st.lists(st.fixed_dictionaries({"text": WORDS, "feedback": WORDS}), max_size=2),
        },
    ),
    "numeric": st.fixed_dictionaries(
        {"answer": NUMBERS},
        optional={
            "tolerance": NUMBERS.map(abs),
            "unit": st.sampled_from(["JP", "km", "%"]),
            "units": st.fixed_dictionaries({"menit": st.sampled_from([0.5, 60.0])}),
            "wrong": st.lists(st.fixed_dictionaries({"answer": NUMBERS, "feedback": WORDS}), max_size=2),
        },
    ),
    "ordering": st.fixed_dictionaries({"steps": _distinct()}),
    "matching": st.tuples(_distinct(2, 6), _distinct(6, 6), _distinct(0, 2)).map(
        lambda drawn: {
            "pairs": [{"left": left, "right": right} for left, right in zip(drawn[0], drawn[1], strict=False)],
            "distractors": drawn[2],
        }
    ),
    "cloze": _cloze(),
    "scenario": _scenario(),
    "survey": st.one_of(
        st.fixed_dictionaries({"scale": st.sampled_from(["agreement", "confidence", "frequency"])}),
        st.fixed_dictionaries({"options": _distinct()}),
    ),
    "reflection": st.fixed_dictionaries({}, optional={"share": st.booleans()}),
}


def contradicts_itself(data: dict[str, Any]) -> bool:
    """Tell whether a foreseen wrong answer is a right one too."""
    if data["type"] == "short_text":
        exact = {name: data.get(name, False) for name in ("case", "diacritics")}
        return any(alike(one["text"], answer, EXACT, **exact) for one in data.get("wrong", ()) for answer in data["answers"])
    room = data.get("tolerance", 0) + 0.01
    return any(abs(one["answer"] - data["answer"]) + one.get("tolerance", 0) <= room for one in data.get("wrong", ()))


@st.composite
def questions(draw: st.DrawFn, *kinds: str) -> dict[str, Any]:
    """Draw what an author writes for a question, of one of these types or of any."""
    kind = draw(st.sampled_from(kinds or sorted(PARTS)))
    common = {"type": kind, "id": draw(IDS), "text": draw(WORDS), "explanation": draw(WORDS)}
    drawn = common | draw(PARTS[kind])
    assume(not contradicts_itself(drawn))
    return drawn


def item(data: dict[str, Any]) -> Item:
    """Return the question that the model makes of it."""
    return ITEM.validate_python(data)
