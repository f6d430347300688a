"""What a search found, and a card that was found."""

from bot.actions import CardMedia, Help, ModuleDetails, OpenFound, OpenModule, RevealCard, ShowFound
from bot.screen import Button, Screen
from bot.screens.lesson import offer
from bot.screens.pieces import button, lines, paragraphs, row, rows, to_library, to_place
from bot.texts import Words
from bot.views import CardFound, Found, FoundCard


def ask(t: Words) -> Screen:
    """Ask what to look for."""
    text = t("Apa yang Anda cari? Tulis pertanyaan atau beberapa kata. Batal: /cancel")
    return Screen(text, rows(row(to_place(t)), row(to_library(t))))


def found(view: Found, t: Words) -> Screen:
    """Show what was found, or say honestly that nothing was."""
    if view.fault:
        return Screen(_fault(view, t), _ways_on(t))
    if not view.cards and not view.page:
        nothing = t("Saya tidak menemukan jawabannya dalam materi.")
        advice = t("Coba kata lain, atau pilih modul. Daftar perintah ada di /bantuan.")
        return Screen(paragraphs(nothing, _passed_on(view, t), advice), _ways_on(t))
    heading = (
        t("<b>Yang saya temukan dalam materi</b>")
        if view.sure
        else t("Saya tidak menemukan jawaban yang pasti dalam materi. <b>Yang paling dekat:</b>")
    )
    advice = t("Belum tepat? Coba kata lain. Daftar perintah ada di /bantuan.")
    told = "" if view.sure else _passed_on(view, t)
    text = paragraphs(heading, *[_hit(card, t) for card in view.cards], told, advice)
    buttons = rows(*[row(_open(card, t)) for card in view.cards], _pages(view, t), *_ways_on(t))
    return Screen(text, buttons, question=view.question)


def card(view: CardFound, t: Words) -> Screen:
    """Show a card that was found; the learner's place stays where it is."""
    begin = {
        "new": t.plain("Mulai modul ini"),
        "completed": t.plain("Baca lagi modulnya"),
    }.get(view.module_state, t.plain("Lanjutkan modul ini"))
    sources = t("<i>Sumber: {sources}</i>", sources="; ".join(view.sources)) if view.sources else ""
    text = t("<b>{title}</b>", title=view.title) + "\n" + view.text
    back = button(t.plain("Kembali ke hasil"), ShowFound(view.search_id, view.page)) if view.search_id else None
    return Screen(
        paragraphs(t("{module}", module=view.module_title), text, sources),
        rows(
            row(button(t.plain("Lihat jawabannya"), RevealCard(view.module_id, view.card_id)) if view.hidden else None),
            row(button(offer(view.media, t), CardMedia(view.module_id, view.card_id)) if view.media else None),
            row(button(begin, OpenModule(view.module_id))),
            row(back, to_place(t)),
        ),
    )


def _fault(view: Found, t: Words) -> str:
    return {
        "greeting": t("Halo. Tulis pertanyaan Anda, dan saya carikan dalam materi. Yang lain ada di /bantuan."),
        "thanks": t("Sama-sama. Silakan lanjutkan kapan saja."),
        "short": t("Tulis sedikitnya satu kata, dan saya carikan dalam materi. Yang lain ada di /bantuan."),
        "long": t("Pesan ini terlalu panjang untuk dicari. Tulis pertanyaannya dalam satu kalimat, paling banyak 200 huruf."),
    }[view.fault or "short"]


def _passed_on(view: Found, t: Words) -> str:
    return t("Kata-kata Anda saya teruskan sebagai usulan materi, tanpa nama Anda.") if view.passed_on else ""


def _hit(card: FoundCard, t: Words) -> str:
    pieces = [t("<b>{piece}</b>", piece=text) if asked else t("{piece}", piece=text) for text, asked in card.snippet]
    heading = t("<u>{title}</u>", title=card.title) + (t(" · {module}", module=card.module_title) if card.card_id else "")
    return lines(f"{heading} {_language(card, t)}".rstrip(), "".join(pieces))


def _language(card: FoundCard, t: Words) -> str:
    if not card.foreign:
        return ""
    return t("(dalam bahasa Inggris)") if card.language == "en" else t("(dalam bahasa Indonesia)")


def _open(card: FoundCard, t: Words) -> Button:
    action = OpenFound(card.module_id, card.card_id) if card.card_id else ModuleDetails(card.module_id)
    return button(t.plain("Buka: {title}", title=card.title), action)


def _pages(view: Found, t: Words) -> tuple[Button, ...]:
    if view.search_id is None:
        return ()
    before = button(t.plain("Hasil sebelumnya"), ShowFound(view.search_id, view.page - 1)) if view.page else None
    after = button(t.plain("Lihat hasil lain"), ShowFound(view.search_id, view.page + 1)) if view.more else None
    return row(before, after)


def _ways_on(t: Words) -> tuple[tuple[Button, ...], ...]:
    return rows(row(to_place(t)), row(to_library(t), button(t.plain("Lihat bantuan"), Help())))
