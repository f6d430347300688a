"""The reminder: why it comes, the smallest next step, and how to make it stop."""

from bot.actions import ReminderMenu, Snooze, StartDaily
from bot.screen import Button, Screen
from bot.screens.pieces import button, minutes, paragraphs, row, rows, start_button, to_library
from bot.texts import Words
from bot.views import Reminder

MORNING_ENDS, MIDDAY_ENDS, AFTERNOON_ENDS = 11, 15, 18


def reminder(view: Reminder, t: Words) -> Screen:
    """Remind a learner."""
    later = row(button(t.plain("1 jam lagi"), Snooze("hour")), button(t.plain("Besok"), Snooze("tomorrow")))
    return Screen(
        paragraphs(
            t("{greeting}, {name}. {offer}", greeting=_greeting(view.hour, t), name=view.name, offer=_offer(view, t)),
            t("Anda menerima ini karena pengingat hari kerja Anda aktif."),
        ),
        rows(row(_begin(view, t)), later, row(button(t.plain("Atur pengingat"), ReminderMenu()))),
        fresh=True,
    )


def _offer(view: Reminder, t: Words) -> str:
    if view.items:
        ready = t.many("{n} soal siap diulang", "{n} soal siap diulang", view.items)
        return t.plain("{ready}, sekitar {minutes}.", ready=ready, minutes=minutes(t, view.minutes))
    if view.module:
        return t.plain("Modul {title} menunggu, sekitar {minutes}.", title=view.module.title, minutes=minutes(t, view.module.minutes))
    return t.plain("Semua modul sudah selesai.")


def _begin(view: Reminder, t: Words) -> Button:
    if view.items:
        return button(t.plain("Mulai"), StartDaily())
    return start_button(t, view.module) if view.module else to_library(t)


def _greeting(hour: int, t: Words) -> str:
    if hour < MORNING_ENDS:
        return t.plain("Selamat pagi")
    if hour < MIDDAY_ENDS:
        return t.plain("Selamat siang")
    return t.plain("Selamat sore") if hour < AFTERNOON_ENDS else t.plain("Selamat malam")
