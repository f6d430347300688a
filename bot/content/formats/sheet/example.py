"""What the template shows: two questions and the card that teaches their answers."""

from typing import Any, Final

from bot.content.loader import adapter_of
from bot.content.model import Module

_CARD: Final = {
    "id": "jam-pelajaran",
    "title": "Jam pelajaran",
    "text": "Setiap PNS mengembangkan kompetensinya paling sedikit <b>20 JP</b> dalam setahun.",
}
_QUESTIONS: Final = (
    {
        "id": "contoh-pilihan",
        "type": "single_choice",
        "text": "Contoh: berapa JP paling sedikit dalam setahun bagi PNS?",
        "options": [
            {"text": "10 JP", "feedback": "Kurang: lihat kartunya."},
            {"text": "20 JP", "correct": True},
            {"text": "24 JP", "feedback": "Itu angka untuk PPPK."},
        ],
        "explanation": "Pasal 203 ayat (4) PP 11/2017.",
        "card": "jam-pelajaran",
    },
    {
        "id": "contoh-isian",
        "type": "short_text",
        "text": "Contoh: apa kepanjangan JP?",
        "answers": ["jam pelajaran", "jam pembelajaran"],
        "explanation": "Satu JP setara dengan 45 menit.",
        "card": "jam-pelajaran",
    },
)


def example() -> Module:
    """Return the module of the template."""
    data: dict[str, Any] = {
        "id": "contoh",
        "title": "Contoh",
        "summary": "Contoh",
        "language": "id",
        "minutes": 1,
        "cards": [_CARD],
        "quiz": {"pass_mark": 70, "draw": 1, "items": list(_QUESTIONS)},
    }
    module: Module = adapter_of(Module).validate_python(data)
    return module
