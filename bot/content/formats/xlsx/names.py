"""The names of the sheets."""

from typing import Final

QUESTIONS: Final = "Soal"
CARDS: Final = "Kartu"
HELP: Final = "Petunjuk"
