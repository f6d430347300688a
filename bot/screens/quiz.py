"""A question: asked, being answered, and answered."""

from bot.actions import LeaveForNow, OpenCard, ReadAgain, Share, ShowPrompt, StartQuiz, Submit, Unsure
from bot.actions import Result as ShowResult
from bot.content.prompts import Arrange, Pair, PickMany, TypeNumber, TypeText, Walk
from bot.screen import Button, Screen
from bot.screens import responses
from bot.screens.pieces import button, lines, paragraphs, row, rows
from bot.texts import Words
from bot.views import CardAgain, Outcome, Question


def question(view: Question, t: Words) -> Screen:
    """Show a prompt as it stands."""
    return _answered(view, view.outcome, t) if view.outcome else _asked(view, t)


def card_again(view: CardAgain, t: Words) -> Screen:
    """Show the card a question came from, with the way back to the question."""
    text = paragraphs(t("{module}", module=view.module_title), t("<b>{title}</b>", title=view.title) + "\n" + view.text)
    return Screen(text, rows(row(button(t.plain("Kembali ke soal"), ShowPrompt(view.prompt_id)))))


def _asked(view: Question, t: Words) -> Screen:
    several = isinstance(view.prompt, PickMany)  # there one may go on choosing; elsewhere nothing is left to do but to send
    send = row(button(t.plain("Kirim jawaban"), Submit(view.prompt_id)) if responses.is_complete(view) else None)
    return Screen(
        paragraphs(
            _heading(view, t),
            responses.asked(view, t),
            responses.hint(view, t),
            t("Anda menandai jawaban ini sebagai ragu.") if view.unsure else "",
        ),
        rows(
            *(() if several else (send,)),
            *responses.buttons(view, t),
            *((send,) if several else ()),
            row(
                button(t.plain("Saya yakin") if view.unsure else t.plain("Saya ragu"), Unsure(view.prompt_id)) if view.may_doubt else None,
                _skip(view, t) if view.kind == "check" else button(t.plain("Selesai dulu"), LeaveForNow()),
            ),
        ),
    )


def _answered(view: Question, outcome: Outcome, t: Words) -> Screen:
    going_on = view.kind != "check" and view.next_prompt
    return Screen(
        paragraphs(
            _heading(view, t),
            responses.answered(view, t),
            # The verdict stands here and not in the heading: below a long question only this end of the message is in sight.
            _verdict(view, outcome, t),
            outcome.explanation,
            t("<i>Sumber: {sources}</i>", sources="; ".join(outcome.sources)) if outcome.sources else "",
            t("Terkirim kepada koordinator.") if view.shared else "",
        ),
        rows(
            row(_onward(view, t)),
            row(button(t.plain("Kirim ke koordinator"), Share(view.prompt_id)) if view.may_share and not view.shared else None),
            row(
                button(t.plain("Baca lagi kartunya"), ReadAgain(view.prompt_id)) if view.has_card else None,
                button(t.plain("Selesai dulu"), LeaveForNow()) if going_on else None,
            ),
        ),
        toast=t.plain("Soal ini sudah Anda jawab. Jawaban pertama yang dihitung.") if view.again else "",
    )


def _heading(view: Question, t: Words) -> str:
    if view.kind == "check":
        return t("{module} · Cek singkat", module=view.module_title)
    sitting = {"quiz": t.plain("Kuis"), "repeat": t.plain("Pengulangan"), "daily": t.plain("Kuis hari ini")}[view.kind]
    return t("{sitting} · {place} dari {count}", sitting=sitting, place=view.place, count=view.count)


def _skip(view: Question, t: Words) -> Button:
    return button(t.plain("Lewati"), OpenCard(view.module_id, view.after_check) if view.after_check else StartQuiz(view.module_id))


def _onward(view: Question, t: Words) -> Button:
    if view.kind == "check":
        if view.after_check:
            return button(t.plain("Lanjut"), OpenCard(view.module_id, view.after_check))
        return button(t.plain("Mulai kuis"), StartQuiz(view.module_id))
    if view.next_prompt:
        return button(t.plain("Soal berikutnya"), ShowPrompt(view.next_prompt))
    return button(t.plain("Lihat hasil"), ShowResult(view.sitting_id))


def _verdict(view: Question, outcome: Outcome, t: Words) -> str:
    if outcome.correct is None:
        return _kept(view, outcome, t)
    if isinstance(view.prompt, Walk):
        said = t("Langkah terbaik") if outcome.correct else t("Ada langkah yang lebih baik")
        return paragraphs(f"<b>{said}.</b>", responses.story_told(view, outcome.chosen, outcome.right, outcome.feedback, t))
    verdict = t("Tepat") if outcome.correct else t("Sebagian tepat") if outcome.partly else t("Belum tepat")
    if isinstance(view.prompt, Arrange | Pair):
        return lines(f"<b>{verdict}.</b>", "" if outcome.correct else _side_by_side(view, outcome, t), _doubt(outcome, t))
    return lines(f"<b>{verdict}.</b> {_chosen(view, outcome, t)}", "" if outcome.correct else _right(view, outcome, t))


def _side_by_side(view: Question, outcome: Outcome, t: Words) -> str:
    """Show what was put where, and below it what belongs there."""
    yours, right = responses.named(view, outcome.chosen, t), responses.named(view, outcome.right, t)
    return paragraphs(lines(t("Jawaban Anda:"), t("{text}", text=yours)), lines(t("Yang tepat:"), t("{text}", text=right)))


def _doubt(outcome: Outcome, t: Words) -> str:
    return t("Tadi Anda menandai jawaban ini sebagai ragu.") if outcome.unsure else ""


def _kept(view: Question, outcome: Outcome, t: Words) -> str:
    """Say that an answer was kept where none is right or wrong."""
    chosen = responses.named(view, outcome.chosen, t)
    if isinstance(view.prompt, TypeText):
        return lines(t("<b>Tersimpan.</b> Anda menulis:"), t("<i>{text}</i>", text=chosen))
    return lines(t("<b>Tersimpan.</b> Anda memilih {options}.", options=chosen), t("Di sini tidak ada jawaban benar atau salah."))


def _chosen(view: Question, outcome: Outcome, t: Words) -> str:
    chosen = responses.named(view, outcome.chosen, t)
    is_typed = isinstance(view.prompt, TypeText | TypeNumber)
    said = t("Anda menulis {text}.", text=chosen) if is_typed else t("Anda memilih {options}.", options=chosen)
    return " ".join(part for part in (said, _doubt(outcome, t), *[t("{feedback}", feedback=text) for text in outcome.feedback]) if part)


def _right(view: Question, outcome: Outcome, t: Words) -> str:
    return t("Yang tepat: {options}.", options=responses.right_named(view, outcome.right, t))
