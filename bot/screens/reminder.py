"""The reminder: why it comes, the smallest next step, and how to make it stop."""

from bot.actions import ReminderMenu, ResumeReminders, Snooze, StartDaily
from bot.screen import Button, Screen
from bot.screens.pieces import button, minutes, paragraphs, row, rows, start_button
from bot.texts import Words
from bot.views import Reminder

MORNING_ENDS, MIDDAY_ENDS, AFTERNOON_ENDS = 11, 15, 18


def reminder(view: Reminder, t: Words) -> Screen:
    """Remind a learner."""
    later = row(
        button(t.plain("1 jam lagi"), Snooze("hour")),
        button(t.plain("Nanti malam"), Snooze("tonight")) if view.tonight else None,
        button(t.plain("Besok"), Snooze("tomorrow")),
    )
    return Screen(
        paragraphs(
            t("{greeting}, {name}. {offer}", greeting=_greeting(view.hour, t), name=view.name, offer=_offer(view, t)),
            _encouragement(view, t),
            _why(view, t) + " " + t("Ubah atau matikan: /pengingat."),
        ),
        rows(
            row(_begin(view, t)),
            row(button(t.plain("Tetap ingatkan saya"), ResumeReminders())) if view.is_last else later,
            row(button(t.plain("Atur pengingat"), ReminderMenu())),
        ),
        fresh=True,
    )


def _encouragement(view: Reminder, t: Words) -> str:
    """Say something else at each step of silence, and never that anything was missed."""
    match view.step:
        case 1:
            return t("Satu langkah kecil hari ini sudah cukup.")
        case 3:
            return t("Tempat terakhir Anda tersimpan. Lanjutkan kapan pun Anda sempat.")
        case 7:
            return t("Bila pekerjaan sedang padat, tidak apa-apa. Saya akan lebih jarang mengingatkan.")
        case _ if view.is_last:
            return t(
                "Ini pengingat terakhir untuk sementara, agar saya tidak mengganggu. Pengingat kembali sendiri begitu Anda belajar lagi."
            )
    return ""


def _why(view: Reminder, t: Words) -> str:
    if view.working_days:
        return t("Anda menerima ini karena pengingat hari kerja Anda aktif.")
    return t("Anda menerima ini karena pengingat Anda aktif.")


def _offer(view: Reminder, t: Words) -> str:
    if view.items or view.module is None:
        ready = t.many("{n} soal siap dijawab", "{n} soal siap dijawab", view.items)
        return t.plain("{ready}, sekitar {minutes}.", ready=ready, minutes=minutes(t, view.minutes))
    return t.plain("Modul {title} menunggu, sekitar {minutes}.", title=view.module.title, minutes=minutes(t, view.module.minutes))


def _begin(view: Reminder, t: Words) -> Button:
    return button(t.plain("Mulai"), StartDaily()) if view.items or view.module is None else start_button(t, view.module)


def _greeting(hour: int, t: Words) -> str:
    if hour < MORNING_ENDS:
        return t.plain("Selamat pagi")
    if hour < MIDDAY_ENDS:
        return t.plain("Selamat siang")
    return t.plain("Selamat sore") if hour < AFTERNOON_ENDS else t.plain("Selamat malam")
