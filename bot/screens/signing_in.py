"""The way into the dashboard, as a message."""

from bot.screen import Button, Screen
from bot.screens.pieces import paragraphs, row, rows
from bot.texts import Words
from bot.views.signing_in import DashboardLink


def link(view: DashboardLink, t: Words, public_url: str) -> Screen:
    """Hand out a link: in the text where it is no public address, which Telegram refuses for a button."""
    address = f"{public_url}/dasbor/masuk/{view.token}"
    rule = t("Tautan ini berlaku {n} menit, sekali saja, dan hanya untuk Anda. Jangan teruskan.", n=view.minutes)
    if public_url.startswith("https://"):
        here = Button(t.plain("Buka dasbor"), mini_app=f"{public_url}/dasbor/telegram")
        return Screen(
            paragraphs(t("<b>Dasbor</b>"), rule), rows(row(here), row(Button(t.plain("Buka di peramban"), url=address))), fresh=True
        )
    return Screen(paragraphs(t("<b>Dasbor</b>"), rule, t("{address}", address=address)), fresh=True)


def closed(t: Words) -> Screen:
    """Say that the dashboard has no address, and what there is instead."""
    return Screen(
        t(
            "Dasbor belum punya alamat. Pengelola bot perlu mengisi setelan web.public_url; caranya ada di dokumentasi pengoperasian. "
            "Sementara itu, lihat laporan dengan /laporan."
        )
    )
