"""What of the words that somebody writes is a question to look for."""

from typing import Final, Literal

NoQuestion = Literal["short", "long", "greeting", "thanks"]

SHORTEST: Final = 2  # letters or digits
LONGEST: Final = 200  # characters
_GREETINGS: Final = frozenset({
    "halo", "hallo", "hai", "hi", "hello", "hey", "pagi", "selamat pagi", "selamat siang", "selamat sore", "selamat malam",
    "assalamualaikum", "permisi", "good morning",
})  # fmt: skip
_THANKS: Final = frozenset({
    "terima kasih", "terimakasih", "makasih", "trims", "tks", "thanks", "thank you", "ok", "oke", "baik", "siap",
})  # fmt: skip


def no_question(text: str) -> NoQuestion | None:
    """Return why a text is not to be looked for, None for a question."""
    words = "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split()
    said = " ".join(words)
    if said in _GREETINGS:
        return "greeting"
    if said in _THANKS:
        return "thanks"
    if len(text) > LONGEST:
        return "long"
    return "short" if len("".join(words)) < SHORTEST else None
