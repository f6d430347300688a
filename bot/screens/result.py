"""The end of a sitting: what was learned, what returns, what is next."""

from bot.actions import LeaveForNow, OpenModule, Progress, RepeatMissed, StartQuiz
from bot.screen import Screen
from bot.screens.pieces import button, lines, minutes, paragraphs, percent, row, rows, start_button, to_library, week_and_streak
from bot.texts import Words
from bot.views import NoAttemptsLeft, NothingToAsk, Result


def result(view: Result, t: Words) -> Screen:
    """Show the result with the next step."""
    onward = start_button(t, view.next_module) if view.next_module else None
    unfinished = view.module_id if view.module_id and not view.completed else None
    return Screen(
        paragraphs(
            lines(_score(view, t), _verdict(view, t)),
            _missed(view, t),
            lines(_credit(view, t), week_and_streak(t, view.active_days, view.working_days, view.streak)),
        ),
        rows(
            row(onward),
            row(button(t.plain("Ulangi yang salah"), RepeatMissed(view.sitting_id)) if view.missed else None),
            row(
                button(t.plain("Coba kuis lagi"), StartQuiz(unfinished)) if unfinished and view.attempts_left != 0 else None,
                button(t.plain("Baca lagi modulnya"), OpenModule(unfinished)) if unfinished else None,
            ),
            row(to_library(t), button(t.plain("Lihat progres"), Progress())),
            row(button(t.plain("Selesai dulu"), LeaveForNow())),
        ),
    )


def nothing_to_ask(view: NothingToAsk, t: Words) -> Screen:
    """Say that there is nothing for a daily quiz yet, and how to get there."""
    text = t("Belum ada soal untuk diulang. Soal muncul di sini setelah Anda mengikuti kuis sebuah modul.")
    return Screen(text, rows(row(start_button(t, view.suggested) if view.suggested else None), row(to_library(t))))


def no_attempts_left(view: NoAttemptsLeft, t: Words) -> Screen:
    """Say that the quiz may not be taken again, and what is still possible."""
    text = paragraphs(
        t(
            "Semua kesempatan kuis <b>{module}</b> sudah Anda pakai ({attempts} dari {attempts}).",
            module=view.module_title,
            attempts=view.attempts,
        ),
        t("Nilai terbaik Anda {percent}%. Materinya tetap dapat Anda baca.", percent=percent(view.best_score)),
    )
    return Screen(text, rows(row(button(t.plain("Baca lagi modulnya"), OpenModule(view.module_id))), row(to_library(t))))


def _score(view: Result, t: Words) -> str:
    return t("Selesai: {correct} dari {count} benar.", correct=view.correct, count=view.count)


def _verdict(view: Result, t: Words) -> str:
    if view.pass_mark is None:
        return ""
    if view.passed:
        return t("Anda lulus modul <b>{module}</b> (batas {mark}%).", module=view.module_title, mark=view.pass_mark)
    below = t("Belum mencapai batas {mark}%. Jawaban Anda tersimpan.", mark=view.pass_mark)
    if view.attempts_left is None:
        return below + " " + t("Anda boleh mencoba lagi kapan saja.")
    return below + " " + t("Sisa kesempatan: {left}.", left=view.attempts_left)


def _missed(view: Result, t: Words) -> str:
    if not view.missed:
        return ""
    about = list(dict.fromkeys(each.about for each in view.missed))
    head = t.many("{n} soal akan ditanyakan lagi, tentang", "{n} soal akan ditanyakan lagi, tentang", len(view.missed))
    return lines(t("{head}:", head=head), *[t("• {about}", about=each) for each in about])


def _credit(view: Result, t: Words) -> str:
    return t("Tercatat {minutes} belajar.", minutes=minutes(t, view.minutes))
