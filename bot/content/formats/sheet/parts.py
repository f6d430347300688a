"""From the cells of a row to what only its type of question has."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.content.formats.bank import UnfitError
from bot.content.formats.noting import short
from bot.content.formats.sheet.columns import GIVE_OR_TAKE, GRADINGS, MARK, SCALES
from bot.content.formats.sheet.row import Row, as_number


def _choices(row: Row) -> tuple[list[dict[str, Any]], int]:
    """Take options, those that the answer names as right ones; return how many these are as well."""
    texts = row.lettered("option")
    if not texts:
        raise UnfitError("pilihan belum ada", "isi Pilihan A dan seterusnya")
    right = row.letters("answer", texts)
    if not right:
        raise UnfitError("kolom Jawaban kosong", "tulis huruf pilihan yang benar")
    options = [_filled(text=text, correct=letter in right, feedback=row.text(f"feedback {letter}")) for letter, text in texts.items()]
    return options, len(right)


def _single_choice(row: Row) -> dict[str, Any]:
    options, right = _choices(row)
    if right != 1:
        raise UnfitError(f"Jawaban menunjuk {right} pilihan", "tulis satu huruf, atau jenis pilihan majemuk")
    return {"options": options}


def _multiple_choice(row: Row) -> dict[str, Any]:
    options, _ = _choices(row)
    return {"options": options} | _filled(grading=row.word("grading", GRADINGS), min=row.whole("min"), max=row.whole("max"))


def _true_false(row: Row) -> dict[str, Any]:
    answer = row.word("answer", {"benar": "true", "salah": "false"})
    if not answer:
        raise UnfitError("kolom Jawaban kosong", "tulis benar atau salah")
    feedback = _filled(if_true=row.text("feedback A"), if_false=row.text("feedback B"))
    return {"answer": answer == "true"} | _filled(feedback=feedback)


def _short_text(row: Row) -> dict[str, Any]:
    answers = row.lines("answer")
    if not answers:
        raise UnfitError("kolom Jawaban kosong", "tulis jawaban yang diterima, satu sebaris")
    wrong = [{"text": text, "feedback": feedback} for text, feedback in _foreseen(row)]
    rules = _filled(threshold=row.whole("threshold"), case=row.flag("case"), diacritics=row.flag("diacritics"))
    return {"answers": answers} | rules | _filled(wrong=wrong)


def _numeric(row: Row) -> dict[str, Any]:
    answer = row.number_in("answer")
    if answer is None:
        raise UnfitError("kolom Jawaban kosong", "tulis bilangannya")
    units = dict(_unit(line) for line in row.lines("units"))
    wrong = [_wrong_number(text) | {"feedback": feedback} for text, feedback in _foreseen(row)]
    return {"answer": answer} | _filled(tolerance=row.number_in("tolerance"), unit=row.text("unit"), units=units, wrong=wrong)


def _foreseen(row: Row) -> list[tuple[str, str]]:
    """Take wrong answers that were foreseen, with their feedback."""
    found = [(text, row.text(f"feedback {letter}")) for letter, text in row.lettered("option").items()]
    for text, feedback in found:
        if not feedback:
            row.note(f'jawaban salah "{short(text)}" tidak punya umpan balik', "tidak diimpor; isi Umpan balik di huruf yang sama")
    return [(text, feedback) for text, feedback in found if feedback]


def _unit(line: str) -> tuple[str, float]:
    name, _, factor = line.rpartition("=")
    return name.strip(), as_number(factor, "Satuan lain")


def _wrong_number(text: str) -> dict[str, float]:
    answer, plus_minus, tolerance = text.partition(GIVE_OR_TAKE)
    wrong = {"answer": as_number(answer, "Pilihan")}
    return wrong | {"tolerance": as_number(tolerance, "Pilihan")} if plus_minus else wrong


def _ordering(row: Row) -> dict[str, Any]:
    steps = row.lettered("option")
    order = row.letters("answer", steps) or list(steps)
    if len(order) < len(steps):
        raise UnfitError("Jawaban tidak menyebut semua langkah", "tulis semua hurufnya, atau kosongkan bila sudah berurutan")
    return {"steps": [steps[letter] for letter in order]}


def _matching(row: Row) -> dict[str, Any]:
    pairs = [_pair(text) for text in row.lettered("option").values()]
    return {"pairs": pairs} | _filled(distractors=row.lines("distractors"))


def _pair(text: str) -> dict[str, str]:
    sign = " = " if " = " in text else "="
    left, found, right = text.partition(sign)
    if not found:
        raise UnfitError(f'"{short(text)}" bukan pasangan', "tulis kiri = kanan")
    return {"left": left.strip(), "right": right.strip()}


def _cloze(row: Row) -> dict[str, Any]:
    marks = MARK.findall(str(row.cells.get("text", "")))
    words = [text.split("\n") for text in row.lettered("option").values()]
    if not marks or len(marks) != len(words):
        raise UnfitError(
            f"ada {len(marks)} celah di Soal dan {len(words)} Pilihan yang terisi",
            "tulis {1}, {2} di Soal, dan satu Pilihan untuk tiap celah",
        )
    cleaned = [[word.strip() for word in one if word.strip()] for one in words]
    return {"gaps": [{"id": mark, "answer": one[0]} | _filled(distractors=one[1:]) for mark, one in zip(marks, cleaned, strict=True)]}


def _survey(row: Row) -> dict[str, Any]:
    return _filled(scale=row.word("scale", SCALES), options=list(row.lettered("option").values()))


def _reflection(row: Row) -> dict[str, Any]:
    return _filled(share=row.flag("share"))


def _filled(**parts: Any) -> dict[str, Any]:
    """Return the parts that say something; what is left out has its default."""
    return {name: value for name, value in parts.items() if value is not False and value not in (None, "", [], {})}


READ: Final[Mapping[str, Callable[[Row], dict[str, Any]]]] = {
    "single_choice": _single_choice,
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
