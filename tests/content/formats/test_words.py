"""What other programs show says the same as the bot does."""

import pytest

from bot.content.formats.words import answer_words, number
from bot.texts import load_words


def test_answers_are_worded_as_in_the_chat() -> None:
    english = load_words()["en"]
    assert {name: english.plain(text) for name, text in answer_words("id").items()} == answer_words("en")


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (20, "20", "20"),
        (20.0, "20", "20"),
        (0.5, "0,5", "0.5"),
        (1234567.25, "1.234.567,25", "1,234,567.25"),
        (1e-7, "0,0000001", "0.0000001"),
        (-2.5, "-2,5", "-2.5"),
    ],
)
def test_numbers_are_written_out_in_the_language(value: float, indonesian: str, english: str) -> None:
    assert (number(value, "id"), number(value, "en")) == (indonesian, english)
