"""In a group: what is set there, the question, the week, and the way to the private chat."""

from typing import Final
from zoneinfo import ZoneInfo

from bot.actions import AskGroupNow, GroupMenu, SetGroupCompared, SetGroupHour, SetGroupRecap
from bot.actions.daytime import NEVER
from bot.content import limits, markup
from bot.screen import Button, Poll, Screen
from bot.screens.pieces import button, lines, paragraphs, percent, row, rows
from bot.texts import Words
from bot.views import GroupQuestion, GroupRecap, GroupSettings, GroupStopped

HOURS_A_ROW: Final = 4


def welcome(t: Words) -> Screen:
    """Greet a group that the bot was added to."""
    return Screen(
        t("Halo. Di grup ini saya dapat mengajukan satu soal setiap hari kerja. Koordinator yang juga admin grup mengaturnya."),
        rows(row(button(t.plain("Atur soal harian"), GroupMenu()))),
        fresh=True,
    )


def settings(view: GroupSettings, t: Words) -> Screen:
    """Show what is set, and offer to change it."""
    hours = [button(t.time_of_day(each), SetGroupHour(each.hour * 60 + each.minute)) for each in view.hours]
    return Screen(
        paragraphs(t("<b>Soal harian grup</b>"), _plan(view, t), _extras(view, t)),
        rows(
            row(button(t.plain("Ajukan satu soal sekarang"), AskGroupNow())),
            *(tuple(hours[place : place + HOURS_A_ROW]) for place in range(0, len(hours), HOURS_A_ROW)),
            row(button(t.plain("Hentikan soal harian"), SetGroupHour(NEVER)) if view.at else None),
            row(
                button(t.plain("Matikan rekap") if view.recap else t.plain("Aktifkan rekap"), SetGroupRecap(int(not view.recap))),
                button(
                    t.plain("Keluar dari perbandingan") if view.compared else t.plain("Ikut perbandingan"),
                    SetGroupCompared(int(not view.compared)),
                ),
            ),
        ),
        toast=_asked(view, t),
    )


def not_in_charge(t: Words) -> Screen:
    """Tell somebody that this is not theirs to set."""
    return _toast(t.plain("Hanya koordinator yang juga admin grup ini dapat mengatur. Tidak ada yang berubah."), t)


def not_known_yet(t: Words) -> Screen:
    """Tell somebody that Telegram did not say whether they may."""
    return _toast(t.plain("Telegram belum menjawab apakah Anda admin grup ini. Tidak ada yang berubah. Coba lagi sebentar lagi."), t)


def practice(t: Words, username: str) -> Screen:
    """Lead to the quiz in the private chat."""
    text = t("Mari berlatih di obrolan pribadi, agar hanya Anda yang melihat jawaban Anda.")
    return Screen(text, ((Button(t.plain("Mulai kuis hari ini"), url=f"https://t.me/{username}?start=kuis"),),))


def question(view: GroupQuestion, t: Words) -> Poll:
    """Ask; the module is named where there is room for it."""
    headed = f"[{view.module_title}] {view.text}"  # not above it: apps put a question into one paragraph
    return Poll(
        question=headed if markup.length(headed) <= limits.POLL_QUESTION else view.text,
        options=view.options or (t.plain("Benar"), t.plain("Salah")),
        correct=view.correct,
        explanation=view.explanation,
    )


def recap(view: GroupRecap, t: Words) -> Screen:
    """Tell how last week went."""
    asked = t.many("{n} soal", "{n} soal", view.questions)
    if not view.answers:
        told = t("Pekan lalu: {questions}. Belum ada jawaban dari peserta Sinau. Soal baru datang hari ini.", questions=asked)
    else:
        people = t.many("{n} orang menjawab", "{n} orang menjawab", view.people)
        told = t("Pekan lalu: {questions}, {people}.", questions=asked, people=people)
        if view.right is not None:
            told += " " + t("{share}% jawaban tepat.", share=percent(view.right / view.answers))
    hardest = t("Paling menantang: {title} ({share}% tepat).", title=view.hardest[0], share=view.hardest[1]) if view.hardest else ""
    places = [t("{place}. {team}: {share}%", place=place, team=team, share=share) for place, (team, share) in enumerate(view.teams, 1)]
    teams = lines(t("Tim dengan porsi jawaban tepat terbesar:"), *places) if places else ""
    return Screen(paragraphs(t("<b>Rekap pekan</b>"), told, hardest, teams), fresh=True)


def stopped(view: GroupStopped, t: Words) -> Screen:
    """Tell who set a group why its questions ended, and how they begin again."""
    if view.topic_gone:
        ended = t("Soal untuk grup <b>{title}</b> tidak terkirim: topiknya sudah dihapus atau ditutup.", title=view.title)
        mend = t("Buka topik lain di grup itu, lalu pilih jamnya lagi dengan /setelan di sana.")
    else:
        ended = t("Soal untuk grup <b>{title}</b> tidak terkirim: bot tidak boleh mengirim pesan atau polling di sana.", title=view.title)
        mend = t("Izinkan bot mengirim pesan dan polling, lalu pilih jamnya lagi dengan /setelan di grup itu.")
    why = t("Anda menerima ini karena Anda yang terakhir mengatur grup itu. Berhenti menerima pesan: /stop.")
    return Screen(
        paragraphs(ended, lines(t("Soal harian di grup itu sekarang tidak aktif. Jawaban yang sudah masuk tetap tersimpan."), mend), why),
        fresh=True,
    )


def _plan(view: GroupSettings, t: Words) -> str:
    if view.at is None:
        return t("Belum ada soal harian. Pilih jamnya: hari kerja, waktu {zone}.", zone=t.zone(view.zone))
    at = t("Satu soal setiap hari kerja pukul {time} {zone}.", time=t.time_of_day(view.at), zone=t.zone(view.zone))
    following = view.next_quiz.astimezone(ZoneInfo(view.zone)) if view.next_quiz else None
    come = t("Berikutnya: {day} pukul {time}.", day=t.day(following.date()), time=t.time_of_day(following.time())) if following else ""
    return lines(at, come, t("Soal dikirim ke topik ini.") if view.in_topic else "")


def _extras(view: GroupSettings, t: Words) -> str:
    return lines(
        t("Rekap setiap awal pekan: aktif") if view.recap else t("Rekap setiap awal pekan: tidak aktif"),
        t("Perbandingan tim: nama grup ini dapat terlihat di grup lain yang ikut.") if view.compared else t("Perbandingan tim: tidak ikut"),
        t("Hanya jawaban peserta Sinau yang dicatat. Nilai perorangan tidak pernah ditampilkan."),
    )


def _asked(view: GroupSettings, t: Words) -> str:
    if view.asked is None:
        return ""
    return t.plain("Soal sedang dikirim.") if view.asked else t.plain("Baru saja ada soal, atau belum ada soal yang cocok untuk grup.")


def _toast(words: str, t: Words) -> Screen:
    return Screen(t("{words}", words=words), toast=words, only_toast=True)
