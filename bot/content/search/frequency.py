"""How much a word tells, by how common it is in everyday language: "gratifikasi" much, "hari" next to nothing.

The frequencies are those of wordfreq 3.1 (Robyn Speer, CC BY-SA 4.0, https://doi.org/10.5281/zenodo.7199437), rounded, as far as words are
common enough to tell little. Its measure is the Zipf scale: the logarithm to base 10 of how often a word comes in a billion.
"""

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "frequencies"
RARE: Final = 4.0  # from here on downwards a word tells all that one can
EVERYWHERE: Final = 6.5
LEAST: Final = 0.05
NUMBER: Final = 0.3  # what a number tells: any page holds many


@cache
def zipf() -> Mapping[str, float]:
    """Return how common each common word is: in the language in which it is more so."""
    found: dict[str, float] = {}
    for file in sorted(FOLDER.iterdir()):
        for line in file.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                frequency, *words = line.split()
                found |= {word: max(float(frequency), found.get(word, 0.0)) for word in words}
    return found


def telling(forms: Collection[str]) -> float:
    """Return how much a word tells (0.05..1), given the forms that it may have: the most common of them counts."""
    if all(form.isdigit() for form in forms):
        return NUMBER
    common = max(zipf().get(form, RARE) for form in forms)
    return min(1.0, max(LEAST, (EVERYWHERE - common) / (EVERYWHERE - RARE)))
