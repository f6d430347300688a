"""What coordinators are told when learners were reminded for the last time."""

from bot.screen import Screen
from bot.screens.pieces import paragraphs
from bot.texts import Words
from bot.views import Silence


def silence(view: Silence, t: Words) -> Screen:
    """Say how many they are, and what helps."""
    count = t.many("{n} orang belum belajar lagi selama 14 hari kerja.", "{n} orang belum belajar lagi selama 14 hari kerja.", view.count)
    return Screen(
        paragraphs(
            count,
            t("Pengingat untuk mereka berhenti sampai mereka belajar lagi. Sapaan dari Anda sering lebih membantu: /umumkan."),
            t("Anda menerima ini karena Anda koordinator, paling banyak sekali sehari. Berhenti menerima pesan: /stop."),
        ),
        fresh=True,
    )
