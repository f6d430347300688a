"""From what only a type of question has to the cells of its row."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from bot.content.formats.sheet.columns import GIVE_OR_TAKE, GRADINGS, LETTERS, SCALES
from bot.content.formats.sheet.row import written
from bot.domain.typed import readings

Cells = dict[str, str]
Data = Mapping[str, Any]


def number(value: float) -> str:
    """Return a number as it is read back: a nought is added to what could be one with a separator of thousands (1,234)."""
    text = written(value)
    return f"{text}0" if len(readings(text)) > 1 else text


def _lettered(name: str, texts: Iterable[str]) -> Cells:
    return {f"{name} {letter}": text for letter, text in zip(LETTERS, texts, strict=False)}


def _choices(data: Data) -> Cells:
    options: Sequence[Data] = data["options"]
    right = ", ".join(letter for letter, option in zip(LETTERS, options, strict=False) if option.get("correct"))
    said = _lettered("feedback", (option.get("feedback", "") for option in options))
    return {"answer": right} | _lettered("option", (option["text"] for option in options)) | said


def _multiple_choice(data: Data) -> Cells:
    bounds = {name: str(data[name]) for name in ("min", "max") if name in data}
    return _choices(data) | {"grading": _word(GRADINGS, data.get("grading", ""))} | bounds


def _true_false(data: Data) -> Cells:
    said = data.get("feedback", {})
    answer = "benar" if data["answer"] else "salah"
    return {"answer": answer, "feedback A": said.get("if_true", ""), "feedback B": said.get("if_false", "")}


def _short_text(data: Data) -> Cells:
    flags = {name: _flag(data.get(name)) for name in ("case", "diacritics")}
    wrong = data.get("wrong", ())
    threshold = {"threshold": str(data["threshold"])} if "threshold" in data else {}
    return {"answer": "\n".join(data["answers"])} | flags | threshold | _wrong([one["text"] for one in wrong], wrong)


def _numeric(data: Data) -> Cells:
    wrong = data.get("wrong", ())
    units = "\n".join(f"{unit} = {number(factor)}" for unit, factor in data.get("units", {}).items())
    about = {"answer": number(data["answer"]), "tolerance": number(data.get("tolerance", 0)), "unit": data.get("unit", ""), "units": units}
    return about | _wrong([_wrong_number(one) for one in wrong], wrong)


def _wrong(texts: Sequence[str], wrong: Sequence[Data]) -> Cells:
    return _lettered("option", texts) | _lettered("feedback", (one["feedback"] for one in wrong))


def _wrong_number(one: Data) -> str:
    return " ".join([number(one["answer"]), *([GIVE_OR_TAKE, number(one["tolerance"])] if one.get("tolerance") else [])])


def _ordering(data: Data) -> Cells:
    return _lettered("option", (step["text"] for step in data["steps"]))


def _matching(data: Data) -> Cells:
    pairs = _lettered("option", (f"{pair['left']} = {pair['right']}" for pair in data["pairs"]))
    return pairs | {"distractors": "\n".join(data.get("distractors", ()))}


def _cloze(data: Data) -> Cells:
    return _lettered("option", ("\n".join([gap["answer"], *gap.get("distractors", ())]) for gap in data["gaps"]))


def _survey(data: Data) -> Cells:
    return {"scale": _word(SCALES, data.get("scale", ""))} | _lettered("option", (one["text"] for one in data.get("options", ())))


def _reflection(data: Data) -> Cells:
    return {"share": _flag(data.get("share"))}


def _flag(value: object) -> str:
    return "ya" if value else ""


def _word(words: Mapping[str, str], meaning: str) -> str:
    return next((word for word, meant in words.items() if meant == meaning), "")


WRITE: Final[Mapping[str, Callable[[Data], Cells]]] = {
    "single_choice": _choices,
    "multiple_choice": _multiple_choice,
    "true_false": _true_false,
    "short_text": _short_text,
    "numeric": _numeric,
    "ordering": _ordering,
    "matching": _matching,
    "cloze": _cloze,
    "survey": _survey,
    "reflection": _reflection,
}
