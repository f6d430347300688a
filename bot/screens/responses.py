"""How responses are given and named: the buttons below a question, and the words for what was chosen or typed.

There is one part for each kind of prompt. Options too long for buttons are read in the text and chosen by letter.
"""

from collections.abc import Callable, Sequence

from bot.actions import Action, Answer, Put, TakeBack, Tick
from bot.content.marking import to_put
from bot.content.prompts import FALSE, TRUE, Arrange, Option, Pair, PickMany, PickOne, Slot, TypeNumber, TypeText, Walk
from bot.screen import Button
from bot.screens.pieces import button, lines, paragraphs, row
from bot.texts import Words
from bot.views import Question

LONGEST_BUTTON = 26  # an option up to this long is a button itself
LETTERS = "ABCDEFGHIJKLMNOP"
LETTERS_A_ROW = 4

Buttons = tuple[tuple[Button, ...], ...]
Act = Callable[[Option], Action]


def asked(view: Question, t: Words) -> str:
    """Return what is read above the buttons: the question, how far the response has come, and the options that are no buttons."""
    prompt = view.prompt
    match prompt:
        case Arrange():
            return paragraphs(prompt.text, _escaped(_arranged(prompt, view.marked), t), _listed(prompt.options, t, view.marked))
        case Pair():
            return paragraphs(prompt.text, _escaped(_paired(prompt, view.marked), t), _slot_asked(prompt, view.marked, t))
        case Walk():
            return paragraphs(prompt.text, *_story(prompt, view.marked, t))
        case TypeText() | TypeNumber():
            return paragraphs(prompt.text, t("Anda menulis: <i>{text}</i>", text=view.marked[0]) if view.marked else "")
    return paragraphs(prompt.text, _listed(prompt.options, t))


def hint(view: Question, t: Words) -> str:
    """Say how the question is answered, where buttons alone do not say it, or why what was typed could not be taken."""
    if view.fault:
        return _fault(view, t)
    match view.prompt:
        case PickMany(least=least, most=most, options=options) if least > 1 or most < len(options):
            return (
                t("Pilih {least} sampai {most}, lalu kirim.", least=least, most=most)
                if least < most
                else t("Pilih tepat {n}, lalu kirim.", n=least)
            )
        case PickMany():
            return t("Boleh lebih dari satu. Pilih semua yang tepat, lalu kirim.")
        case Arrange() if not view.marked:
            return t("Ketuk menurut urutannya, dari yang pertama.")
        case TypeText() | TypeNumber():
            return t("Ketik lagi untuk mengganti, atau kirim.") if view.marked else _typing(view.prompt, t)
    return ""


def buttons(view: Question, t: Words) -> Buttons:
    """Return the rows of buttons with which one responds."""
    prompt = view.prompt
    match prompt:
        case PickOne():
            return _choices(prompt.options, lambda one: Answer(view.prompt_id, one.id), t)
        case PickMany():
            return _choices(prompt.options, lambda one: Tick(view.prompt_id, one.id), t, ticked=view.marked)
        case Arrange(options=options):
            return (*_choices(options, _put(view), t, placed=view.marked), _undo(view, t))
        case Pair():
            return (*_choices(to_put(prompt, view.marked), _put(view), t), _undo(view, t))
        case Walk():
            return _choices(to_put(prompt, view.marked), _put(view), t)
    return ()


def _put(view: Question) -> Act:
    return lambda option: Put(view.prompt_id, len(view.marked), option.id)


def _undo(view: Question, t: Words) -> tuple[Button, ...]:
    last = len(view.marked) - 1
    return row(button(t.plain("Batalkan yang terakhir"), TakeBack(view.prompt_id, last)) if last >= 0 else None)


def is_complete(view: Question) -> bool:
    """Tell whether what is marked or typed can be sent in."""
    match view.prompt:
        case PickMany(least=least, most=most):
            return least <= len(view.marked) <= most
        case Arrange(options=options):
            return len(view.marked) == len(options)
        case Pair(slots=slots):
            return len(view.marked) == len(slots)
        case TypeText() | TypeNumber():
            return bool(view.marked)
    return False


def answered(view: Question, t: Words) -> str:
    """Return the question as it stands above the verdict."""
    if isinstance(view.prompt, PickOne | PickMany):
        return paragraphs(view.prompt.text, _listed(view.prompt.options, t))
    return view.prompt.text


def named(view: Question, response: Sequence[str], t: Words) -> str:
    """Name a response as the learner saw it: plain text, of several lines where the question has places to fill."""
    prompt = view.prompt
    match prompt:
        case PickOne(options=options) | PickMany(options=options):
            by_letter = not _fit_buttons(options, t)
            return ", ".join(letter if by_letter else _name(option, t) for letter, option in _lettered(options) if option.id in response)
        case Arrange():
            return _arranged(prompt, response)
        case Pair():
            return _paired(prompt, response)
        case TypeText() | TypeNumber():
            return response[0]
    return ""


def right_named(view: Question, response: Sequence[str], t: Words) -> str:
    """Name the right response; a number as the learner's language writes it."""
    if not isinstance(view.prompt, TypeNumber):
        return named(view, response, t)
    number, _, unit = response[0].partition(" ")
    return " ".join(filter(None, (t.exact(float(number)), unit)))


