"""The first contact: one tap to the first card."""

from bot.actions import ChooseLanguage, ReminderMenu, SetLanguage
from bot.screen import Screen
from bot.screens.pieces import button, lines, paragraphs, row, rows, start_button, to_library
from bot.texts import LANGUAGES, Words
from bot.views import ReminderPlan, Welcome


def welcome(view: Welcome, t: Words) -> Screen:
    """Greet a person and offer the first card, or the way back to where they were."""
    other = "en" if t.language == "id" else "id"
    return Screen(
        paragraphs(_invitation(view, t), _greeting(view, t), reminder_line(view.reminder, t) + "\n" + t("Data Anda: /privasi")),
        rows(
            row(start_button(t, view.suggested) if view.suggested else None),
            row(to_library(t), button(t.plain("Ubah jam atau zona"), ReminderMenu())),
            row(button(LANGUAGES[other], SetLanguage(other)) if not view.returning else None),
            row(button(t.plain("Ganti bahasa"), ChooseLanguage()) if view.returning else None),
        ),
    )


def reminder_line(plan: ReminderPlan, t: Words) -> str:
    """Say when the reminder comes, or why it does not."""
    if plan.stopped:
        return t("Pengingat: berhenti. Mulai lagi dengan /lanjut.")
    if plan.at is None:
        return t("Pengingat: tidak aktif")
    at = {"time": t.time_of_day(plan.at), "zone": t.zone(plan.zone)}
    if plan.days is None:
        return t("Pengingat: hari kerja pukul {time} {zone}", **at)
    return t("Pengingat: {days} pukul {time} {zone}", days=", ".join(t.weekday(day) for day in plan.days), **at)


def _greeting(view: Welcome, t: Words) -> str:
    if view.returning:
        return t("Selamat datang kembali, {name}. Tempat terakhir Anda tersimpan.", name=view.name)
    return lines(
        t("Halo, {name}. Saya Sinau, teman belajar ASN.", name=view.name),
        t("Satu modul 3–7 menit. Boleh disela kapan saja. Anda lanjut dari tempat terakhir."),
    )


def _invitation(view: Welcome, t: Words) -> str:
    if view.too_many_links:
        return t("Terlalu banyak tautan yang tidak berlaku. Tautan undangan bisa dibuka lagi satu jam lagi. Anda tetap bisa belajar.")
    if view.invitation_refused:
        return t("Tautan undangan ini sudah tidak berlaku. Mintalah tautan baru kepada yang mengundang Anda. Anda tetap bisa belajar.")
    if view.coordinates:
        return t("Anda sekarang koordinator {unit}.", unit=view.coordinates)
    return t("Anda sekarang koordinator. Kirim pengumuman dengan /umumkan.") if view.became_coordinator else ""
