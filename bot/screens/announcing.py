"""Announcements: nothing leaves without a preview that states the count and the duration."""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.actions import (
    AnnouncementPreview,
    AnnouncementProgress,
    AnnouncementReasons,
    CancelAnnouncement,
    ChooseAudience,
    ChooseSchedule,
    ChooseUnfinished,
    ConfirmAnnouncement,
    PauseAnnouncement,
    ReplaceAnnouncement,
    ResumeAnnouncement,
    SetAudience,
    SetSchedule,
    UnfinishedPage,
)
from bot.screen import Button, Copy, Screen
from bot.screens.pieces import bar, button, lines, page_of, page_row, paragraphs, row, rows, to_place
from bot.texts import Words
from bot.views import Audience, Broadcast, Draft, Schedule, Unsendable

MINUTE = 60


def ask_content(t: Words, draft: Draft | None = None) -> Screen:
    """Ask for the content: of a new announcement, or of a draft in the place of what it has."""
    return Screen(
        t("Kirim isi pengumuman: teks, foto, video, atau berkas. Belum ada yang terkirim sebelum Anda menekan Kirim. Batal: /cancel"),
        rows(row(button(t.plain("Kembali"), AnnouncementPreview(draft.id)) if draft else None)),
    )


def preview(view: Draft, t: Words, *, with_content: bool = False) -> Screen:
    """Show a draft: the content as people will see it, then to whom, when and how long."""
    content = Copy(view.from_chat_id, view.message_id) if with_content and view.from_chat_id and view.message_id else None
    return Screen(
        lines(_recipients(view, t), _when(view, t)),
        rows(
            row(
                button(t.plain("Jadwalkan") if view.due_at else t.plain("Kirim"), ConfirmAnnouncement(view.id)) if view.recipients else None
            ),
            row(button(t.plain("Ubah penerima"), ChooseAudience(view.id)), button(t.plain("Ubah waktu"), ChooseSchedule(view.id))),
            row(button(t.plain("Ganti isi"), ReplaceAnnouncement(view.id)), button(t.plain("Batal"), CancelAnnouncement(view.id))),
        ),
        before=content,
        instead=_lost(view, t) if content else None,
    )


def unsendable(view: Unsendable, t: Words) -> Screen:
    """Say that what was sent can't be an announcement, and what can."""
    if view.album:
        why = t("Album belum bisa menjadi pengumuman. Kirim satu foto, video, atau berkas saja; keterangannya ikut terkirim.")
    else:
        why = t("Telegram tidak mengizinkan kiriman ini disalin, jadi tidak bisa menjadi pengumuman. Kirim isi lain.")
    return Screen(why + " " + t("Belum ada yang terkirim. Batal: /cancel"))


def audience(view: Draft, t: Words) -> Screen:
    """Offer the audiences."""
    return Screen(
        t("Siapa yang menerima pengumuman ini?"),
        rows(
            row(button(t.plain("Semua peserta"), SetAudience(view.id, ""))),
            row(button(t.plain("Yang belum menyelesaikan modul …"), ChooseUnfinished(view.id))),
            row(button(t.plain("Kembali"), AnnouncementPreview(view.id))),
        ),
    )


def unfinished(view: Audience, t: Words, page: int = 0) -> Screen:
    """Offer the modules whose unfinished learners are addressed, a page at a time."""
    modules = [row(button(line.title, SetAudience(view.id, line.id))) for line in page_of(view.modules, page)]
    turning = page_row(t, len(view.modules), page, partial(UnfinishedPage, view.id))
    back = row(button(t.plain("Kembali"), ChooseAudience(view.id)))
    return Screen(t("Modul apa yang belum mereka selesaikan?"), rows(*modules, turning, back))


def schedule(view: Schedule, t: Words) -> Screen:
    """Offer times, and say how to type one."""
    misread = t("Waktu itu tidak terbaca atau sudah lewat. Pengumuman Anda tetap tersimpan.") if view.misread else ""
    how = t("Pilih waktu, atau ketik, misalnya: besok 08.30 atau 25/11 08.30. Jam menurut {zone}.", zone=t.zone(view.zone))
    offers = [row(button(_offer(moment, view, t), SetSchedule(view.id, int(moment.timestamp())))) for moment in view.offers]
    return Screen(
        paragraphs(misread, how),
        rows(
            row(button(t.plain("Sekarang"), SetSchedule(view.id, 0))),
            *offers,
            row(button(t.plain("Kembali"), AnnouncementPreview(view.id))),
        ),
    )


def broadcast(view: Broadcast, t: Words) -> Screen:
    """Show how far an announcement has come, and what can still be done about it."""
    return Screen(_state(view, t), _controls(view, t))


def changed_on_the_way(view: Broadcast, t: Words) -> Screen:
    """Say that whoever has not got the announcement yet gets its new content."""
    screen = broadcast(view, t)
    return Screen(paragraphs(t("Isi pengumuman berubah. Yang belum terkirim memakai isi yang baru."), screen.text), screen.rows)


def reasons(view: Broadcast, t: Words) -> Screen:
    """Show why deliveries failed."""
    listed = [t("• {reason}: {count}", reason=_reason(reason, t), count=t.number(count)) for reason, count in view.reasons]
    text = lines(t("<b>Yang gagal, dan sebabnya</b>"), *listed) if listed else t("Tidak ada yang gagal.")
    return Screen(text, rows(row(button(t.plain("Kembali"), AnnouncementProgress(view.id)))))