def story_told(view: Question, chosen: Sequence[str], best: Sequence[str], reasons: Sequence[str], t: Words) -> str:
    """Tell scene by scene what was done, why that is good or not, and what would have been better."""
    if not isinstance(view.prompt, Walk):
        return ""
    told = []
    for number, (scene, one, other, reason) in enumerate(zip(view.prompt.scenes, chosen, best, reasons, strict=True), start=1):
        texts = {option.id: option.text for option in scene.options}
        better = t("Lebih baik: {option}", option=texts[other]) if one != other else ""
        told.append(lines(t("{n}. <b>{option}</b>", n=number, option=texts[one]), t("{reason}", reason=reason), better))
    return paragraphs(*told)


def _typing(prompt: TypeText | TypeNumber, t: Words) -> str:
    if isinstance(prompt, TypeText):
        return t("Ketik jawaban Anda sebagai pesan.")
    return t("Ketik angkanya sebagai pesan, dalam {unit}.", unit=prompt.unit) if prompt.unit else t("Ketik angkanya sebagai pesan.")


def _fault(view: Question, t: Words) -> str:
    longest = view.prompt.longest if isinstance(view.prompt, TypeText) else 0
    return {
        "long": t("Terlalu panjang: paling banyak {n} huruf. Tidak ada yang tersimpan dari pesan itu; ketik yang lebih pendek.", n=longest),
        "number": t("Pesan itu tidak terbaca sebagai satu angka. Ketik angkanya saja, misalnya 12 atau 2,5."),
        "text": t("Jawaban untuk soal ini berupa teks. Ketik jawaban Anda sebagai pesan."),
    }[view.fault or "text"]


def _arranged(prompt: Arrange, marked: Sequence[str]) -> str:
    texts = {option.id: option.text for option in prompt.options}
    return lines(*[f"{number}. {texts[one]}" for number, one in enumerate(marked, start=1)])


def _paired(prompt: Pair, marked: Sequence[str]) -> str:
    named = [{option.id: option.text for option in slot.options} for slot in prompt.slots]
    return lines(*[f"{slot.label} → {texts[one]}" for slot, texts, one in zip(prompt.slots, named, marked, strict=False)])


def _slot_asked(prompt: Pair, marked: Sequence[str], t: Words) -> str:
    if len(marked) == len(prompt.slots):
        return ""
    slot: Slot = prompt.slots[len(marked)]
    return lines(t("Untuk <b>{slot}</b>, pilih:", slot=slot.label), _listed(slot.options, t))


def _story(prompt: Walk, marked: Sequence[str], t: Words) -> list[str]:
    """Return what was done last, and the scene that is open."""
    last = next((option.text for scene in prompt.scenes[-2:-1] for option in scene.options if option.id in marked[-1:]), "")
    scene = prompt.scenes[-1]
    return [t("<i>Anda: {option}</i>", option=last) if last else "", scene.text, _listed(scene.options, t)]


def _listed(options: Sequence[Option], t: Words, placed: Sequence[str] = ()) -> str:
    """List the options that are not placed yet with their letters, where they are too long for buttons."""
    if _fit_buttons(options, t):
        return ""
    left = [(letter, option) for letter, option in _lettered(options) if option.id not in placed]
    return lines(*[t("{letter}. {option}", letter=letter, option=_name(option, t)) for letter, option in left])


def _choices(options: Sequence[Option], act: Act, t: Words, *, ticked: Sequence[str] | None = None, placed: Sequence[str] = ()) -> Buttons:
    fit = _fit_buttons(options, t)
    left = [(letter, option) for letter, option in _lettered(options) if option.id not in placed]
    made = [_choice(option, _name(option, t) if fit else letter, act(option), ticked) for letter, option in left]
    if fit:
        return tuple((each,) for each in made)
    return tuple(tuple(made[start : start + LETTERS_A_ROW]) for start in range(0, len(made), LETTERS_A_ROW))


def _choice(option: Option, label: str, action: Action, ticked: Sequence[str] | None) -> Button:
    return button(label if ticked is None else f"{'☑' if option.id in ticked else '☐'} {label}", action)


def _lettered(options: Sequence[Option]) -> list[tuple[str, Option]]:
    return list(zip(LETTERS, options, strict=False))


def _fit_buttons(options: Sequence[Option], t: Words) -> bool:
    return all(len(_name(option, t)) <= LONGEST_BUTTON for option in options)


def _escaped(text: str, t: Words) -> str:
    return t("{text}", text=text)


def _name(option: Option, t: Words) -> str:
    return option.text or _worded(t)[option.id]


def _worded(t: Words) -> dict[str, str]:
    return {
        TRUE: t.plain("Benar"),
        FALSE: t.plain("Salah"),
        "agreement-1": t.plain("Sangat tidak setuju"),
        "agreement-2": t.plain("Tidak setuju"),
        "agreement-3": t.plain("Netral"),
        "agreement-4": t.plain("Setuju"),
        "agreement-5": t.plain("Sangat setuju"),
        "confidence-1": t.plain("Belum yakin"),
        "confidence-2": t.plain("Kurang yakin"),
        "confidence-3": t.plain("Cukup yakin"),
        "confidence-4": t.plain("Yakin"),
        "confidence-5": t.plain("Sangat yakin"),
        "frequency-1": t.plain("Tidak pernah"),
        "frequency-2": t.plain("Jarang"),
        "frequency-3": t.plain("Kadang-kadang"),
        "frequency-4": t.plain("Sering"),
        "frequency-5": t.plain("Selalu"),
    }
