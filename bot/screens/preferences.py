"""Settings: language, zone, reminder, pause."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from bot.actions import (
    ChooseLanguage,
    ChooseLeave,
    ChooseZone,
    Data,
    FollowWorkingDays,
    PauseFor,
    PauseMenu,
    Privacy,
    ReminderDays,
    ReminderMenu,
    ResumeReminders,
    SetLanguage,
    SetLowData,
    SetReminder,
    SetReminderDay,
    Settings,
    SetZone,
)
from bot.domain.calendar import MONDAY_TO_FRIDAY, WEEK
from bot.domain.learner import UNTIL_RESUMED
from bot.domain.leave import Fault
from bot.screen import Button, Screen
from bot.screens.pieces import button, lines, paragraphs, row, rows, to_place
from bot.screens.welcome import reminder_line
from bot.texts import LANGUAGES, Words
from bot.texts.words import ZONE_NAMES
from bot.views import LeaveRefused, Preferences

DAYS_A_ROW = 4
HOURS_A_ROW = 4  # more are cut on a narrow phone
PAUSES = (7, 14, 30, 0)


def settings(view: Preferences, t: Words, note: str = "") -> Screen:
    """Show all settings."""
    text = paragraphs(
        note,
        t("<b>Setelan</b>"),
        lines(
            t("Bahasa: {language}", language=LANGUAGES[view.language]),
            reminder_line(view.reminder, t),
            _pause(view, t),
            _next(view, t),
            t("Hemat data: aktif") if view.low_data else t("Hemat data: tidak aktif"),
        ),
    )
    return Screen(
        text,
        rows(
            row(to_place(t)),
            row(button(t.plain("Ubah pengingat"), ReminderMenu()), button(t.plain("Ubah zona"), ChooseZone())),
            row(_pause_button(view, t), button(t.plain("Ganti bahasa"), ChooseLanguage())),
            row(
                button(
                    t.plain("Matikan hemat data") if view.low_data else t.plain("Aktifkan hemat data"), SetLowData(int(not view.low_data))
                )
            ),
            row(button(t.plain("Lihat info privasi"), Privacy()), button(t.plain("Kelola data saya"), Data())),
        ),
    )


def languages(_view: Preferences, t: Words) -> Screen:
    """Offer the languages."""
    choices = [row(button(name, SetLanguage(code))) for code, name in LANGUAGES.items()]
    return Screen(t("Pilih bahasa bot. Bahasa modul tidak berubah."), rows(*choices, row(_back(t))))


def set_zone(view: Preferences, zone: str, t: Words) -> Screen:
    """Say whether the learner lives in `zone` now."""
    return reminder(view, t, t("Zona tersimpan.") if view.zone == zone else _refused(t))


def set_reminder(view: Preferences, at: time | None, t: Words) -> Screen:
    """Say whether the reminder comes at `at` now."""
    return reminder(view, t, t("Pengingat tersimpan.") if view.reminder.at == at else _quiet(t))


def set_language(view: Preferences, language: str, t: Words) -> Screen:
    """Say whether the bot speaks `language` now."""
    return settings(view, t, t("Bahasa diganti.") if view.language == language else _refused(t))


def set_low_data(view: Preferences, t: Words) -> Screen:
    """Say how pictures come from now on."""
    note = (
        t("Gambar hanya dikirim bila Anda ketuk. Ukurannya tertulis di tombol.") if view.low_data else t("Gambar tampil bersama kartunya.")
    )
    return settings(view, t, note)


def zones(view: Preferences, t: Words) -> Screen:
    """Offer the zones, with the time it is there."""
    text = t("Pilih zona waktu Anda. Sekarang: {zone}.", zone=t.zone(view.zone))
    choices = [
        row(button(t.plain("{zone} ({city})", zone=name, city=zone.split("/")[1]), SetZone(zone))) for zone, name in ZONE_NAMES.items()
    ]
    return Screen(text, rows(*choices, row(button(t.plain("Kembali"), ReminderMenu()))))


def reminder(view: Preferences, t: Words, note: str = "") -> Screen:
    """Offer hours for the reminder."""
    hours = [button(t.time_of_day(hour), SetReminder(hour.hour * 60 + hour.minute)) for hour in view.hours]
    text = paragraphs(
        note,
        lines(reminder_line(view.reminder, t), _pause(view, t), _next(view, t)),
        t("Satu pesan sehari, hanya bila Anda belum belajar hari itu. Bila Anda lama tidak belajar, pesannya makin jarang. Pilih jam:"),
    )
    return Screen(
        text,
        rows(
            *[tuple(hours[start : start + HOURS_A_ROW]) for start in range(0, len(hours), HOURS_A_ROW)],
            row(button(t.plain("Matikan pengingat"), SetReminder(-1)) if view.reminder.at else None, _pause_button(view, t)),
            row(button(t.plain("Ubah hari"), ReminderDays()), button(t.plain("Ubah zona"), ChooseZone())),
            row(_back(t)),
        ),
    )


def set_reminder_day(view: Preferences, day: int, t: Words, *, on: bool) -> Screen:
    """Say where a weekday could not be left out: it is the last one."""
    refused = not on and day in _weekdays(view)
    return reminder_days(view, t, t.plain("Paling sedikit satu hari. Untuk tidak diingatkan, matikan pengingat.") if refused else "")


def reminder_days(view: Preferences, t: Words, toast: str = "") -> Screen:
    """Offer the weekdays of the reminder."""
    chosen = _weekdays(view)
    days = [button(f"{'☑' if day in chosen else '☐'} {t.weekday(day)}", SetReminderDay(day, int(day not in chosen))) for day in WEEK]
    follow = button(t.plain("Ikuti hari kerja"), FollowWorkingDays()) if view.reminder.days is not None else None
    return Screen(
        paragraphs(reminder_line(view.reminder, t), t("Pilih hari pengingat. Pada hari libur nasional tidak ada pengingat.")),
        rows(tuple(days[:DAYS_A_ROW]), tuple(days[DAYS_A_ROW:]), row(follow), row(button(t.plain("Kembali"), ReminderMenu()))),
        toast=toast,
    )


def _weekdays(view: Preferences) -> frozenset[int]:
    return MONDAY_TO_FRIDAY if view.reminder.days is None else frozenset(view.reminder.days)


def pauses(view: Preferences, t: Words) -> Screen:
    """Offer how long a pause may last."""
    text = paragraphs(_pause(view, t), t("Selama jeda Anda tetap dapat belajar."), t("Jeda pengingat selama:"))
    choices = [row(button(_length(days, t), PauseFor(days))) for days in PAUSES]
    resume = row(_end_pause(view, t)) if view.reminder.paused_until else ()
    return Screen(text, rows(*choices, row(button(t.plain("Sampai tanggal …"), ChooseLeave())), resume, row(_back(t))))


def ask_for_leave(t: Words) -> Screen:
    """Ask for the days of a leave."""
    return Screen(paragraphs(t("Kirim tanggal terakhir jeda Anda."), _examples(t)), rows(row(_back_to_pauses(t))))


def leave_refused(view: LeaveRefused, t: Words) -> Screen:
    """Say why there is no pause on the days that were written, and what to write."""
    return Screen(paragraphs(_fault(view.fault, t), _examples(t)), rows(row(_back_to_pauses(t))))


def paused(view: Preferences, t: Words) -> Screen:
    """Say that the days that were written are a pause now."""
    note = t("Jeda tersimpan. Jeda sebelumnya diganti.") if view.replaced_pause else t("Jeda tersimpan.")
    return settings(view, t, note)


def stopped(t: Words) -> Screen:
    """Say that nothing more will be pushed, and how to come back."""
    return Screen(
        t(
            "Saya berhenti mengirim pesan. Data dan progres Anda tetap tersimpan. "
            "Kembali kapan saja dengan /lanjut, atau hapus data dengan /data."
        ),
        rows(row(button(t.plain("Lanjutkan pengingat"), ResumeReminders())), row(button(t.plain("Kelola data saya"), Data()))),
    )


def snoozed(view: Preferences, t: Words) -> Screen:
    """Say when the snoozed reminder comes."""
    when = (
        t("Baik. Saya ingatkan lagi pada {moment}.", moment=t.moment(view.next_reminder, view.zone)) if view.next_reminder else t("Baik.")
    )
    return Screen(when, rows(row(to_place(t)), row(button(t.plain("Atur pengingat"), ReminderMenu()))))


def _refused(t: Words) -> str:
    return t("Pilihan itu tidak tersedia. Tidak ada yang berubah.")


def _quiet(t: Words) -> str:
    return t("Jam itu termasuk jam tenang, jadi pengingat tidak akan terkirim. Tidak ada yang berubah. Pilih jam lain.")


def _length(days: int, t: Words) -> str:
    return t.many("{n} hari", "{n} hari", days) if days else t.plain("Sampai saya lanjutkan")


def _pause(view: Preferences, t: Words) -> str:
    until = view.reminder.paused_until
    if until is None:
        return ""
    if until == UNTIL_RESUMED:
        return t("Pengingat dijeda sampai Anda kirim /lanjut.")
    today = view.now.astimezone(ZoneInfo(view.zone)).date()
    days = {"last": t.day(until - timedelta(days=1), today), "day": t.day(until, today)}
    if view.reminder.paused_from is None:
        return t("Pengingat dijeda sampai {last}. Pengingat kembali {day}.", **days)
    return t(
        "Pengingat dijeda mulai {first} sampai {last}. Pengingat kembali {day}.", first=t.day(view.reminder.paused_from, today), **days
    )


def _next(view: Preferences, t: Words) -> str:
    return t("Berikutnya: {moment}", moment=t.moment(view.next_reminder, view.zone)) if view.next_reminder else ""


def _pause_button(view: Preferences, t: Words) -> Button:
    if view.reminder.stopped:
        return button(t.plain("Lanjutkan pengingat"), ResumeReminders())
    return _end_pause(view, t) if view.reminder.paused_until else button(t.plain("Jeda pengingat"), PauseMenu())


def _end_pause(view: Preferences, t: Words) -> Button:
    return button(t.plain("Batalkan jeda") if view.reminder.paused_from else t.plain("Akhiri jeda"), ResumeReminders())


def _fault(fault: Fault, t: Words) -> str:
    match fault:
        case "impossible":
            return t("Tanggal itu tidak ada di kalender. Tidak ada yang berubah.")
        case "past":
            return t("Tanggal itu sudah lewat. Tidak ada yang berubah.")
        case "backwards":
            return t("Hari terakhir ada sebelum hari pertama. Tidak ada yang berubah.")
        case "too far":
            return t("Jeda paling jauh satu tahun dari hari ini. Tidak ada yang berubah. Untuk jeda tanpa batas, pilih tombol di /jeda.")
    return t("Saya belum mengerti tanggal itu. Tidak ada yang berubah.")


def _examples(t: Words) -> str:
    return t("Contoh: <b>3 Januari</b>, <b>20 Desember sampai 3 Januari</b>, atau <b>2 minggu</b>. Hari terakhir masih termasuk jeda.")


def _back_to_pauses(t: Words) -> Button:
    return button(t.plain("Kembali"), PauseMenu())


def _back(t: Words) -> Button:
    return button(t.plain("Kembali"), Settings())
