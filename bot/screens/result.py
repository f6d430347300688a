"""The end of a sitting: what was learned, what returns, what is next."""

from datetime import date

from bot.actions import LeaveForNow, OpenModule, Progress, RepeatMissed, ShowPrompt, StartDaily, StartQuiz
from bot.screen import Screen
from bot.screens.pieces import button, day_of, lines, minutes, paragraphs, percent, row, rows, start_button, to_library, week_and_streak
from bot.texts import Words
from bot.views import Mistakes, NoAttemptsLeft, NothingToAsk, Result


def result(view: Result, t: Words) -> Screen:
    """Show the result with the next step."""
    onward = start_button(t, view.next_module) if view.next_module else None
    unfinished = view.module_id if view.module_id and not view.completed else None
    return Screen(
        paragraphs(
            lines(_score(view, t), _verdict(view, t)),
            _returns(view, t),
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
    """Say that there is nothing for a daily quiz yet, and how to get there, or when there is."""
    text = t("Belum ada soal untuk diulang. Soal muncul di sini setelah Anda mengikuti kuis sebuah modul.")
    if view.waiting:
        soon = t.many("{n} soal menunggu", "{n} soal menunggu", view.waiting.items)
        text = t("Untuk hari ini tidak ada soal lagi. {day}: {soon}.", day=day_of(t, view.waiting.day, view.today, first=True), soon=soon)
    return Screen(text, rows(row(start_button(t, view.suggested) if view.suggested else None), row(to_library(t))))


def mistakes(view: Mistakes, t: Words) -> Screen:
    """List what the learner was sure of but is wrong, each with the way to its question, its answer and its card."""
    onward = row(button(t.plain("Mulai kuis hari ini"), StartDaily()), button(t.plain("Lihat progres"), Progress()))
    if not view.lines:
        return Screen(t("Tidak ada lagi soal yang Anda jawab dengan yakin, tetapi keliru."), rows(onward))
    listed = [t("{n}. {about} ({module})", n=n, about=each.about, module=each.module_title) for n, each in enumerate(view.lines, start=1)]
    more = view.count - len(view.lines)
    return Screen(
        paragraphs(
            lines(
                t("<b>Yakin, tetapi keliru</b>"),
                t("Soal ini Anda jawab tanpa tanda ragu, tetapi belum tepat. Yang Anda jawab tepat hilang dari sini."),
            ),
            lines(*listed),
            t.many("Masih ada {n} soal lain.", "Masih ada {n} soal lain.", more) if more else "",
        ),
        rows(
            *(
                row(button(t.plain("Lihat {n}: {about}", n=n, about=each.about), ShowPrompt(each.prompt_id)))
                for n, each in enumerate(view.lines, start=1)
            ),
            onward,
        ),
    )


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


def _returns(view: Result, t: Words) -> str:
    """Say what comes back when: what was missed with what it is about, the rest by its first day."""
    days = sorted({each.day for each in view.missed if each.day})
    return lines(*[_missed_of(view, day, t) for day in days], _others(view, t))


def _missed_of(view: Result, day: date, t: Words) -> str:
    missed = [each.about for each in view.missed if each.day == day]
    said = {"when": day_of(t, day, view.today)}
    head = t.many("Akan ditanyakan lagi {when}: {n} soal, tentang", "Akan ditanyakan lagi {when}: {n} soal, tentang", len(missed), **said)
    return lines(t("{head}", head=head), *[t("• {about}", about=each) for each in dict.fromkeys(missed)])


def _others(view: Result, t: Words) -> str:
    if not view.others:
        return ""
    count, when = len(view.others), day_of(t, view.others[0], view.today)
    if view.others[0] == view.others[-1]:
        return t.many(
            "{n} soal yang sudah tepat ditanyakan lagi {when}.", "{n} soal yang sudah tepat ditanyakan lagi {when}.", count, when=when
        )
    return t.many(
        "{n} soal yang sudah tepat ditanyakan lagi mulai {when}.",
        "{n} soal yang sudah tepat ditanyakan lagi mulai {when}.",
        count,
        when=when,
    )


def _credit(view: Result, t: Words) -> str:
    return t("Tercatat {minutes} belajar.", minutes=minutes(t, view.minutes))
