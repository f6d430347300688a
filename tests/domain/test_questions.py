"""What of the words that somebody writes is looked for."""

import pytest

from bot.domain.questions import LONGEST, NoQuestion, no_question


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Halo!", "greeting"),
        ("  SELAMAT   PAGI 👋", "greeting"),
        ("terima kasih 🙏", "thanks"),
        ("ok", "thanks"),
        ("", "short"),
        ("?", "short"),
        ("a", "short"),
        ("😀😀", "short"),
        ("/", "short"),
        ("k3", None),
        ("halo, apa itu gratifikasi", None),
        ("terima kasih sudah membantu, apa itu APAR", None),
        ("a" * LONGEST, None),
        ("a" * (LONGEST + 1), "long"),
    ],
)
def test_what_is_no_question_is_told_by_its_reason(text: str, why: NoQuestion | None) -> None:
    assert no_question(text) == why