def _reason(stored: str, t: Words) -> str:
    """Say the kind of a failure in words; one that has none, such as a defect's place, is for the operator and shown as it is."""
    kind, _, code = stored.partition(" ")
    known = {
        "": t.plain("tanpa keterangan"),
        "refused": t.plain("ditolak Telegram"),
        "source_gone": t.plain("pesan aslinya sudah dihapus"),
        "not_copyable": t.plain("pesan aslinya tidak dapat disalin"),
        "no_rights": t.plain("bot tidak diizinkan menulis di sana"),
        "chat_not_found": t.plain("pesan asli atau penerimanya tidak ditemukan"),
        "unreachable": t.plain("Telegram tidak menjawab"),
    }.get(kind)
    if known is None:
        return stored
    return f"{known} ({code})" if code else known


def not_allowed(t: Words) -> Screen:
    """Say who may do this."""
    text = t("Perintah ini untuk koordinator. Bila Anda koordinator, mintalah tautan undangan kepada pengelola bot.")
    return Screen(text, rows(row(to_place(t))))


def discarded(t: Words) -> Screen:
    """Say that a draft is gone and nothing was sent."""
    return Screen(t("Pengumuman dibatalkan. Tidak ada yang terkirim."), rows(row(to_place(t))))


def _lost(view: Draft, t: Words) -> Screen:
    """Show a draft whose content can't be shown: nobody would get it either."""
    text = t(
        "Telegram tidak bisa menyalin isi pengumuman ini: mungkin sudah dihapus atau dilindungi. "
        "Belum ada yang terkirim. Batalkan, lalu mulai lagi dengan /umumkan."
    )
    return Screen(text, rows(row(button(t.plain("Batal"), CancelAnnouncement(view.id)))))


def _recipients(view: Draft, t: Words) -> str:
    everyone = t.plain("Semua peserta")
    whom = t.plain("Yang belum menyelesaikan {module}", module=view.module_title) if view.module_title else everyone
    said = t("Penerima: <b>{whom}</b> · {count}", whom=whom, count=t.many("{n} orang", "{n} orang", view.recipients))
    return said + (t(", {n} tidak dapat dihubungi", n=t.number(view.unreachable)) if view.unreachable else "")


def _when(view: Draft, t: Words) -> str:
    moment = t("sekarang") if view.due_at is None else t("{moment}", moment=t.moment(view.due_at, view.zone))
    return t("Kapan: {moment} · sekitar {duration}", moment=moment, duration=_duration(view.seconds, t))


def _duration(seconds: int, t: Words) -> str:
    if seconds < 2 * MINUTE:
        return t.many("{n} detik", "{n} detik", max(1, seconds))
    return t.many("{n} menit", "{n} menit", -(-seconds // MINUTE))


def _offer(moment: datetime, view: Schedule, t: Words) -> str:
    local = moment.astimezone(ZoneInfo(view.zone))
    if local.date() == view.now.astimezone(ZoneInfo(view.zone)).date():
        return t.plain("Hari ini {time}", time=t.time_of_day(local.time()))
    return t.plain("{day} {time}", day=t.day(local.date()), time=t.time_of_day(local.time()))


def _state(view: Broadcast, t: Words) -> str:
    if view.state == "scheduled":
        return t("Terjadwal: {moment}.", moment=t.moment(view.due_at, view.zone) if view.due_at else "")
    if view.state in {"sending", "paused"}:
        gone = view.total - view.waiting
        head = t("Mengirim …") if view.state == "sending" else t("Dijeda.")
        count = t("{gone} dari {total}", gone=t.number(gone), total=t.number(view.total))
        return f"{head} {bar(gone, view.total)} {count}"
    return lines(t("Dibatalkan.") if view.state == "cancelled" else t("<b>Selesai.</b>"), _fates(view, t))


def _fates(view: Broadcast, t: Words) -> str:
    counts = t(
        "Terkirim {sent} · diblokir {blocked} · gagal {failed} · belum pasti {uncertain}",
        sent=t.number(view.sent),
        blocked=t.number(view.blocked),
        failed=t.number(view.failed),
        uncertain=t.number(view.uncertain),
    )
    cancelled = t("Tidak jadi dikirim: {n}", n=t.number(view.cancelled)) if view.cancelled else ""
    doubt = t("Belum pasti: pengiriman sempat terputus. Pesan mungkin belum sampai, atau diterima dua kali.") if view.uncertain else ""
    return lines(counts, cancelled, doubt)


def _controls(view: Broadcast, t: Words) -> tuple[tuple[Button, ...], ...]:
    stop = button(t.plain("Batalkan"), CancelAnnouncement(view.id))
    if view.state == "scheduled":
        return rows(row(stop))
    if view.state == "sending":
        return rows(row(button(t.plain("Jeda"), PauseAnnouncement(view.id)), stop))
    if view.state == "paused":
        return rows(row(button(t.plain("Lanjutkan pengiriman"), ResumeAnnouncement(view.id)), stop))
    return rows(row(button(t.plain("Lihat alasan"), AnnouncementReasons(view.id)) if view.failed else None), row(to_place(t)))
