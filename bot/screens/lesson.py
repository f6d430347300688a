"""A card of a module."""

from dataclasses import replace

from bot.actions import CardMedia, OpenCard, OpenCheck, RevealCard, SaveForLater, StartQuiz
from bot.actions import ModuleDetails as ShowDetails
from bot.screen import Button, Media, MediaKind, Screen
from bot.screens.pieces import bar, button, paragraphs, row, rows
from bot.texts import Words
from bot.views import Card, MediaFile, MediaLine

KINDS: dict[str, MediaKind] = {"image": "photo", "audio": "audio", "video": "video", "document": "document"}
KILOBYTE = 1000


def card(view: Card, t: Words) -> Screen:
    """Show a card: module, place and bar above it, the next step as the first button; its file stands above it all."""
    if view.file is None:
        return _page(view, t)
    without = replace(view, file=None)
    note = t("Berkas kartu ini sedang tidak dapat dikirim. Silakan coba lagi nanti.")
    return replace(_page(view, t), before=_media(view.file, t), instead=_page(without, t, note))


def _page(view: Card, t: Words, note: str = "") -> Screen:
    return Screen(
        paragraphs(
            note,
            t("Materi ini sudah diperbarui. Tempat Anda tetap tersimpan.") if view.updated else "",
            _heading(view, t),
            t("<b>{title}</b>", title=view.title) + "\n" + view.text,
            view.revealed,
            t("<i>Sumber: {sources}</i>", sources="; ".join(view.sources)) if view.sources else "",
        ),
        rows(
            row(button(t.plain("Lihat jawabannya"), RevealCard(view.module_id, view.card_id)) if view.hidden else None),
            row(_next(view, t)),
            row(button(offer(view.media, t), CardMedia(view.module_id, view.card_id)) if view.media and not view.file else None),
            row(_back(view, t), button(t.plain("Simpan untuk nanti"), SaveForLater(view.module_id))),
        ),
    )


def _heading(view: Card, t: Words) -> str:
    place = t("{module} · {place} dari {count}", module=view.module_title, place=view.place, count=view.count)
    return f"{place}  {bar(view.place, view.count)}"


def _next(view: Card, t: Words) -> Button:
    if view.check:
        return button(t.plain("Lanjut: cek singkat"), OpenCheck(view.module_id, view.card_id))
    if view.next_card:
        return button(t.plain("Lanjut"), OpenCard(view.module_id, view.next_card))
    return button(t.plain("Mulai kuis"), StartQuiz(view.module_id))


def _back(view: Card, t: Words) -> Button:
    back = OpenCard(view.module_id, view.previous_card) if view.previous_card else ShowDetails(view.module_id)
    return button(t.plain("Kembali"), back)


def offer(media: MediaLine, t: Words) -> str:
    """Say what the button that sends a file does, and how large it is."""
    offer = {
        "image": t.plain("Lihat gambar"),
        "audio": t.plain("Dengarkan"),
        "video": t.plain("Tonton video"),
        "document": t.plain("Buka berkas"),
    }[media.type]
    return f"{offer} ({_size(media.size, t)})"


def _size(size: int, t: Words) -> str:
    if size < KILOBYTE * KILOBYTE:
        return f"{t.number(max(1, round(size / KILOBYTE)))} KB"
    return f"{t.number(round(size / KILOBYTE / KILOBYTE, 1))} MB"


def _media(file: MediaFile, t: Words) -> Media:
    caption = t("Gambar: {alt}", alt=file.alt) if file.type == "image" else t("{alt}", alt=file.alt)
    return Media(KINDS[file.type], file.filename, caption, path=file.path, version=file.version)
