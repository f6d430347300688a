"""A question: asked, being ticked, and answered."""

from bot.actions import Answer, LeaveForNow, ReadAgain, ShowPrompt, Submit, Tick, Unsure
from bot.actions import Result as ShowResult
from bot.content.prompts import FALSE, TRUE, Option, PickMany
from bot.screen import Button, Screen
from bot.screens.pieces import button, lines, paragraphs, row, rows
from bot.texts import Words
from bot.views import CardAgain, Outcome, Question

LONGEST_BUTTON = 26  # an option up to this long is a button itself; longer ones are read in the text, and chosen by letter
LETTERS = "ABCDEFGHIJKL"


def question(view: Question, t: Words) -> Screen:
    """Show a prompt as it stands."""
    return _answered(view, view.outcome, t) if view.outcome else _asked(view, t)


def card_again(view: CardAgain, t: Words) -> Screen:
    """Show the card a question came from, with the way back to the question."""
    text = paragraphs(t("{module}", module=view.module_title), t("<b>{title}</b>", title=view.title) + "\n" + view.text)
    return Screen(text, rows(row(button(t.plain("Kembali ke soal"), ShowPrompt(view.prompt_id)))))


def _asked(view: Question, t: Words) -> Screen:
    several = isinstance(view.prompt, PickMany)
    hint = t("Boleh lebih dari satu. Pilih semua yang tepat, lalu kirim.") if several else ""
    doubt = t.plain("Saya yakin") if view.unsure else t.plain("Saya ragu")
    return Screen(
        paragraphs(_heading(view, t), view.prompt.text, _listed(view, t), hint, t("Anda menandai ragu.") if view.unsure else ""),
        rows(
            *_choices(view, t),
            row(button(t.plain("Kirim jawaban"), Submit(view.prompt_id)) if several and view.ticked else None),
            row(button(doubt, Unsure(view.prompt_id)), button(t.plain("Selesai dulu"), LeaveForNow())),
        ),
    )


def _answered(view: Question, outcome: Outcome, t: Words) -> Screen:
    verdict = t("Tepat") if outcome.correct else t("Sebagian tepat") if outcome.partly else t("Belum tepat")
    following = ShowPrompt(view.next_prompt) if view.next_prompt else ShowResult(view.sitting_id)
    label = t.plain("Soal berikutnya") if view.next_prompt else t.plain("Lihat hasil")
    return Screen(
        paragraphs(
            _heading(view, t),
            view.prompt.text,
            _listed(view, t),
            # The verdict stands here and not in the heading: below a long question only this end of the message is in sight.
            lines(f"<b>{verdict}.</b> {_chosen(view, outcome, t)}", "" if outcome.correct else _right(view, outcome, t)),
            outcome.explanation,
            t("<i>Sumber: {sources}</i>", sources="; ".join(outcome.sources)) if outcome.sources else "",
        ),
        rows(
            row(button(label, following)),
            row(
                button(t.plain("Baca lagi kartunya"), ReadAgain(view.prompt_id)) if view.has_card else None,
                button(t.plain("Selesai dulu"), LeaveForNow()) if view.next_prompt else None,
            ),
        ),
        toast=t.plain("Soal ini sudah Anda jawab. Jawaban pertama yang dihitung.") if view.again else "",
    )


def _heading(view: Question, t: Words) -> str:
    sitting = {"quiz": t.plain("Kuis"), "repeat": t.plain("Pengulangan"), "daily": t.plain("Kuis hari ini")}[view.kind]
    return t("{sitting} · {place} dari {count}", sitting=sitting, place=view.place, count=view.count)


def _listed(view: Question, t: Words) -> str:
    """List the options with their letters, where they are too long for buttons."""
    if _fit_buttons(view, t):
        return ""
    return lines(*[t("{letter}. {option}", letter=letter, option=_name(option, t)) for letter, option in _lettered(view)])


def _choices(view: Question, t: Words) -> tuple[tuple[Button, ...], ...]:
    buttons = [_choice(view, letter, option, t) for letter, option in _lettered(view)]
    if _fit_buttons(view, t):
        return tuple((each,) for each in buttons)
    return tuple(tuple(buttons[start : start + 4]) for start in range(0, len(buttons), 4))


def _choice(view: Question, letter: str, option: Option, t: Words) -> Button:
    label = _name(option, t) if _fit_buttons(view, t) else letter
    if isinstance(view.prompt, PickMany):
        return button(f"{'☑' if option.id in view.ticked else '☐'} {label}", Tick(view.prompt_id, option.id))
    return button(label, Answer(view.prompt_id, option.id))


def _lettered(view: Question) -> list[tuple[str, Option]]:
    return list(zip(LETTERS, view.prompt.options, strict=False))


def _fit_buttons(view: Question, t: Words) -> bool:
    return all(len(_name(option, t)) <= LONGEST_BUTTON for option in view.prompt.options)


def _name(option: Option, t: Words) -> str:
    return {TRUE: t.plain("Benar"), FALSE: t.plain("Salah")}.get(option.id, option.text) if not option.text else option.text


def _chosen(view: Question, outcome: Outcome, t: Words) -> str:
    said = t("Anda memilih {options}.", options=_names(view, outcome.chosen, t))
    doubt = t("Tadi Anda menandai ragu.") if outcome.unsure else ""
    return " ".join(part for part in (said, doubt, *[t("{feedback}", feedback=text) for text in outcome.feedback]) if part)


def _right(view: Question, outcome: Outcome, t: Words) -> str:
    return t("Yang tepat: {options}.", options=_names(view, outcome.right, t))


def _names(view: Question, ids: tuple[str, ...], t: Words) -> str:
    """Name options as the learner saw them: by letter where they were listed, by their text where they were buttons."""
    by_letter = not _fit_buttons(view, t)
    return ", ".join(letter if by_letter else _name(option, t) for letter, option in _lettered(view) if option.id in ids)
