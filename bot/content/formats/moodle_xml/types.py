"""The question types of Moodle, except those with gaps: what each of them is in a module."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.content.formats.bank import UnfitError
from bot.content.formats.moodle import ALL, one_to_choose, several_to_choose
from bot.content.formats.moodle.numbers import inverse, number
from bot.content.formats.moodle.typed import Answer, numbers, words
from bot.content.formats.moodle_xml.entry import Entry, raw
from bot.content.formats.moodle_xml.gaps import cloze, missing_words
from bot.content.formats.moodle_xml.tree import Element
from bot.content.formats.noting import one_line, short

Parts = dict[str, Any]


def multiple_choice(entry: Entry) -> Parts:
    """Return a question to choose from; raises UnfitError when no answer is right."""
    answers = entry.element.all("answer")
    single = entry.element.value("single", "true") not in {"false", "0", ""}
    judged = (one_to_choose if single else several_to_choose)([_weight(answer) for answer in answers])
    for what, why in judged.lost:
        entry.lose(what, why)
    if entry.element.value("shuffleanswers") in {"false", "0"}:
        entry.lose("urutan pilihan tetap", "bot mengacak pilihan; tulis shuffle: false pada quiz bila urutannya penting")
    kind = "single_choice" if single and sum(judged.right) == 1 else "multiple_choice"
    options = [_option(entry, answer, correct=right) for answer, right in zip(answers, judged.right, strict=True)]
    return {"type": kind, "text": entry.asked(), "options": options}


def _option(entry: Entry, answer: Element, *, correct: bool) -> Parts:
    feedback = entry.said(answer)
    return {"text": entry.plain(answer)} | ({"correct": True} if correct else {}) | ({"feedback": feedback} if feedback else {})


def true_false(entry: Entry) -> Parts:
    """Return a statement; as in Moodle, old files whose answers are called otherwise have the true one first.

    Raises:
        UnfitError: neither answer is right.

    """
    answers = entry.element.all("answer")
    if not any(_weight(element) >= ALL for element in answers):
        raise UnfitError("tidak ada jawaban yang benar", "beri nilai 100% pada true atau false")
    answer = False
    said: Parts = {}
    for place, element in enumerate(answers):
        name = raw(element)
        judges_true = name == "true" or (name != "false" and place == 0)
        answer = (_weight(element) >= ALL) == judges_true
        if feedback := entry.said(element):
            said["if_true" if judges_true else "if_false"] = feedback
    return {"type": "true_false", "text": entry.asked(), "answer": answer} | ({"feedback": said} if said else {})


def short_text(entry: Entry) -> Parts:
    """Return a question with its accepted answers; raises UnfitError when none is accepted."""
    parts = words(entry, _typed(entry)) | ({"case": True} if entry.element.value("usecase") == "1" else {})
    return {"type": "short_text", "text": entry.asked(), **parts}


def numeric(entry: Entry) -> Parts:
    """Return a question with its number; raises UnfitError when there is not exactly one right number, or it is none."""
    parts = numbers(entry, _typed(entry)) | _units(entry)
    return {"type": "numeric", "text": entry.asked(), **parts}


def _typed(entry: Entry) -> list[Answer]:
    return [Answer(one_line(raw(one)), _weight(one), entry.said(one), one.value("tolerance")) for one in entry.element.all("answer")]


def _units(entry: Entry) -> Parts:
    """Return the unit and the others. Moodle multiplies the answer by a unit's number; we say how much one of each is in the unit."""
    holder = entry.element.first("units")
    units = {one_line(unit.value("unit_name")): number(unit.value("multiplier", "1")) for unit in holder.all("unit")} if holder else {}
    if not units:
        return {}
    base = next((name for name, multiplier in units.items() if multiplier == 1), None)
    if base is None or any(multiplier <= 0 for multiplier in units.values()):
        entry.lose(f"satuan {', '.join(units)}", "tidak ada satuan dengan pengali 1; tulis unit dan units sendiri")
        return {}
    if entry.element.value("unitgradingtype", "0") not in {"0", ""}:
        entry.lose("nilai untuk satuan", "di bot satuan boleh tidak ditulis dan tidak dinilai")
    others = {name: inverse(multiplier) for name, multiplier in units.items() if name != base}
    return {"unit": base} | ({"units": others} if others else {})


def matching(entry: Entry) -> Parts:
    """Return the pairs; a right side without a left one is a distractor."""
    sides = [(one_line(entry.plain(one)), _right_side(one)) for one in entry.element.all("subquestion")]
    distractors = [right for left, right in sides if not left and right]
    pairs = [{"left": left, "right": right} for left, right in sides if left]
    return {"type": "matching", "text": entry.asked(), "pairs": pairs} | ({"distractors": distractors} if distractors else {})


def _right_side(subquestion: Element) -> str:
    answer = subquestion.first("answer")
    return one_line(raw(answer)) if answer else ""


def ordering(entry: Entry) -> Parts:
    """Return the steps in their order, which their weights tell."""
    answers = sorted(entry.element.all("answer"), key=_weight)
    if entry.element.value("selecttype", "ALL") not in {"ALL", "0", ""}:
        entry.lose("hanya sebagian langkah yang ditampilkan di Moodle", "di bot semua langkah ditampilkan")
    for answer in answers:
        if feedback := entry.said(answer):
            entry.lose(f'umpan balik "{short(feedback)}" untuk satu langkah', "pindahkan ke explanation bila perlu")
    return {"type": "ordering", "text": entry.asked(), "steps": [entry.plain(answer) for answer in answers]}


def reflection(entry: Entry) -> Parts:
    """Return an open question, which nobody grades."""
    if number(entry.element.value("defaultgrade", "1")):
        entry.lose("nilai untuk esai", "di bot tulisan disimpan untuk peserta dan tidak dinilai")
    if entry.element.value("attachments", "0") != "0" or entry.element.value("responseformat") == "noinline":
        entry.lose("jawaban berupa berkas", "di bot jawabannya teks")
    for name, what in (("graderinfo", "petunjuk bagi penilai"), ("responsetemplate", "kerangka jawaban")):
        if text := entry.plain(entry.element.first(name)):
            entry.lose(f'{what} "{short(text)}"', "tidak ada tempatnya; pindahkan ke text atau explanation bila perlu")
    return {"type": "reflection", "text": entry.asked()}


def _weight(answer: Element) -> float:
    """Return the weight in percent; very old files have it as an element, and as a part of 1."""
    part = answer.first("fraction")
    return number(part.text) * ALL if part else number(answer.attributes.get("fraction", "0") or "0")


TYPES: Final[Mapping[str, Callable[[Entry], Parts]]] = {
    "multichoice": multiple_choice,
    "truefalse": true_false,
    "shortanswer": short_text,
    "numerical": numeric,
    "matching": matching,
    "match": matching,
    "essay": reflection,
    "ordering": ordering,
    "cloze": cloze,
    "multianswer": cloze,
    "ddwtos": missing_words,
    "gapselect": missing_words,
}
